"""Does a patch of the card change with the light, as a flat copy cannot?

Colour is judged, not brightness: a shadow scales all three channels alike, and glare adds
white. So what a flat patch can do under another light is to move along one ray from
white; a hologram or colour-shifting ink leaves the ray. How far it leaves is the measure. What
the rest of the card does is taken off first: lamps of another tint, and noise.
The measure is our own. It does not know what the genuine pattern looks like: a foil stuck on a
copy changes too (docs/document.md, "Copies").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

Stills = NDArray[np.uint8]
"""Lights, rows, columns, blue-green-red: the straightened card under each light."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres from the card's top left corner."""

PX_PER_MM: Final = 12
REGIONS: Final[Mapping[str, Box]] = MappingProxyType(
    {"hologram": (62.0, 14.0, 80.0, 32.0), "ink": (66.0, 36.0, 78.0, 42.0)}
)
"""Where our own stand-ins of the 2018 form's features are; no real card was measured."""
CELL: Final = 6
"""Side of a cell in pixels, half a millimetre: straightening may be off by a pixel."""
_FULL: Final = 250
"""A channel from here on is clipped: its colour is not known."""
_DARK: Final = 24
"""Mean of the channels below which noise makes the colour."""
_BEST: Final = 90
"""The percentile of a region's cells that counts: an arrow does not fill its box."""
_RAYS: Final = 24
_LEAST_CELLS: Final = 8
_MARGIN_MM: Final = 2.0
"""Left out around each region and at the edge when the rest of the card is looked at."""


@dataclass(frozen=True, slots=True)
class OpticalReading:
    """How much each part leaves its ray: 0 for a flat thing; chroma as a share of brightness."""

    regions: Mapping[str, float]
    """By name; the noise of the rest is taken off."""
    rest: float
    """The same measure for the rest of the card."""
    known: float = 1.0
    """Share of the cells whose colour was known under every light: neither clipped nor dark.

    Where much is clipped the measure says little, for and against: another try is better.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a card counts as optically variable."""

    least: Mapping[str, float]
    """For each region; each must reach its own."""
    most_rest: float
    """A card that changes all over is no card of ours."""


LIMITS: Final = Limits(MappingProxyType({"hologram": 0.010, "ink": 0.255}), 0.021)
"""Half of what 80 genuine specimens vary at least, and 1.5 of what their rest does at most.

Seeds 1 to 5 of ``kiosk.vision.evaluate.copies --tune``; synthetic specimens only.
"""


def read(stills: Stills, regions: Mapping[str, Box] = REGIONS) -> OpticalReading:
    """Measure how the regions of a card change from light to light.

    Args:
        stills: at least two, of one straightened card; 12 px/mm.
        regions: what to look at, by name.
    """
    chroma, known = _chroma(stills)
    apart = np.ones(known.shape[1:], bool)
    margin = round(_MARGIN_MM * PX_PER_MM / CELL)
    apart[:margin] = apart[-margin:] = apart[:, :margin] = apart[:, -margin:] = False
    for box in regions.values():
        apart[_cells(box, _MARGIN_MM)] = False
    chroma -= _tint(chroma, known & apart)
    off = _off_the_ray(chroma, known)
    rest = _typical(off[apart])
    return OpticalReading(
        {name: max(0.0, _typical(off[_cells(box)]) - rest) for name, box in regions.items()},
        rest,
        float(known.all(axis=0).mean()),
    )


def varies(reading: OpticalReading, limits: Limits = LIMITS) -> bool:
    """Say whether every region changes with the light and the rest of the card does not."""
    enough = all(reading.regions.get(name, 0.0) >= least for name, least in limits.least.items())
    return enough and reading.rest <= limits.most_rest


def _chroma(stills: Stills) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return two colour differences of each cell as shares of its brightness, and where known.

    Shapes: lights, rows, columns, 2 and lights, rows, columns.
    """
    lights, rows, columns = (*stills.shape[:1], *(side // CELL for side in stills.shape[1:3]))
    whole = stills[:, : rows * CELL, : columns * CELL]
    cells = whole.reshape(lights, rows, CELL, columns, CELL, 3)
    mean = cells.mean(axis=(2, 4))
    grey = np.maximum(mean.mean(axis=-1), 1.0)
    blue, green, red = (mean[..., channel] for channel in range(3))
    # Two axes at right angles across the grey line, of equal scale.
    across = np.stack(((red - green) / np.sqrt(2), (red + green - 2 * blue) / np.sqrt(6)), axis=-1)
    known = (cells.max(axis=(2, 4, 5)) < _FULL) & (grey > _DARK)
    return across / grey[..., None], known


def _tint(chroma: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how each light colours the rest of the card, against their mean."""
    seen = known.all(axis=0)
    if seen.sum() < _LEAST_CELLS:
        return np.zeros((len(chroma), 1, 1, 2))
    middle = np.median(chroma[:, seen], axis=1)
    return cast("NDArray[np.float64]", (middle - middle.mean(axis=0))[:, None, None, :])


def _off_the_ray(chroma: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how far each cell's colours lie from the best ray out of white; NaN if unknown.

    Root mean square over the lights in which the cell is known, two at least.
    """
    seen = np.where(known[..., None], chroma, 0.0)
    square = (seen**2).sum(axis=(0, -1))
    # The main axis is the best ray of a flat cell; around it lie those of any other.
    across = (seen[..., 0] * seen[..., 1]).sum(axis=0)
    main = np.arctan2(2 * across, (seen[..., 0] ** 2 - seen[..., 1] ** 2).sum(axis=0)) / 2
    best = square
    for turn in np.arange(_RAYS) * 2 * np.pi / _RAYS:
        ray = np.stack((np.cos(main + turn), np.sin(main + turn)), axis=-1)
        along = np.clip((seen * ray).sum(axis=-1), 0, None)
        best = np.minimum(best, square - (along**2).sum(axis=0))
    count = known.sum(axis=0)
    off = np.sqrt(np.clip(best, 0, None) / np.maximum(count, 1))
    return np.where(count >= 2, off, np.nan)


def _typical(off: NDArray[np.float64]) -> float:
    """Return the percentile that counts; 0 where too little is known to say that it varies."""
    seen = off[~np.isnan(off)]
    return float(np.percentile(seen, _BEST)) if len(seen) >= _LEAST_CELLS else 0.0


def _cells(box: Box, margin_mm: float = 0.0) -> tuple[slice, slice]:
    left, top, right, bottom = box
    scale = PX_PER_MM / CELL
    rows = slice(round(max(0, top - margin_mm) * scale), round((bottom + margin_mm) * scale))
    return rows, slice(round(max(0, left - margin_mm) * scale), round((right + margin_mm) * scale))
