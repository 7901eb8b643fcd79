"""Does a camera hold its exposure? Bands that roll and exposures that hunt are faults.

The mean of a row moves little when a person does, and much when a lamp's flicker is
sampled by a rolling shutter. One change, a lamp or a colour of the screen, is no fault:
most frames of a second must differ from the one before.
"""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import CameraUnsteady, Picture

FRAMES: Final = 30
MOST_JUMPS: Final = 20
JUMP: Final = 0.06
"""Change of the middle row's mean, as a share; our own. Noise and a swaying person in the
simulation stay below 0.01."""
_STEP: Final = 8
_BLACK: Final = 8.0
"""Added to each mean, so that noise in the dark is no jump."""


class Steadiness:
    """Watches the light of one camera's frames."""

    def __init__(self) -> None:
        self._last: NDArray[np.float64] | None = None
        self._jumps: deque[bool] = deque(maxlen=FRAMES)

    def check(self, picture: Picture) -> None:
        """Take a frame.

        Raises:
            CameraUnsteady: most frames of a second jumped.
        """
        rows = np.log(picture[::_STEP, ::_STEP].mean(axis=(1, 2), dtype=np.float64) + _BLACK)
        if self._last is not None and self._last.shape == rows.shape:
            self._jumps.append(bool(np.median(np.abs(rows - self._last)) > JUMP))
        self._last = rows
        if sum(self._jumps) > MOST_JUMPS:
            raise CameraUnsteady("the exposure does not hold")
