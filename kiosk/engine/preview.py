"""The preview memory: no file name, locked where the system lets us, zeroed by its maker."""

import mmap
import os
from typing import Final

from kiosk.session import pages
from wire.preview import HEADER_BYTES, PreviewHeader

PREVIEW: Final = PreviewHeader(1280, 720)


class Preview:
    """The preview memory: made here, lent to vision and screens, zeroed here."""

    def __init__(self) -> None:
        self.descriptor = os.memfd_create("kiosk-preview")
        os.ftruncate(self.descriptor, PREVIEW.total_bytes)
        self._memory = mmap.mmap(self.descriptor, PREVIEW.total_bytes)
        pages.lock(self._memory)
        self.zero()

    def zero(self) -> None:
        """Leave nothing to show and nothing to find."""
        self._memory[:HEADER_BYTES] = PREVIEW.pack()
        self._memory[HEADER_BYTES:] = bytes(PREVIEW.total_bytes - HEADER_BYTES)
