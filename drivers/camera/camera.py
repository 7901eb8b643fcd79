"""What any camera must do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from drivers.errors import DeviceFaulty, DeviceMissing
from drivers.health import DeviceStatus

Picture = NDArray[np.uint8]
"""Rows, columns, blue-green-red; 0 black to 255 white."""


class CameraMissing(DeviceMissing):
    """Not plugged in, or gives no frames."""

    code = "camera.missing"


class CameraSwapped(DeviceMissing):
    """Another camera is in the place of the one that was there."""

    code = "camera.changed"


class CameraVirtual(DeviceMissing):
    """A program that poses as a camera is in its place."""

    code = "camera.virtual"


class CameraBlank(DeviceFaulty):
    """Gives frames without content."""

    code = "camera.blank"


class CameraFrozen(DeviceFaulty):
    """Repeats one frame."""

    code = "camera.frozen"


class CameraWrongSize(DeviceFaulty):
    """Gives pictures of another size than it was asked for."""

    code = "camera.wrong_size"


class CameraSlow(DeviceFaulty):
    """Gives too few frames."""

    code = "camera.slow"


class CameraUnsteady(DeviceFaulty):
    """Its exposure jumps from frame to frame, or rolls through the picture."""

    code = "camera.unsteady"


class CameraUncontrolled(DeviceFaulty):
    """Does not do what it was told about exposure or white balance."""

    code = "camera.uncontrolled"


@dataclass(frozen=True, slots=True, repr=False)
class Frame:
    """One picture and when it was taken."""

    picture: Picture
    """The reader's own: it may be overwritten."""
    taken_ns: int
    """Monotonic clock."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a camera is asked for, and whether it lets itself be controlled."""

    width_px: int = 1280
    height_px: int = 720
    frames_per_s: int = 30
    controls_exposure: bool = False
    """Exposure and white balance can be locked, and the exposure set."""


class Camera(Protocol):
    """One camera; one thread at a time."""

    @property
    def capabilities(self) -> Capabilities:
        """What the camera is asked for; what it lets be controlled shows at the first frame."""

    @property
    def identity(self) -> str:
        """Which device this is; empty before the first frame. Never another afterwards."""

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change.

        What a camera is shows when it is read: later calls come from within `read`,
        on the reader's thread.
        """

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceError: there is none that counts; `code` says why (camera.*).
        """

    def lock(self, *, on: bool) -> None:
        """Hold exposure and white balance where they are now, or let them follow the light.

        A frame exposed after the return is taken so: the first few to be read may be older.
        A camera that was lost comes back following the light.

        Raises:
            CameraUncontrolled: it does not, or cannot (`Capabilities.controls_exposure`).
            CameraMissing: not plugged in.
        """

    def expose(self, factor: float) -> None:
        """Set the exposure to so many times what it was locked at; 1.0 is that again.

        Raises:
            CameraUncontrolled: not locked, or it does not.
            CameraMissing: not plugged in.
        """

    def close(self) -> None:
        """Let the device go."""
