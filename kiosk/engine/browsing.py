"""What a touch does on the screens that need no account.

Rule: an argument that names nothing of the content changes nothing.
"""

from dataclasses import replace
from typing import Final

from kiosk.content import catalogue
from kiosk.content.catalogue import Browsing
from kiosk.engine.engine import Engine
from kiosk.flow.states import BROWSING, Event, State
from wire.screen import Action, Touched

_STEPS: Final = {Action.PREVIOUS: -1, Action.NEXT: 1}


def browsed(engine: Engine, touch: Touched) -> bool:
    """Take a touch on one of these screens; say whether it was one of theirs."""
    if engine.state not in BROWSING:
        return False
    visit = engine.visit
    match engine.state, touch.action:
        case State.CATALOGUE, Action.GROUP:
            _go(engine, _grouped(engine, touch.argument), Event.SERVICES_FOUND)
        case State.SEARCH, Action.WORD:
            _go(engine, _worded(engine, touch.argument), Event.SERVICES_FOUND)
        case State.SEARCH, Action.KEY:
            visit.browsing = visit.browsing.pressed(touch.argument)
            engine.display()
        case State.SEARCH, Action.CONTINUE:
            found = catalogue.found(engine.world.content, visit.browsing, visit.language)
            _go(engine, visit.browsing if found else None, Event.SERVICES_FOUND)
        case State.SERVICES, Action.PICK:
            _go(engine, _picked(engine, touch.argument), Event.SERVICE_CHOSEN)
        case ((State.SERVICES | State.INFORMATION), (Action.PREVIOUS | Action.NEXT)):
            visit.browsing = visit.browsing.turned(_STEPS[touch.action], _pages(engine))
            engine.display()
        case State.BROWSE, (Action.INFORMATION | Action.CATALOGUE):
            visit.browsing = Browsing()
            return False
        case State.CATALOGUE, Action.SEARCH:
            visit.browsing = Browsing()
            return False
        case _:
            return False
    return True


def _go(engine: Engine, browsing: Browsing | None, event: Event) -> None:
    if browsing is None:
        engine.display()
        return
    engine.visit.browsing = browsing
    engine.happen(event)


def _grouped(engine: Engine, group: str) -> Browsing | None:
    services = engine.world.content.services
    known = {one.id for one in (*services.themes, *services.ages)}
    return engine.visit.browsing.grouped(group) if group in known else None


def _worded(engine: Engine, word: str) -> Browsing | None:
    known = engine.world.content.services.words
    return engine.visit.browsing.worded(word) if word in known else None


def _picked(engine: Engine, argument: str) -> Browsing | None:
    number = int(argument) if argument.isascii() and argument.isdigit() else 0
    known = catalogue.service(engine.world.content, number) is not None
    return replace(engine.visit.browsing, number=number) if known else None


def _pages(engine: Engine) -> int:
    world, visit = engine.world, engine.visit
    if engine.state is State.INFORMATION:
        notices = catalogue.fresh(world.content, world.now())
        return catalogue.pages(len(notices), catalogue.NOTICES_PER_PAGE)
    found = catalogue.found(world.content, visit.browsing, visit.language)
    return catalogue.pages(len(found), catalogue.SERVICES_PER_PAGE)
