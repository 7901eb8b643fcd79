"""Was the card photographed, or a print or a screen that shows a card? One still, four reasons.

A printing screen and a panel's pixels repeat over the whole card; what belongs to the card does
not, or repeats elsewhere in the spectrum. So the spectra of many tiles are taken, the
median over the tiles lets only what is everywhere pass, and a peak is measured against
its neighbourhood. The measure is our own; peaks in the spectrum are the usual sign of both
(Ramachandra and Busch, Presentation Attack Detection Methods, ACM Computing Surveys 50, 2017).

What finer dots than `_FINEST` leave is not seen: the camera has 10 to 12 px/mm. Limits hold for
the art that they were picked on (docs/document.md, "Copies").
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from drivers.camera.camera import Picture

Channel = NDArray[np.floating[Any]]
"""Rows and columns of a colour, or of a spectrum."""
PX_PER_MM: Final = 12
_TILE: Final = 128
_STEP: Final = 64
_AROUND: Final = 15
"""Bins across the neighbourhood that a peak is measured against."""
_COARSEST, _MOIRE, _FINEST = 0.4, 1.6, 5.7
"""Periods in a millimetre. Dots and pixels repeat 2.4 times or more, their beats less often."""
_CHROMA_FINEST: Final = 5.0
"""JPEG halves the colour's scale: peaks of its own stand above (ITU-T T.81, 4:2:0 sampling)."""
_GRID: Final = 2.4
_ALONG_DEG: Final = 4.0
"""A screen lies along the card's edges; a printing screen is turned against them."""
_TURNED_DEG: Final = 15.0
_CELL: Final = 6
_DARK: Final = 40.0


class Reason(StrEnum):
    """Why a still is taken for a picture of a copy."""

    HALFTONE = "halftone"
    SCREEN_GRID = "screen_grid"
    MOIRE = "moire"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on each measure is a reason."""

    halftone: float = 4.8
    screen_grid: float = 3.4
    moire: float = 5.9
    least_colour: float = 0.029


LIMITS: Final = Limits()
"""Half a unit over the highest peak of 80 genuine specimens, and half of their least colour.

Seeds 1 to 5 of ``kiosk.vision.evaluate.copies --tune``; synthetic specimens only.
"""


@dataclass(frozen=True, slots=True)
class Recapture:
    """The four measures of one still."""

    halftone: float
    """Highest peak of brightness off the axes, natural logarithm of power over its surroundings."""
    screen_grid: float
    """The same along the axes."""
    moire: float
    """The same of colour, where beats are."""
    colour: float
    """Spread of colour over the card, as a share of brightness."""

    def reasons(self, limits: Limits = LIMITS) -> frozenset[Reason]:
        """Return what speaks against a genuine card; empty when nothing does."""
        found = {
            Reason.HALFTONE: self.halftone > limits.halftone,
            Reason.SCREEN_GRID: self.screen_grid > limits.screen_grid,
            Reason.MOIRE: self.moire > limits.moire,
            Reason.GREY: self.colour < limits.least_colour,
        }
        return frozenset(reason for reason, holds in found.items() if holds)


def look(card: Picture) -> Recapture:
    """Measure a straightened card, 12 px/mm, of 128 by 128 pixels or more."""
    blue, green, red = (card[..., channel].astype(np.float32) for channel in range(3))
    bright = _peaks((blue + green + red) / 3)
    colours = np.maximum(_peaks(red - green), _peaks((red + green) / 2 - blue))
    along = np.minimum(_ANGLE, 90 - _ANGLE)
    fine = _PER_MM <= _FINEST
    dots = fine & (_PER_MM >= _GRID)
    return Recapture(
        halftone=_highest(bright, dots & (along >= _TURNED_DEG)),
        screen_grid=_highest(bright, dots & (along <= _ALONG_DEG)),
        moire=_highest(colours, (_PER_MM >= _COARSEST) & (_PER_MM <= _CHROMA_FINEST)),
        colour=_spread(card),
    )


_ACROSS = np.fft.rfftfreq(_TILE)[None, :] * PX_PER_MM
_DOWN = np.fft.fftshift(np.fft.fftfreq(_TILE))[:, None] * PX_PER_MM
_PER_MM: Final = np.hypot(_ACROSS, _DOWN)
_ANGLE: Final = np.degrees(np.arctan2(np.abs(_DOWN), np.broadcast_to(_ACROSS, _PER_MM.shape)))
_WINDOW = np.outer(np.hanning(_TILE), np.hanning(_TILE)).astype(np.float32)


def _peaks(channel: Channel) -> Channel:
    """Return how far each bin of the card's spectrum stands over its neighbourhood."""
    tiles = sliding_window_view(channel, (_TILE, _TILE))[::_STEP, ::_STEP]
    whole = tiles.reshape(-1, _TILE, _TILE)
    windowed = (whole - whole.mean(axis=(1, 2), keepdims=True)) * _WINDOW
    power = np.abs(np.fft.rfft2(windowed)) ** 2
    spectrum = np.median(np.log(power + 1.0), axis=0).astype(np.float32)
    shifted = np.fft.fftshift(spectrum, axes=0)
    padded = np.pad(shifted, _AROUND // 2, mode="reflect")
    around = sliding_window_view(padded, (_AROUND, _AROUND)).reshape(*shifted.shape, -1)
    peaks: Channel = shifted - np.median(around, axis=-1)
    return peaks


def _highest(peaks: Channel, where: NDArray[np.bool_]) -> float:
    return float(peaks[where].max())


def _spread(card: Picture) -> float:
    """Return how far the most colourful tenth lies from the card's own white."""
    size = (card.shape[1] // _CELL, card.shape[0] // _CELL)
    cells = cv2.resize(card, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    grey = cells.mean(axis=2)
    light = cells[grey > _DARK] / grey[grey > _DARK][:, None]
    if not len(light):
        return 0.0
    away = np.linalg.norm(light - np.median(light, axis=0), axis=1)
    return float(np.percentile(away, 90))
