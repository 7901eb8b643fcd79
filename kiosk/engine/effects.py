"""Perform what the flow orders, on devices, vault, outbox and screens.

One method per effect, found by its name; a test holds that none is missing.
"""

import secrets
from collections.abc import Callable

from drivers.printer.printer import Bitmap
from kiosk.audit import note
from kiosk.engine.engine import Engine
from kiosk.engine.enrolling import seal_and_store
from kiosk.engine.guardian_effects import GuardianEffects
from kiosk.engine.parts import Devices
from kiosk.engine.session import Session
from kiosk.engine.staff import test_ran
from kiosk.engine.staff_effects import StaffEffects
from kiosk.flow.degraded import Lack
from kiosk.flow.modes import USES
from kiosk.flow.states import Effect, Event
from kiosk.session.consent import consent
from kiosk.session.record_id import RecordIds
from kiosk.session.vault import Slot
from kiosk.sync.outbox import OutboxError, OutboxState
from wire.audit_events import AuditEvent
from wire.card import CardContents, ReadCard
from wire.failures import Failure
from wire.framing import decode
from wire.message import DeviceState
from wire.record import TOKEN_BYTES, Verdict, activation_path
from wire.screen import Mode, PaintReceipt, ReceiptPainted
from wire.staff import DeviceTest
from wire.vision import (
    Camera,
    Compare,
    Presentation,
    StartFace,
    StopFace,
    UnwatchDocument,
    WatchDocument,
)

_REFERENCE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without characters that look alike; 8 of them are 40 bits."""
_CARD_SETTLES_S = 0.6
"""pcscd looks for a card every 0.4 s (docs/devices.md, "PC/SC")."""
_REGISTER_POLL_S = 0.1
_PHONE_POLL_S = 0.5


class Effects(StaffEffects, GuardianEffects):
    """Performs effects for one engine."""

    def __init__(self) -> None:
        """Join engine and devices later with `join`: they need each other."""
        self._record_ids = RecordIds(random_bits=secrets.randbits)

    def join(self, engine: Engine, devices: Devices) -> None:
        """Say whose effects are performed, and on what."""
        self._engine = engine
        self._devices = devices

    def perform(self, effect: Effect) -> None:
        """Carry out one effect."""
        method: Callable[[], None] = getattr(self, effect.value)
        method()

    def open_session(self) -> None:
        """Begin a visit with an empty vault."""
        engine = self._engine
        reference = "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(8))
        engine.session = Session(
            vault=engine.world.vault,
            language=engine.language,
            opened_at=engine.world.clock(),
            record_id=self._record_ids.next(engine.world.now().timestamp()),
            reference=f"{reference[:4]}-{reference[4:]}",
        )
        engine.world.vault.put(Slot.RECORD_TOKEN, secrets.token_bytes(TOKEN_BYTES))
        note(AuditEvent.SESSION_OPENED)

    def check_readiness(self) -> None:
        """Ask anew whether sessions may begin."""
        self._engine.check_readiness()

    def note_consent(self) -> None:
        """Keep what was agreed to, in which version and language."""
        visit, world = self._engine.visit, self._engine.world
        visit.consent = consent(
            statement=world.settings.terminal.statement,
            language=visit.language,
            agreed_at=world.now(),
            keep_template=visit.keep_template,
        )
        note(AuditEvent.CONSENT_NOTED, keep_template=visit.keep_template)

    def expect_card(self) -> None:
        """A card may lie there already; one that was just lifted is reported late."""
        self._engine.world.timers.set("card", _CARD_SETTLES_S, self._card_lies_there)

    def _card_lies_there(self) -> None:
        if lost := self._engine.world.conditions().lacks().get(Lack.READER):
            # It went while the citizen was on a page that has no need of it.
            self._engine.happen(Event.READER_LOST, lost)
        elif self._devices.card.present:
            self._engine.happen(Event.CARD_IN)

    def watch_document(self) -> None:
        """Read what lies under the document camera; without one it is typed."""
        vision = self._devices.vision
        state, code = vision.states[Camera.DOCUMENT]
        if vision.ready and state is DeviceState.READY:
            vision.send(WatchDocument())
        else:
            self._engine.happen(Event.DOCUMENT_CAMERA_LOST, code)

    def unwatch_document(self) -> None:
        """Stop looking."""
        self._devices.vision.send(UnwatchDocument())

    def read_card(self) -> None:
        """Read and verify the chip with the key from the print."""
        printed = self._engine.visit.printed()
        order = ReadCard(number=printed.number, birth=printed.birth, issued=printed.issued)
        self._devices.card.read(order)

    def stop_reading(self) -> None:
        """Nobody waits for the card any more."""
        self._devices.card.stop()

    def start_face(self) -> None:
        """Preview, hints, automatic capture."""
        visit = self._engine.visit
        visit.presentation = Presentation.NOT_MADE
        self._devices.vision.send(StartFace(gentle=visit.gentle))

    def restart_face(self) -> None:
        """Begin another attempt on the same screen; vision overwrites what the last one held."""
        self.start_face()
        self._engine.display()

    def stop_face(self) -> None:
        """End the preview; it is zeroed."""
        self._devices.vision.send(StopFace())

    def compare(self) -> None:
        """Chip portrait against photograph."""
        with self._engine.visit.vault.use(Slot.CARD) as card:
            contents: CardContents = decode(bytes(card), CardContents)
        self._devices.vision.send(Compare(contents.portrait))

    def seal_and_store(self) -> None:
        """Make the record durable before the screen says so."""
        engine, devices = self._engine, self._devices
        try:
            seal_and_store(
                engine.visit,
                devices.outbox,
                terminal=engine.world.settings.terminal.id,
                register_key=devices.register_key(),
                now=engine.world.now(),
                trail=devices.trail.head,
            )
        except OutboxError as error:
            engine.happen(Event.NOT_STORED, error.code)
            return
        engine.visit.stored = True
        note(AuditEvent.RECORD_STORED, queued=devices.outbox.counts().queued)
        engine.happen(Event.STORED)

    def await_register(self) -> None:
        """Look for the register's answer for as long as a citizen should wait."""
        world = self._engine.world
        waits = USES[Mode(world.settings.terminal.mode)].waits_for_register
        give_up_at = world.clock() + (world.settings.limits.wait_register_s if waits else 0)
        self._poll_register(give_up_at)

    def _poll_register(self, give_up_at: float) -> None:
        engine = self._engine
        outcome = self._devices.outbox.outcome(engine.visit.record_id)
        if outcome is not None and outcome.verdict is not None:
            engine.visit.sent = True
            note(AuditEvent.REGISTER_ANSWERED, verdict=outcome.verdict)
            accepted = outcome.verdict is Verdict.ACCEPTED
            event = Event.REGISTER_ACCEPTED if accepted else Event.REGISTER_REFERRED
            engine.happen(event, Failure.REGISTER_REFERRED)
        elif outcome is not None and outcome.state is OutboxState.SET_ASIDE:
            engine.happen(Event.REGISTER_REFERRED, Failure.REGISTER_REFUSED)
        elif engine.world.clock() >= give_up_at:
            engine.happen(Event.REGISTER_SILENT)
        else:
            again = lambda: self._poll_register(give_up_at)  # noqa: E731
            engine.world.timers.set("register", _REGISTER_POLL_S, again)

    def await_phone(self) -> None:
        """Look for the phone to finish."""
        engine = self._engine
        outcome = self._devices.outbox.outcome(engine.visit.record_id)
        if outcome is not None and outcome.linked:
            note(AuditEvent.PHONE_LINKED)
            engine.happen(Event.PHONE_LINKED)
        else:
            engine.world.timers.set("phone", _PHONE_POLL_S, self.await_phone)

    def print_receipt(self) -> None:
        """Let the screens paint the slip; it is printed when it comes back."""
        engine = self._engine
        if not self._devices.printer_ready():
            engine.happen(Event.RECEIPT_NOT_PRINTED)
            return
        visit = engine.visit
        visit.paper = "printing"
        with visit.vault.use(Slot.RECORD_TOKEN) as token:
            path = activation_path(bytes(token))
        order = PaintReceipt(
            language=visit.language,
            reference=visit.reference,
            link=engine.world.settings.register.phone_url.rstrip("/") + path,
            printed_at=engine.world.now().strftime("%Y-%m-%dT%H:%M"),
            sent=visit.sent,
        )
        engine.world.send(order)

    def receipt_painted(self, painted: ReceiptPainted) -> None:
        """The slip came back as a bitmap: print it."""
        self._devices.printing.print(Bitmap(painted.width_px, painted.rows))

    def receipt_done(self, code: str) -> None:
        """The printer finished or failed; neither stops the citizen."""
        engine = self._engine
        test_ran(engine, DeviceTest.PRINTER, code)
        if engine.session is None:
            return
        engine.session.paper = "none" if code else "printed"
        if code:
            note(AuditEvent.RECEIPT_FAILED, failure=Failure(code))
        else:
            note(AuditEvent.RECEIPT_PRINTED)
        engine.happen(Event.RECEIPT_NOT_PRINTED if code else Event.RECEIPT_PRINTED)
        engine.display()

    def call_staff(self) -> None:
        """Tell staff that somebody needs them, and why."""
        code = self._engine.session.code if self._engine.session else Failure.CARD_LEFT
        note(AuditEvent.STAFF_CALLED, failure=Failure(code))

    def offer_card(self) -> None:
        """If no card lies there, there is nothing to take."""
        if not self._devices.card.present:
            self._engine.happen(Event.CARD_OUT)

    def wipe_session(self) -> None:
        """Everybody forgets; the engine itself first."""
        world = self._engine.world
        world.vault.wipe()
        self._devices.wiping.begin()

    def wiped(self) -> None:
        """All have forgotten: the session is over."""
        engine = self._engine
        engine.session = None
        left = self._devices.card.present
        engine.happen(Event.WIPED_CARD_LEFT if left else Event.WIPED)
