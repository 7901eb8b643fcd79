"""The vision process itself: orders in, hints and pictures out.

Threads: one per camera reads frames; one looks at the newest of the face camera's; the main
thread takes orders. One lock guards the session's state; embeddings are another process's
work. So no frame of the preview waits for a detector or a network.

Rule 1: after `Forget` nothing of the session is held, and what was held is overwritten.
Rule 2: what is seen is said under the lock, so nothing of a session follows `VisionForgot`.
Rule 3: a frame is overwritten once it was looked at.
Rule 4: locks are taken in this order: looking, following, state or new.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Camera as CameraDevice
from drivers.camera.camera import CameraUncontrolled, Frame, Picture
from drivers.card.portrait.decode import Decoder
from drivers.errors import DeviceError, DeviceFaulty
from drivers.health import DeviceStatus, Health
from kiosk.document.watching import News, Watch
from kiosk.face.match import Band, Match
from kiosk.vision.attempt import Attempt
from kiosk.vision.faces import FaceFinder, decoded
from kiosk.vision.landmarks import Points
from kiosk.vision.presenting import Embed
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
    Forget,
    FromVision,
    StartFace,
    StopFace,
    ToVision,
    UnwatchDocument,
    VisionForgot,
    WatchDocument,
)

DOCUMENT_EVERY = 4
"""The card is looked at seven times a second."""
RETRY_S = 0.5
CLOSE_S = 1.0
_SAYS = {
    Band.MATCH: Comparison.SUPPORTS,
    Band.LIKELY: Comparison.LIKELY,
    Band.REFER: Comparison.UNCLEAR,
}

Judge = Callable[[NDArray[np.float64], NDArray[np.float64]], Match]
ReadPrint = Callable[[Picture], PrintRead | CardHint]
CheckCopy = Callable[[CameraDevice], CopyCheck]
Begin = Callable[[CameraDevice, bool], Attempt]
"""Face camera, and whether to go gently, to an attempt."""


@dataclass(frozen=True, slots=True, repr=False)
class _Seen:
    """A frame that waits to be looked at."""

    attempt: Attempt
    picture: Picture
    points: Points | None
    at_s: float


class Vision:
    """Both cameras and what is seen through them."""

    def __init__(
        self,
        *,
        cameras: dict[Camera, CameraDevice],
        preview: PreviewWriter,
        embed: Embed,
        judge: Judge,
        begin: Begin,
        finder: FaceFinder,
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
            begin: makes an attempt at a photograph.
            finder: cuts out the faces to compare; no other thread uses it.
            read_print: a still of the document camera to its print.
            check_copy: takes stills of its own from that camera.
            channel: to the engine.
        """
        self._preview = preview
        self._embed = embed
        self._judge = judge
        self._begin = begin
        self._finder = finder
        self._decoder = Decoder()
        self._read_print = read_print
        self._check_copy = check_copy
        self._cameras = cameras
        self._channel = channel
        self._sending = threading.Lock()
        self._state = threading.Lock()
        self._attempt: Attempt | None = None
        self._steered = (False, 1.0)
        self._waiting: _Seen | None = None
        self._new = threading.Condition()
        self._looking = threading.Lock()
        self._following = threading.Lock()
        self.looks = 0
        """So many frames of the face camera were looked at; for measurements."""
        self._watch: Watch | None = None
        self._photo: Picture | None = None
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._follow, args=(camera, device), name=camera, daemon=True)
            for camera, device in cameras.items()
        ]
        self._threads.append(threading.Thread(target=self._look, name="look", daemon=True))
        for thread in self._threads:
            thread.start()

    def obey(self, order: ToVision) -> None:
        """Carry out one order."""
        match order:
            case StartFace(gentle=gentle):
                attempt = self._begin(self._cameras[Camera.FACE], gentle)
                self._drop_attempt()
                with self._state:
                    self._attempt = attempt
                self._waiting_decoder()
            case StopFace():
                self._drop_attempt()
                with self._state:
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
        self._decoder.close()

    def say(self, message: FromVision) -> None:
        """Tell the engine."""
        with self._sending:
            self._channel.send_bytes(encode(message))

    def _forget(self) -> None:
        self._drop_attempt()
        with self._state:
            self._watch = None
            self._drop_photo()
            self._preview.zero()

    def _drop_attempt(self) -> None:
        """End the attempt and overwrite what it held, once nobody works on it any more."""
        with self._state:
            attempt, self._attempt = self._attempt, None
        if attempt is not None:
            with self._looking, self._following, self._new:
                attempt.wipe()
                if self._waiting is not None:
                    self._waiting.picture[:] = 0

    def _drop_photo(self) -> None:
        if self._photo is not None:
            self._photo[:] = 0
            self._photo = None

    def _follow(self, camera: Camera, device: CameraDevice) -> None:
        """Read one camera until the end; say whenever its health changes."""
        take = self._take_face if camera is Camera.FACE else self._look_at_document
        device.watch(lambda status: self._report(camera, status))
        count = 0
        while not self._closing.is_set():
            try:
                if camera is Camera.FACE:
                    self._steer(device)
                frame = device.read()
            except DeviceFaulty:
                continue
            except DeviceError:
                # A camera that comes back follows the light again.
                self._steered = (False, 1.0)
                self._closing.wait(RETRY_S)
                continue
            if not take(frame, count):
                frame.picture[:] = 0
            count += 1
        device.close()

    def _steer(self, device: CameraDevice) -> None:
        """Hold the light while a presentation is tried; let it follow otherwise.

        A camera that does not obey is not asked again: the trial finds its exposure ignored.

        Raises:
            CameraMissing: it is gone.
        """
        if not device.capabilities.controls_exposure:
            return
        attempt = self._attempt
        wanted = (attempt.locked, attempt.exposure) if attempt else (False, 1.0)
        (was_locked, was), (locked, exposure) = self._steered, wanted
        self._steered = wanted
        with contextlib.suppress(CameraUncontrolled):
            if locked is not was_locked:
                device.lock(on=locked)
            if locked and exposure != was:
                device.expose(exposure)

    def _report(self, camera: Camera, status: DeviceStatus) -> None:
        # A camera that was not read yet is no news: the engine knows that we start.
        if status.health is not Health.STARTING:
            self.say(CameraChanged(camera, DeviceState(status.health), status.code))

    def _take_face(self, frame: Frame, _: int) -> bool:
        """Show and follow a frame; say whether it was handed to the looking thread."""
        with self._following:
            with self._state:
                attempt = self._attempt
                if attempt is not None:
                    self._preview.write(frame)
            if attempt is None:
                return False
            at_s = frame.taken_ns / 1e9
            # Only this thread lets a frame wait: one that may now, still may after it is followed.
            wanted = self._waiting is None and attempt.due(at_s)
            points = attempt.frame(frame.picture, at_s, closely=wanted)
            if not wanted:
                return False
            with self._new:
                self._waiting = _Seen(attempt, frame.picture, points, at_s)
                self._new.notify()
                return True

    def _look(self) -> None:
        """Look at what was handed over, until the end."""
        while not self._closing.is_set():
            with self._new:
                self._new.wait_for(lambda: self._waiting is not None, RETRY_S)
                seen = self._waiting
            if seen is None:
                continue
            with self._looking:
                self._look_at_face(seen)
            seen.picture[:] = 0
            with self._new:
                self._waiting = None
                self.looks += 1

    def _look_at_face(self, seen: _Seen) -> None:
        attempt = seen.attempt
        # Stopped, or begun anew for somebody else, before we looked, or while?
        if self._attempt is not attempt:
            return
        messages = attempt.look(seen.picture, seen.points, seen.at_s)
        with self._state:
            if self._attempt is not attempt:
                return
            for message in messages:
                self.say(message)
            if not attempt.over:
                return
            self._attempt = None
            self._drop_photo()
            self._photo, attempt.photo = attempt.photo, None
        with self._following:
            attempt.wipe()

    def _look_at_document(self, frame: Frame, count: int) -> bool:
        """Look at a card now and then; its frames are never handed on."""
        watch = self._watch
        if watch is None or count % DOCUMENT_EVERY:
            return False
        seen = self._read_print(frame.picture)
        for news in watch.see(seen, frame.taken_ns / 1e9):
            message = self._message(news)
            with self._state:
                # Stopped, or begun anew for somebody else, while we looked?
                if self._watch is watch:
                    self.say(message)
        return False

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
        picture = decoded(portrait, self._waiting_decoder())
        on_chip = None if picture is None else self._finder.only(picture)
        with self._state:
            live = None if self._photo is None else self._finder.chip(self._photo)
        try:
            return self._judged(on_chip, live)
        finally:
            for held in (picture, on_chip, live):
                if held is not None:
                    held[:] = 0

    def _waiting_decoder(self) -> Decoder:
        """Return one for the next portrait; it starts while the citizen is photographed."""
        if not self._decoder.waits:
            self._decoder.close()
            self._decoder = Decoder()
        return self._decoder

    def _judged(self, on_chip: Picture | None, live: Picture | None) -> Compared:
        if on_chip is None:
            return Compared(Comparison.NO_FACE_ON_CHIP)
        if live is None:
            return Compared(Comparison.UNCLEAR)
        match = self._judge(self._embed(on_chip), self._embed(live))
        return Compared(
            _SAYS[match.band], match.distance, match.ratio, match.log10_likelihood_ratio
        )
