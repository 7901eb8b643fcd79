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
_GRAIN: Final = 1e-12
"""Added to the diagonal, so that points in one line have a solution too."""


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
    plane = _fitted(_flat(first.points), first.points, second.points)
    bent = _fitted(_bent(first.points), first.points, second.points)
    best = min(plane.square_error(second.points), bent.square_error(second.points))
    ahead = (second.points - plane.moved)[0, nose, 0].mean()
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
class _Sheets:
    """Some mappings of a view, each two numerators over one denominator."""

    numerators: NDArray[np.float64]
    """Of each sheet, for x and for y, a factor of each term."""
    denominators: NDArray[np.float64]
    """Of each sheet, a factor of x and of y."""
    moved: NDArray[np.float64]
    """Of each sheet, where it has the points in the other view."""

    def square_error(self, after: Points) -> float:
        """Return the mean square distance from the best sheet's points."""
        return float(((self.moved - after) ** 2).sum(axis=2).mean(axis=1).min())

    @property
    def narrowed(self) -> float:
        """Shorter over longer side of what a small square at the first sheet's middle becomes."""
        numerators = self.numerators[0]
        middle = numerators[:, :1] * self.denominators[0]
        sides = np.linalg.svd(numerators[:, 1:3] - middle, compute_uv=False)
        return float(sides[1] / sides[0]) if sides[0] > 0 else 0.0


def _flat(points: Points) -> NDArray[np.float64]:
    """Return the terms of the plane: one sheet, a row for each point."""
    return np.column_stack((np.ones(len(points)), points))[None]


def _bent(points: Points) -> NDArray[np.float64]:
    """Return the terms of sheets bent about each of `_BENDS` axes."""
    bends = np.arange(_BENDS) * np.pi / _BENDS
    across = np.stack((np.cos(bends), np.sin(bends)), axis=1) @ points.T
    flat = np.broadcast_to(_flat(points), (_BENDS, len(points), 3))
    return np.concatenate((flat, across[..., None] ** 2), axis=2)


def _fitted(terms: NDArray[np.float64], before: Points, after: Points) -> _Sheets:
    """Solve for the sheets that move one view to the other, reweighted by their depth.

    All at once, by the normal equations of Hartley's normalised points: a look has no time
    for eighteen decompositions.
    """
    sheets, points, count = terms.shape
    none = np.zeros_like(terms)
    right, down = (
        np.broadcast_to(-after[:, axis, None] * before, (sheets, points, 2)) for axis in (0, 1)
    )
    system = np.concatenate(
        (np.concatenate((terms, none, right), 2), np.concatenate((none, terms, down), 2)), 1
    )
    wanted = after.T.ravel()
    depth = np.ones((sheets, points))
    found = np.zeros((sheets, 2 * count + 2))
    for _ in range(_ROUNDS):
        weight = np.tile(1 / np.maximum(np.abs(depth), _LEAST_DEPTH), 2) ** 2
        weighted = (system * weight[..., None]).swapaxes(1, 2)
        normal = weighted @ system + _GRAIN * np.eye(2 * count + 2)
        found = np.linalg.solve(normal, (weighted @ wanted)[..., None])[..., 0]
        depth = 1 + found[:, 2 * count :] @ before.T
    numerators = found[:, : 2 * count].reshape(sheets, 2, count)
    moved = terms @ numerators.swapaxes(1, 2) / np.maximum(depth, _LEAST_DEPTH)[..., None]
    return _Sheets(numerators, found[:, 2 * count :], moved)
