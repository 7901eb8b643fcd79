"""Everything the terminal notes; made from audit_events.toml, do not edit."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from wire.child import ChildName
from wire.commands import Order, Progress
from wire.document import CopyCheck, Form, PrintOutcome
from wire.failures import Failure
from wire.guardian import ConsentState
from wire.message import DeviceState
from wire.record import Verdict
from wire.rollout import Kind
from wire.screen import Screen
from wire.staff import DeviceTest, StaffEnd
from wire.vision import Camera, Comparison, Indicator, Presentation


class AuditEvent(StrEnum):
    """Stable names; each row of docs/events.md."""

    TERMINAL_STARTED = "terminal.started"
    """The engine begins."""

    TERMINAL_STOPPED = "terminal.stopped"
    """The engine ends in good order."""

    STATE_ENTERED = "state.entered"
    """The flow came to a state."""

    SESSION_OPENED = "session.opened"
    """A citizen touched the first screen."""

    SESSION_WIPED = "session.wiped"
    """Every holder of the session's data has forgotten it."""

    CONSENT_NOTED = "consent.noted"
    """The citizen agreed to the privacy statement."""

    PRINT_READ = "print.read"
    """The front of a card was read by the camera."""

    PRINT_UNREADABLE = "print.unreadable"
    """A card lay under the camera for one try and could not be read."""

    PRINT_COMPARED = "print.compared"
    """Chip and print were compared."""

    CARD_READ = "card.read"
    """A card was read and everything about it verified."""

    CARD_FAILED = "card.failed"
    """A reading ended without result."""

    PHOTO_TAKEN = "photo.taken"
    """The photograph was taken."""

    PRESENTATION_JUDGED = "presentation.judged"
    """Moves, colours and frames of one attempt were judged; no conformity is claimed."""

    PRESENTATION_REASON = "presentation.reason"
    """One reason why a presentation was not supported."""

    FACE_COMPARED = "face.compared"
    """The local pre-check was made."""

    RECORD_STORED = "record.stored"
    """A sealed record is durable in the outbox."""

    REGISTER_ANSWERED = "register.answered"
    """The register's verdict was seen."""

    PHONE_LINKED = "phone.linked"
    """The citizen's phone finished the activation."""

    RECEIPT_PRINTED = "receipt.printed"
    """The receipt was printed."""

    RECEIPT_FAILED = "receipt.failed"
    """The receipt could not be printed."""

    STAFF_CALLED = "staff.called"
    """Staff are wanted, and why."""

    STAFF_CARD_SEEN = "staff.card_seen"
    """A card that calls itself a service card was laid down while nobody was served."""

    STAFF_ADMITTED = "staff.admitted"
    """Staff mode begins: card and PIN are right."""

    STAFF_REFUSED = "staff.refused"
    """Staff mode was refused; so many wrong PINs in a row."""

    STAFF_ENDED = "staff.ended"
    """Staff mode ended, or was never entered (card 0)."""

    STAFF_TESTED = "staff.tested"
    """A device was tested by staff."""

    STAFF_SWITCHED = "staff.switched"
    """Staff took the terminal out of service, or put it back."""

    STAFF_PAPER_CHANGED = "staff.paper_changed"
    """The printer is ready again after staff opened it."""

    STAFF_REPORTED = "staff.reported"
    """A readiness report was made."""

    STAFF_CONFIRMED = "staff.confirmed"
    """Staff looked at citizen, card and photograph, and confirmed by service card."""

    READER_CHANGED = "reader.changed"
    """The card reader's health changed."""

    CAMERA_CHANGED = "camera.changed"
    """A camera's health changed."""

    PRINTER_CHANGED = "printer.changed"
    """The printer's health changed."""

    SCREENS_UP = "screens.up"
    """A screen program said hello."""

    SCREENS_LOST = "screens.lost"
    """The screen program went away."""

    CHILD_ENDED = "child.ended"
    """A child process ended; the next one follows."""

    MEMORY_GUARDED = "memory.guarded"
    """What the system granted against dumps, tracing and swap."""

    CLOCK_JUMPED = "clock.jumped"
    """The wall clock moved otherwise than time did."""

    CLOCK_CHANGED = "clock.changed"
    """The clock is trusted from now on, or not any more; without trust nobody registers."""

    TRAIL_CONTRADICTED = "trail.contradicted"
    """The register remembers another trail of this terminal: it was cut or edited."""

    RETENTION_APPLIED = "retention.applied"
    """Receipts and dead letters that were kept long enough are gone."""

    SYNC_STARTED = "sync.started"
    """The sync program begins."""

    SYNC_DELIVERED = "sync.delivered"
    """The register signed for a record and its payload is erased."""

    SYNC_FAILED = "sync.failed"
    """A record was not delivered; it will be tried again."""

    SYNC_SET_ASIDE = "sync.set_aside"
    """The register refuses a record for good."""

    FLEET_ANSWERS = "fleet.answers"
    """The fleet's server took a check-in again, or for the first time."""

    FLEET_SILENT = "fleet.silent"
    """A check-in was not taken; readings are kept and tried again."""

    UPDATE_SWITCHES = "update.switches"
    """Nobody is there: the terminal ends to start another version on trial."""

    UPDATE_CONFIRMED = "update.confirmed"
    """The version on trial works by its own word and stays."""

    UPDATE_UNDONE = "update.undone"
    """That version was given up, by itself or by a start; the terminal runs the one before it."""

    UPDATE_CRASHED = "update.crashed"
    """The last run of the engine ended without a word, though the machine went on."""

    UPDATE_REFUSED = "update.refused"
    """What the fleet offered was not believed or cannot be had; the terminal goes on as it is."""

    UPDATE_FETCHED = "update.fetched"
    """A release was fetched, checked and unpacked; it waits to be tried."""

    COMMAND_TAKEN = "command.taken"
    """The fleet asked the terminal to do something."""

    COMMAND_ENDED = "command.ended"
    """What the fleet asked for was done, or not."""

    SERVICE_ORDERED = "service.ordered"
    """Operations took the terminal out of service, or put it back."""

    CONTENT_TAKEN = "content.taken"
    """A newer bundle of public content is shown from now on."""

    CONTENT_REFUSED = "content.refused"
    """A bundle of public content was refused; the last good one stays."""

    GUARDIAN_ASKED = "guardian.asked"
    """A minor's guardian is asked for consent, on a phone."""

    GUARDIAN_ANSWERED = "guardian.answered"
    """What became of the request for a guardian's consent."""

    GUARDIAN_NOT_DROPPED = "guardian.not_dropped"
    """A request for consent stays on its slip until the next one; it names nobody."""


FIELDS: Final[Mapping[AuditEvent, Mapping[str, type]]] = MappingProxyType(
    {
        AuditEvent.TERMINAL_STARTED: {},
        AuditEvent.TERMINAL_STOPPED: {},
        AuditEvent.STATE_ENTERED: {"state": Screen},
        AuditEvent.SESSION_OPENED: {},
        AuditEvent.SESSION_WIPED: {"ms": int},
        AuditEvent.CONSENT_NOTED: {"keep_template": bool},
        AuditEvent.PRINT_READ: {"form": Form, "unread": int, "copy_check": CopyCheck},
        AuditEvent.PRINT_UNREADABLE: {},
        AuditEvent.PRINT_COMPARED: {"outcome": PrintOutcome, "typed": bool},
        AuditEvent.CARD_READ: {"ms": int, "apdus": int},
        AuditEvent.CARD_FAILED: {"failure": Failure},
        AuditEvent.PHOTO_TAKEN: {"attempt": int},
        AuditEvent.PRESENTATION_JUDGED: {"outcome": Presentation, "attempt": int},
        AuditEvent.PRESENTATION_REASON: {"indicator": Indicator},
        AuditEvent.FACE_COMPARED: {"outcome": Comparison},
        AuditEvent.RECORD_STORED: {"queued": int},
        AuditEvent.REGISTER_ANSWERED: {"verdict": Verdict},
        AuditEvent.PHONE_LINKED: {},
        AuditEvent.RECEIPT_PRINTED: {},
        AuditEvent.RECEIPT_FAILED: {"failure": Failure},
        AuditEvent.STAFF_CALLED: {"failure": Failure},
        AuditEvent.STAFF_CARD_SEEN: {},
        AuditEvent.STAFF_ADMITTED: {"card": int},
        AuditEvent.STAFF_REFUSED: {"failure": Failure, "tries": int},
        AuditEvent.STAFF_ENDED: {"card": int, "why": StaffEnd},
        AuditEvent.STAFF_TESTED: {"device": DeviceTest, "passed": bool, "card": int},
        AuditEvent.STAFF_SWITCHED: {"in_service": bool, "card": int},
        AuditEvent.STAFF_PAPER_CHANGED: {"card": int},
        AuditEvent.STAFF_REPORTED: {"card": int},
        AuditEvent.STAFF_CONFIRMED: {"card": int},
        AuditEvent.READER_CHANGED: {"state": DeviceState},
        AuditEvent.CAMERA_CHANGED: {"camera": Camera, "state": DeviceState},
        AuditEvent.PRINTER_CHANGED: {"state": DeviceState},
        AuditEvent.SCREENS_UP: {},
        AuditEvent.SCREENS_LOST: {"failure": Failure},
        AuditEvent.CHILD_ENDED: {"child": ChildName, "status": int},
        AuditEvent.MEMORY_GUARDED: {
            "no_core": bool,
            "no_trace": bool,
            "locked": bool,
            "vault_locked": bool,
            "no_swap": bool,
        },
        AuditEvent.CLOCK_JUMPED: {"by_s": int},
        AuditEvent.CLOCK_CHANGED: {"trusted": bool},
        AuditEvent.TRAIL_CONTRADICTED: {"known": int},
        AuditEvent.RETENTION_APPLIED: {"receipts": int, "dead_letters": int},
        AuditEvent.SYNC_STARTED: {},
        AuditEvent.SYNC_DELIVERED: {"verdict": Verdict, "attempts": int},
        AuditEvent.SYNC_FAILED: {"failure": Failure, "attempts": int},
        AuditEvent.SYNC_SET_ASIDE: {"failure": Failure},
        AuditEvent.FLEET_ANSWERS: {},
        AuditEvent.FLEET_SILENT: {"failure": Failure, "status": int},
        AuditEvent.UPDATE_SWITCHES: {"kind": Kind, "major": int, "minor": int, "patch": int},
        AuditEvent.UPDATE_CONFIRMED: {"kind": Kind, "major": int, "minor": int, "patch": int},
        AuditEvent.UPDATE_UNDONE: {"kind": Kind, "major": int, "minor": int, "patch": int},
        AuditEvent.UPDATE_CRASHED: {"kind": Kind, "major": int, "minor": int, "patch": int},
        AuditEvent.UPDATE_REFUSED: {"failure": Failure},
        AuditEvent.UPDATE_FETCHED: {"kind": Kind, "major": int, "minor": int, "patch": int},
        AuditEvent.COMMAND_TAKEN: {"order": Order},
        AuditEvent.COMMAND_ENDED: {"order": Order, "progress": Progress},
        AuditEvent.SERVICE_ORDERED: {"open": bool},
        AuditEvent.CONTENT_TAKEN: {"serial": int},
        AuditEvent.CONTENT_REFUSED: {"failure": Failure},
        AuditEvent.GUARDIAN_ASKED: {},
        AuditEvent.GUARDIAN_ANSWERED: {"state": ConsentState},
        AuditEvent.GUARDIAN_NOT_DROPPED: {},
    }
)
"""What may be noted with each event, and of which type."""
