"""What engine and card host say to each other over their socket pair.

The card host is a child process that owns one reader; the engine kills it when
a card goes mute. `repr` of a message names its type alone.
"""

from enum import StrEnum

from wire.message import DeviceState, Message


class ReadStep(StrEnum):
    """How far a reading has come, for the progress bar, in this order."""

    ACCESS = "access"
    PERSONAL_DATA = "personal_data"
    PORTRAIT = "portrait"
    AUTHENTICITY = "authenticity"


# engine to card host


class ReadCard(Message, frozen=True):
    """Read and verify the card that lies there, with the key from its print."""

    number: str
    """Identity card number with check character, no brackets: ``A1234563``."""
    birth: str
    """Date of birth, ``YYYYMMDD``."""
    issued: str
    """Date of issue, ``YYYYMMDD``."""


class ProbeCard(Message, frozen=True):
    """Say whether the card that lies there is a service card; nothing of it is read."""


class OpenServiceCard(Message, frozen=True):
    """Open and verify the service card that lies there."""

    pin: str


# card host to engine


class ReaderChanged(Message, frozen=True):
    """The reader's health changed; level-triggered, first message of all."""

    state: DeviceState
    code: str = ""


class CardPresence(Message, frozen=True):
    """A card lies on the reader, or none; level-triggered."""

    present: bool


class ReadProgress(Message, frozen=True):
    """A reading moved on."""

    step: ReadStep
    share: float
    """Bytes read of bytes to read over the whole card, 0 to 1."""


class CardContents(Message, frozen=True):
    """What one unbroken secure-messaging session gave, all of it verified.

    Sent only when PACE, passive authentication and chip authentication held.
    """

    number: str
    """As in `ReadCard`."""
    name: str
    """As printed: ``SURNAME, Given Names``, upper case as on the MRZ."""
    birth: str
    """``YYYYMMDD``."""
    sex: str
    """``F``, ``M`` or ``X``."""
    chinese: str
    """Name in Chinese characters; empty where the holder has none."""
    codes: tuple[str, ...]
    """Chinese commercial codes of the name."""
    issued: str
    """``YYYYMMDD``."""
    first: str
    """Month of first registration, ``YYYYMM``."""
    consular: bool
    """A Consular Corps identity card."""
    portrait: bytes
    """The image of DG2, JPEG or JPEG 2000."""
    sod_digest: bytes
    """SHA-256 of EF.SOD: evidence without personal data."""
    document_signer: bytes
    """SHA-256 of the document signer certificate."""
    access: str
    """Access protocol and suite, e.g. ``PACE-ECDH-GM-AES-CBC-CMAC-128/P-256``."""
    chip: str
    """How the chip proved that it is no copy, e.g. ``CA-AES-128/P-256``; empty if it did not."""
    apdus: int
    ms: int


class CardProbed(Message, frozen=True):
    """Answer to `ProbeCard`."""

    service: bool


class ServiceCardOpened(Message, frozen=True):
    """The PIN is the card's, and the card is genuine."""

    number: int


class CardFailed(Message, frozen=True):
    """A reading ended without result."""

    code: str
    """A code of wire/failures.toml: what happened."""


ToCardHost = ReadCard | ProbeCard | OpenServiceCard
FromCardHost = (
    ReaderChanged
    | CardPresence
    | ReadProgress
    | CardContents
    | CardProbed
    | ServiceCardOpened
    | CardFailed
)
