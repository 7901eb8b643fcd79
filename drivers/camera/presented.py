"""What is held before the simulated camera: somebody alive, a print, a tablet that replays.

How much of the screen's light comes back is a drawing after docs/face.md: a print stands flat
towards the screen, a tablet shows its own light. Synthetic presentations, all of them.
"""

from enum import StrEnum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from drivers.camera.motion import Motion, Pose, unrest
from drivers.camera.person import NEARER, VIEW, YAWS, Person
from drivers.camera.sensor import Light

Share = NDArray[np.float64]
"""Of the light that is there already: blue, green, red."""


class Kind(StrEnum):
    """What is presented (ISO/IEC 30107-3: attack instrument species)."""

    ALIVE = "alive"
    FLAT_PRINT = "flat_print"
    FRESH_REPLAY = "fresh_replay"
    """A tablet that shows somebody who does now what is asked."""
    OLD_REPLAY = "old_replay"
    """A tablet that shows somebody who was asked and lit otherwise, another day."""


REFLECTS: Final = {
    Kind.ALIVE: 1.0,
    Kind.FLAT_PRINT: 1.3,
    Kind.FRESH_REPLAY: 0.14,
    Kind.OLD_REPLAY: 0.14,
}
"""How much of the screen's light comes back, over a face's (docs/face.md)."""
MOST_YAW: Final = 26.0
_TABLET: Final = frozenset({Kind.FRESH_REPLAY, Kind.OLD_REPLAY})
_PRINT: Final = (600, 640)
"""Width and height of what a print shows of the view."""
_PRINT_AT: Final = (640.0, 370.0)
_AWAY: Final = 1_300.0
"""Distance of a print to the camera in pixels of its own plane: 63 cm."""
_OLD_TURNS_S: Final = 2.4
_OLD_COLOUR_S: Final = 0.45
_OLD_SHARE: Final = 0.1


class Presented:
    """Somebody, or somebody's picture, who moves when asked and is lit by the screen."""

    def __init__(self, person: Person, kind: Kind, *, seed: int = 7) -> None:
        """Present a person.

        Args:
            person: who is seen.
            kind: as what.
            seed: of what an old replay did and saw when it was recorded.
        """
        self._person = person
        self._kind = kind
        self._motion = Motion()
        self._seed = seed
        self._share: Share = np.zeros(3)
        self._printed = person.seen().picture

    @property
    def kind(self) -> Kind:
        """As what somebody is presented."""
        return self._kind

    def go(self, to: Pose, now_s: float) -> None:
        """Move to a pose at human speed; an old replay does what it did then.

        Raises:
            ValueError: farther than was drawn.
        """
        if abs(to.yaw) > MOST_YAW or not NEARER[0] <= to.nearer <= NEARER[-1]:
            raise ValueError("farther than was drawn")
        self._motion.go(to, now_s)

    def light(self, share: Share) -> None:
        """Let the screen shine: blue, green, red, as shares of the light that is there already."""
        self._share = share

    def stands(self, now_s: float) -> Pose:
        """Return the pose at that time, without unrest."""
        return self._then(now_s) if self._kind is Kind.OLD_REPLAY else self._motion.at(now_s)

    def at(self, seconds: float) -> tuple[Picture, Light | None]:
        """Return the picture at that time and the light of the screen on it."""
        pose = self.stands(seconds)
        strays, shift = unrest(seconds)
        yaw = float(np.clip(pose.yaw + strays.yaw, YAWS[0], YAWS[-1]))
        nearer = float(np.clip(pose.nearer * strays.nearer, NEARER[0], NEARER[-1]))
        share = self._share * REFLECTS[self._kind]
        if self._kind is Kind.FLAT_PRINT:
            picture, near = self._held(yaw, nearer, shift)
            return picture, _light(share, near)
        seen = self._person.seen(yaw=yaw, nearer=nearer, shift=shift)
        if self._kind is Kind.ALIVE:
            return seen.picture, _light(share, seen.near)
        if self._kind is Kind.OLD_REPLAY:
            then = _OLD_SHARE * self._colour_then(seconds)
            return _on_tablet(seen.picture), Light((1 + then) * (1 + share) - 1, seen.near)
        return _on_tablet(seen.picture), _light(share, None)

    def _held(
        self, yaw: float, nearer: float, shift: tuple[float, float]
    ) -> tuple[Picture, NDArray[np.uint8]]:
        """Return a print of the frontal picture, turned as a plane, before the room."""
        width, height = _PRINT
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (width / 2, height / 2)
        turn = np.radians(yaw)
        away = _AWAY / nearer
        depth = -corners[:, 0] * np.sin(turn)
        flat = np.column_stack((corners[:, 0] * np.cos(turn), corners[:, 1]))
        seen = flat * (away / (away - depth))[:, None] * nearer + _PRINT_AT + shift
        lies = (corners + _PRINT_AT).astype(np.float32)
        move = cv2.getPerspectiveTransform(lies, seen.astype(np.float32))
        sheet = cv2.warpPerspective(self._printed, move, VIEW)
        near = np.zeros((VIEW[1], VIEW[0]), np.uint8)
        cv2.fillConvexPoly(near, np.round(seen).astype(np.int32), 255, cv2.LINE_AA)
        picture = self._person.room.copy()
        cv2.copyTo(sheet, near, picture)
        return picture, near

    def _then(self, now_s: float) -> Pose:
        """Return where the recorded person was led: somewhere else every few seconds."""
        step, since = divmod(now_s, _OLD_TURNS_S)
        motion = Motion()
        motion.go(self._asked_then(int(step) - 1), -10.0)
        motion.go(self._asked_then(int(step)), 0.0)
        return motion.at(since)

    def _asked_then(self, step: int) -> Pose:
        draw = np.random.default_rng((self._seed, 1, step % 10_000))
        return Pose(float(draw.choice((-22.0, 0.0, 0.0, 22.0))))

    def _colour_then(self, now_s: float) -> Share:
        draw = np.random.default_rng((self._seed, 2, int(now_s / _OLD_COLOUR_S) % 10_000))
        return draw.integers(0, 2, 3).astype(np.float64)


def _light(share: Share, near: NDArray[np.uint8] | None) -> Light | None:
    return Light(share, near) if share.any() else None


def _on_tablet(picture: Picture) -> Picture:
    """Return a picture as a tablet's own pixels show it: a fine grid beats with the sensor's."""
    return cv2.subtract(picture, _GRID).astype(np.uint8, copy=False)


def _grid() -> NDArray[np.uint8]:
    rows, columns = np.mgrid[: VIEW[1], : VIEW[0]]
    one = np.round(4 + 4 * np.sin(rows * 2.1) * np.sin(columns * 1.9)).astype(np.uint8)
    return np.repeat(one[:, :, None], 3, axis=2)


_GRID: Final = _grid()
