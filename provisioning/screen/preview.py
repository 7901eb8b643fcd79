"""What a camera sees, into the preview memory that the screens show. One writer: the wizard."""

import mmap
import os
import time
from typing import Final

import cv2
import numpy as np

from drivers.camera.camera import Picture
from wire.preview import BYTES_PER_PIXEL, HEADER_BYTES, PreviewHeader

_WIDTH, _HEIGHT = 1280, 720
_GREY: Final = (118, 118, 118)


class Preview:
    """The memory, its descriptor to be lent, and the way into it."""

    def __init__(self) -> None:
        """Make it, with nothing to show.

        Raises:
            OSError: there is no memory.
        """
        self._header = PreviewHeader(_WIDTH, _HEIGHT)
        self.descriptor = os.memfd_create("setup-preview", os.MFD_CLOEXEC)
        os.ftruncate(self.descriptor, self._header.total_bytes)
        self._memory = mmap.mmap(self.descriptor, self._header.total_bytes)
        self.zero()

    def write(self, picture: Picture) -> None:
        """Publish a picture; one of another shape stands between bars."""
        header = self._header
        slot = header.count % header.slots
        target = np.frombuffer(
            self._memory, np.uint8, header.frame_bytes, header.slot_offset(slot)
        ).reshape((_HEIGHT, _WIDTH, BYTES_PER_PIXEL))
        cv2.cvtColor(_fitted(picture), cv2.COLOR_BGR2BGRA, dst=target)
        self._publish(header.count + 1, time.monotonic_ns())

    def zero(self) -> None:
        """Leave nothing to show and nothing to find: somebody may have stood there."""
        self._publish(0, 0)
        self._memory[HEADER_BYTES:] = bytes(len(self._memory) - HEADER_BYTES)

    def close(self) -> None:
        """Leave nothing behind."""
        self.zero()
        self._memory.close()
        os.close(self.descriptor)

    def _publish(self, count: int, taken_ns: int) -> None:
        self._header = PreviewHeader(_WIDTH, _HEIGHT, count=count, captured_ns=taken_ns)
        self._memory[:HEADER_BYTES] = self._header.pack()


def _fitted(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    if (height, width) == (_HEIGHT, _WIDTH):
        return picture
    scale = min(_WIDTH / width, _HEIGHT / height)
    seen_width, seen_height = round(width * scale), round(height * scale)
    whole = np.full((_HEIGHT, _WIDTH, 3), _GREY, np.uint8)
    left, top = (_WIDTH - seen_width) // 2, (_HEIGHT - seen_height) // 2
    whole[top : top + seen_height, left : left + seen_width] = cv2.resize(
        picture, (seen_width, seen_height), interpolation=cv2.INTER_AREA
    )
    return whole
