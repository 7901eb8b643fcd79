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


class CameraBlank(DeviceFaulty):
    """Gives frames without content."""

    code = "camera.blank"


class CameraFrozen(DeviceFaulty):
    """Repeats one frame."""

    code = "camera.frozen"


@dataclass(frozen=True, slots=True, repr=False)
class Frame:
    """One picture and when it was taken."""

    picture: Picture
    """The reader's own: it may be overwritten."""
    taken_ns: int
    """Monotonic clock."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a camera is asked for; one that gives another size is used all the same."""

    width_px: int = 1280
    height_px: int = 720
    frames_per_s: int = 30


class Camera(Protocol):
    """One camera; one thread at a time."""

    @property
    def capabilities(self) -> Capabilities:
        """What the camera is asked for."""

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change.

        What a camera is shows when it is read: later calls come from within `read`,
        on the reader's thread.
        """

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceError: there is none: missing, blank or frozen (camera.*).
        """

    def close(self) -> None:
        """Let the device go."""
