"""Measure a straightened card: how light, how sharp, how much of the print glare takes."""

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.document.layout import Window, pixels
from kiosk.document.still import StillMeasures
from wire.document import PrintedField

_ALWAYS_PRINTED = (PrintedField.NUMBER, PrintedField.BIRTH, PrintedField.ISSUED)
_SATURATED = 250
_PALE_PAPER = 246
"""A card whose paper is this light as a whole is over-exposed, not dazzled."""
_FIRST_BLUR = 0.7
_EIGHTH = 0.125


def measures(card: Picture, windows: Mapping[PrintedField, Window]) -> StillMeasures:
    """Return what decides whether the print can be read.

    Args:
        card: straightened and upright.
        windows: where its form prints what.
    """
    brightest = card.max(axis=2)
    parts = [brightest[pixels(windows[of])] for of in _ALWAYS_PRINTED]
    papers = [float(np.percentile(part, 90)) for part in parts]
    contrasts = [
        paper - float(np.percentile(part, 1)) for part, paper in zip(parts, papers, strict=True)
    ]
    return StillMeasures(
        paper=min(papers),
        contrast=min(contrasts),
        sharpness=min(_sharpness(part) for part in parts),
        glare=_glare(brightest, [pixels(window) for window in windows.values()]),
    )


def _sharpness(part: NDArray[np.uint8]) -> float:
    """Return the steepest edges of the less sharp direction, over the contrast, per pixel."""
    smooth = cv2.GaussianBlur(part, (0, 0), _FIRST_BLUR).astype(np.float32)
    contrast = max(float(np.percentile(smooth, 90) - np.percentile(smooth, 1)), 1.0)
    slopes = [np.abs(cv2.Sobel(smooth, cv2.CV_32F, *way)) * _EIGHTH for way in ((1, 0), (0, 1))]
    return min(float(np.percentile(slope, 98)) for slope in slopes) / contrast


def _glare(brightest: NDArray[np.uint8], windows: list[tuple[slice, slice]]) -> float:
    """Return the largest share of a window that is burnt out while the card as a whole is not."""
    if np.median(brightest) >= _PALE_PAPER:
        return 0.0
    return max(float((brightest[window] >= _SATURATED).mean()) for window in windows)
