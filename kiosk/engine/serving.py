"""Who is served, asked of the site's table for the card at hand."""

from kiosk.engine.engine import Engine
from kiosk.flow.states import Event
from wire.failures import Failure


def old_form(engine: Engine, *, birth: str) -> tuple[Event, str]:
    """Return what follows for a card of the 2003 form, and the failure code behind it.

    Args:
        engine: whose table and clock are asked.
        birth: ``YYYYMMDD``, or empty where it could not be read.
    """
    if engine.world.policy.old_form_valid(birth, engine.world.now().date()):
        return Event.CARD_REFERRED, Failure.CARD_OLD_FORM_COUNTER
    return Event.OLD_CARD_SEEN, Failure.CARD_OLD_FORM


def referred(engine: Engine, *, birth: str, consular: bool) -> str:
    """Return the code by which a holder is sent to a counter; empty if served."""
    world = engine.world
    return world.policy.referred(birth=birth, consular=consular, today=world.now().date())


def confirmed(engine: Engine) -> Event:
    """Return what follows when a citizen has confirmed the details."""
    return Event.NEEDS_GUARDIAN if engine.visit.needs_guardian else Event.CONTINUED


def needs_guardian(engine: Engine, *, birth: str) -> bool:
    """Say whether a guardian has to consent; `birth` is ``YYYYMMDD``."""
    world = engine.world
    return world.policy.needs_guardian(birth=birth, today=world.now().date())
