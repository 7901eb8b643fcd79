"""A synthetic presentation that answers the terminal: a face, or what an attacker holds.

Rendered frame by frame with perspective, light of the screen, noise of the sensor, hands and
heads that are never still, and white balance locked or chasing. **They are drawings.** They
show what a cue answers to; how often it errs before a real print is for a real print to say.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face import flashes
from kiosk.face.trial import Ask, Task, tasks
from kiosk.vision import landmarks
from kiosk.vision.evaluate.head import EYES_PX, Head, Pose
from wire.vision import Challenge

Floats = NDArray[np.float64]
FRAMES_PER_S: Final = 15
_NOISE: Final = 3.0
_GAMMA: Final = 2.2
_LINEAR: Final = ((np.arange(256) / 255.0) ** _GAMMA).astype(np.float32)
_LEVELS: Final = 4096
_SEEN: Final = np.array(255 * (np.arange(_LEVELS) / (_LEVELS - 1)) ** (1 / _GAMMA) + 0.5, np.uint8)
_BACKGROUND: Final = 0.3
"""Share of the screen's light that reaches the wall."""
_DIM: Final = 0.7
"""Room for the screen's light below what clips."""
_REACTS_S: Final = 0.4
_LATE_S: Final = 0.08
"""A camera's queue."""
_DEG_PER_S: Final = 25.0
_ZOOM_PER_S: Final = 0.4
_RECORDED_STEP_S: Final = 2.5
"""A victim's recording: so long a move took."""


class Species(StrEnum):
    """What is presented (ISO/IEC 30107-3: attack instrument species)."""

    BONA_FIDE = "bona_fide"
    FLAT_PRINT = "flat_print"
    BENT_PRINT = "bent_print"
    EYE_HOLE_PRINT = "eye_hole_print"
    """The attacker's own eyes look through holes, a centimetre behind the paper."""
    OLD_REPLAY = "old_replay"
    FRESH_REPLAY = "fresh_replay"
    """Plays what is asked, as it is asked: a puppet on a good tablet."""
    INJECTION = "injection"
    FROZEN = "frozen"


PRINTS: Final = frozenset({Species.FLAT_PRINT, Species.BENT_PRINT, Species.EYE_HOLE_PRINT})
_RECORDED: Final = frozenset({Species.OLD_REPLAY, Species.INJECTION})
_TABLETS: Final = frozenset({Species.OLD_REPLAY, Species.FRESH_REPLAY})
_REFLECTS: Final = {
    **dict.fromkeys(PRINTS, 1.3),
    **dict.fromkeys(_TABLETS, 0.14),
    Species.INJECTION: 0.0,
}
"""How much of the screen's light comes back, over a face's: a print stands flat towards it,
a tablet shows its own light (facts: 0.045 and 0.005 over 0.034)."""


@dataclass(slots=True)
class _Hand:
    """Where the instrument is on its way to."""

    yaw: float = 0.0
    zoom: float = 1.0

    def towards(self, yaw: float, zoom: float) -> None:
        """Move for one frame's time."""
        turn, step = _DEG_PER_S / FRAMES_PER_S, _ZOOM_PER_S / FRAMES_PER_S
        self.yaw += float(np.clip(yaw - self.yaw, -turn, turn))
        self.zoom += float(np.clip(zoom - self.zoom, -step, step))


class Performer:
    """One presentation; ask for a frame every `1 / FRAMES_PER_S` seconds."""

    def __init__(
        self, head: Head, species: Species, rng: np.random.Generator, *, chasing: bool
    ) -> None:
        """Take the stage.

        Args:
            head: whose face.
            species: what is held before the camera.
            rng: draws hands, light and noise.
            chasing: white balance follows the light although it was locked.
        """
        self._head = _instrument(head, species, rng)
        self._species = species
        self._rng = rng
        self._chasing = chasing
        # Attackers turn a print farther than a head, as it seems to turn less.
        farther = float(rng.uniform(1.0, 2.0)) if species in PRINTS else 1.0
        self._turn = float(rng.uniform(18, 24)) * farther
        self._share = float(rng.uniform(0.05, 0.15))
        self._hand = _Hand()
        self._asks: list[tuple[float, Ask]] = []
        self._gains = np.ones(3)
        self._rendered: dict[tuple[int, int], NDArray[np.float32]] = {}
        self._noise = [rng.normal(0, _NOISE, self._head.picture.shape) for _ in range(6)]
        self._recorded = tasks(lambda count: int(rng.integers(count)))
        self._frozen: Picture | None = None
        self.now_s = 0.0
        """When the last frame was taken."""
        self._sway = np.zeros(3)
        near = np.clip((self._head.depth[:, :, None] + 1.3) / 1.3, 0, 1)
        self._near = (_BACKGROUND + (1 - _BACKGROUND) * near).astype(np.float32)

    @property
    def points(self) -> Floats:
        """The face's 56 points in a frontal frame."""
        return self._head.points

    def frame(self, ask: Ask, at_s: float) -> Picture:
        """Return the next frame.

        Args:
            ask: what the terminal wants since the last look.
            at_s: seconds since the presentation began.
        """
        self.now_s = at_s
        if self._species is Species.FROZEN and self._frozen is not None:
            return self._frozen.copy()
        self._asks.append((at_s, ask))
        challenge, then = self._wanted(at_s)
        yaw = {Challenge.TURN_LEFT: self._turn, Challenge.TURN_RIGHT: -self._turn}
        closer = 1.45 if challenge is Challenge.COME_CLOSER else 1.0
        self._hand.towards(yaw.get(challenge, 0.0), closer)
        shown = self._ask_at(at_s - _LATE_S)
        own = self._share * _REFLECTS.get(self._species, 1.0)
        light = 1 + own * np.array(shown.colour or (0.0, 0.0, 0.0))
        if then is not None:
            # What lit the victim then is in the recording; the tablet adds a little of today.
            light = light * (1 + self._share * np.array(then))
        exposure = 1.0 if self._species is Species.INJECTION else shown.exposure
        picture = self._sensed(self._lit(light, exposure))
        if self._species is Species.FROZEN:
            self._frozen = picture.copy()
        return picture

    def _ask_at(self, at_s: float) -> Ask:
        return next((ask for since, ask in reversed(self._asks) if since <= at_s), Ask())

    def _wanted(self, at_s: float) -> tuple[Challenge, flashes.Colour | None]:
        """Return the move in progress, and the light of a recording."""
        if self._species not in _RECORDED:
            return self._ask_at(at_s - _REACTS_S).challenge, None
        step, into_s = divmod(at_s, _RECORDED_STEP_S)
        task: Task = self._recorded[int(step) % len(self._recorded)]
        if isinstance(task, Challenge):
            return (task if into_s < _RECORDED_STEP_S / 2 else Challenge.LOOK_STRAIGHT), None
        return Challenge.LOOK_STRAIGHT, task[int(into_s / flashes.STEP_S) % len(task)]

    def _lit(self, light: Floats, exposure: float) -> Picture:
        """Light the pose, the face fully and the wall a little; `light` is red, green, blue."""
        linear = self._pose(round(self._hand.yaw), round(self._hand.zoom * 20))
        seen = linear * np.float32(_DIM * exposure)
        if (light != 1).any():
            seen *= 1 + (light[::-1] - 1).astype(np.float32) * self._near
        if self._chasing:
            seen *= self._gains.astype(np.float32)
            means = seen.mean(axis=(0, 1))
            self._gains = self._gains * (means.mean() / means) ** (1.5 / FRAMES_PER_S)
        levels = np.minimum(seen, np.float32(1)) * np.float32(_LEVELS - 1)
        return np.array(_SEEN[levels.astype(np.uint16)])

    def _pose(self, yaw: int, zoom: int) -> NDArray[np.float32]:
        if (yaw, zoom) not in self._rendered:
            picture, _ = self._head.seen(Pose(yaw=float(yaw)), zoom=zoom / 20)
            self._rendered[yaw, zoom] = _LINEAR[picture]
        return self._rendered[yaw, zoom]

    def _sensed(self, picture: Picture) -> Picture:
        """Sway a little, add a tablet's grid where there is one, and the sensor's noise."""
        self._sway = 0.8 * self._sway + self._rng.normal(0, (0.5, 0.5, 0.15))
        x, y, roll = self._sway
        rows, columns = picture.shape[:2]
        move = cv2.getRotationMatrix2D((columns / 2, rows / 2), float(roll), 1.0)
        move[:, 2] += np.array((x, y))
        moved = cv2.warpAffine(picture, move, (columns, rows), borderMode=cv2.BORDER_REPLICATE)
        noise = self._noise[int(self._rng.integers(len(self._noise)))]
        noise = np.roll(noise, int(self._rng.integers(rows)), axis=0)
        grid = 1.0
        if self._species in _TABLETS:
            down, across = np.mgrid[:rows, :columns]
            grid = (1 + 0.03 * np.sin(down * 2.1) * np.sin(across * 1.9))[:, :, None]
        return np.clip(moved * grid + noise, 0, 255).astype(np.uint8)


def _instrument(head: Head, species: Species, rng: np.random.Generator) -> Head:
    """Return what turns: a head, a plane, a plane bent about one axis, or one with holes."""
    if species not in PRINTS:
        return head
    side = head.picture.shape[0]
    if species is Species.BENT_PRINT:
        across = (np.arange(side) - side / 2) / EYES_PX
        bend = -float(rng.uniform(0.1, 0.35)) * across**2
        sheet = np.tile(bend, (side, 1)).astype(np.float32)
        return replace(head, depth=sheet if rng.integers(2) else sheet.T.copy())
    sheet = np.zeros((side, side), np.float32)
    if species is Species.EYE_HOLE_PRINT:
        for eye in landmarks.eye_centres(head.points):
            x, y = np.round(eye).astype(int)
            cv2.ellipse(sheet, (int(x), int(y)), (28, 15), 0, 0, 360, -0.16, -1)
        sheet = cv2.GaussianBlur(sheet, (0, 0), 2).astype(np.float32)
    return replace(head, depth=sheet)
