"""A camera without hardware: a still that sways and flickers like a person standing.

Each frame is a small affine move, a change of light and sensor noise over one still,
so that no two are the same; faults are set from outside.
"""

import time
from collections.abc import Callable, Sequence
from enum import StrEnum

import cv2
import numpy as np

from drivers.camera.camera import CameraMissing, Capabilities, Frame, Picture
from drivers.camera.liveliness import Liveliness
from drivers.camera.standing import Standing
from drivers.health import DeviceStatus

WIDTH, HEIGHT = 1280, 720
_NOISE_VARIANTS = 8


class Fault(StrEnum):
    """What can be wrong with a camera."""

    NONE = "none"
    BLANK = "blank"
    FROZEN = "frozen"
    UNPLUGGED = "unplugged"


def fitted(still: Picture) -> Picture:
    """Return `still` scaled to cover 1280 x 720 and cropped around its centre."""
    height, width = still.shape[:2]
    scale = max(WIDTH / width, HEIGHT / height)
    size = (max(WIDTH, round(width * scale)), max(HEIGHT, round(height * scale)))
    covered = cv2.resize(
        still, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    )
    top, left = (size[1] - HEIGHT) // 2, (size[0] - WIDTH) // 2
    picture: Picture = np.ascontiguousarray(covered[top : top + HEIGHT, left : left + WIDTH])
    return picture


class Scene:
    """What a simulated camera looks at, as a function of time."""

    def __init__(self, *, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        self._noise = [
            random.normal(0, 2, (HEIGHT, WIDTH, 1)).astype(np.int8) for _ in range(_NOISE_VARIANTS)
        ]
        self._still = np.full((HEIGHT, WIDTH, 3), 60, np.uint8)
        self._under: list[Picture] = []
        self._sway_px = 0.0
        self.light: Callable[[], int | None] = lambda: None
        """Which switched light shines now."""
        self.fault = Fault.NONE
        self._frozen: Picture | None = None

    def show(self, still: Picture | None, *, sway_px: float, under: Sequence[Picture] = ()) -> None:
        """Look at a still, or at an empty grey room.

        Args:
            still: in the light that is always there.
            sway_px: how far it sways.
            under: the same under each switched light; where one lacks, `still`.
        """
        empty = np.linspace(70, 110, WIDTH, dtype=np.uint8)
        room = np.repeat(np.tile(empty, (HEIGHT, 1))[:, :, None], 3, axis=2)
        self._still = room if still is None else fitted(still)
        self._under = [fitted(picture) for picture in under]
        self._sway_px = sway_px

    def at(self, seconds: float) -> Picture:
        """Return the picture at that time.

        Raises:
            CameraMissing: unplugged.
        """
        if self.fault is Fault.UNPLUGGED:
            raise CameraMissing("unplugged")
        if self.fault is Fault.BLANK:
            return np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        if self.fault is Fault.FROZEN and self._frozen is not None:
            return self._frozen
        move = np.array(
            [
                [1, 0, self._sway_px * np.sin(seconds * 0.9)],
                [0, 1, self._sway_px * 0.4 * np.sin(seconds * 0.6)],
            ],
            np.float32,
        )
        size = (WIDTH, HEIGHT)
        on = self.light()
        still = self._still if on is None or on >= len(self._under) else self._under[on]
        moved = cv2.warpAffine(still, move, size, borderMode=cv2.BORDER_REPLICATE)
        light = 1 + 0.02 * np.sin(seconds * 2.1)
        noise = self._noise[int(seconds * 30) % _NOISE_VARIANTS]
        lit = cv2.convertScaleAbs(moved, alpha=light)
        self._frozen = np.clip(lit.astype(np.int16) + noise, 0, 255).astype(np.uint8)
        return self._frozen


class SimulatedCamera:
    """A scene in the same process, as fast as it is read."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._liveliness = Liveliness()
        self._standing = Standing()
        self._count = 0

    @property
    def capabilities(self) -> Capabilities:
        """What the camera is asked for."""
        return Capabilities()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._standing.watch(on_event)

    def read(self) -> Frame:
        """Return the next frame.

        Raises:
            DeviceError: there is none: missing, blank or frozen (camera.*).
        """
        with self._standing.reading():
            self._count += 1
            picture = self._scene.at(self._count / 30).copy()
            self._liveliness.check(picture)
            return Frame(picture, time.monotonic_ns())

    def close(self) -> None:
        """Let the scene go."""
        self._liveliness = Liveliness()
