"""Does a camera still see? Blank and frozen pictures are faults, not pictures.

A real sensor never gives two identical frames: noise moves the last bits.
"""

import hashlib

from drivers.camera.camera import CameraBlank, CameraFrozen, Picture

LEAST_CONTRAST = 4.0
"""Standard deviation of grey levels below which a picture shows nothing (our own)."""
MOST_REPEATS = 30
"""One second of identical frames."""
_STEP = 8


class Liveliness:
    """Watches the frames of one camera."""

    def __init__(self) -> None:
        self._last = b""
        self._repeats = 0

    def check(self, picture: Picture) -> None:
        """Take a frame.

        Raises:
            CameraBlank: it shows nothing.
            CameraFrozen: the same frame for a second.
        """
        sample = picture[::_STEP, ::_STEP]
        if float(sample.std()) < LEAST_CONTRAST:
            raise CameraBlank("a picture without content")
        digest = hashlib.blake2b(sample.tobytes(), digest_size=16).digest()
        self._repeats = self._repeats + 1 if digest == self._last else 0
        self._last = digest
        if self._repeats >= MOST_REPEATS:
            raise CameraFrozen("one frame for a second")
