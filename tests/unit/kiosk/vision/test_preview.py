"""The preview memory: frames go in, the newest is announced, and zeroing leaves nothing."""

import mmap
import os
from collections.abc import Iterator

import numpy as np
import pytest

from drivers.camera.camera import Frame
from kiosk.vision.preview import PreviewWriter
from wire.preview import HEADER_BYTES, BadPreview, PreviewHeader

HEADER = PreviewHeader(64, 48)


@pytest.fixture
def descriptor() -> Iterator[int]:
    made = os.memfd_create("preview")
    os.ftruncate(made, HEADER.total_bytes)
    os.pwrite(made, HEADER.pack(), 0)
    yield made
    os.close(made)


@pytest.fixture
def seen(descriptor: int) -> mmap.mmap:
    """The memory as the screens map it: read only."""
    return mmap.mmap(descriptor, HEADER.total_bytes, prot=mmap.PROT_READ)


def frame(number: int, *, width: int = 64, height: int = 48) -> Frame:
    """A picture of one colour: blue says which frame it is."""
    picture = np.full((height, width, 3), (number, 20, 30), np.uint8)
    return Frame(picture, taken_ns=number * 1_000)


def newest(seen: mmap.mmap) -> tuple[PreviewHeader, bytes]:
    """The header, and the pixels it announces."""
    header = PreviewHeader.unpack(seen[:])
    assert header.newest is not None
    start = header.slot_offset(header.newest)
    return header, seen[start : start + header.frame_bytes]


def test_each_frame_is_announced_with_its_pixels_and_its_time(
    descriptor: int, seen: mmap.mmap
) -> None:
    writer = PreviewWriter(descriptor)
    for number in range(1, 8):
        writer.write(frame(number))
        header, pixels = newest(seen)
        assert (header.count, header.captured_ns) == (number, number * 1_000)
        assert pixels == bytes((number, 20, 30, 255)) * (64 * 48)


def test_the_slot_that_was_announced_is_not_written_next(descriptor: int, seen: mmap.mmap) -> None:
    writer = PreviewWriter(descriptor)
    writer.write(frame(1))
    _, before = newest(seen)
    held = HEADER.slot_offset(0)
    writer.write(frame(2))
    writer.write(frame(3))
    assert seen[held : held + HEADER.frame_bytes] == before


def test_a_frame_of_another_size_fills_the_memory_all_the_same(
    descriptor: int, seen: mmap.mmap
) -> None:
    PreviewWriter(descriptor).write(frame(9, width=200, height=100))
    assert newest(seen)[1] == bytes((9, 20, 30, 255)) * (64 * 48)


def test_zeroing_leaves_nothing_to_show_and_nothing_to_find(
    descriptor: int, seen: mmap.mmap
) -> None:
    writer = PreviewWriter(descriptor)
    for number in range(1, 6):
        writer.write(frame(number))
    assert any(seen[HEADER_BYTES:])
    writer.zero()
    assert not any(seen[HEADER_BYTES:])
    assert PreviewHeader.unpack(seen[:]) == HEADER


def test_after_zeroing_frames_are_written_again(descriptor: int, seen: mmap.mmap) -> None:
    writer = PreviewWriter(descriptor)
    writer.write(frame(1))
    writer.zero()
    writer.write(frame(2))
    assert newest(seen)[0].count == 1


def test_a_writer_that_was_started_again_goes_on_counting(descriptor: int, seen: mmap.mmap) -> None:
    PreviewWriter(descriptor).write(frame(1))
    PreviewWriter(descriptor).write(frame(2))
    assert newest(seen)[0].count == 2


def test_a_memory_that_is_no_preview_is_refused(descriptor: int) -> None:
    os.pwrite(descriptor, b"else", 0)
    with pytest.raises(BadPreview):
        PreviewWriter(descriptor)
