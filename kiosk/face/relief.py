"""Does a face move like a head or like a sheet? What a bent sheet cannot explain.

Points of the face are followed from a frontal view into a turn. A sheet of paper, flat or
bent about any one axis, moves them by a plane's homography with one square term; a head
does not: its nose stands out. A recording of a turning head moves like a head: this tells
prints, nothing else.

Source: plane and parallax (Irani and Anandan 1996); the homography by the direct linear
transform (Hartley 1997), with the square of one direction as a fourth column for the bend.
Our own: that column, and the limits (docs/face.md, "Relief").
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
LEAST_POINTS: Final = 30
"""A bent sheet has ten free numbers, fifteen points hold them; fewer than this are noise."""
_BENDS: Final = 8
"""Directions of a bend that are tried, 22 degrees apart."""
_ROUNDS: Final = 2
"""Solutions of the reweighted system; a third changes the residual by less than 1 %."""
_LEAST_DEPTH: Final = 0.3


@dataclass(frozen=True, slots=True)
class Relief:
    """How points moved from one view to another."""

    height: float
    """Root mean square distance from the best bent sheet, in distances between the eyes."""
    lead: float
    """How far the nose went ahead of the best plane, along the eyes, in distances between
    them; positive to the right of the picture."""
    narrowed: float
    """The plane's shorter over its longer side, of a square: the cosine of its turn."""


def relief(before: Points, after: Points, *, nose: NDArray[np.bool_], eyes_px: float) -> Relief:
    """Measure what moved.

    Args:
        before: rows of x, y in the frontal view, in pixels, eyes level.
        after: the same points in the other view.
        nose: which of them lie on the nose.
        eyes_px: distance between the eyes in the frontal view.

    Raises:
        ValueError: the two differ in shape, are too few, lie in one place, none is on the
            nose, or `eyes_px` is not positive.
    """
    if before.shape != after.shape or nose.shape != before.shape[:1] or eyes_px <= 0:
        raise ValueError("two lists of the same points, and a distance")
    if len(before) < LEAST_POINTS or not nose.any():
        raise ValueError("too few points, or none on the nose")
    first, second = _normal(before), _normal(after)
    plane = _Sheet.fitted(first.points, second.points, None)
    sheets = [plane] + [
        _Sheet.fitted(first.points, second.points, np.pi * turn / _BENDS) for turn in range(_BENDS)
    ]
    best = min(float((sheet.error(first.points, second.points) ** 2).mean()) for sheet in sheets)
    ahead = (second.points - plane.moved(first.points))[nose, 0].mean()
    return Relief(
        height=best**0.5 * second.px / eyes_px,
        lead=float(ahead) * second.px / eyes_px,
        narrowed=plane.narrowed,
    )


@dataclass(frozen=True, slots=True)
class _Normal:
    """Points about their middle at a mean distance of the root of two (Hartley 1997)."""

    points: Points
    px: float
    """Pixels of one unit."""


def _normal(points: Points) -> _Normal:
    centred = points - points.mean(axis=0)
    px = float(np.linalg.norm(centred, axis=1).mean()) / 2**0.5
    if px == 0:
        raise ValueError("all points lie in one place")
    return _Normal(centred / px, px)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A view's mapping: two numerators over one denominator."""

    bend: float | None
    """Direction across the axis of the bend, radians; None is flat."""
    numerators: NDArray[np.float64]
    denominator: NDArray[np.float64]

    @classmethod
    def fitted(cls, before: Points, after: Points, bend: float | None) -> "_Sheet":
        """Solve for the sheet that moves one view to the other, reweighted by its depth."""
        terms = _terms(before, bend)
        count, none = terms.shape[1], np.zeros_like(terms)
        x, y = after[:, :1], after[:, 1:]
        system = np.vstack(
            (np.hstack((terms, none, -x * before)), np.hstack((none, terms, -y * before)))
        )
        wanted = after.T.ravel()
        weight, found = np.ones(len(before)), np.zeros(2 * count + 2)
        for _ in range(_ROUNDS):
            both = np.concatenate((weight, weight))
            found = np.array(np.linalg.lstsq(system * both[:, None], wanted * both, rcond=None)[0])
            depth = 1 + before @ found[2 * count :]
            weight = 1 / np.maximum(np.abs(depth), _LEAST_DEPTH)
        numerators = np.array(found[: 2 * count].reshape(2, count))
        return cls(bend, numerators, np.array(found[2 * count :]))

    def moved(self, before: Points) -> Points:
        """Return where the sheet's points are in the other view."""
        depth = np.maximum(1 + before @ self.denominator, _LEAST_DEPTH)
        return np.array((_terms(before, self.bend) @ self.numerators.T) / depth[:, None])

    def error(self, before: Points, after: Points) -> NDArray[np.float64]:
        """Return each point's distance from where the sheet would have it."""
        return np.array(np.linalg.norm(self.moved(before) - after, axis=1))

    @property
    def narrowed(self) -> float:
        """Shorter over longer side of what a small square at the middle becomes."""
        middle = self.numerators[:, :1] * self.denominator[None]
        sides = np.linalg.svd(self.numerators[:, 1:3] - middle, compute_uv=False)
        return float(sides[1] / sides[0]) if sides[0] > 0 else 0.0


def _terms(points: Points, bend: float | None) -> NDArray[np.float64]:
    flat = np.column_stack((np.ones(len(points)), points))
    if bend is None:
        return flat
    across = points @ (np.cos(bend), np.sin(bend))
    return np.column_stack((flat, across**2))
