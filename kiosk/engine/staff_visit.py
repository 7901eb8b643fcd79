"""One visit of staff, and what its screens show."""

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from kiosk.engine import staff_showing
from kiosk.engine.staff_report import lines
from kiosk.flow.states import State
from kiosk.session.vault import Slot, Vault
from wire.screen import Facts, Language
from wire.staff import DeviceTest, StaffEnd

if TYPE_CHECKING:
    from kiosk.engine.engine import World


@dataclass(slots=True)
class StaffVisit:
    """What is known of the staff that is there; nothing of a citizen."""

    language: Language
    ends_at: float
    """On the engine's clock, seconds."""
    card: int = 0
    """The service card's number, once it was verified."""
    card_seen: bool = True
    """A card that calls itself a service card lies on the reader."""
    code: str = ""
    """Why the last try was refused."""
    asking: bool = False
    """The card is being asked."""
    page: int = 0
    test: DeviceTest | None = None
    asks: bool = False
    """The test has run, and a person has to judge it."""
    targets: frozenset[int] = field(default_factory=frozenset)
    paper_was_out: bool = False
    report: str = ""
    """``making`` or ``made``."""
    end: StaffEnd = StaffEnd.LEFT


def typed_pin(vault: Vault) -> str:
    """Return what was typed so far; a short-lived copy for one decision."""
    if not vault.holds(Slot.SERVICE_PIN):
        return ""
    with vault.use(Slot.SERVICE_PIN) as view:
        return bytes(view).decode("ascii")


def staff_facts(state: State, visit: StaffVisit, world: "World", locked_s: float) -> Facts:
    """Return what the screen of `state` shows."""
    kept, conditions = world.staff_memory.kept, world.conditions()
    digits = len(typed_pin(world.vault))
    minutes = ceil((visit.ends_at - world.clock()) / 60)

    def report() -> Facts:
        ready, found = lines(conditions, kept, world.stock(), world.settings)
        return staff_showing.report(visit.report, found, ready=ready)

    def pin() -> Facts:
        return staff_showing.pin(
            kept, code=visit.code, asking=visit.asking, digits=digits, locked_s=locked_s
        )

    looks = {
        State.STAFF_PIN: pin,
        State.CONFIRM: lambda: pin() | {"card_seen": visit.card_seen},
        State.STAFF_MENU: lambda: staff_showing.menu(
            conditions, kept, terminal=world.settings.terminal.id, minutes=minutes
        ),
        State.STAFF_TESTS: lambda: staff_showing.tests(kept),
        State.STAFF_TEST: lambda: staff_showing.test(visit.test, visit.targets, asks=visit.asks),
        State.STAFF_PAPER: lambda: staff_showing.paper(conditions),
        State.STAFF_LOGS: lambda: staff_showing.logs(world.log(), visit.page),
        State.STAFF_REPORT: report,
    }
    return looks[state]() if state in looks else {}
