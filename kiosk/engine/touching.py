"""What a touch does: most are events of the flow, some change the session first.

Rule: a touch on a screen that is no longer shown means nothing.
"""

from kiosk.document.typed import Field, Wrong, as_date, is_old_form, is_whole, judge, press
from kiosk.engine.browsing import browsed
from kiosk.engine.engine import Engine
from kiosk.engine.serving import confirmed, old_form
from kiosk.engine.session import Session
from kiosk.engine.staff import staff_touched
from kiosk.flow.preconditions import registering
from kiosk.flow.states import IN_SESSION, Event, State
from kiosk.flow.touches import TOUCHES
from kiosk.session.vault import Slot
from wire.document import Form, PrintedField, PrintRead
from wire.framing import encode
from wire.screen import Action, Language, Touched

_ORDER = tuple(Field)
_TYPED = frozenset({PrintedField.NUMBER, PrintedField.BIRTH, PrintedField.ISSUED})


def touched(engine: Engine, touch: Touched) -> None:
    """Take one touch."""
    if not engine.is_current(touch.sequence):
        return
    engine.restart_time()
    if browsed(engine, touch) or staff_touched(engine, touch):
        return
    match touch.action:
        case Action.SET_LANGUAGE:
            _speak(engine, touch.argument)
        case Action.MORE_TIME:
            engine.display()
        case Action.KEEP_TEMPLATE if engine.state is State.PRIVACY_NOTICE:
            engine.visit.keep_template = touch.argument == "on"
            engine.display()
        case Action.GENTLE if engine.state is State.TAKING_PHOTO:
            engine.visit.gentle = True
            engine.happen(Event.CHOSE_GENTLE)
        case Action.REGISTER:
            engine.happen(*registering(engine.world.conditions().lacks()))
        case Action.KEY | Action.CONTINUE | Action.BACK if engine.state is State.TYPE_DETAILS:
            _type(engine, touch)
        case _ if touch.action in TOUCHES:
            engine.happen(_meaning(engine, touch.action))
        case _:
            # A key or a switch on a screen that has none: the screens are out of step.
            engine.display()


def _meaning(engine: Engine, action: Action) -> Event:
    """Return the event that a touch stands for where the citizen is."""
    event = TOUCHES[action]
    confirms = engine.state is State.CHECK_DETAILS and event is Event.CONTINUED
    return confirmed(engine) if confirms else event


def _speak(engine: Engine, argument: str) -> None:
    """Change the language; on the first screens that is also the answer they wait for."""
    if argument not in set(Language):
        return
    if engine.state is State.ATTRACT:
        engine.happen(Event.TOUCHED)
    if engine.staff is not None:
        engine.staff.language = Language(argument)
        engine.display()
    if engine.state not in IN_SESSION:
        return
    engine.visit.language = Language(argument)
    if engine.state is State.LANGUAGE:
        engine.happen(Event.LANGUAGE_CHOSEN)
    else:
        engine.display()


def _type(engine: Engine, touch: Touched) -> None:
    """Take a key, or leave the field for the next or the one before."""
    visit = engine.visit
    visit.wrong = Wrong.NOTHING
    if touch.action is Action.KEY:
        visit.type_over(visit.field, press(visit.field, visit.typed(visit.field), touch.argument))
        engine.display()
    elif touch.action is Action.CONTINUE:
        _finish_field(engine)
    elif visit.field is _ORDER[0]:
        engine.happen(Event.WENT_BACK)
    else:
        visit.field = _ORDER[_ORDER.index(visit.field) - 1]
        engine.display()


def _finish_field(engine: Engine) -> None:
    visit = engine.visit
    text = visit.typed(visit.field)
    if not is_whole(visit.field, text):
        return
    visit.wrong = judge(visit.field, text, today=engine.world.now().date())
    if visit.wrong is Wrong.NOTHING and visit.field is not _ORDER[-1]:
        visit.field = _ORDER[_ORDER.index(visit.field) + 1]
        engine.display()
    elif visit.wrong is not Wrong.NOTHING:
        engine.display()
    elif is_old_form(as_date(visit.field, text)):
        engine.happen(
            *old_form(engine, birth=f"{as_date(Field.BIRTH, visit.typed(Field.BIRTH)):%Y%m%d}")
        )
    else:
        visit.field = _ORDER[0]
        _keep_print(visit)
        engine.happen(Event.DETAILS_TYPED)


def _keep_print(visit: Session) -> None:
    """What was typed takes the place of what the camera may have read."""
    birth = as_date(Field.BIRTH, visit.typed(Field.BIRTH))
    issued = as_date(Field.ISSUED, visit.typed(Field.ISSUED))
    typed = PrintRead(
        form=Form.FORM_2018,
        number=visit.typed(Field.NUMBER),
        birth=f"{birth:%Y%m%d}",
        issued=f"{issued:%Y%m%d}",
        unread=frozenset(PrintedField) - _TYPED,
    )
    visit.vault.put(Slot.PRINT, encode(typed))
    visit.was_typed = True
