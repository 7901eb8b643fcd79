"""Turn a portrait's head in space.

The depth is our own estimate from usual measures of heads (pupils 63 mm apart), spread
between points by a thin-plate spline. Good for training and for trying what a cue answers
to; no accuracy may be claimed from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.vision import landmarks

Floats = NDArray[np.float64]

EYES_PX: Final = 100.0
"""Distance between the pupils in the picture that is turned."""
_SOLVE: Final = 14
"""Fixed-point steps; the last moves a pixel by less than a tenth at 30 degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """How a head is seen."""

    yaw: float = 0.0
    """Degrees; positive turns the face to the right of the picture."""
    pitch: float = 0.0
    """Degrees; positive looks down."""
    roll: float = 0.0
    """Degrees; positive turns clockwise."""
    away: float = 10.0
    """Distance to the camera in distances between the pupils: 10 are 63 cm."""

    @property
    def rotation(self) -> Floats:
        """The 3 x 3 matrix; x right, y down, z towards the camera."""
        yaw, pitch, roll = np.radians((self.yaw, self.pitch, self.roll))
        cos, sin = np.cos, np.sin
        about_y = np.array([[cos(yaw), 0, sin(yaw)], [0, 1, 0], [-sin(yaw), 0, cos(yaw)]])
        about_x = np.array([[1, 0, 0], [0, cos(pitch), sin(pitch)], [0, -sin(pitch), cos(pitch)]])
        about_z = np.array([[cos(roll), -sin(roll), 0], [sin(roll), cos(roll), 0], [0, 0, 1]])
        return np.array(about_z @ about_x @ about_y)


@dataclass(frozen=True, slots=True)
class Head:
    """A portrait, cut around the face, with a depth for every pixel."""

    picture: Picture
    """Square; the middle between the pupils lies at its middle, two fifths down."""
    points: Floats
    """56 in its pixels."""
    depth: NDArray[np.float32]
    """In distances between the pupils."""
    flat: bool = False
    """A print: it turns as a plane."""

    @classmethod
    def of(cls, picture: Picture, points: Floats, depths: Mapping[int, float]) -> Self:
        """Cut a face out and lay a depth over it.

        Args:
            picture: a portrait.
            points: the 56 of the face in it.
            depths: depth of some of them, by row.
        """
        return cls.framed(picture, points, points, depths, landmarks.eye_centres(points))

    @classmethod
    def framed(
        cls,
        picture: Picture,
        points: Floats,
        known: Floats,
        depths: Mapping[int, float],
        eyes: tuple[Floats, Floats],
    ) -> Self:
        """Cut a face out by its eyes, with a depth from other points than the 56.

        Args:
            picture: a portrait.
            points: the 56.
            known: points whose depth is known, in any number.
            depths: of them, by row.
            eyes: centres of both.
        """
        first, second = eyes
        scale = EYES_PX / float(np.linalg.norm(second - first))
        side = round(4.8 * EYES_PX)
        x, y = (first + second) / 2 * scale
        move = np.array([[scale, 0, side / 2 - x], [0, scale, 0.42 * side - y]])
        cut = cv2.warpAffine(picture, move, (side, side), flags=cv2.INTER_AREA, borderMode=_EDGE)
        places = {row: known[row] * scale + move[:, 2] for row in depths}
        depth = _depth([(places[row], z) for row, z in depths.items()], side)
        return cls(cut.astype(np.uint8, copy=False), points * scale + move[:, 2], depth)

    def space(self, xy: Floats) -> Floats:
        """Return places of the picture as x, y, z about the middle between the pupils."""
        side = self.picture.shape[0]
        columns, rows = np.clip(np.round(xy).astype(int), 0, side - 1).T
        z = np.zeros(len(xy)) if self.flat else self.depth[rows, columns]
        centred = (xy - (side / 2, 0.42 * side)) / EYES_PX
        return np.column_stack((centred, z))

    def seen(self, pose: Pose, *, zoom: float = 1.0) -> tuple[Picture, Floats]:
        """Return the picture from another side, and where the 56 points are then."""
        side = self.picture.shape[0]
        ticks = np.arange(0, side, _STEP)
        places = np.stack(np.meshgrid(ticks, ticks), axis=-1).astype(np.float64)
        went = self._projected(places.reshape(-1, 2), pose, zoom).reshape(places.shape)
        shift, wanted = (went - places).astype(np.float32), places.astype(np.float32)
        coarse = wanted.copy()
        for _ in range(_SOLVE):
            on_grid = (coarse / _STEP).astype(np.float32)
            here = cv2.remap(shift, on_grid, _NONE, cv2.INTER_LINEAR, borderMode=_EDGE)
            coarse = 0.35 * coarse + 0.65 * (wanted - here)
        source = _spread(coarse, _STEP, side)
        turned = cv2.remap(self.picture, source, _NONE, cv2.INTER_LINEAR, borderMode=_EDGE)
        return turned.astype(np.uint8, copy=False), self._projected(self.points, pose, zoom)

    def _projected(self, xy: Floats, pose: Pose, zoom: float) -> Floats:
        side = self.picture.shape[0]
        turned = self.space(xy) @ pose.rotation.T
        nearer = pose.away / (pose.away - turned[:, 2:])
        return np.array(turned[:, :2] * nearer * zoom * EYES_PX + (side / 2, 0.42 * side))


_EDGE: Final = cv2.BORDER_REPLICATE
_NONE: Final = np.zeros(0, np.float32)
"""Both maps stand in the first."""
_GRID: Final = 8
_STEP: Final = 4
"""Pixels between the places where depth, and a turn, are computed."""


def _depth(known: list[tuple[Floats, float]], side: int) -> NDArray[np.float32]:
    """Spread known depths over the picture by a thin-plate spline."""
    rim = [(np.array((x, y)), -1.3) for x in (0.0, side) for y in (0.0, side / 2, side)]
    places, depths = zip(*known, *rim, strict=True)
    xy = np.array(places) / side
    weights = np.linalg.solve(_system(xy), np.concatenate((depths, np.zeros(3))))
    coarse = np.arange(0, side, _GRID) / side
    grid = np.stack(np.meshgrid(coarse, coarse), axis=-1).reshape(-1, 2)
    basis = np.column_stack((_plate(grid, xy), np.ones(len(grid)), grid))
    field = (basis @ weights).reshape(len(coarse), len(coarse)).astype(np.float32)
    return np.clip(_spread(field, _GRID, side), -1.3, 0.55).astype(np.float32)


def _spread(field: NDArray[np.float32], step: int, side: int) -> NDArray[np.float32]:
    """Return a field of every `step`th pixel for all of them."""
    move = np.array([[step, 0, 0], [0, step, 0]], np.float64)
    full = cv2.warpAffine(field, move, (side, side), flags=cv2.INTER_CUBIC, borderMode=_EDGE)
    return full.astype(np.float32, copy=False)


def _plate(of: Floats, about: Floats) -> Floats:
    squared = ((of[:, None] - about[None]) ** 2).sum(axis=2)
    return np.array(squared * np.log(squared + 1e-12))


def _system(xy: Floats) -> Floats:
    count = len(xy)
    affine = np.column_stack((np.ones(count), xy))
    smooth = 1e-3 * np.eye(count)
    lower = np.column_stack((affine.T, np.zeros((3, 3))))
    return np.vstack((np.column_stack((_plate(xy, xy) + smooth, affine)), lower))
