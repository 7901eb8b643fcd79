"""The vision process itself: orders in, hints and pictures out.

Threads: one per camera reads frames and looks at them; the main thread takes orders.
One lock guards the session's state; embeddings are another process's work.

Rule 1: after `Forget` nothing of the session is held, and what was held is overwritten.
Rule 2: what is seen is said under the lock, so nothing of a session follows `VisionForgot`.
Rule 3: a frame is overwritten once it was looked at.
"""

import threading
from collections.abc import Callable
from math import ceil
from multiprocessing.connection import Connection

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Camera as CameraDevice
from drivers.camera.camera import Frame, Picture
from drivers.errors import DeviceError, DeviceFaulty
from drivers.health import DeviceStatus, Health
from kiosk.document.watching import News, Watch
from kiosk.face.guidance import Guide, Guided
from kiosk.face.match import Band, Match
from kiosk.vision.faces import FaceFinder, decoded
from kiosk.vision.look import Looker
from kiosk.vision.preview import PreviewWriter
from wire.document import CardHint, CopyCheck, Form, PrintRead
from wire.framing import encode
from wire.message import DeviceState
from wire.vision import (
    Camera,
    CameraChanged,
    Compare,
    Compared,
    Comparison,
    DocumentHint,
    FaceHint,
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
DOCUMENT_EVERY = 4
"""The card is looked at seven times a second."""
RETRY_S = 0.5
CLOSE_S = 1.0
_SAYS = {
    Band.MATCH: Comparison.SUPPORTS,
    Band.LIKELY: Comparison.LIKELY,
    Band.REFER: Comparison.UNCLEAR,
}
_PHOTO = [cv2.IMWRITE_JPEG_QUALITY, 92]

Embed = Callable[[Picture], NDArray[np.float64]]
Judge = Callable[[NDArray[np.float64], NDArray[np.float64]], Match]
ReadPrint = Callable[[Picture], PrintRead | CardHint]
CheckCopy = Callable[[CameraDevice], CopyCheck]


class Vision:
    """Both cameras and what is seen through them."""

    def __init__(
        self,
        *,
        cameras: dict[Camera, CameraDevice],
        preview: PreviewWriter,
        embed: Embed,
        judge: Judge,
        looker: Callable[[], Looker],
        read_print: ReadPrint,
        check_copy: CheckCopy,
        channel: Connection,
    ) -> None:
        """Start to read both cameras; nothing is looked at before an order.

        Args:
            cameras: owned from now on.
            preview: the preview memory.
            embed: face chip to descriptor, in another process.
            judge: two descriptors to what the local pre-check says.
            looker: makes one for each citizen.
            read_print: a still of the document camera to its print.
            check_copy: takes stills of its own from that camera.
            channel: to the engine.
        """
        self._preview = preview
        self._embed = embed
        self._judge = judge
        self._new_looker = looker
        self._read_print = read_print
        self._check_copy = check_copy
        self._cameras = cameras
        self._channel = channel
        self._sending = threading.Lock()
        self._state = threading.Lock()
        self._guided: tuple[Guide, Looker] | None = None
        self._best: Picture | None = None
        """The best frame of the countdown."""
        self._seconds_told = 0
        self._watch: Watch | None = None
        self._photo: Picture | None = None
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._follow, args=(camera, device), name=camera, daemon=True)
            for camera, device in cameras.items()
        ]
        for thread in self._threads:
            thread.start()

    def obey(self, order: ToVision) -> None:
        """Carry out one order."""
        match order:
            case StartFace():
                with self._state:
                    self._guided = Guide(), self._new_looker()
            case StopFace():
                with self._state:
                    self._guided = None
                    self._drop_best()
                    self._preview.zero()
            case WatchDocument():
                with self._state:
                    self._watch = Watch()
            case UnwatchDocument():
                with self._state:
                    self._watch = None
            case Compare(portrait=portrait):
                self.say(self._compare(portrait))
            case Forget():
                self._forget()
                self.say(VisionForgot())

    def close(self) -> None:
        """Let the cameras go; one whose driver hangs is left to the end of the process."""
        self._closing.set()
        for thread in self._threads:
            thread.join(CLOSE_S)

    def say(self, message: FromVision) -> None:
        """Tell the engine."""
        with self._sending:
            self._channel.send_bytes(encode(message))

    def _forget(self) -> None:
        with self._state:
            self._guided = self._watch = None
            self._drop_best()
            self._drop_photo()
            self._preview.zero()

    def _drop_best(self) -> None:
        if self._best is not None:
            self._best[:] = 0
            self._best = None

    def _drop_photo(self) -> None:
        if self._photo is not None:
            self._photo[:] = 0
            self._photo = None

    def _follow(self, camera: Camera, device: CameraDevice) -> None:
        """Read one camera until the end; say whenever its health changes."""
        look = self._look_at_face if camera is Camera.FACE else self._look_at_document
        device.watch(lambda status: self._report(camera, status))
        count = 0
        while not self._closing.is_set():
            try:
                frame = device.read()
            except DeviceFaulty:
                continue
            except DeviceError:
                self._closing.wait(RETRY_S)
                continue
            look(frame, count)
            frame.picture[:] = 0
            count += 1
        device.close()

    def _report(self, camera: Camera, status: DeviceStatus) -> None:
        # A camera that was not read yet is no news: the engine knows that we start.
        if status.health is not Health.STARTING:
            self.say(CameraChanged(camera, DeviceState(status.health), status.code))

    def _look_at_face(self, frame: Frame, count: int) -> None:
        with self._state:
            guided = self._guided
            if guided is not None:
                self._preview.write(frame)
        if guided is None or count % LOOK_EVERY:
            return
        guide, looker = guided
        seen = looker.see(frame.picture)
        with self._state:
            # Stopped, or begun anew for somebody else, while we looked?
            if self._guided is guided:
                self._tell(guide.see(seen, frame.taken_ns / 1e9), frame.picture)

    def _tell(self, guided: Guided, picture: Picture) -> None:
        if guided.drop or guided.keep:
            self._drop_best()
        if guided.keep:
            self._best = picture.copy()
        if guided.left_s is not None:
            self._say_left(ceil(guided.left_s))
        if guided.show is not None:
            self._seconds_told = 0
            self.say(Hint(guided.show))
        if guided.take and self._best is not None:
            self._guided = None
            self._drop_photo()
            self._photo, self._best = self._best, None
            _, jpeg = cv2.imencode(".jpg", self._photo, _PHOTO)
            self.say(Photo(jpeg.tobytes()))

    def _say_left(self, seconds: int) -> None:
        """Count down aloud, each second once."""
        if seconds != self._seconds_told:
            self._seconds_told = seconds
            self.say(Hint(FaceHint.HOLD_STILL, seconds))

    def _look_at_document(self, frame: Frame, count: int) -> None:
        watch = self._watch
        if watch is None or count % DOCUMENT_EVERY:
            return
        seen = self._read_print(frame.picture)
        for news in watch.see(seen, frame.taken_ns / 1e9):
            message = self._message(news)
            with self._state:
                # Stopped, or begun anew for somebody else, while we looked?
                if self._watch is watch:
                    self.say(message)

    def _message(self, news: News) -> FromVision:
        """Return what the engine is told; a card of today's form is looked at for a copy first."""
        if isinstance(news, CardHint):
            return DocumentHint(news)
        if isinstance(news, PrintRead) and news.form is Form.FORM_2018:
            made = self._check_copy(self._cameras[Camera.DOCUMENT])
            return msgspec.structs.replace(news, copy_check=made)
        return news

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
            return Compared(Comparison.NO_FACE_ON_CHIP)
        if live is None:
            return Compared(Comparison.UNCLEAR)
        match = self._judge(self._embed(on_chip), self._embed(live))
        return Compared(
            _SAYS[match.band], match.distance, match.ratio, match.log10_likelihood_ratio
        )
