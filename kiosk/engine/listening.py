"""What devices say, as events of the flow; what they hand over goes into the vault."""

from collections.abc import Callable

from kiosk.audit import note
from kiosk.document.compare import compare
from kiosk.engine.engine import Engine
from kiosk.engine.serving import needs_guardian, old_form, referred
from kiosk.engine.staff import admitted, card_taken, refused
from kiosk.flow import modes
from kiosk.flow.reasons import card_event
from kiosk.flow.states import IN_SESSION, STAFF, Event, State
from kiosk.session.vault import Slot
from wire.audit_events import AuditEvent
from wire.card import CardContents
from wire.document import CardHint, CopyCheck, Form, PrintOutcome, PrintRead
from wire.failures import Failure
from wire.framing import encode
from wire.message import DeviceState
from wire.screen import Mode, ShowCardHint, ShowChallenge, ShowColour, ShowHint, ShowProgress
from wire.vision import (
    Camera,
    Challenge,
    Compared,
    Comparison,
    FaceHint,
    Presentation,
    Presented,
)

_COMPARED = {
    Comparison.SUPPORTS: (Event.FACE_SUPPORTED, ""),
    Comparison.LIKELY: (Event.FACE_LIKELY, Failure.FACE_UNCLEAR),
    Comparison.UNCLEAR: (Event.FACE_UNCLEAR, Failure.FACE_UNCLEAR),
    Comparison.NO_FACE_ON_CHIP: (Event.FACE_UNCLEAR, Failure.FACE_NO_PORTRAIT),
}
_WITH_FACE = frozenset({State.TAKING_PHOTO, State.COMPARING})
_VISION = "vision"
VISION_BACK_S = 8.0
"""So long a citizen waits for cameras whose process crashed; with a spare it takes one."""
_LOST = {Camera.FACE: Event.CAMERA_LOST, Camera.DOCUMENT: Event.DOCUMENT_CAMERA_LOST}


class Listening:
    """Told by the devices, on the engine's thread."""

    def __init__(
        self, engine: Engine, probed: Callable[[bool], None] = lambda _service: None
    ) -> None:
        """Listen for `engine`; `probed` is told what kind of card was laid down."""
        self._engine = engine
        self._probed = probed

    def reader_changed(self, state: DeviceState, code: str) -> None:
        """The reader came, went or failed."""
        note(AuditEvent.READER_CHANGED, state=state)
        if state is not DeviceState.READY and self._engine.state in IN_SESSION.union(STAFF):
            self._engine.happen(Event.READER_LOST, code or Failure.READER_MISSING)
        else:
            self._engine.check_readiness()

    def card_present(self, *, present: bool) -> None:
        """A card was put down or taken away."""
        self._engine.happen(Event.CARD_IN if present else Event.CARD_OUT)
        if not present:
            card_taken(self._engine)

    def card_progress(self, share: float) -> None:
        """A reading moved on."""
        self._engine.world.send(ShowProgress(self._engine.sequence, share))

    def card_read(self, contents: CardContents) -> None:
        """A reading succeeded: chip against print, then into the vault."""
        if self._engine.state is not State.READING_CARD:
            return
        visit = self._engine.visit
        note(AuditEvent.CARD_READ, ms=contents.ms, apdus=contents.apdus)
        judgement = compare(visit.printed(), contents)
        note(AuditEvent.PRINT_COMPARED, outcome=judgement.outcome, typed=visit.was_typed)
        if judgement.outcome is PrintOutcome.DIFFERS:
            self.card_failed(Failure.CARD_DIFFERS_FROM_PRINT)
            return
        visit.print_check = "typed" if visit.was_typed else judgement.outcome.value
        visit.vault.put(Slot.CARD, encode(contents))
        visit.needs_guardian = needs_guardian(self._engine, birth=contents.birth)
        code = referred(self._engine, birth=contents.birth, consular=contents.consular)
        self._engine.happen(Event.CARD_REFERRED if code else Event.CARD_READ, code)

    def card_failed(self, code: str) -> None:
        """A reading ended without result."""
        note(AuditEvent.CARD_FAILED, failure=Failure(code))
        self._engine.happen(card_event(code), code)

    def card_probed(self, *, service: bool) -> None:
        """What kind of card was laid down."""
        self._probed(service)

    def service_card_opened(self, number: int) -> None:
        """The PIN is the card's, and the card is genuine."""
        admitted(self._engine, number)

    def service_card_failed(self, code: str) -> None:
        """The card refused the PIN, or failed."""
        refused(self._engine, code)

    def camera_changed(self, camera: Camera, state: DeviceState, code: str) -> None:
        """A camera came, went or failed."""
        note(AuditEvent.CAMERA_CHANGED, camera=camera, state=state)
        if camera is Camera.FACE and self._engine.state in _WITH_FACE:
            if code == Failure.VISION_CRASHED:
                self._await_vision()
                return
            if state is DeviceState.READY:
                self._engine.world.timers.cancel(_VISION)
                self._engine.happen(Event.VISION_BACK)
                return
        if state is not DeviceState.READY and self._engine.state in IN_SESSION:
            self._engine.happen(_LOST[camera], code or Failure.CAMERA_MISSING)
        else:
            self._engine.check_readiness()

    def _await_vision(self) -> None:
        """The process crashed: the citizen is photographed anew, unless it stays away."""
        self._engine.happen(Event.VISION_LOST, Failure.VISION_CRASHED)
        if self._engine.state is State.TAKING_PHOTO:
            gone = lambda: self._engine.happen(Event.CAMERA_LOST, Failure.VISION_CRASHED)  # noqa: E731
            self._engine.world.timers.set(_VISION, VISION_BACK_S, gone)

    def vision_ready(self) -> None:
        """The face models are loaded and checked."""
        self._engine.check_readiness()

    def document_hint(self, hint: CardHint) -> None:
        """What stands in the way of reading the card."""
        if self._engine.state is State.PLACE_CARD:
            self._engine.world.send(ShowCardHint(self._engine.sequence, hint))

    def print_read(self, printed: PrintRead) -> None:
        """The front was read: into the vault, unless the card is not served here."""
        engine = self._engine
        if engine.state is not State.PLACE_CARD:
            return
        unread, checked = len(printed.unread), printed.copy_check
        note(AuditEvent.PRINT_READ, form=printed.form, unread=unread, copy_check=checked)
        if printed.form is Form.FORM_2003:
            engine.happen(*old_form(engine, birth=printed.birth))
            return
        refer = referred(engine, birth=printed.birth, consular=printed.consular)
        if printed.copy_check is CopyCheck.SUSPECTED:
            refer = Failure.CARD_COPY_SUSPECTED
        if refer:
            engine.happen(Event.CARD_REFERRED, refer)
            return
        engine.visit.vault.put(Slot.PRINT, encode(printed))
        engine.visit.was_typed = False
        engine.happen(Event.PRINT_READ)

    def print_unreadable(self) -> None:
        """One try to read the front has failed."""
        if self._engine.state is State.PLACE_CARD:
            note(AuditEvent.PRINT_UNREADABLE)
            self._engine.happen(Event.PRINT_UNREADABLE)

    def face_hint(self, hint: FaceHint, seconds_left: int) -> None:
        """Guidance for whoever stands before the camera."""
        if seconds_left:
            self._engine.happen(Event.COUNTING_DOWN)
        self._engine.world.send(ShowHint(self._engine.sequence, hint, seconds_left))

    def asked(self, challenge: Challenge, progress: float) -> None:
        """What the citizen should do now, after the photograph."""
        self._engine.world.send(ShowChallenge(self._engine.sequence, challenge, progress))

    def coloured(self, rgb: int) -> None:
        """The colour that the whole screen should show."""
        self._engine.world.send(ShowColour(self._engine.sequence, rgb))

    def presented(self, seen: Presented) -> None:
        """What the indicators say; a photograph follows, or another attempt."""
        engine = self._engine
        if engine.state is not State.TAKING_PHOTO:
            return
        visit = engine.visit
        attempt = visit.tally.photo_tries + 1
        note(AuditEvent.PRESENTATION_JUDGED, outcome=seen.presentation, attempt=attempt)
        for reason in seen.reasons:
            note(AuditEvent.PRESENTATION_REASON, indicator=reason)
        visit.presentation = seen.presentation
        if not self._may_go_on():
            engine.happen(Event.PRESENTATION_UNCLEAR, Failure.FACE_UNCLEAR)

    def _may_go_on(self) -> bool:
        """Whether a photograph counts: a presentation is supported, or staff will look."""
        visit = self._engine.visit
        return visit.presentation is Presentation.SUPPORTED or visit.gentle

    def photo_taken(self, jpeg: bytes) -> None:
        """The photograph: into the vault."""
        if self._engine.state is not State.TAKING_PHOTO or not self._may_go_on():
            return
        visit = self._engine.visit
        visit.vault.put(Slot.PHOTO, jpeg)
        note(AuditEvent.PHOTO_TAKEN, attempt=visit.tally.photo_tries + 1)
        self._engine.happen(Event.PHOTO_TAKEN)

    def compared(self, result: Compared) -> None:
        """The local pre-check: supports or unclear, never a rejection."""
        if self._engine.state is not State.COMPARING:
            return
        note(AuditEvent.FACE_COMPARED, outcome=result.outcome)
        self._engine.visit.compared = result
        event, code = _COMPARED[result.outcome]
        if event is Event.FACE_SUPPORTED and self._engine.visit.gentle:
            event = Event.FACE_FOR_STAFF
        mode = Mode(self._engine.world.settings.terminal.mode)
        self._engine.happen(modes.compared(mode, event), code)
