"""The words of the flow: where the citizen is, what has happened, what to do.

States are `wire.screen.Screen`: each state has one screen of the same name.
"""

from enum import StrEnum
from typing import Final

from wire.screen import Screen as State

__all__ = ["BROWSING", "IN_SESSION", "OUTSIDE_SESSION", "STAFF", "Effect", "Event", "State"]


class Event(StrEnum):
    """What has happened."""

    # the terminal
    READY = "ready"
    """All that a session needs is ready (`kiosk.flow.preconditions`)."""
    NOT_READY = "not_ready"
    OPENING_TIME = "opening_time"
    CLOSING_TIME = "closing_time"
    WIPED = "wiped"
    WIPED_CARD_LEFT = "wiped_card_left"
    """Wiped, and a card still lies on the reader."""
    TIMED_OUT = "timed_out"
    # the citizen
    TOUCHED = "touched"
    LANGUAGE_CHOSEN = "language_chosen"
    CHOSE_REGISTER = "chose_register"
    CANNOT_REGISTER = "cannot_register"
    """The citizen chose to register, and a degraded mode refers everybody."""
    CHOSE_BROWSE = "chose_browse"
    CHOSE_INFORMATION = "chose_information"
    CHOSE_CATALOGUE = "chose_catalogue"
    CHOSE_SEARCH = "chose_search"
    SERVICES_FOUND = "services_found"
    """A theme, an age group, a word or letters were chosen: here are their services."""
    SERVICE_CHOSEN = "service_chosen"
    CONTINUED = "continued"
    NOT_ELIGIBLE = "not_eligible"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    DETAILS_TYPED = "details_typed"
    NEEDS_GUARDIAN = "needs_guardian"
    """The details are confirmed, and the citizen is a minor."""
    SAID_NOT_MINE = "said_not_mine"
    RETRIED = "retried"
    CHOSE_COUNTER = "chose_counter"
    SKIPPED = "skipped"
    WENT_BACK = "went_back"
    LEFT = "left"
    ASKED_HELP = "asked_help"
    # the card
    CARD_IN = "card_in"
    CARD_KNOWN = "card_known"
    """A card lies on the reader and its print is known: the chip can be opened."""
    CARD_OUT = "card_out"
    PRINT_READ = "print_read"
    """The camera read what opens the chip."""
    PRINT_UNREADABLE = "print_unreadable"
    """A card lay under the camera for one try's time and could not be read."""
    PRINT_TRIES_USED = "print_tries_used"
    """A card lies on the reader and its print has to be typed."""
    DOCUMENT_CAMERA_LOST = "document_camera_lost"
    OLD_CARD_SEEN = "old_card_seen"
    CARD_REFERRED = "card_referred"
    """A good card that is served at a counter, not here."""
    CARD_READ = "card_read"
    KEY_REFUSED = "key_refused"
    """The card refused the key: what was typed is not what is printed."""
    CARD_UNREADABLE = "card_unreadable"
    """Mute, torn out, truncated or malformed; the citizen may try again."""
    CARD_NOT_GENUINE = "card_not_genuine"
    """Passive or chip authentication failed, or chip and print differ."""
    CARD_TRIES_USED = "card_tries_used"
    # the guardian
    GUARDIAN_KNOWN = "guardian_known"
    """The register has the request: the guardian's page can be opened."""
    GUARDIAN_CONSENTED = "guardian_consented"
    GUARDIAN_REFUSED = "guardian_refused"
    """Declined, withdrawn, too late, or the register cannot be asked."""
    # the face
    PHOTO_TAKEN = "photo_taken"
    PRESENTATION_UNCLEAR = "presentation_unclear"
    """Moves and colours did not show that a citizen stands there; never an accusation."""
    CHOSE_GENTLE = "chose_gentle"
    FACE_SUPPORTED = "face_supported"
    FACE_LIKELY = "face_likely"
    """Nearly: one more photograph with hints, then staff."""
    FACE_UNCLEAR = "face_unclear"
    FACE_FOR_STAFF = "face_for_staff"
    """The gentle way: staff look at the citizen themselves."""
    STAFF_LOOKS = "staff_looks"
    """Not clear, and staff stands beside the citizen: they look and confirm."""
    PHOTO_TRIES_USED = "photo_tries_used"
    # the record
    STORED = "stored"
    """Sealed and durable in the outbox."""
    NOT_STORED = "not_stored"
    REGISTER_ACCEPTED = "register_accepted"
    REGISTER_REFERRED = "register_referred"
    REGISTER_SILENT = "register_silent"
    """No answer in the time a citizen should wait; the record stays queued."""
    PHONE_LINKED = "phone_linked"
    # the receipt
    RECEIPT_PRINTED = "receipt_printed"
    RECEIPT_NOT_PRINTED = "receipt_not_printed"
    # devices
    READER_LOST = "reader_lost"
    CAMERA_LOST = "camera_lost"
    VISION_LOST = "vision_lost"
    """The process behind the cameras crashed; another takes its place at once."""
    VISION_BACK = "vision_back"
    SCREEN_LOST = "screen_lost"
    # staff
    SERVICE_CARD_SEEN = "service_card_seen"
    """The card that was laid down while nobody was served calls itself a service card."""
    PIN_TYPED = "pin_typed"
    STAFF_ADMITTED = "staff_admitted"
    """The PIN is the card's, and the card is genuine."""
    STAFF_REFUSED = "staff_refused"
    CHOSE_TESTS = "chose_tests"
    TEST_CHOSEN = "test_chosen"
    TEST_JUDGED = "test_judged"
    CHOSE_PAPER = "chose_paper"
    CHOSE_CAMERA = "chose_camera"
    COUNTING_DOWN = "counting_down"
    """Before the face camera all is well and a photograph would follow."""
    CHOSE_LOGS = "chose_logs"
    CHOSE_REPORT = "chose_report"
    CHOSE_RESTART = "chose_restart"
    STAFF_TIME_UP = "staff_time_up"


class Effect(StrEnum):
    """What to do; `engine/effects.py` performs it."""

    OPEN_SESSION = "open_session"
    WIPE_SESSION = "wipe_session"
    CHECK_READINESS = "check_readiness"
    """Answer with READY, NOT_READY or CLOSING_TIME."""
    NOTE_CONSENT = "note_consent"
    EXPECT_CARD = "expect_card"
    """Answer with CARD_IN if a card lies there already."""
    WATCH_DOCUMENT = "watch_document"
    UNWATCH_DOCUMENT = "unwatch_document"
    READ_CARD = "read_card"
    STOP_READING = "stop_reading"
    ASK_GUARDIAN = "ask_guardian"
    """Answer with GUARDIAN_KNOWN, then GUARDIAN_CONSENTED or GUARDIAN_REFUSED."""
    DROP_GUARDIAN = "drop_guardian"
    START_FACE = "start_face"
    RESTART_FACE = "restart_face"
    STOP_FACE = "stop_face"
    COMPARE = "compare"
    OPEN_CONFIRM = "open_confirm"
    CLOSE_CONFIRM = "close_confirm"
    """Drop the PIN; who was admitted stays with the visit."""
    SEAL_AND_STORE = "seal_and_store"
    AWAIT_REGISTER = "await_register"
    """Answer with REGISTER_ACCEPTED, REGISTER_REFERRED or REGISTER_SILENT."""
    AWAIT_PHONE = "await_phone"
    PRINT_RECEIPT = "print_receipt"
    CALL_STAFF = "call_staff"
    OFFER_CARD = "offer_card"
    """Answer with CARD_OUT at once if no card lies there."""
    PROBE_CARD = "probe_card"
    """Answer with SERVICE_CARD_SEEN if the card calls itself one."""
    OPEN_STAFF = "open_staff"
    CLOSE_STAFF = "close_staff"
    """Drop PIN and pictures, and note that staff mode ended."""
    OPEN_SERVICE_CARD = "open_service_card"
    """Answer with STAFF_ADMITTED or STAFF_REFUSED."""
    RUN_TEST = "run_test"
    """Answer with TEST_JUDGED, at once or when staff has judged."""
    SHOW_CAMERA = "show_camera"
    RESTART_CAMERA = "restart_camera"
    """Begin anew before a photograph is taken: staff is never photographed."""
    HIDE_CAMERA = "hide_camera"
    PAINT_REPORT = "paint_report"
    RESTART = "restart"


STAFF: Final = (
    State.STAFF_PIN,
    State.STAFF_MENU,
    State.STAFF_TESTS,
    State.STAFF_TEST,
    State.STAFF_PAPER,
    State.STAFF_CAMERA,
    State.STAFF_LOGS,
    State.STAFF_REPORT,
    State.STAFF_RESTART,
)
"""Staff mode: a service card lies on the reader, no citizen is served."""

OUTSIDE_SESSION: Final = frozenset(
    {
        *STAFF,
        State.STARTING,
        State.OUT_OF_SERVICE,
        State.CLOSED,
        State.ATTRACT,
        State.CARD_LEFT,
    }
)
"""Where no session is open and the terminal holds nothing of anybody."""

BROWSING: Final = (
    State.BROWSE,
    State.INFORMATION,
    State.CATALOGUE,
    State.SEARCH,
    State.SERVICES,
    State.ONE_SERVICE,
)
"""Open without an account: public content, nothing of anybody."""

IN_SESSION: Final = frozenset(State) - OUTSIDE_SESSION
"""From the first touch until the wipe is done."""
