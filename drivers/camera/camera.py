"""What any camera must do."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from drivers.errors import DeviceFaulty, DeviceMissing

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
    taken_ns: int
    """Monotonic clock."""


class Camera(Protocol):
    """One camera; one thread at a time."""

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceError: there is none: missing, blank or frozen (camera.*).
        """

    def close(self) -> None:
        """Let the device go."""
