"""Somebody who was drawn once and can be seen in any pose.

A room, somebody cut out of it, and for each pose where its pixels come from
(`kiosk.vision.evaluate.person` draws them). Angles in between are exact to a fraction of a
pixel, so a turn flows as a real head's.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from zipfile import BadZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

VIEW: Final = (1280, 720)
MARGIN_PX: Final = 160
"""How far the canvas reaches beyond the view: who steps back shows more of himself."""
STEP_PX: Final = 4
"""Side of the squares whose middles are the grid."""
_MIDDLE: Final = np.float32((STEP_PX - 1) / 2)
UNIT_PX: Final = 1 / 32
YAWS: Final = tuple(float(yaw) for yaw in range(-30, 31, 2))
"""Degrees; positive turns the face to the right of the picture."""
NEARER: Final = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8)
"""Times as large as at the place where somebody first stands."""
_NONE: Final = np.zeros(0, np.float32)
Field = NDArray[np.float32]


class BadPerson(ValueError):
    """Not a file of a person."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody in one pose."""

    picture: Picture
    near: NDArray[np.uint8]
    """How much of the screen's light falls there."""


class Person:
    """Somebody who can be seen in any pose."""

    def __init__(
        self,
        canvas: Picture,
        alpha: NDArray[np.uint8],
        room: Picture,
        near: NDArray[np.uint8],
        fields: tuple[NDArray[np.int16], NDArray[np.int16]],
    ) -> None:
        """Take what was drawn; see `load`."""
        opaque = cv2.merge([alpha] * 3)
        ready = cv2.multiply(canvas, opaque, scale=1 / 255)
        self._layer = cv2.merge([ready, alpha])
        self.room = room
        """Without anybody."""
        self._near = near
        turns, comes = fields
        self._turns = turns.astype(np.float32) * np.float32(UNIT_PX)
        self._comes = comes.astype(np.float32) * np.float32(UNIT_PX)
        columns, rows = (np.arange(0, size, STEP_PX, dtype=np.float32) for size in VIEW)
        self._places = np.stack(np.meshgrid(columns, rows), axis=-1) + _MIDDLE
        coarse = (alpha.shape[1] // STEP_PX, alpha.shape[0] // STEP_PX)
        body = cv2.resize(alpha, coarse, interpolation=cv2.INTER_AREA)
        self._about = cv2.dilate(body, np.ones((7, 7), np.uint8))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `kiosk.vision.evaluate.person` wrote.

        Raises:
            BadPerson: something else.
        """
        try:
            with np.load(path, allow_pickle=False) as held:
                canvas = cv2.imdecode(held["canvas"], cv2.IMREAD_COLOR)
                alpha = cv2.imdecode(held["alpha"], cv2.IMREAD_GRAYSCALE)
                room = cv2.imdecode(held["room"], cv2.IMREAD_COLOR)
                return cls(canvas, alpha, room, held["near"], (held["turns"], held["comes"]))  # type: ignore[arg-type]
        except (OSError, EOFError, KeyError, ValueError, BadZipFile, cv2.error):
            raise BadPerson("not a person that was drawn") from None

    def seen(
        self, *, yaw: float = 0.0, nearer: float = 1.0, shift: tuple[float, float] = (0.0, 0.0)
    ) -> Seen:
        """Return somebody in a pose.

        Args:
            yaw: degrees within `YAWS`.
            nearer: within `NEARER`.
            shift: pixels to the right and down.
        """
        stepped = self._places - np.array(shift, np.float32)
        comes = _between(self._comes, NEARER, nearer)
        closer = stepped + _sampled(comes, stepped)
        source = closer + _sampled(_between(self._turns, YAWS, yaw), closer) + MARGIN_PX
        part = self._where(source)
        rows, columns = (slice(at.start * STEP_PX, at.stop * STEP_PX) for at in part)
        few = source[part]
        size = (few.shape[1] * STEP_PX, few.shape[0] * STEP_PX)
        full = cv2.resize(few, size, interpolation=cv2.INTER_LINEAR)
        # Thirty-seconds of a pixel: half the time.
        whole, rest = cv2.convertMaps(full, _NONE, cv2.CV_16SC2)
        layer = cv2.remap(self._layer, whole, rest, cv2.INTER_LINEAR, borderMode=_EDGE)
        *body, alpha = cv2.split(layer)
        clear = cv2.merge([cv2.bitwise_not(alpha)] * 3)
        behind = cv2.multiply(self.room[rows, columns], clear, scale=1 / 255)
        picture = self.room.copy()
        picture[rows, columns] = cv2.add(cv2.merge(body), behind)
        on_grid = (few - _MIDDLE) / STEP_PX
        lit = cv2.remap(self._near, on_grid, _NONE, cv2.INTER_LINEAR, borderMode=_EDGE)
        near = np.zeros(picture.shape[:2], np.uint8)
        near[rows, columns] = cv2.multiply(cv2.resize(lit, size), alpha, scale=1 / 255)
        return Seen(picture, near)

    def _where(self, source: Field) -> tuple[slice, slice]:
        """Return the part of the grid where somebody is seen, so that the room is left alone."""
        on_grid = (source - _MIDDLE) / STEP_PX
        body = cv2.remap(self._about, on_grid, _NONE, cv2.INTER_NEAREST, borderMode=_EDGE)
        left, top, width, height = cv2.boundingRect(body)
        return slice(top, top + height), slice(left, left + width)


_EDGE: Final = cv2.BORDER_REPLICATE


def _between(table: Field, at: tuple[float, ...], value: float) -> Field:
    """Return the field of a value between two that were drawn."""
    place = float(np.interp(value, at, np.arange(len(at))))
    low = min(int(place), len(at) - 2)
    share = np.float32(place - low)
    return np.asarray(table[low] * (1 - share) + table[low + 1] * share)


def _sampled(field: Field, places: Field) -> Field:
    """Return a coarse field at these places of the view."""
    on_grid = ((places - _MIDDLE) / STEP_PX).astype(np.float32)
    return cv2.remap(field, on_grid, _NONE, cv2.INTER_LINEAR, borderMode=_EDGE).astype(
        np.float32, copy=False
    )
