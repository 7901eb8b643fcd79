"""The vision process itself: orders in, hints and pictures out.

Threads: one per camera reads frames and looks at them; the main thread takes orders.
One lock guards the session's state; embeddings are another process's work.
Rule: after `Forget` nothing of the session is held, and what was held is overwritten.
"""

import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Camera as CameraDevice
from drivers.camera.camera import Frame, Picture
from drivers.errors import DeviceError, DeviceFaulty
from kiosk.document.generations import Steady, layout
from kiosk.face.framing import Guide, hint_for
from kiosk.face.verdict import verdict
from kiosk.vision import card_finder
from kiosk.vision.faces import FaceFinder, decoded
from kiosk.vision.preview import PreviewWriter
from wire.framing import encode
from wire.message import DeviceState
from wire.vision import (
    Camera,
    CameraChanged,
    Compare,
    Compared,
    Comparison,
    DocumentSeen,
    Forget,
    FromVision,
    Hint,
    Photo,
    StartFace,
    StopFace,
    ToVision,
    UnwatchDocument,
    VisionForgot,
    WatchDocument,
)

LOOK_EVERY = 3
"""Faces are looked for in each third frame: ten times a second."""
DOCUMENT_EVERY = 8
RETRY_S = 0.5
_PHOTO = [cv2.IMWRITE_JPEG_QUALITY, 92]

Embed = Callable[[Picture], NDArray[np.float64]]


class Vision:
    """Both cameras and what is seen through them."""

    def __init__(
        self,
        *,
        cameras: dict[Camera, CameraDevice],
        preview: PreviewWriter,
        embed: Embed,
        channel: Connection,
    ) -> None:
        """Start to read both cameras; nothing is looked at before an order.

        Args:
            cameras: owned from now on.
            preview: the preview memory.
            embed: face chip to descriptor, in another process.
            channel: to the engine.
        """
        self._preview = preview
        self._embed = embed
        self._channel = channel
        self._sending = threading.Lock()
        self._state = threading.Lock()
        self._guide: Guide | None = None
        self._steady: Steady | None = None
        self._photo: Picture | None = None
        self._states: dict[Camera, tuple[DeviceState, str]] = {}
        self._finders = {camera: FaceFinder() for camera in cameras}
        for camera, device in cameras.items():
            threading.Thread(
                target=self._follow, args=(camera, device), name=camera, daemon=True
            ).start()

    def obey(self, order: ToVision) -> None:
        """Carry out one order."""
        match order:
            case StartFace():
                with self._state:
                    self._guide = Guide()
            case StopFace():
                with self._state:
                    self._guide = None
                    self._preview.zero()
            case WatchDocument():
                with self._state:
                    self._steady = Steady()
            case UnwatchDocument():
                with self._state:
                    self._steady = None
            case Compare(portrait=portrait):
                self.say(self._compare(portrait))
            case Forget():
                self._forget()
                self.say(VisionForgot())

    def say(self, message: FromVision) -> None:
        """Tell the engine."""
        with self._sending:
            self._channel.send_bytes(encode(message))

    def _forget(self) -> None:
        with self._state:
            self._guide = self._steady = None
            self._drop_photo()
            self._preview.zero()

    def _drop_photo(self) -> None:
        if self._photo is not None:
            self._photo[:] = 0
            self._photo = None

    def _follow(self, camera: Camera, device: CameraDevice) -> None:
        """Read one camera for ever; say whenever its health changes."""
        look = self._look_at_face if camera is Camera.FACE else self._look_at_document
        count = 0
        while True:
            try:
                frame = device.read()
            except DeviceError as error:
                faulty = isinstance(error, DeviceFaulty)
                self._report(
                    camera, DeviceState.FAULTY if faulty else DeviceState.MISSING, error.code
                )
                if not faulty:
                    time.sleep(RETRY_S)
                continue
            self._report(camera, DeviceState.READY, "")
            look(frame, count)
            count += 1

    def _report(self, camera: Camera, state: DeviceState, code: str) -> None:
        if self._states.get(camera) != (state, code):
            self._states[camera] = (state, code)
            self.say(CameraChanged(camera, state, code))

    def _look_at_face(self, frame: Frame, count: int) -> None:
        with self._state:
            guide = self._guide
            if guide is not None:
                self._preview.write(frame)
        if guide is None or count % LOOK_EVERY:
            return
        height, width = frame.picture.shape[:2]
        hint = hint_for(self._finders[Camera.FACE].boxes(frame.picture), width=width, height=height)
        with self._state:
            if self._guide is not guide:
                # Stopped, or begun anew for somebody else, while we looked.
                return
            guided = guide.see(hint, frame.taken_ns / 1e9)
            if guided.take:
                self._guide = None
                self._drop_photo()
                self._photo = frame.picture.copy()
        if guided.show is not None:
            self.say(Hint(guided.show))
        if guided.take:
            _, jpeg = cv2.imencode(".jpg", frame.picture, _PHOTO)
            self.say(Photo(jpeg.tobytes()))

    def _look_at_document(self, frame: Frame, count: int) -> None:
        if self._steady is None or count % DOCUMENT_EVERY:
            return
        seen = layout(card_finder.find(frame.picture, self._finders[Camera.DOCUMENT]))
        with self._state:
            report = self._steady.see(seen) if self._steady is not None else None
        if report is not None:
            self.say(DocumentSeen(report))

    def _compare(self, portrait: bytes) -> Compared:
        """Compare a chip's portrait with the photograph; what was cut out is overwritten."""
        finder = FaceFinder()
        picture = decoded(portrait)
        on_chip = None if picture is None else finder.chip(picture)
        with self._state:
            live = None if self._photo is None else finder.chip(self._photo)
        try:
            return self._judged(on_chip, live)
        finally:
            for held in (picture, on_chip, live):
                if held is not None:
                    held[:] = 0

    def _judged(self, on_chip: Picture | None, live: Picture | None) -> Compared:
        if on_chip is None:
            return Compared(Comparison.NO_FACE_ON_CHIP, 0.0)
        if live is None:
            return Compared(Comparison.UNCLEAR, 0.0)
        distance = float(np.linalg.norm(self._embed(on_chip) - self._embed(live)))
        return Compared(verdict(distance), distance)
