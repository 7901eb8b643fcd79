"""What engine and vision process say to each other over their socket pair.

The vision process owns the cameras. Pictures cross here because the engine's
vault is their only holder; `repr` of a picture shows its length.
"""

from enum import StrEnum

from wire.document import CardHint, PrintRead, PrintUnreadable
from wire.message import DeviceState, Message


class Camera(StrEnum):
    """Which camera."""

    FACE = "face"
    DOCUMENT = "document"


class FaceHint(StrEnum):
    """The one thing the citizen should do now so that the photograph succeeds.

    Left and right are the citizen's own, who sees a mirrored preview.
    """

    NO_FACE = "no_face"
    TWO_FACES = "two_faces"
    NEARER = "nearer"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    TURN_TO_CAMERA = "turn_to_camera"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    UNEVEN_LIGHT = "uneven_light"
    BLURRED = "blurred"
    MASK = "mask"
    """Mask or hand before the face."""
    HAT = "hat"
    GLASSES = "glasses"
    EYES_CLOSED = "eyes_closed"
    MOUTH_OPEN = "mouth_open"
    HOLD_STILL = "hold_still"


class Comparison(StrEnum):
    """What the local pre-check says; the decision is the register's."""

    SUPPORTS = "supports"
    LIKELY = "likely"
    """One more try with hints; then staff."""
    UNCLEAR = "unclear"
    NO_FACE_ON_CHIP = "no_face_on_chip"


class Challenge(StrEnum):
    """What the citizen is asked to do; left and right are the citizen's own."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    COME_CLOSER = "come_closer"
    LOOK_STRAIGHT = "look_straight"
    """Between the moves, and while the screen shows its colours."""


class Presentation(StrEnum):
    """What the indicators say of a presentation (ISO/IEC 30107-3; no conformity claimed)."""

    SUPPORTED = "supported"
    """All was measured and nothing spoke against a bona fide presentation."""
    SUSPECTED = "suspected"
    INCONCLUSIVE = "inconclusive"
    NOT_MADE = "not_made"
    """The gentle way, without moves and colours: staff look instead."""


class Indicator(StrEnum):
    """Why a presentation is not supported."""

    FROZEN = "frozen"
    REPEATED = "repeated"
    EXPOSURE_IGNORED = "exposure_ignored"
    CAMERA_CHANGED = "camera_changed"
    TRACK_LOST = "track_lost"
    IDENTITY_CHANGED = "identity_changed"
    WRONG_MOVE = "wrong_move"
    FLAT = "flat"
    COLOURS_UNANSWERED = "colours_unanswered"
    ANSWER_TOO_WEAK = "answer_too_weak"
    # not measured
    NO_MOVE = "no_move"
    NO_COLOURS = "no_colours"
    NO_IDENTITY = "no_identity"
    NO_FRAMES = "no_frames"


# engine to vision


class Wake(Message, frozen=True):
    """Open the cameras: first message to a process that was started asleep, models loaded."""


class WatchDocument(Message, frozen=True):
    """Read the card under the document camera: hints, then `PrintRead` or `PrintUnreadable`."""


class UnwatchDocument(Message, frozen=True):
    """Stop looking at the document camera."""


class StartFace(Message, frozen=True):
    """Write the preview, report hints, and take the photograph by itself when all is well.

    One that runs already begins anew: what it held is overwritten.
    """

    gentle: bool = False
    """Ask for no moves and show no colours."""


class StopFace(Message, frozen=True):
    """Stop the preview and zero it."""


class Compare(Message, frozen=True):
    """Compare the chip's portrait with the photograph last taken."""

    portrait: bytes
    """JPEG or JPEG 2000 from DG2."""


class Forget(Message, frozen=True):
    """Drop and overwrite every picture, track and embedding of this session; zero the preview."""


# vision to engine


class VisionReady(Message, frozen=True):
    """Models are loaded and checked."""


class CameraChanged(Message, frozen=True):
    """A camera's health changed; level-triggered, sent for each camera at start."""

    camera: Camera
    state: DeviceState
    code: str = ""
    """A failure code of wire/failures.toml, empty while ready."""


class DocumentHint(Message, frozen=True):
    """What stands in the way of reading the card, steady for a while."""

    hint: CardHint


class Hint(Message, frozen=True):
    """Guidance for the screen, debounced."""

    hint: FaceHint
    seconds_left: int = 0
    """Until the photograph is taken; 0 while nothing counts down."""


class Asked(Message, frozen=True):
    """What the citizen is asked to do now, after the photograph."""

    challenge: Challenge
    progress: float = 0.0
    """How much of it is done, 0 to 1."""


class Coloured(Message, frozen=True):
    """The colour that the whole screen should show now."""

    rgb: int
    """0xRRGGBB; -1 for the screen's own."""


class Presented(Message, frozen=True):
    """What the indicators say; `Photo` follows if the citizen goes on."""

    presentation: Presentation
    reasons: tuple[Indicator, ...] = ()


class Photo(Message, frozen=True):
    """The photograph, taken."""

    jpeg: bytes


class Compared(Message, frozen=True):
    """The outcome of `Compare`: numbers for the evidence record, no picture."""

    outcome: Comparison
    distance: float = 0.0
    """Euclidean distance of the two 128-d descriptors; 0 when there was none."""
    ratio: float = 0.0
    """The distance over that of strangers of the cohort; 0 when there was none."""
    log10_likelihood_ratio: float = 0.0
    """Same person against strangers, held within what the data support."""


class VisionForgot(Message, frozen=True):
    """Answer to `Forget`: nothing of the session is held any more."""


ToVision = Wake | WatchDocument | UnwatchDocument | StartFace | StopFace | Compare | Forget
FromVision = (
    VisionReady
    | CameraChanged
    | DocumentHint
    | PrintRead
    | PrintUnreadable
    | Hint
    | Asked
    | Coloured
    | Presented
    | Photo
    | Compared
    | VisionForgot
)
