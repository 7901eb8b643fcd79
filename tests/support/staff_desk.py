"""An engine with its real effects, and a person of staff before it; devices only note orders."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from drivers.printer.printer import Bitmap
from kiosk.audit.log import keep_trail, leave_trail
from kiosk.audit.tail import tail
from kiosk.audit.trail import Trail
from kiosk.config import Settings
from kiosk.config.settings import Paths
from kiosk.config.settings import Terminal as TerminalSettings
from kiosk.document.policy import parse
from kiosk.engine.effects import Effects
from kiosk.engine.engine import Engine, World
from kiosk.engine.listening import Listening
from kiosk.engine.opening import SHIPPED_POLICY
from kiosk.engine.parts import Devices
from kiosk.engine.readiness import Conditions, DeviceReport
from kiosk.engine.staff_memory import StaffMemory
from kiosk.engine.timers import Timers
from kiosk.engine.touching import touched
from kiosk.engine.wiping import Wiping
from kiosk.flow.states import Event, State
from kiosk.sync.guardian_slip import GuardianSlip
from kiosk.sync.outbox import Outbox
from tests.support.printed import contents, reading
from wire.card import OpenServiceCard, ReadCard
from wire.message import DeviceState
from wire.screen import (
    Action,
    Mode,
    ReceiptPainted,
    ReportPainted,
    Show,
    ToScreens,
    Touched,
)
from wire.vision import Camera, Compared, Comparison, Presentation, Presented, ToVision

READY = DeviceReport(DeviceState.READY)
PIN = "271828"
CARD = 23
WAYS_OUT = [
    Event.CARD_OUT,
    Event.LEFT,
    Event.TIMED_OUT,
    Event.STAFF_TIME_UP,
    Event.SCREEN_LOST,
    Event.READER_LOST,
]


@dataclass
class NotingDevices:
    """Stands where reader, cameras and printer would, and notes what they are told."""

    present: bool = False
    states: dict[Camera, tuple[DeviceState, str]] = field(
        default_factory=lambda: dict.fromkeys(Camera, (DeviceState.READY, ""))
    )
    ready: bool = True
    probes: int = 0
    pins: list[str] = field(default_factory=list)
    stops: int = 0
    vision: list[ToVision] = field(default_factory=list)
    slips: list[Bitmap] = field(default_factory=list)

    def probe(self) -> None:
        """Note that the card is to be probed."""
        self.probes += 1

    def open_service(self, order: OpenServiceCard) -> None:
        """Note the PIN."""
        self.pins.append(order.pin)

    def read(self, order: ReadCard) -> None:
        """Take the order to read a card."""

    def stop(self) -> None:
        """Note that nobody waits for the card."""
        self.stops += 1

    def send(self, order: ToVision) -> None:
        """Note an order to the cameras."""
        self.vision.append(order)

    def print(self, bitmap: Bitmap) -> None:
        """Note a slip."""
        self.slips.append(bitmap)


class StaffDesk:
    """A terminal that waits, and what staff does at it."""

    def __init__(self, folder: Path, mode: Mode = Mode.SELF_SERVICE) -> None:
        self.folder = folder
        self.mode = mode
        self.now = 0.0
        self.sent: list[ToScreens] = []
        self.printer = READY
        self.devices = NotingDevices()
        self.restarts = 0
        self.trail = Trail(folder / "trail.jsonl", now=lambda: datetime.now(UTC))
        keep_trail(self.trail)
        self.outbox = Outbox(
            folder / "outbox.db", limit_records=10, limit_age_s=1e9, clock=time.time
        )
        self.guardian = GuardianSlip(folder / "guardian.db")
        self.start()

    def start(self) -> None:
        """Start the engine, or start it again."""
        self.timers = Timers(lambda: self.now)
        self.memory = StaffMemory(self.folder / "staff.json")
        self.effects = Effects()
        world = World(
            settings=Settings(
                terminal=TerminalSettings(mode=self.mode.value), paths=Paths(state=self.folder)
            ),
            clock=lambda: self.now,
            timers=self.timers,
            now=lambda: datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
            conditions=self._conditions,
            card_present=lambda: self.devices.present,
            policy=parse(SHIPPED_POLICY.read_text()),
            send=self.sent.append,
            staff_memory=self.memory,
            log=lambda: tail(self.folder / "trail.jsonl"),
        )
        self.engine = Engine(world, self.effects.perform)
        devices: Any = self.devices
        wiping = Wiping(timers=self.timers, clock=world.clock, holders={}, done=self.effects.wiped)
        self.effects.join(
            self.engine,
            Devices(
                card=devices,
                vision=devices,
                printing=devices,
                printer_ready=lambda: self.printer is READY,
                outbox=self.outbox,
                guardian=self.guardian,
                trail=self.trail,
                register_key=X25519PrivateKey.generate().public_key().public_bytes_raw,
                wiping=wiping,
                restart=self._restarted,
            ),
        )
        self.listening = Listening(self.engine, self.effects.card_probed)
        self.engine.begin()

    def close(self) -> None:
        """Let trail and outbox go."""
        leave_trail(self.trail)
        self.trail.close()
        self.outbox.close()
        self.guardian.close()

    def _restarted(self) -> None:
        self.restarts += 1

    def _conditions(self) -> Conditions:
        return Conditions(
            reader=READY,
            face_camera=READY,
            document_camera=READY,
            printer=self.printer,
            vision_ready=True,
            outbox_has_room=True,
            clock_trusted=True,
            in_service=self.memory.kept.in_service,
        )

    # what staff does

    def lay_card(self, *, service: bool = True) -> None:
        """Lay a card down; the host says what it is."""
        self.devices.present = True
        self.listening.card_present(present=True)
        if self.devices.probes:
            self.listening.card_probed(service=service)

    def take_card(self) -> None:
        """Take the card away."""
        self.devices.present = False
        self.listening.card_present(present=False)

    def type_pin(self, pin: str = PIN) -> None:
        """Type a PIN and confirm it."""
        for digit in pin:
            self.touch(Action.KEY, digit)
        self.touch(Action.CONTINUE)

    def enter(self) -> None:
        """Lay the card down and type its PIN."""
        self.lay_card()
        self.type_pin()
        self.listening.service_card_opened(CARD)
        assert self.where() is State.STAFF_MENU

    def touch(self, action: Action, argument: str = "") -> None:
        """Touch the screen that is shown."""
        touched(self.engine, Touched(self.engine.sequence, action, argument))

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.now += seconds
        self.timers.run_due()

    def paint(self) -> None:
        """Let the screens paint what was asked for last."""
        self.effects.receipt_painted(ReceiptPainted(8, b"\0"))

    def report(self, pdf: bytes) -> None:
        """Let the screens answer with a report."""
        self.effects.report_painted(ReportPainted(pdf))

    # what a citizen does

    def confirm_details(self, **changed: Any) -> None:
        """Register as far as the details of a card, and confirm them."""
        for action, argument in [
            (Action.TOUCH, ""),
            (Action.SET_LANGUAGE, "en"),
            (Action.REGISTER, ""),
            (Action.CONTINUE, ""),
            (Action.AGREE, ""),
        ]:
            self.touch(action, argument)
        self.devices.present = True
        self.listening.card_present(present=True)
        self.listening.print_read(msgspec.structs.replace(reading(), **changed))
        self.listening.card_read(msgspec.structs.replace(contents(), **changed))
        assert self.where() is State.CHECK_DETAILS
        self.touch(Action.CONTINUE)

    def be_photographed(self, outcome: Comparison) -> None:
        """Be photographed, and compared with that outcome."""
        self.listening.presented(Presented(Presentation.SUPPORTED, ()))
        self.listening.photo_taken(b"jpeg")
        self.listening.compared(Compared(outcome, 0.5, 0.8, 0.1))

    # what is seen

    def where(self) -> State:
        """Where the terminal is."""
        return self.engine.state

    @property
    def facts(self) -> dict[str, Any]:
        """What the screen shown last was told."""
        shown = next(m for m in reversed(self.sent) if isinstance(m, Show))
        assert shown.screen is self.engine.state
        return dict(shown.facts)

    def events(self, prefix: str) -> list[str]:
        """Return the trail's entries that begin so, oldest first."""
        entries = reversed(tail(self.folder / "trail.jsonl"))
        return [f"{e.event} {e.fields}".strip() for e in entries if e.event.startswith(prefix)]

    def leave_by(self, event: Event) -> None:
        """End staff mode in one of its ways."""
        way: dict[Event, Callable[[], None]] = {
            Event.CARD_OUT: self.take_card,
            Event.LEFT: lambda: self.touch(Action.LEAVE),
            Event.TIMED_OUT: lambda: self.wait(200),
        }
        way.get(event, lambda: self.engine.happen(event))()
