"""The steps of the appliance test, in their order.

Each leaves the machine as the next one needs it, or stands alone on a copy of its disk. A step
that fails ends no other.
"""

from collections.abc import Callable
from typing import Final

from tests.appliance import steps_bus, steps_citizen, steps_disk, steps_start
from tests.appliance.walk import Walk

Step = Callable[[Walk], str]

STEPS: Final[tuple[tuple[str, Step], ...]] = (
    ("wizard", steps_start.wizard),
    ("bench", steps_start.bench),
    ("provision", steps_start.provision),
    ("attract", steps_start.attract),
    ("register", steps_citizen.register),
    ("card", steps_citizen.card_pulled),
    ("reader", steps_citizen.reader_unplugged),
    ("reading", steps_citizen.reader_unplugged_under_a_card),
    ("printer", steps_citizen.printer_unplugged),
    ("camera", steps_citizen.camera_unplugged),
    ("pcscd", steps_citizen.card_service_killed),
    ("strangers", steps_bus.strangers),
    ("sending", steps_citizen.mains_while_sending),
    ("printing", steps_citizen.mains_while_printing),
    ("update", steps_disk.update),
    ("rollback", steps_disk.rollback),
    ("unsigned", steps_disk.unsigned),
    ("altered", steps_disk.altered_kernel),
    ("stick", steps_disk.started_from_stick),
    ("block", steps_disk.altered_block),
    ("stolen", steps_disk.other_machine),
    ("recovery", steps_disk.recovery),
)

FIRST: Final = frozenset({"wizard", "bench", "provision", "attract"})
"""Those that make a terminal of a bare machine; all others begin with one that invites."""
OFF: Final = frozenset(
    {"unsigned", "altered", "stick", "block", "stolen", "recovery", "update", "rollback"}
)
"""Those that begin with a terminal that is switched off."""
