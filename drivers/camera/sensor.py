"""The sensor of a simulated camera: light in, exposed and noisy pictures out.

Pictures are taken as linear light to the power of 1/2.2. While nothing is locked, exposure
and white balance bring the mean of each colour back to where it was when the picture was
shown, as a camera's own control does; so a steady picture looks as it was drawn. All
figures are our own.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

GAMMA: Final = 2.2
FRAMES_PER_S: Final = 30
FOLLOWS: Final = 0.08
"""Share of the way that exposure and white balance go in a frame: half of it in 0.3 s."""
FARTHEST: Final = 4.0
"""Gain that they reach at most."""
WALL: Final = 0.3
"""Share of the screen's light that reaches what is farthest."""
_FINE: Final = 16
"""Steps of a grey level in which noise is added: rounding must not swallow faint light."""
_ROAM: Final = 64
_NOISE: Final = (1.8, 0.9)
"""Standard deviation in grey levels, common to the colours and of each."""
_LINEAR: Final = (np.arange(256) / 255) ** GAMMA
_SPARSE: Final = 16


@dataclass(frozen=True, slots=True)
class Light:
    """Light of the screen on what the camera sees."""

    share: NDArray[np.float64]
    """Of the light that is there already: blue, green, red."""
    near: NDArray[np.uint8] | None = None
    """255 where it falls in full, 0 where `WALL` of it does; None: in full everywhere."""


class Sensor:
    """Exposes one picture after another."""

    def __init__(self, *, seed: int, follows: bool) -> None:
        """Draw the noise.

        Args:
            seed: of the noise.
            follows: has automatic exposure and white balance.
        """
        random = np.random.default_rng(seed)
        size = (720 + _ROAM, 1280 + _ROAM)
        common, own = _NOISE
        grain = random.normal(0, common, (*size, 1)) + random.normal(0, own, (*size, 3))
        self._noise = (grain * _FINE).astype(np.int16)
        self._places = random.permutation(_ROAM * _ROAM)
        self._follows = follows
        self._gains = np.ones(3)
        self._usual: NDArray[np.float64] | None = None
        self.locked = False
        self.factor = 1.0
        """Exposure over the locked one."""

    @property
    def steady(self) -> bool:
        """Whether exposure and white balance never change."""
        return not self._follows

    def begin(self) -> None:
        """Take the next picture as one that exposure and white balance are used to."""
        self._gains = np.ones(3)
        self._usual = None

    def expose(
        self, picture: Picture, light: Light | None, seconds: float, *, drift: float = 0.0
    ) -> Picture:
        """Return the picture as it is read out.

        Args:
            picture: 1280 x 720, what stands there in the light that is always there.
            light: of the screen, if any.
            seconds: any clock that runs forward; noise and the room's light are its functions.
            drift: how far gains have gone astray, as a share; each colour its own way.
        """
        astray = 1 + drift * np.array((-1.0, 0.3, 1.0))
        room = 1 + 0.004 * np.sin(seconds * 2.1)
        self._follow(_means(picture, light) * room)
        gains = self._gains * self.factor * astray * room
        share, near = (np.zeros(3), None) if light is None else (light.share, light.near)
        everywhere = _levels(gains * (1 + share * (1 if near is None else WALL)))
        exposed = cv2.multiply(picture, _scalar(everywhere), dtype=cv2.CV_16S)
        if near is not None:
            left, top, width, height = cv2.boundingRect(near)
            part = slice(top, top + height), slice(left, left + width)
            falls = cv2.multiply(picture[part], cv2.merge([near[part]] * 3), scale=1 / 255)
            more = _levels(gains * (1 + share)) - everywhere
            lit = cv2.multiply(falls, _scalar(more), dtype=cv2.CV_16S)
            exposed[part] = cv2.add(exposed[part], lit)
        grainy = cv2.add(exposed, self._grain(int(seconds * 1_000)))
        return cv2.convertScaleAbs(grainy, alpha=1 / _FINE).astype(np.uint8, copy=False)

    def _grain(self, ms: int) -> NDArray[np.int16]:
        down, across = divmod(int(self._places[ms % len(self._places)]), _ROAM)
        return self._noise[down : down + 720, across : across + 1280]

    def _follow(self, means: NDArray[np.float64]) -> None:
        if self._usual is None:
            self._usual = means
        if self._follows and not self.locked:
            wanted = np.clip(self._usual / means, 1 / FARTHEST, FARTHEST)
            self._gains *= (wanted / self._gains) ** FOLLOWS


def _levels(gains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what to multiply grey levels by for these gains of linear light, in `_FINE` steps."""
    levels: NDArray[np.float64] = _FINE * gains ** (1 / GAMMA)
    return levels


def _scalar(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return three values as OpenCV's four."""
    return np.append(levels, 0.0)


def _means(picture: Picture, light: Light | None) -> NDArray[np.float64]:
    """Return how much light of each colour there is, looked at in few places."""
    linear = _LINEAR[picture[::_SPARSE, ::_SPARSE]]
    if light is not None:
        near = 1.0 if light.near is None else light.near[::_SPARSE, ::_SPARSE, None] / 255
        linear = linear * (1 + light.share * (WALL + (1 - WALL) * near))
    means: NDArray[np.float64] = linear.mean(axis=(0, 1)) + 1e-4
    return means
