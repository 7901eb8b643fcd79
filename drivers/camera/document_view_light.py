"""A simple model of the document camera over the tray, for measuring, not for the demo.

Each view draws where the card lies, focus, exposure and noise once; each picture of the
view moves by a fraction of a pixel and has noise of its own. All figures are our own.
"""

from typing import Final, cast

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from drivers.camera.camera import Picture

SIZE: Final = (1280, 720)
STRAIGHT: Final = (1027, 648)
"""A straightened card: 85.6 by 54 mm at 12 px/mm."""
_QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 92]
_TRAY = (32, 28, 26)


class View:
    """One placing of a card under the camera."""

    def __init__(self, random: Generator) -> None:
        self._random = random
        self._px_per_mm = random.uniform(10.4, 11.6)
        self._corners = self._lying()
        self._focus_px = random.uniform(0.5, 1.0)
        self._exposure = random.uniform(0.85, 1.12)
        self._tint = random.uniform(0.96, 1.04, 3)
        self._noise = random.uniform(1.5, 3.0)

    def picture(self, art: Picture) -> Picture:
        """Return the frame, 1280 by 720, of a card whose front is `art` at any scale."""
        # A sensor pixel sees an area, not a point of the finer art.
        finer = art.shape[1] / 85.6 / self._px_per_mm
        sigma = float(np.hypot(self._focus_px, 0.35)) * finer
        soft = cv2.GaussianBlur(art, (0, 0), sigma)
        moved = self._corners + self._random.normal(0, 0.1, (4, 2)).astype(np.float32)
        lying = cv2.getPerspectiveTransform(_corners((art.shape[1], art.shape[0])), moved)
        seen = cv2.warpPerspective(soft, lying, SIZE, flags=cv2.INTER_LINEAR, borderValue=_TRAY)
        gain = (self._exposure * self._tint).astype(np.float32)
        noise = self._random.standard_normal((SIZE[1], SIZE[0], 3), dtype=np.float32)
        exposed = (seen * gain + noise * np.float32(self._noise)).clip(0, 255).astype(np.uint8)
        _, jpeg = cv2.imencode(".jpg", exposed, _QUALITY)
        return cast("Picture", cv2.imdecode(jpeg, cv2.IMREAD_COLOR))

    def straight(self, frame: Picture) -> Picture:
        """Return the card of a frame, 1027 by 648 and upright, by the known corners."""
        back = cv2.getPerspectiveTransform(self._corners, _corners(STRAIGHT))
        return cast("Picture", cv2.warpPerspective(frame, back, STRAIGHT, flags=cv2.INTER_LINEAR))

    def _lying(self) -> NDArray[np.float32]:
        """Return the card's corners in the frame: turned and tilted by a few degrees."""
        turn, tilt_x, tilt_y = np.radians(self._random.uniform(-3, 3, 3))
        half = np.array([(-42.8, -27), (42.8, -27), (42.8, 27), (-42.8, 27)]) * self._px_per_mm
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        spun = half @ spin.T
        far = 1 + (spun[:, 0] * np.sin(tilt_x) + spun[:, 1] * np.sin(tilt_y)) / 2_800
        middle = np.array(SIZE) / 2 + self._random.uniform(-20, 20, 2)
        corners: NDArray[np.float32] = (spun / far[:, None] + middle).astype(np.float32)
        return corners


def _corners(size: tuple[int, int]) -> NDArray[np.float32]:
    # Pixel centres stand at whole numbers: the outer edge is half a pixel before the first.
    right, bottom = size[0] - 0.5, size[1] - 0.5
    return np.array([(-0.5, -0.5), (right, -0.5), (right, bottom), (-0.5, bottom)], np.float32)
