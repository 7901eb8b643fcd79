"""Pictures are believed only when they are pictures, and no larger than a chip carries."""

import struct
from io import BytesIO

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.vision.faces import FaceFinder, decoded
from tests.support.faces import folder_of_pictures


def grey(kind: str) -> bytes:
    """A small picture of one grey."""
    buffer = BytesIO()
    Image.new("RGB", (48, 64), (120, 120, 120)).save(buffer, kind)
    return buffer.getvalue()


JPEG = grey("JPEG")
JPEG_2000 = grey("JPEG2000")


def announcing(width: int, height: int) -> bytes:
    """The small JPEG, whose header says another size."""
    content = bytearray(JPEG)
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


@pytest.mark.parametrize("content", [b"", b"no picture", JPEG[:100], JPEG_2000[:100]])
def test_bytes_that_are_no_picture_are_none(content: bytes) -> None:
    assert decoded(content) is None


# Each example starts a process.
@settings(max_examples=12)
@given(st.sampled_from([JPEG, JPEG_2000]), st.integers(0, 10_000), st.integers(1, 255))
def test_a_picture_with_a_wrong_byte_is_a_picture_or_none(
    image: bytes, place: int, change: int
) -> None:
    content = bytearray(image)
    content[place % len(content)] ^= change
    picture = decoded(bytes(content))
    assert picture is None or (picture.dtype == np.uint8 and max(picture.shape) <= 4096)


@pytest.mark.parametrize("image", [JPEG, JPEG_2000])
def test_both_kinds_that_a_chip_carries_are_decoded(image: bytes) -> None:
    picture = decoded(image)
    assert picture is not None
    assert picture.shape == (64, 48, 3)
    assert abs(float(picture.mean()) - 120) < 2


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "WEBP"])
def test_a_kind_that_no_chip_carries_is_none(kind: str) -> None:
    assert decoded(grey(kind)) is None


@pytest.mark.timeout(5)
@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (4_097, 8), (8, 4_097)])
def test_a_few_bytes_that_announce_a_giant_are_refused(width: int, height: int) -> None:
    assert decoded(announcing(width, height)) is None


def test_a_portrait_has_a_face_and_an_empty_picture_has_none() -> None:
    finder = FaceFinder()
    portrait = decoded((folder_of_pictures() / "holder_chip.jpg").read_bytes())
    assert portrait is not None
    chip = finder.chip(portrait)
    assert chip is not None
    assert chip.shape == (150, 150, 3)
    assert finder.chip(portrait * 0) is None


def test_a_face_is_found_where_it_stands_in_the_pixels_of_the_picture() -> None:
    view = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert view is not None
    [face] = FaceFinder().boxes(view.astype(np.uint8))
    assert abs(face.x - 640) < 60
    assert abs(face.y - 331) < 60
    assert 240 < face.width < 360
