"""A portrait as a card carries it: an image, still encoded, and what is said of it."""

from dataclasses import dataclass

from drivers.card.protocol.errors import CardUnreadable

JPEG, JPEG_2000 = 0, 1
LARGEST_SIDE_PX = 4096
_SIGNATURES = {JPEG: (b"\xff\xd8\xff",), JPEG_2000: (b"\0\0\0\x0cjP", b"\xff\x4f\xff\x51")}


@dataclass(frozen=True, slots=True, repr=False)
class Portrait:
    """The image of DG2."""

    kind: int
    """JPEG or JPEG_2000."""
    image: bytes
    standard: str
    """Of the record that it stood in."""
    width: int
    """Pixels, as the record says; 0 where it does not say."""
    height: int


def checked(kind: int, image: bytes, *, standard: str, width: int, height: int) -> Portrait:
    """Return a portrait whose bytes begin as its kind does.

    Raises:
        CardUnreadable: another kind than said, or larger than any chip carries.
    """
    if max(width, height) > LARGEST_SIDE_PX:
        raise CardUnreadable("a portrait whose sizes do not fit")
    if kind not in _SIGNATURES or not image.startswith(_SIGNATURES[kind]):
        raise CardUnreadable("an image of another kind than said")
    return Portrait(kind, image, standard, width, height)
