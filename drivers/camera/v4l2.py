"""A camera behind OpenCV: a V4L2 device, or the same frames over loopback HTTP."""

import time
from collections.abc import Callable
from typing import cast

import cv2

from drivers.camera.camera import CameraMissing, Capabilities, Frame, Picture
from drivers.camera.liveliness import Liveliness
from drivers.camera.standing import Standing
from drivers.health import DeviceStatus

_TIMEOUT_MS = 2_000


class OpencvCamera:
    """One camera; it is opened when it is read and again after it was lost."""

    def __init__(self, source: str) -> None:
        """Name a device (``/dev/video0``) or an address (``http://127.0.0.1…``)."""
        self._source = source
        self._capture: cv2.VideoCapture | None = None
        self._liveliness = Liveliness()
        self._standing = Standing()

    @property
    def capabilities(self) -> Capabilities:
        """What the camera is asked for."""
        return Capabilities()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._standing.watch(on_event)

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceError: there is none: missing, blank or frozen (camera.*).
        """
        with self._standing.reading():
            frame = Frame(self._picture(), time.monotonic_ns())
            self._liveliness.check(frame.picture)
            return frame

    def close(self) -> None:
        """Let the device go."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None
        self._liveliness = Liveliness()

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
            capture = self._connect()
            if not capture.isOpened():
                raise CameraMissing("cannot be opened")
            self._capture = capture
        return self._capture

    def _connect(self) -> cv2.VideoCapture:
        if self._source.startswith("http://"):
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _TIMEOUT_MS]
            limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, _TIMEOUT_MS]
            return cv2.VideoCapture(self._source, cv2.CAP_FFMPEG, limits)
        wanted = self.capabilities
        capture = cv2.VideoCapture(self._source, cv2.CAP_V4L2)
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height_px)
        capture.set(cv2.CAP_PROP_FPS, wanted.frames_per_s)
        return capture
