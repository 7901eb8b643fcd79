"""A portrait is decoded in a child, whatever it does there."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from drivers.card.portrait.decode import Limits, PortraitTooCostly, PortraitUnreadable, decode


def _picture(kind: str, size: tuple[int, int] = (120, 160)) -> bytes:
    content = BytesIO()
    Image.linear_gradient("L").convert("RGB").resize(size).save(content, kind)
    return content.getvalue()


JPEG, JPEG_2000 = _picture("JPEG"), _picture("JPEG2000")


@pytest.mark.parametrize("image", [JPEG, JPEG_2000], ids=["JPEG", "JPEG 2000"])
def test_a_portrait_is_decoded(image: bytes) -> None:
    pixels = decode(image)
    assert (pixels.width, pixels.height) == (120, 160)
    expected = Image.open(BytesIO(image)).convert("RGB").tobytes()
    assert pixels.rgb == expected


def _announcing(side: int) -> bytes:
    """Return a JPEG whose header says that it is `side` pixels wide and high."""
    at = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:at] + struct.pack(">HH", side, side) + JPEG[at + 4 :]


def _png() -> bytes:
    return _picture("PNG")


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"\xff\xd8\xff",
        JPEG[: len(JPEG) // 2],
        JPEG_2000[: len(JPEG_2000) // 2],
        _png(),
        _picture("GIF"),
        zlib.compress(bytes(100_000)),
    ],
    ids=["nothing", "a start", "half a JPEG", "half a JPEG 2000", "a PNG", "a GIF", "rubbish"],
)
def test_what_is_no_whole_portrait_is_refused(image: bytes) -> None:
    with pytest.raises(PortraitUnreadable):
        decode(image)


def test_a_picture_that_announces_too_much_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(PortraitTooCostly):
        decode(_announcing(20_000))


def test_a_picture_of_more_bytes_than_a_chip_carries_starts_no_child() -> None:
    with pytest.raises(PortraitTooCostly, match="bytes"):
        decode(bytes((1 << 20) + 1))


def test_a_child_that_has_no_memory_refuses() -> None:
    large = _picture("JPEG", (4_000, 4_000))
    decode(large)
    with pytest.raises(PortraitUnreadable):
        decode(large, limits=Limits(memory_bytes=64 << 20))


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(PortraitTooCostly, match="end"):
        decode(_picture("JPEG2000", (4_000, 4_000)), limits=Limits(seconds=0))


def test_no_repr_shows_a_portrait() -> None:
    assert decode(JPEG).rgb[:8].hex() not in repr(decode(JPEG))
