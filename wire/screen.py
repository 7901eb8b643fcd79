"""What engine and screens say to each other over a unix socket.

The engine decides and holds; the screens show and report touches. Words live in
the screens: the engine sends ids and parameters, never sentences. What a message
shows of a person is already masked by `kiosk.flow.view`.
"""

from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from wire.document import CardHint
from wire.message import Message
from wire.vision import Challenge, FaceHint


class Language(StrEnum):
    """The three languages, by their Qt Linguist names."""

    ZH_HK = "zh_HK"
    ZH_CN = "zh_CN"
    EN = "en"


class Mode(StrEnum):
    """How a terminal is used."""

    SELF_SERVICE = "self_service"
    COUNTER = "counter"
    """Staff stands beside the citizen."""
    MOBILE = "mobile"
    """A team takes it along: offline for days, on a battery."""


class Screen(StrEnum):
    """Each flow state has one screen of the same name."""

    STARTING = "STARTING"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"
    CLOSED = "CLOSED"
    ATTRACT = "ATTRACT"
    LANGUAGE = "LANGUAGE"
    SERVICE = "SERVICE"
    BROWSE = "BROWSE"
    INFORMATION = "INFORMATION"
    CATALOGUE = "CATALOGUE"
    SEARCH = "SEARCH"
    SERVICES = "SERVICES"
    ONE_SERVICE = "ONE_SERVICE"
    ELIGIBILITY = "ELIGIBILITY"
    PRIVACY_NOTICE = "PRIVACY_NOTICE"
    PLACE_CARD = "PLACE_CARD"
    TYPE_DETAILS = "TYPE_DETAILS"
    READING_CARD = "READING_CARD"
    CARD_PROBLEM = "CARD_PROBLEM"
    CHECK_DETAILS = "CHECK_DETAILS"
    GUARDIAN = "GUARDIAN"
    TAKING_PHOTO = "TAKING_PHOTO"
    COMPARING = "COMPARING"
    CONFIRM = "CONFIRM"
    SENDING = "SENDING"
    LINK_PHONE = "LINK_PHONE"
    RECEIPT = "RECEIPT"
    REFERRAL = "REFERRAL"
    TAKE_CARD = "TAKE_CARD"
    WIPING = "WIPING"
    CARD_LEFT = "CARD_LEFT"
    STAFF_PIN = "STAFF_PIN"
    STAFF_MENU = "STAFF_MENU"
    STAFF_TESTS = "STAFF_TESTS"
    STAFF_TEST = "STAFF_TEST"
    STAFF_PAPER = "STAFF_PAPER"
    STAFF_CAMERA = "STAFF_CAMERA"
    STAFF_LOGS = "STAFF_LOGS"
    STAFF_REPORT = "STAFF_REPORT"
    STAFF_RESTART = "STAFF_RESTART"


class SetupScreen(StrEnum):
    """The screens of provisioning, which stands in the engine's place before there is a terminal.

    No states of the flow: no citizen ever sees them.
    """

    SETUP_LIST = "SETUP_LIST"
    SETUP_STEP = "SETUP_STEP"
    SETUP_TYPE = "SETUP_TYPE"
    SETUP_CHOOSE = "SETUP_CHOOSE"
    SETUP_WORK = "SETUP_WORK"
    SETUP_CAMERA = "SETUP_CAMERA"
    SETUP_TOUCH = "SETUP_TOUCH"
    SETUP_JUDGE = "SETUP_JUDGE"
    SETUP_REPORT = "SETUP_REPORT"


Facts = dict[str, str | int | bool | list[str]]
"""What a screen shows beyond its words."""


class Action(StrEnum):
    """What a citizen can do on a screen; each button reports exactly one."""

    TOUCH = "touch"
    """Anywhere on the attract screen."""
    SET_LANGUAGE = "set_language"
    """`argument` is a `Language`; possible on every screen."""
    REGISTER = "register"
    BROWSE = "browse"
    INFORMATION = "information"
    """Weather, traffic, announcements."""
    CATALOGUE = "catalogue"
    """Services by theme and by age group."""
    SEARCH = "search"
    GROUP = "group"
    """`argument` is the id of a theme or an age group."""
    WORD = "word"
    """`argument` is the id of a word that services are searched by."""
    PICK = "pick"
    """`argument` is the number of a service, of a step, of an answer or of a choice."""
    PREVIOUS = "previous"
    NEXT = "next"
    """The page before, the page after."""
    CONTINUE = "continue"
    """The primary button."""
    NOT_ELIGIBLE = "not_eligible"
    AGREE = "agree"
    DISAGREE = "disagree"
    KEEP_TEMPLATE = "keep_template"
    """The separate opt-in; `argument` is ``on`` or ``off``."""
    KEY = "key"
    """One key of the typed fallback; `argument` is a letter, a digit or ``delete``."""
    NOT_MINE = "not_mine"
    """The details shown are not correct."""
    RETRY = "retry"
    COUNTER = "counter"
    """Go to a counter instead of being photographed."""
    GENTLE = "gentle"
    """Be photographed without moves and colours; staff look instead."""
    SKIP = "skip"
    """Finish on the phone later."""
    MORE_TIME = "more_time"
    # staff mode
    TESTS = "tests"
    TEST = "test"
    """`argument` is a `wire.staff.DeviceTest`."""
    TARGET = "target"
    """One place of the touch test; `argument` is its number, or where on the glass it was
    touched: ``x,y`` in shares of it."""
    PASSED = "passed"
    FAILED = "failed"
    PAPER = "paper"
    CAMERA = "camera"
    LOGS = "logs"
    REPORT = "report"
    SERVICE_SWITCH = "service_switch"
    """Take the terminal out of service, or back."""
    RESTART = "restart"
    HELP = "help"
    LEAVE = "leave"
    BACK = "back"


# engine to screens


class Shown(Message, frozen=True, kw_only=True):
    """A screen, whole: the screens keep nothing of the one before."""

    sequence: int
    """Counts up with each screen; touches and `Painted` repeat it."""
    language: Language
    facts: Facts = msgspec.field(default_factory=dict)
    """What the screen needs beyond its words; keys per screen stand in docs/flow.md."""
    timeout_s: int = 0
    """After so many seconds without a touch the engine moves on; 0 for never."""
    warn_s: int = 0
    """So many seconds before that, the screens ask "more time?"."""
    mode: Mode = Mode.SELF_SERVICE
    site: str = ""
    """Where a mobile team stands, as its settings say."""
    battery: int = -1
    """Per cent; -1 where there is none."""
    charging: bool = False


class Show(Shown, frozen=True, kw_only=True):
    """Show a screen of the flow."""

    screen: Screen


class ShowSetup(Shown, frozen=True, kw_only=True):
    """Show a screen of provisioning."""

    screen: SetupScreen


class ShowHint(Message, frozen=True):
    """Guidance beside the preview."""

    sequence: int
    hint: FaceHint
    seconds_left: int = 0
    """Until the photograph is taken; 0 while nothing counts down."""


class ShowChallenge(Message, frozen=True):
    """What the citizen is asked to do after the photograph."""

    sequence: int
    challenge: Challenge
    progress: float
    """How much of it is done, 0 to 1."""


class ShowColour(Message, frozen=True):
    """Let the whole screen shine in one colour, the face's only light of that kind."""

    sequence: int
    rgb: int
    """0xRRGGBB; -1 for the screen's own."""


class ShowCardHint(Message, frozen=True):
    """What stands between the card and its being read."""

    sequence: int
    hint: CardHint


class ShowProgress(Message, frozen=True):
    """How far long work has come, 0 to 1."""

    sequence: int
    share: float


class PaintReceipt(Message, frozen=True):
    """Paint the receipt as black on white; answer with `ReceiptPainted`."""

    language: Language
    reference: str
    """The reference code, no personal data."""
    link: str
    """Content of the QR code."""
    printed_at: str
    """Local date and time, ISO 8601 to the minute."""
    sent: bool
    """Whether the register has the record already."""
    width_px: int = 576
    """Dots across the paper: 72 mm at 203 dpi."""


class PaintTestSlip(Message, frozen=True):
    """Paint a slip that shows whether the printer is good; answer with `ReceiptPainted`."""

    language: Language
    terminal: str
    printed_at: str
    """As in `PaintReceipt`."""
    width_px: int = 576


class ReportLine(Message, frozen=True):
    """One line of the readiness report."""

    label: str
    """A text id."""
    value: str
    """Figures, times, codes: the same in each language."""
    mark: str = ""
    """``good``, ``bad`` or nothing."""
    words: str = ""
    """A text id in the place of `value`."""


class ReportPicture(Message, frozen=True):
    """One picture of the readiness report; of no person."""

    label: str
    """A text id."""
    content: bytes
    """PNG or JPEG."""


class PaintReport(Message, frozen=True):
    """Paint the readiness report as PDF; answer with `ReportPainted`."""

    language: Language
    terminal: str
    made_at: str
    """As in `PaintReceipt.printed_at`."""
    is_ready: bool
    lines: tuple[ReportLine, ...]
    pictures: tuple[ReportPicture, ...] = ()


class Forget(Message, frozen=True):
    """Drop everything of the session; answer `Forgot` within two seconds or be killed."""


# screens to engine


class Hello(Message, frozen=True):
    """First message of the screens: they are up."""

    version: str


SCREENS_LONGEST_ARGUMENT: Final = 16
"""A touch's argument is a language, a key or a switch: anything longer is refused."""


class Touched(Message, frozen=True):
    """A button was released."""

    sequence: int
    action: Action
    argument: Annotated[str, Meta(max_length=SCREENS_LONGEST_ARGUMENT)] = ""


class Painted(Message, frozen=True):
    """The screen of `sequence` is on the glass."""

    sequence: int


class ReceiptPainted(Message, frozen=True):
    """A one-bit bitmap: rows of ``width_px / 8`` bytes, most significant bit left, 1 is black."""

    width_px: int
    rows: bytes


class ReportPainted(Message, frozen=True):
    """The report as PDF."""

    pdf: bytes


class Forgot(Message, frozen=True):
    """Answer to `Forget`."""


ToScreens = (
    Show
    | ShowSetup
    | ShowHint
    | ShowChallenge
    | ShowColour
    | ShowCardHint
    | ShowProgress
    | PaintReceipt
    | PaintTestSlip
    | PaintReport
    | Forget
)
FromScreens = Hello | Touched | Painted | ReceiptPainted | ReportPainted | Forgot

PREVIEW_FD_COUNT = 1
"""The first bytes the engine sends come with one descriptor: the preview memory."""
