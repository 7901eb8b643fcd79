"""The engine's real parts in a process of their own, walked by orders: no devices, no screens.

``python -m tests.support.engine_alone FOLDER`` reads one JSON order a line and answers with
the state it is in. What belongs to the citizen comes masked, so that the orders themselves
hold nothing that a search could find.

Orders: ``{"walk": STATE, "citizen": MASKED}``, ``{"happen": EVENT}``, ``{"forget": true}``.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from drivers.printer.printer import Bitmap
from kiosk.audit.log import keep_trail, leave_trail
from kiosk.audit.trail import Trail
from kiosk.config import Settings
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
from kiosk.session import forgetful
from kiosk.sync.guardian_slip import GuardianSlip
from kiosk.sync.outbox import Outbox
from wire.card import CardContents
from wire.document import Form, PrintRead
from wire.failures import Failure
from wire.framing import decode, encode
from wire.message import DeviceState
from wire.screen import Action, ReceiptPainted, ToScreens, Touched
from wire.vision import Camera, Compared, Comparison, Presentation, Presented

MASK = 0x5A
READY = DeviceReport(DeviceState.READY)
_CODES = {
    Event.READER_LOST: Failure.READER_MISSING,
    Event.CAMERA_LOST: Failure.CAMERA_MISSING,
}
WAY = (
    State.LANGUAGE,
    State.SERVICE,
    State.ELIGIBILITY,
    State.PRIVACY_NOTICE,
    State.PLACE_CARD,
    State.TYPE_DETAILS,
    State.READING_CARD,
    State.CHECK_DETAILS,
    State.TAKING_PHOTO,
    State.COMPARING,
    State.SENDING,
    State.RECEIPT,
)


def masked(content: bytes) -> str:
    """Return bytes as they may stand in an order."""
    return bytes(byte ^ MASK for byte in content).hex()


class Nobody:
    """Stands where card reader, vision and printer would; takes orders and says nothing."""

    present = False
    ready = True

    def __init__(self) -> None:
        self.states = dict.fromkeys(Camera, (DeviceState.READY, ""))

    def read(self, order: object) -> None:
        """Take the order to read a card."""

    def stop(self) -> None:
        """Take the order to stop."""

    def send(self, order: object) -> None:
        """Take an order to vision as it is sent: as bytes."""
        encode(order)  # type: ignore[arg-type]

    def print(self, bitmap: Bitmap) -> None:
        """Take the slip."""


class Alone:
    """An engine, walked."""

    def __init__(self, folder: Path) -> None:
        self.now = 0.0
        self.reader = READY
        self.citizen: dict[str, str] = {}
        nobody: Any = Nobody()
        timers = Timers(lambda: self.now)
        self.effects = Effects()
        world = World(
            settings=Settings(),
            clock=lambda: self.now,
            timers=timers,
            now=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
            conditions=self._conditions,
            card_present=lambda: False,
            policy=parse(SHIPPED_POLICY.read_text()),
            send=_sent,
            staff_memory=StaffMemory(folder / "staff.json"),
        )
        self.timers = timers
        self.engine = Engine(world, self.effects.perform)
        self.outbox = Outbox(
            folder / "outbox.db", limit_records=10**6, limit_age_s=1e12, clock=time.time
        )
        self.trail = Trail(folder / "trail.jsonl", now=lambda: datetime.now(UTC))
        self.guardian = GuardianSlip(folder / "guardian.db")
        keep_trail(self.trail)
        wiping = Wiping(
            timers=timers,
            clock=lambda: self.now,
            holders={"screens": (lambda: None, lambda: None)},
            done=self.effects.wiped,
        )
        self.wiping = wiping
        self.effects.join(
            self.engine,
            Devices(
                card=nobody,
                vision=nobody,
                printing=nobody,
                printer_ready=lambda: True,
                outbox=self.outbox,
                guardian=self.guardian,
                trail=self.trail,
                register_key=X25519PrivateKey.generate().public_key().public_bytes_raw,
                wiping=wiping,
            ),
        )
        self.listening = Listening(self.engine)
        self.engine.begin()

    def close(self) -> None:
        """Let its files go."""
        leave_trail(self.trail)
        self.trail.close()
        self.outbox.close()
        self.guardian.close()

    def walk(self, to: State, citizen: str) -> None:
        """Walk the main way as a citizen does, as far as `to`."""
        whole = bytes(byte ^ MASK for byte in bytes.fromhex(citizen))
        typed = to is State.TYPE_DETAILS
        steps: dict[State, Callable[[], None]] = {
            State.ATTRACT: lambda: self._touch(Action.TOUCH),
            State.LANGUAGE: lambda: self._touch(Action.SET_LANGUAGE, "en"),
            State.SERVICE: lambda: self._touch(Action.REGISTER),
            State.ELIGIBILITY: lambda: self._touch(Action.CONTINUE),
            State.PRIVACY_NOTICE: lambda: self._touch(Action.AGREE),
            State.PLACE_CARD: lambda: self._place(whole, typed=typed),
            State.READING_CARD: lambda: self.listening.card_read(_card(whole)),
            State.CHECK_DETAILS: lambda: self._touch(Action.CONTINUE),
            State.TAKING_PHOTO: lambda: self._pose(_part(whole, "photo")),
            State.COMPARING: lambda: self.listening.compared(_compared()),
            State.SENDING: lambda: self.engine.happen(Event.REGISTER_SILENT),
        }
        while self.engine.state is not to:
            before = self.engine.state
            steps[before]()
            assert self.engine.state is not before, before
        if typed:
            for key in json.loads(whole)["number"][:7]:
                self._touch(Action.KEY, key)
        if to is State.RECEIPT:
            self.effects.receipt_painted(ReceiptPainted(8, b"\0"))

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.timers.run_due()

    def happen(self, event: Event) -> None:
        """Let `event` happen, and time go on until nobody's session is open."""
        self.engine.happen(event, _CODES.get(event, ""))
        for _ in range(5):
            if self.engine.session is None:
                break
            if self.engine.state is State.REFERRAL:
                self.engine.happen(Event.CONTINUED)
            self.wiping.answered("screens")
            self.pass_time(10.0)
        gc.collect()

    def _place(self, whole: bytes, *, typed: bool) -> None:
        self.engine.happen(Event.CARD_IN)
        if typed:
            self.engine.happen(Event.DOCUMENT_CAMERA_LOST)
        else:
            self.listening.print_read(_print(whole))

    def _pose(self, jpeg: bytes) -> None:
        self.listening.presented(Presented(Presentation.SUPPORTED, ()))
        self.listening.photo_taken(jpeg)

    def _touch(self, action: Action, argument: str = "") -> None:
        touched(self.engine, Touched(self.engine.sequence, action, argument))

    def _conditions(self) -> Conditions:
        return Conditions(
            reader=self.reader,
            face_camera=READY,
            document_camera=READY,
            printer=READY,
            vision_ready=True,
            outbox_has_room=True,
            clock_trusted=True,
        )


def _sent(message: ToScreens) -> None:
    encode(message)


def _part(whole: bytes, name: str) -> bytes:
    part: str = json.loads(whole)[name]
    return part.encode()


def _print(whole: bytes) -> PrintRead:
    said = json.loads(whole)
    del said["portrait"], said["photo"]
    read: PrintRead = decode(encode(PrintRead(form=Form.FORM_2018, **said)), PrintRead)
    return read


def _card(whole: bytes) -> CardContents:
    said = json.loads(whole)
    del said["photo"]
    said["portrait"] = said["portrait"].encode()
    card = CardContents(
        **said | {"name": said["name"].upper(), "codes": ()},
        consular=False,
        sod_digest=bytes(32),
        document_signer=bytes(32),
        access="PACE",
        chip="CA",
        apdus=1,
        ms=1,
    )
    contents: CardContents = decode(encode(card), CardContents)
    return contents


def _compared() -> Compared:
    return Compared(Comparison.SUPPORTS, 0.3, 0.5, 3.0)


def main() -> None:
    """Obey until the orders end."""
    forgetful.ensure()
    alone = Alone(Path(sys.argv[1]))
    for line in sys.stdin:
        order = json.loads(line)
        if "walk" in order:
            alone.walk(State(order["walk"]), order["citizen"])
        else:
            alone.happen(Event(order["happen"]))
        print(alone.engine.state.value, alone.engine.session is None, flush=True)  # noqa: T201


if __name__ == "__main__":
    os.environ.pop("JOURNAL_STREAM", None)
    main()
