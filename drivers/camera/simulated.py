"""A camera without hardware: what it looks at, what is wrong with it, and its controls.

It looks at a still that sways, at an empty room, or at somebody (`drivers.camera.presented`);
a sensor (`drivers.camera.sensor`) exposes that, so that no two frames are the same.
"""

import threading
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import (
    CameraMissing,
    CameraSwapped,
    CameraUncontrolled,
    Capabilities,
    Frame,
    Picture,
)
from drivers.camera.inspection import Inspection
from drivers.camera.loopback import LEAST, MOST
from drivers.camera.sensor import FRAMES_PER_S, Light, Sensor
from drivers.camera.standing import Standing
from drivers.health import DeviceStatus

WIDTH, HEIGHT = 1280, 720
_SMALL: Final = (640, 480)
_RIM_PX, _RIM = 8, 90
"""Of the tray: its width, and its grey level."""


class Fault(StrEnum):
    """What can be wrong with a camera."""

    NONE = "none"
    BLANK = "blank"
    """Black."""
    FROZEN = "frozen"
    UNPLUGGED = "unplugged"
    STALLED = "stalled"
    """Connected, and no frame comes."""
    SLOW = "slow"
    """Five frames a second."""
    SMALL = "small"
    """640 x 480."""
    DRIFTING = "drifting"
    """Exposure and white balance wander, locked or not."""
    ROLLING = "rolling"
    """Bright and dark bands roll through the picture: a lamp's flicker, sampled by lines."""


class Somebody(Protocol):
    """Who or what stands before the camera and moves."""

    def at(self, seconds: float) -> tuple[Picture, Light | None]:
        """Return the picture at that time, in the light of the room, and the screen's light."""


def tray() -> Picture:
    """Return the tray without a card: dark, lit a little more at one side, with a light rim."""
    shade = np.full((HEIGHT, WIDTH), _RIM, np.uint8)
    inner = slice(_RIM_PX, -_RIM_PX)
    shade[inner, inner] = np.linspace(34, 46, WIDTH - 2 * _RIM_PX, dtype=np.uint8)
    return np.repeat(shade[:, :, None], 3, axis=2)


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


class Still:
    """A picture, as large as the camera's, that sways like a person standing."""

    def __init__(
        self,
        still: Picture | None,
        *,
        sway_px: float,
        under: Sequence[Picture] = (),
        light: Callable[[], int | None] = lambda: None,
    ) -> None:
        """Show a still, or an empty grey room.

        Args:
            still: in the light that is always there.
            sway_px: how far it sways.
            under: the same under each switched light; where one lacks, `still`.
            light: which switched light shines now.
        """
        empty = np.linspace(70, 110, WIDTH, dtype=np.uint8)
        room = np.repeat(np.tile(empty, (HEIGHT, 1))[:, :, None], 3, axis=2)
        self._still = room if still is None else fitted(still)
        self._under = [fitted(picture) for picture in under]
        self._sway_px = sway_px
        self._light = light

    def which(self) -> int | None:
        """Return which of its pictures is seen now, if nothing in it moves."""
        on = self._light()
        shown = -1 if on is None or on >= len(self._under) else on
        return None if self._sway_px else shown

    def at(self, seconds: float) -> tuple[Picture, Light | None]:
        """Return the picture at that time; the screen's light does not reach it."""
        on = self._light()
        still = self._still if on is None or on >= len(self._under) else self._under[on]
        if not self._sway_px:
            return still, None
        across = self._sway_px * np.sin(seconds * 0.9)
        down = self._sway_px * 0.4 * np.sin(seconds * 0.6)
        move = np.array([[1, 0, across], [0, 1, down]], np.float32)
        size = (WIDTH, HEIGHT)
        moved = cv2.warpAffine(still, move, size, borderMode=cv2.BORDER_REPLICATE)
        return moved.astype(np.uint8, copy=False), None


class Scene:
    """What a simulated camera looks at, as a function of time, and the camera's own state."""

    def __init__(self, *, seed: int = 1, serial: str = "SIM0001", follows: bool = True) -> None:
        """Look at an empty room.

        Args:
            seed: of the sensor's noise.
            serial: the camera's number.
            follows: has automatic exposure and white balance, and lets them be locked.
        """
        self.sensor = Sensor(seed=seed, follows=follows)
        self.serial = serial
        self._fault = Fault.NONE
        self.connections_ended = 0
        """A viewer of before is let go when this has changed."""
        self._sees: Somebody = Still(None, sway_px=0)
        self._frozen: Picture | None = None
        self._drawing = threading.Lock()
        """A picture drawn of the one before would be what the camera is used to."""

    @property
    def fault(self) -> Fault:
        """What is wrong with the camera."""
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        if Fault.SMALL in {fault, self._fault}:
            # No stream changes its size on the way.
            self.disconnect()
        self._fault = fault

    def look_at(self, somebody: Somebody) -> None:
        """Look at somebody else; the camera is used to their light at once."""
        with self._drawing:
            self._sees = somebody
            self.sensor.begin()

    def swap(self, serial: str) -> None:
        """Put another camera in this one's place: the connection ends, and its state is new."""
        self.serial = serial
        self.disconnect()

    def disconnect(self) -> None:
        """End the connection; the camera can be opened again at once."""
        self.connections_ended += 1
        self.lock(on=False)

    def lock(self, *, on: bool) -> None:
        """Hold exposure and white balance, or let them follow."""
        self.sensor.locked, self.sensor.factor = on, 1.0

    def expose(self, factor: float) -> None:
        """Set the exposure over the locked one.

        Raises:
            CameraUncontrolled: not locked, or farther than it goes.
        """
        if not self.sensor.locked or not LEAST <= factor <= MOST:
            raise CameraUncontrolled("not locked, or farther than it goes")
        self.sensor.factor = factor

    def steady(self) -> tuple[int, int] | None:
        """Name what is seen while only the sensor's noise changes; None while more does."""
        sees = self._sees
        which = sees.which() if isinstance(sees, Still) else None
        if which is None or self._fault is not Fault.NONE or not self.sensor.steady:
            return None
        return id(sees), which

    def at(self, seconds: float) -> Picture:
        """Return the picture at that time, on a clock that runs forward.

        Raises:
            CameraMissing: unplugged.
        """
        if self.fault is Fault.UNPLUGGED:
            raise CameraMissing("unplugged")
        if self.fault is Fault.BLANK:
            return np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        if self.fault is Fault.FROZEN and self._frozen is not None:
            return self._frozen
        drift = 0.25 * np.sin(seconds * 0.8) if self.fault is Fault.DRIFTING else 0.0
        with self._drawing:
            picture, light = self._sees.at(seconds)
            self._frozen = self.sensor.expose(picture, light, seconds, drift=drift)
        if self.fault is Fault.ROLLING:
            return _rolled(self._frozen, seconds)
        if self.fault is Fault.SMALL:
            return cv2.resize(self._frozen, _SMALL).astype(np.uint8, copy=False)
        return self._frozen


def _rolled(picture: Picture, seconds: float) -> Picture:
    """Lay bands over a picture as a lamp of 100 Hz does, seen line by line."""
    lines = np.arange(HEIGHT)[:, None, None] / HEIGHT
    gain: NDArray[np.float64] = 1 + 0.3 * np.sin(2 * np.pi * (1.7 * lines + 7 * seconds))
    return np.clip(picture * gain, 0, 255).astype(np.uint8)


class SimulatedCamera:
    """A scene in the same process, as fast as it is read."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._inspection = Inspection(Capabilities())
        self._standing = Standing()
        self._identity = ""
        self._connection = -1
        self._count = 0

    @property
    def capabilities(self) -> Capabilities:
        """What the camera is asked for; what it lets be controlled shows at the first frame."""
        return Capabilities(controls_exposure=bool(self._identity))

    @property
    def identity(self) -> str:
        """Which device this is; empty before the first frame."""
        return self._identity

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._standing.watch(on_event)

    def read(self) -> Frame:
        """Return the next frame.

        Raises:
            DeviceError: there is none that counts; `code` says why (camera.*).
        """
        with self._standing.reading():
            self._connect()
            asked_ns = time.monotonic_ns()
            self._count += 1
            frame = Frame(self._scene.at(self._count / FRAMES_PER_S).copy(), time.monotonic_ns())
            # The time a picture takes to be drawn says nothing about a camera.
            self._inspection.check(frame.picture, asked_ns=asked_ns, got_ns=asked_ns)
            return frame

    def lock(self, *, on: bool) -> None:
        """Hold exposure and white balance where they are now, or let them follow the light.

        Raises:
            CameraMissing: unplugged.
        """
        self._connect()
        self._scene.lock(on=on)

    def expose(self, factor: float) -> None:
        """Set the exposure to so many times what it was locked at.

        Raises:
            CameraUncontrolled: not locked, or farther than it goes.
            CameraMissing: unplugged.
        """
        self._connect()
        self._scene.expose(factor)

    def close(self) -> None:
        """Let the scene go."""
        self._connection = -1

    def _connect(self) -> None:
        """Open the camera if it is not open; it is let go when it is away or another."""
        scene = self._scene
        if scene.fault in {Fault.UNPLUGGED, Fault.STALLED}:
            self.close()
            raise CameraMissing("unplugged, or no frame comes")
        if self._connection == scene.connections_ended:
            return
        if self._identity and self._identity != f"simulated {scene.serial}":
            raise CameraSwapped("another camera is there now")
        self._identity = f"simulated {scene.serial}"
        self._connection = scene.connections_ended
        self._inspection = Inspection(Capabilities())
        scene.lock(on=False)
