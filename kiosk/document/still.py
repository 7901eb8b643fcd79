"""What can be wrong with a still of a card, in the order in which the citizen is told.

Limits were picked on seeds 1 to 5 of the evaluation (docs/document.md, "The gate").
"""

from dataclasses import dataclass
from typing import Final

from wire.document import CardHint


@dataclass(frozen=True, slots=True)
class StillMeasures:
    """Of the windows in which every card has print."""

    paper: float
    """Level of the paper, 0 to 255."""
    contrast: float
    """Levels between paper and ink, 0 to 255."""
    sharpness: float
    """Slope of the steepest edges, share of the contrast per pixel, worse of two directions."""
    glare: float
    """Largest burnt-out share of a window, 0 to 1."""


_DARKEST_PAPER: Final = 60
_LEAST_CONTRAST: Final = 40
_LEAST_SHARPNESS: Final = 0.18
_MOST_GLARE: Final = 0.1


def flaw_of(measured: StillMeasures) -> CardHint | None:
    """Return what is wrong with a still, if anything."""
    if measured.glare > _MOST_GLARE:
        return CardHint.GLARE
    if measured.paper < _DARKEST_PAPER:
        return CardHint.TOO_DARK
    if measured.contrast < _LEAST_CONTRAST:
        return CardHint.TOO_BRIGHT
    if measured.sharpness < _LEAST_SHARPNESS:
        return CardHint.BLURRED
    return None
