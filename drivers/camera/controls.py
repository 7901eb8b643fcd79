"""Exposure and white balance of a V4L2 camera, by the properties that OpenCV hands through.

Every value set is read back: a driver may refuse, round, or say yes and do nothing.

Source: Linux, Documentation/userspace-api/media/v4l/ext-ctrls-camera.rst
(V4L2_CID_EXPOSURE_AUTO: 0 automatic, 1 manual, 3 aperture priority, which is what USB
cameras call automatic; V4L2_CID_EXPOSURE_ABSOLUTE: 100 µs).
"""

from typing import Final, Protocol

import cv2

from drivers.camera.camera import CameraUncontrolled

AUTOMATIC: Final = (3.0, 0.0)
MANUAL: Final = 1.0
TOLERANCE: Final = 0.1
"""How far an exposure that was read back may be from the one set: drivers round."""


class Controls(Protocol):
    """Exposure and white balance of one open camera."""

    def lock(self, *, on: bool) -> None:
        """Hold them where they are, or let them follow the light.

        Raises:
            DeviceError: it does not.
        """

    def expose(self, factor: float) -> None:
        """Set the exposure to so many times what it was locked at.

        Raises:
            DeviceError: not locked, or it does not.
        """


class Properties(Protocol):
    """The part of `cv2.VideoCapture` that is needed here."""

    def get(self, propId: int) -> float:  # noqa: N803  (OpenCV's name)
        """Return a property; what it is without one is the driver's secret."""

    def set(self, propId: int, value: float) -> bool:  # noqa: N803  (OpenCV's name)
        """Set a property; false if there is none."""


class CaptureControls:
    """The controls behind a capture."""

    def __init__(self, capture: Properties) -> None:
        """Let exposure and white balance follow the light, whatever was left behind.

        Raises:
            CameraUncontrolled: the camera has no such controls.
        """
        self._capture = capture
        self._locked_at: float | None = None
        self.lock(on=False)

    def lock(self, *, on: bool) -> None:
        """Hold both where they are, or let them follow the light.

        Raises:
            CameraUncontrolled: the camera does not.
        """
        self._locked_at = None
        if not on:
            self._become(cv2.CAP_PROP_AUTO_EXPOSURE, *AUTOMATIC)
            self._become(cv2.CAP_PROP_AUTO_WB, 1.0)
            return
        exposure = self._capture.get(cv2.CAP_PROP_EXPOSURE)
        temperature = self._capture.get(cv2.CAP_PROP_WB_TEMPERATURE)
        if exposure <= 0:
            raise CameraUncontrolled("the camera does not say its exposure")
        self._become(cv2.CAP_PROP_AUTO_EXPOSURE, MANUAL)
        self._expose(exposure)
        self._become(cv2.CAP_PROP_AUTO_WB, 0.0)
        if temperature > 0:
            self._become(cv2.CAP_PROP_WB_TEMPERATURE, temperature)
        self._locked_at = exposure

    def expose(self, factor: float) -> None:
        """Set the exposure to so many times what it was locked at.

        Raises:
            CameraUncontrolled: not locked, or the camera does not.
        """
        if self._locked_at is None:
            raise CameraUncontrolled("the exposure is not locked")
        self._expose(self._locked_at * factor)

    def _expose(self, wanted: float) -> None:
        took = self._capture.set(cv2.CAP_PROP_EXPOSURE, max(1.0, round(wanted)))
        got = self._capture.get(cv2.CAP_PROP_EXPOSURE)
        if not took or abs(got - wanted) > TOLERANCE * wanted:
            raise CameraUncontrolled("the exposure is not the one that was set")

    def _become(self, control: int, *values: float) -> None:
        """Set a control to the first of the values that the camera takes."""
        for value in values:
            if self._capture.set(control, value) and self._capture.get(control) == value:
                return
        raise CameraUncontrolled("a control is not where it was set")
