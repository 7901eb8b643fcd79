"""One visit of staff: a service card on the reader, a PIN, and what they do.

Rule 1: a try is counted before the card is asked: no power cut gives one back.
Rule 2: the PIN lies in the vault until the card has answered; it is in no log, no file.
Rule 3: nothing here can see a citizen: no session is open, the vault was wiped.
"""

from kiosk.audit import note
from kiosk.engine.engine import Engine
from kiosk.engine.staff_memory import Verdict
from kiosk.engine.staff_visit import StaffVisit, typed_pin
from kiosk.flow.staff import PIN_DIGITS, TARGETS, WAYS, hit, lock_s, press
from kiosk.flow.states import STAFF, Event, State
from kiosk.session.vault import Slot
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Action, Touched
from wire.staff import DeviceTest

_LOCK = "staff lock"
_PAGE = {Action.PREVIOUS: -1, Action.NEXT: 1}


def staff_touched(engine: Engine, touch: Touched) -> bool:
    """Take a touch in staff mode; say whether it was one of its own."""
    if engine.state not in {*STAFF, State.CONFIRM} or engine.staff is None:
        return False
    match engine.state:
        case State.STAFF_PIN | State.CONFIRM:
            return _pin_touched(engine, touch)
        case State.STAFF_MENU:
            return _menu_touched(engine, engine.staff, touch)
        case State.STAFF_LOGS if touch.action in _PAGE:
            engine.staff.page = max(0, engine.staff.page + _PAGE[touch.action])
            engine.display()
            return True
        case _:
            return _test_touched(engine, engine.staff, touch)


def _pin_touched(engine: Engine, touch: Touched) -> bool:
    match touch.action:
        case Action.KEY:
            _type(engine, touch.argument)
        case Action.CONTINUE:
            try_pin(engine)
        case _:
            return False
    return True


def _menu_touched(engine: Engine, visit: StaffVisit, touch: Touched) -> bool:
    """Switch the service, or begin what is chosen with a clean page."""
    if touch.action is Action.SERVICE_SWITCH:
        _switch(engine, visit)
        return True
    printer = engine.world.conditions().printer
    visit.page, visit.report, visit.test = 0, "", None
    visit.paper_was_out = printer.state is not DeviceState.READY
    return False


def _test_touched(engine: Engine, visit: StaffVisit, touch: Touched) -> bool:
    match engine.state, touch.action:
        case ((State.STAFF_TESTS | State.STAFF_PAPER), Action.TEST):
            _choose(engine, visit, touch.argument)
        case State.STAFF_TEST, Action.TARGET if visit.test is DeviceTest.TOUCH:
            _hit(engine, visit, touch.argument)
        case State.STAFF_TEST, (Action.PASSED | Action.FAILED) if _may_judge(visit):
            judge(engine, passed=touch.action is Action.PASSED)
        case State.STAFF_CAMERA, (Action.PASSED | Action.FAILED):
            visit.test = DeviceTest.FACE_CAMERA
            judge(engine, passed=touch.action is Action.PASSED)
        case _:
            return False
    return True


def _may_judge(visit: StaffVisit) -> bool:
    """Whether a person may say how a test went: when asked, and that the glass is not good."""
    return visit.asks or visit.test is DeviceTest.TOUCH


def _type(engine: Engine, key: str) -> None:
    visit = engine.staff
    assert visit is not None, "staff mode is open"
    if visit.asking or engine.locked_s:
        engine.display()
        return
    visit.code = ""
    after = press(typed_pin(engine.world.vault), key)
    engine.world.vault.put(Slot.SERVICE_PIN, after.encode("ascii"))
    engine.display()


def lock(engine: Engine) -> None:
    """Lock staff out for as long as the wrong PINs ask for, from now on."""
    after_s = lock_s(engine.world.staff_memory.kept.wrong_pins)
    engine.staff_locked_until = engine.world.clock() + after_s
    tell_when_unlocked(engine)


def tell_when_unlocked(engine: Engine) -> None:
    """Show that a PIN may be tried again, when it may."""
    if engine.locked_s:
        engine.world.timers.set(_LOCK, engine.locked_s, lambda: _unlocked(engine))


def _unlocked(engine: Engine) -> None:
    if engine.state in {State.STAFF_PIN, State.CONFIRM}:
        engine.display()


def try_pin(engine: Engine) -> None:
    """Count a try and have the card asked, if a whole PIN was typed and may be tried."""
    visit, memory = engine.staff, engine.world.staff_memory
    if visit is None or visit.asking or engine.locked_s or not visit.card_seen:
        return
    if len(typed_pin(engine.world.vault)) != PIN_DIGITS:
        return
    try:
        memory.change(wrong_pins=memory.kept.wrong_pins + 1)
    except OSError:
        # A try that cannot be counted is none.
        refused(engine, Failure.STAFF_MEMORY_LOST)
        return
    visit.asking = True
    engine.happen(Event.PIN_TYPED)
    engine.display()


def admitted(engine: Engine, card: int) -> None:
    """The card took the PIN and is genuine."""
    visit = engine.staff
    if visit is None or not visit.asking:
        return
    visit.asking, visit.card = False, card
    engine.world.vault.drop(Slot.SERVICE_PIN)
    engine.world.staff_memory.change(wrong_pins=0)
    if engine.session is not None:
        engine.session.staff_card = card
        note(AuditEvent.STAFF_CONFIRMED, card=card)
    else:
        note(AuditEvent.STAFF_ADMITTED, card=card)
    engine.happen(Event.STAFF_ADMITTED)


def refused(engine: Engine, code: str) -> None:
    """The card did not take the PIN, or is not to be believed."""
    visit = engine.staff
    if visit is None:
        return
    visit.asking = False
    engine.world.vault.drop(Slot.SERVICE_PIN)
    lock(engine)
    tries = engine.world.staff_memory.kept.wrong_pins
    wrong = code == Failure.CARD_KEY_REFUSED
    visit.code = str(Failure.STAFF_PIN_REFUSED) if wrong else code
    note(AuditEvent.STAFF_REFUSED, failure=Failure(visit.code), tries=tries)
    engine.happen(Event.STAFF_REFUSED)
    engine.display()


def _choose(engine: Engine, visit: StaffVisit, argument: str) -> None:
    if argument not in set(DeviceTest):
        engine.display()
        return
    visit.test, visit.asks, visit.targets = DeviceTest(argument), False, frozenset()
    engine.happen(Event.CHOSE_CAMERA if visit.test is DeviceTest.FACE_CAMERA else Event.TEST_CHOSEN)


def _hit(engine: Engine, visit: StaffVisit, argument: str) -> None:
    visit.targets = hit(visit.targets, argument)
    if len(visit.targets) == TARGETS:
        judge(engine, passed=True)
    else:
        engine.display()


def test_ran(engine: Engine, test: DeviceTest, code: str) -> None:
    """The terminal's own part of a test is over; `code` says why it failed, if it did."""
    visit = engine.staff
    if visit is None or engine.state is not State.STAFF_TEST or visit.test is not test:
        return
    if code or not WAYS[test].asks:
        judge(engine, passed=not code, code=code)
    else:
        visit.asks = True
        engine.display()


def judge(engine: Engine, *, passed: bool, code: str = "") -> None:
    """Keep a verdict, and go on."""
    visit = engine.staff
    if visit is None or visit.test is None:
        return
    test, visit.test, visit.asks = visit.test, None, False
    why = "" if passed else code or str(Failure.STAFF_TEST_FAILED)
    verdict = Verdict(passed=passed, at=engine.world.now(), card=visit.card, code=why)
    engine.world.staff_memory.change(verdict=(test, verdict))
    note(AuditEvent.STAFF_TESTED, device=test, passed=passed, card=visit.card)
    engine.happen(Event.TEST_JUDGED)


def _switch(engine: Engine, visit: StaffVisit) -> None:
    memory = engine.world.staff_memory
    memory.change(in_service=not memory.kept.in_service)
    note(AuditEvent.STAFF_SWITCHED, in_service=memory.kept.in_service, card=visit.card)
    engine.display()


def printer_changed(engine: Engine, *, ready: bool) -> None:
    """Show the next step of the paper change, and note that it was done; tell whoever comes next.

    The first screen says that nothing is printed: it is no other state, and would be left as it is.
    """
    if engine.state is State.ATTRACT:
        engine.display()
        return
    visit = engine.staff
    if visit is None or engine.state not in {State.STAFF_PAPER, State.STAFF_MENU}:
        return
    if engine.state is State.STAFF_PAPER:
        if ready and visit.paper_was_out:
            note(AuditEvent.STAFF_PAPER_CHANGED, card=visit.card)
        visit.paper_was_out = not ready
    engine.display()


def card_taken(engine: Engine) -> None:
    """The card was taken from the reader: beside a citizen, staff has to lay theirs down first."""
    if engine.state is State.CONFIRM and engine.staff is not None:
        engine.staff.card_seen = False
        engine.world.vault.drop(Slot.SERVICE_PIN)
        engine.display()
