"""A random sequence of screen colours, and whether a face answered to it.

Correlation tells an old recording, whose light knows nothing of the sequence; amplitude
tells a bright screen, which reflects little. A print reflects like a face: this does not
tell prints.

Rule: never more than three changes a second and never a saturated red, so that nobody is
harmed. Source: WCAG 2.2, success criterion 2.3.1 and "general flash and red flash
thresholds"; correlation and amplitude: facts of docs/face.md, "Colours of the screen".
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Colour = tuple[float, float, float]
"""Red, green, blue of linear light, 0 to 1."""

STEP_S: Final = 0.4
"""Two and a half changes a second."""
STEPS: Final = 8
"""An independent sequence correlates above 0.8 once in 3,000 times; with 6 once in 430."""
COLOURS: Final[tuple[Colour, ...]] = (
    (0.0, 0.0, 0.0),
    (1.0, 1.0, 1.0),
    (0.0, 1.0, 0.0),
    (0.0, 0.0, 1.0),
    (0.0, 1.0, 1.0),
    (1.0, 1.0, 0.0),
    (1.0, 0.0, 1.0),
)
"""A red screen is missing: its share of red would be above 0.8."""
_LEAST_CHANGES: Final = 2
"""So often each of red, green and blue goes on or off, or a channel would say nothing."""


def sequence(below: Callable[[int], int]) -> tuple[Colour, ...]:
    """Return the colours of one session, no two the same in a row.

    Args:
        below: a number from 0 to one less than asked for, from a source nobody can
            guess (`secrets.randbelow`).
    """
    while True:
        chosen = [COLOURS[below(len(COLOURS))]]
        while len(chosen) < STEPS:
            others = [colour for colour in COLOURS if colour != chosen[-1]]
            chosen.append(others[below(len(others))])
        changes = np.count_nonzero(np.diff(np.array(chosen), axis=0), axis=0)
        if changes.min() >= _LEAST_CHANGES:
            return tuple(chosen)


def answer(shown: Sequence[Colour], skin: NDArray[np.float64]) -> tuple[float, float]:
    """Return correlation and amplitude of the skin's answer.

    Args:
        shown: the colours.
        skin: mean linear red, green, blue of cheeks and forehead during each, one row a
            colour, camera's exposure and white balance locked.

    Returns:
        The correlation over colours and channels, and the share by which a full channel of
        the screen brightens the skin. Both are 0 where nothing changes.

    Raises:
        ValueError: another number of rows than colours, or skin that is black.
    """
    light = np.array(shown, np.float64)
    if skin.shape != light.shape or skin.mean(axis=0).min() <= 0:
        raise ValueError("one row of skin for each colour, none black throughout")
    light -= light.mean(axis=0)
    relative = skin / skin.mean(axis=0)
    relative -= relative.mean(axis=0)
    lit, answered = float((light**2).sum()), float((relative**2).sum())
    if lit == 0 or answered == 0:
        return 0.0, 0.0
    product = float((light * relative).sum())
    return product / (lit * answered) ** 0.5, product / lit
