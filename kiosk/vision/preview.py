"""Write the preview memory: the one writer of `wire.preview`."""

import mmap

import cv2
import numpy as np

from drivers.camera.camera import Frame
from wire.preview import BYTES_PER_PIXEL, HEADER_BYTES, PreviewHeader


class PreviewWriter:
    """The memory that the engine lent."""

    def __init__(self, descriptor: int) -> None:
        """Map it; it says its own size.

        Raises:
            BadPreview: it is no preview memory.
        """
        self._memory = mmap.mmap(descriptor, 0)
        self._header = PreviewHeader.unpack(self._memory[:])

    def write(self, frame: Frame) -> None:
        """Publish a frame; another size than the memory's is scaled to it."""
        header = self._header
        picture = frame.picture
        if picture.shape[:2] != (header.height, header.width):
            picture = cv2.resize(picture, (header.width, header.height))  # type: ignore[assignment]
        slot = header.count % header.slots
        shape = (header.height, header.width, BYTES_PER_PIXEL)
        target = np.frombuffer(
            self._memory, np.uint8, header.frame_bytes, header.slot_offset(slot)
        ).reshape(shape)
        cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA, dst=target)
        self._publish(header.count + 1, frame.taken_ns)

    def zero(self) -> None:
        """Leave nothing to show and nothing to find."""
        self._publish(0, 0)
        self._memory[HEADER_BYTES:] = bytes(len(self._memory) - HEADER_BYTES)

    def _publish(self, count: int, taken_ns: int) -> None:
        old = self._header
        self._header = PreviewHeader(old.width, old.height, old.slots, count, taken_ns)
        self._memory[:HEADER_BYTES] = self._header.pack()
