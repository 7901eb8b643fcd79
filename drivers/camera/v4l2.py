"""A camera behind OpenCV: a V4L2 device, or the same frames over loopback HTTP.

The first device found stays the device: another one in its place is a fault, not a
replacement, for whoever swaps a camera can feed it.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

# A read that hangs ends after 2 s instead of 10; OpenCV looks here when it opens a device.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")

import cv2

from drivers.camera import identity
from drivers.camera.camera import (
    CameraMissing,
    CameraSwapped,
    CameraUncontrolled,
    CameraVirtual,
    Capabilities,
    Frame,
    Picture,
)
from drivers.camera.controls import CaptureControls, Controls
from drivers.camera.inspection import Inspection
from drivers.camera.loopback import LoopbackControls, matched
from drivers.camera.standing import Standing
from drivers.health import DeviceStatus

_TIMEOUT_MS: Final = 2_000
_WANTED: Final = Capabilities()


class OpencvCamera:
    """One camera; it is opened when it is read and again after it was lost."""

    def __init__(
        self,
        source: str,
        *,
        known_as: str = "",
        allow_virtual: bool = False,
        cameras: Path = identity.CAMERAS,
    ) -> None:
        """Name a camera; nothing is opened yet.

        Args:
            source: a device (``/dev/v4l/by-path/…``) or an address of this machine
                (``http://127.0.0.1:PORT/NAME``).
            known_as: the `identity` it must have; the first one found if empty.
            allow_virtual: take a device that a program feeds.
            cameras: where the kernel tells of cameras.
        """
        self._source = source
        self._identity = known_as
        self._allow_virtual = allow_virtual
        self._cameras = cameras
        self._capture: cv2.VideoCapture | None = None
        self._controls: Controls | None = None
        self._inspection = Inspection(_WANTED)
        self._standing = Standing()

    @property
    def capabilities(self) -> Capabilities:
        """What the camera is asked for; what it lets be controlled shows at the first frame."""
        return Capabilities(controls_exposure=self._controls is not None)

    @property
    def identity(self) -> str:
        """Which device this is; empty before the first frame."""
        return self._identity

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._standing.watch(on_event)

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceError: there is none that counts; `code` says why (camera.*).
        """
        with self._standing.reading():
            asked_ns = time.monotonic_ns()
            frame = Frame(self._picture(), time.monotonic_ns())
            self._inspection.check(frame.picture, asked_ns=asked_ns, got_ns=frame.taken_ns)
            return frame

    def lock(self, *, on: bool) -> None:
        """Hold exposure and white balance where they are now, or let them follow the light.

        Raises:
            DeviceError: the camera does not, or is away (camera.*).
        """
        self._controlled().lock(on=on)

    def expose(self, factor: float) -> None:
        """Set the exposure to so many times what it was locked at.

        Raises:
            DeviceError: not locked, the camera does not, or is away (camera.*).
        """
        self._controlled().expose(factor)

    def close(self) -> None:
        """Let the device go."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None
        self._controls = None
        self._inspection = Inspection(_WANTED)

    def _controlled(self) -> Controls:
        self._open()
        if self._controls is None:
            raise CameraUncontrolled("the camera has no controls")
        return self._controls

    def _picture(self) -> Picture:
        try:
            got, picture = self._open().read()
        except cv2.error:
            self.close()
            # The cause names a file of OpenCV's own, and sizes; that says nothing here.
            raise CameraMissing("no frame: OpenCV failed") from None
        if not got:
            self.close()
            raise CameraMissing("no frame")
        return cast("Picture", picture)

    def _open(self) -> cv2.VideoCapture:
        if self._capture is None:
            over_http = self._source.startswith("http://")
            capture, found = self._address() if over_http else self._device()
            try:
                self._controls = self._found_controls(capture)
                if isinstance(self._controls, LoopbackControls):
                    found = f"{found} {self._controls.serial}"
                self._recognise(found)
            except BaseException:
                capture.release()
                self._controls = None
                raise
            self._capture = capture
        return self._capture

    def _recognise(self, found: str) -> None:
        if self._identity and found != self._identity:
            raise CameraSwapped("another camera is there now")
        self._identity = found

    def _found_controls(self, capture: cv2.VideoCapture) -> Controls | None:
        """Return the controls, which now let the camera follow the light; None without any."""
        try:
            if self._source.startswith("http://"):
                return LoopbackControls(self._source)
            return CaptureControls(capture)
        except CameraUncontrolled:
            return None

    def _address(self) -> tuple[cv2.VideoCapture, str]:
        """Open the stream at an address of this machine."""
        matched(self._source)
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _TIMEOUT_MS]
        limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, _TIMEOUT_MS]
        return _opened(cv2.VideoCapture(self._source, cv2.CAP_FFMPEG, limits)), self._source

    def _device(self) -> tuple[cv2.VideoCapture, str]:
        """Open the device, once it is known to be a camera."""
        device = identity.of(self._source, self._cameras)
        if device.virtual and not self._allow_virtual:
            raise CameraVirtual("a program poses as this camera")
        self._recognise(device.identity)
        capture = _opened(cv2.VideoCapture(self._source, cv2.CAP_V4L2))
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WANTED.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _WANTED.height_px)
        capture.set(cv2.CAP_PROP_FPS, _WANTED.frames_per_s)
        return capture, device.identity


def _opened(capture: cv2.VideoCapture) -> cv2.VideoCapture:
    if not capture.isOpened():
        raise CameraMissing("cannot be opened")
    return capture
