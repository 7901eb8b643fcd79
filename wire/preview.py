"""The layout of the preview memory: one writer (vision), readers without locks.

Three slots of BGRA pixels (Qt's Format_RGB32 on little-endian) behind a header.
A writer fills the slot after the newest, then publishes it by writing `newest`.
A reader takes `newest`, uses the pixels, and checks that the count of that slot
has not moved by more than one round meanwhile. Zeroing writes zero pixels to all
slots and publishes `count` 0: nothing to show.

Header, 64 bytes little-endian: magic 4s, version u16, slots u16, width u32,
height u32, count u64 (frames published since the last zeroing; 0 for none),
captured_ns u64 (monotonic clock of the newest frame), the rest zero.
The newest slot is ``(count - 1) % slots``.
"""

import struct
from dataclasses import dataclass

MAGIC = b"KPRV"
VERSION = 1
HEADER_BYTES = 64
BYTES_PER_PIXEL = 4
_HEADER = struct.Struct("<4sHHIIQQ")


class BadPreview(Exception):
    """The memory is no preview of ours."""

    code = "preview.bad_memory"


@dataclass(frozen=True, slots=True)
class PreviewHeader:
    """What the first 64 bytes say."""

    width: int
    height: int
    slots: int = 3
    count: int = 0
    captured_ns: int = 0

    @property
    def frame_bytes(self) -> int:
        """Bytes of one slot."""
        return self.width * self.height * BYTES_PER_PIXEL

    @property
    def total_bytes(self) -> int:
        """Bytes of the whole memory."""
        return HEADER_BYTES + self.slots * self.frame_bytes

    def slot_offset(self, slot: int) -> int:
        """Where the pixels of `slot` begin."""
        return HEADER_BYTES + slot * self.frame_bytes

    @property
    def newest(self) -> int | None:
        """The slot to show, or None when there is nothing to show."""
        return (self.count - 1) % self.slots if self.count else None

    def pack(self) -> bytes:
        """Return the 64 header bytes."""
        fields = (self.slots, self.width, self.height, self.count, self.captured_ns)
        return _HEADER.pack(MAGIC, VERSION, *fields).ljust(HEADER_BYTES, b"\0")

    @classmethod
    def unpack(cls, memory: bytes | memoryview) -> "PreviewHeader":
        """Read a header and check that `memory` can hold what it announces.

        Raises:
            BadPreview: wrong magic, version or size.
        """
        if len(memory) < HEADER_BYTES:
            raise BadPreview("shorter than a header")
        magic, version, slots, width, height, count, captured_ns = _HEADER.unpack_from(memory)
        header = cls(width, height, slots, count, captured_ns)
        if magic != MAGIC or version != VERSION or not slots:
            raise BadPreview("wrong magic or version")
        if header.total_bytes > len(memory):
            raise BadPreview("announces more pixels than the memory has")
        return header
