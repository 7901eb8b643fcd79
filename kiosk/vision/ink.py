"""Bring a window of a card to what a reader of print likes: black on white, cut to the ink."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

Grey = NDArray[np.uint8]

_INK: Final = 120
"""Below this a normalised pixel is ink."""
_PALEST_INK: Final = 0.7
"""Ink is darker than this share of the paper; tint and shadow are not."""
_MARGIN_PX: Final = 10
_WHITE: Final = 255
_SPECK: Final = np.ones((2, 2), np.uint8)


def black_on_white(window: Picture) -> Grey | None:
    """Return the window's print, normalised and cut to its ink; None if there is none.

    Ink is dark in every colour, tinted ground is not: the brightest colour counts.
    """
    grey = window.max(axis=2)
    paper, ink = np.percentile(grey, 90), np.percentile(grey, 1)
    if ink > _PALEST_INK * paper:
        return None
    even = ((grey.astype(np.float32) - ink) * (255 / (paper - ink))).clip(0, 255).astype(np.uint8)
    marks = cv2.morphologyEx((even < _INK).astype(np.uint8), cv2.MORPH_OPEN, _SPECK)
    rows, columns = np.flatnonzero(marks.any(axis=1)), np.flatnonzero(marks.any(axis=0))
    if not rows.size:
        return None
    cut = even[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.pad(cut, _MARGIN_PX, constant_values=_WHITE)
