"""The preview's header holds, and announces no more than there is."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.preview import HEADER_BYTES, BadPreview, PreviewHeader

SMALL = PreviewHeader(width=4, height=2)

headers = st.builds(
    PreviewHeader,
    width=st.integers(0, 8),
    height=st.integers(0, 8),
    slots=st.integers(1, 5),
    count=st.integers(0, 2**64 - 1),
    captured_ns=st.integers(0, 2**64 - 1),
)


@given(headers)
def test_a_header_is_read_as_it_was_written(header: PreviewHeader) -> None:
    memory = header.pack().ljust(header.total_bytes, b"\0")
    assert PreviewHeader.unpack(memory) == header
    assert PreviewHeader.unpack(memoryview(memory)) == header


def test_the_layout_is_the_one_that_is_written_down() -> None:
    packed = dataclasses.replace(SMALL, count=5, captured_ns=9).pack()
    assert packed == bytes.fromhex(
        "4B505256 0100 0300 04000000 02000000 0500000000000000 0900000000000000"
    ).ljust(HEADER_BYTES, b"\0")
    assert SMALL.frame_bytes == 32
    assert SMALL.total_bytes == 64 + 3 * 32
    assert [SMALL.slot_offset(slot) for slot in range(3)] == [64, 96, 128]


def test_the_newest_slot_follows_the_count() -> None:
    newest = [dataclasses.replace(SMALL, count=count).newest for count in range(5)]
    assert newest == [None, 0, 1, 2, 0]


@given(headers)
def test_no_slot_reaches_past_the_memory(header: PreviewHeader) -> None:
    last = header.slot_offset(header.slots - 1) + header.frame_bytes
    assert last == header.total_bytes


@given(headers, st.integers(1, 400))
def test_a_memory_that_is_too_small_is_refused(header: PreviewHeader, missing: int) -> None:
    memory = header.pack().ljust(header.total_bytes, b"\0")
    with pytest.raises(BadPreview):
        PreviewHeader.unpack(memory[: max(0, len(memory) - missing)])


@pytest.mark.parametrize("at", [0, 4, 6])
def test_another_magic_version_or_no_slot_is_refused(at: int) -> None:
    memory = bytearray(SMALL.pack().ljust(SMALL.total_bytes, b"\0"))
    memory[at : at + 2] = bytes(2)
    with pytest.raises(BadPreview, match="magic or version"):
        PreviewHeader.unpack(bytes(memory))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_preview_or_refused(memory: bytes) -> None:
    try:
        header = PreviewHeader.unpack(memory)
    except BadPreview:
        return
    assert header.total_bytes <= len(memory)
