"""What effects act on: every device and store of one terminal."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.audit.trail import Trail
from kiosk.engine.card_device import CardDevice
from kiosk.engine.printing import PrintingThread
from kiosk.engine.vision_device import VisionDevice
from kiosk.engine.wiping import Wiping
from kiosk.sync.guardian_slip import GuardianSlip
from kiosk.sync.outbox import Outbox


def _nobody_restarts() -> None:
    """Stand where nobody ends the program."""


@dataclass(slots=True, kw_only=True)
class Devices:
    """What effects act on."""

    card: CardDevice
    vision: VisionDevice
    printing: PrintingThread
    printer_ready: Callable[[], bool]
    outbox: Outbox
    guardian: GuardianSlip
    trail: Trail
    register_key: Callable[[], bytes]
    wiping: Wiping
    restart: Callable[[], None] = _nobody_restarts
    """Ends the program in good order; its supervisor starts the next one."""
