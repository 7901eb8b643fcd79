"""What the vision process says, and above all what it no longer says after `Forget`."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.camera.camera import Camera as CameraDevice
from drivers.camera.camera import CameraMissing, Capabilities, Frame, Picture
from drivers.health import DeviceStatus, Health
from kiosk.face.face_box import FaceBox
from kiosk.face.match import Match
from kiosk.stage import until
from kiosk.vision.attempt import Attempt
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Points, TrainedLandmarks
from kiosk.vision.preview import PreviewWriter
from kiosk.vision.process import Vision
from tests.support.faces import folder_of_pictures
from wire.document import CardHint, CopyCheck
from wire.framing import decode
from wire.preview import PreviewHeader
from wire.vision import Camera, Forget, FromVision, Hint, Photo, StartFace, VisionForgot

HEADER = PreviewHeader(64, 36)
ENOUGH_LOOKS = 36
"""So many looks, a tenth of a second apart, are more than the photograph needs."""
LOOK_NS = 100_000_000


class Handed:
    """A camera whose frames are handed over one by one, each with its own time."""

    identity = "handed"

    def __init__(self) -> None:
        self._frames: SimpleQueue[Frame] = SimpleQueue()
        self.taken = 0

    @property
    def waiting(self) -> int:
        """Frames that were handed over and not read yet."""
        return self._frames.qsize()

    def hand(self, picture: Picture) -> Frame:
        """Let the next look see this picture, a tenth of a second after the last one."""
        self.taken += 1
        frame = Frame(picture.copy(), self.taken * LOOK_NS)
        self._frames.put(frame)
        return frame

    @property
    def capabilities(self) -> Capabilities:
        """What any camera is asked for."""
        return Capabilities()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Say that all is well."""
        on_event(DeviceStatus(Health.READY))

    def read(self) -> Frame:
        """Wait for a frame.

        Raises:
            CameraMissing: none comes.
        """
        try:
            return self._frames.get(timeout=0.2)
        except Empty:
            raise CameraMissing("no frame") from None

    def lock(self, *, on: bool) -> None:
        """Hold nothing."""

    def expose(self, factor: float) -> None:
        """Expose as ever."""

    def close(self) -> None:
        """Nothing to let go."""


def no_descriptor(_: Picture) -> NDArray[np.float64]:
    raise AssertionError("nothing is compared here")


def no_match(_: NDArray[np.float64], __: NDArray[np.float64]) -> Match:
    raise AssertionError("nothing is compared here")


def no_print(_: Picture) -> CardHint:
    raise AssertionError("no card is read here")


def no_check(_: CameraDevice) -> CopyCheck:
    raise AssertionError("no card is looked at here")


def begin(_: CameraDevice, gentle: bool) -> Attempt:  # noqa: FBT001
    return Attempt(
        finder=FaceFinder(),
        find=TrainedLandmarks(),
        embed=no_descriptor,
        below=lambda _: 0,
        camera=lambda: "",
        exposes=lambda: False,
        gentle=gentle,
        clock=time.monotonic,
    )


@dataclass
class Bench:
    """A vision process in this one."""

    vision: Vision
    camera: Handed
    said: "SimpleQueue[Any]"
    holder: Picture
    memory: int

    def see(self, picture: Picture) -> Frame:
        """Hand a picture over and wait until it was looked at."""
        looks = self.vision.looks
        frame = self.camera.hand(picture)
        until(lambda: self.vision.looks > looks, name="a look")
        return frame

    def see_enough(self) -> list[Frame]:
        """Hand over as many as a photograph needs, as long as one is wanted."""
        frames: list[Frame] = []
        while self.vision._attempt is not None and len(frames) < ENOUGH_LOOKS:
            frames.append(self.see(self.holder))
        return frames

    def shown(self) -> int:
        """Return how many frames the preview was given."""
        return PreviewHeader.unpack(os.pread(self.memory, HEADER.total_bytes, 0)).count

    def hears(self, kind: type) -> Any:
        """Wait for a message of that kind."""
        while not isinstance(message := self.said.get(timeout=20), kind):
            continue
        return message


def listen(channel: Connection, said: "SimpleQueue[Any]") -> None:
    """Read as the engine does, on a thread of its own, until the end."""
    try:
        while True:
            said.put(decode(channel.recv_bytes(), FromVision))
    except (EOFError, OSError):
        return


@pytest.fixture
def bench() -> Iterator[Bench]:
    descriptor = os.memfd_create("preview")
    os.ftruncate(descriptor, HEADER.total_bytes)
    os.pwrite(descriptor, HEADER.pack(), 0)
    ours, theirs = Pipe()
    said: SimpleQueue[Any] = SimpleQueue()
    listener = threading.Thread(target=listen, args=(ours, said))
    listener.start()
    camera = Handed()
    vision = Vision(
        cameras={Camera.FACE: camera},
        preview=PreviewWriter(descriptor),
        embed=no_descriptor,
        judge=no_match,
        begin=begin,
        finder=FaceFinder(),
        read_print=no_print,
        check_copy=no_check,
        channel=theirs,
    )
    view = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert view is not None
    yield Bench(vision, camera, said, view.astype(np.uint8), descriptor)
    vision.close()
    theirs.close()
    listener.join()
    os.close(descriptor)


def test_the_one_in_front_is_told_to_hold_still_and_is_photographed(bench: Bench) -> None:
    bench.vision.obey(StartFace(gentle=True))
    bench.see_enough()
    bench.hears(Hint)
    jpeg = bench.hears(Photo).jpeg
    taken = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert taken is not None
    assert taken.shape == bench.holder.shape


def test_only_a_frame_that_is_looked_at_is_followed_closely(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.vision.obey(StartFace(gentle=True))
    bench.see(bench.holder)
    attempt = bench.vision._attempt
    assert attempt is not None
    follow, asked = attempt._tracker._find.follow, []

    def noting(picture: Picture, box: FaceBox, *, closely: bool) -> Points:
        asked.append(closely)
        return follow(picture, box, closely=closely)

    monkeypatch.setattr(attempt._tracker._find, "follow", noting)
    bench.see(bench.holder)
    bench.camera.taken -= 1
    bench.camera.hand(bench.holder)
    bench.see(bench.holder)
    assert asked == [True, False, True]


def test_nothing_of_a_session_is_said_after_it_is_forgotten(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order comes while the photograph is encoded: the worst moment."""
    encoding, forgotten = threading.Event(), threading.Event()
    encode_now = cv2.imencode

    def encode_late(*arguments: Any) -> Any:
        encoding.set()
        forgotten.wait(0.5)
        return encode_now(*arguments)

    monkeypatch.setattr(cv2, "imencode", encode_late)
    bench.vision.obey(StartFace(gentle=True))
    seeing = threading.Thread(target=bench.see_enough)
    seeing.start()
    assert encoding.wait(40)
    bench.vision.obey(Forget())
    forgotten.set()
    seeing.join()
    bench.hears(VisionForgot)
    until(lambda: bench.camera.waiting == 0, name="the last frame")
    bench.vision.obey(Forget())
    assert isinstance(bench.said.get(timeout=20), VisionForgot)


def test_what_was_looked_at_is_overwritten(bench: Bench) -> None:
    bench.vision.obey(StartFace(gentle=True))
    frames = bench.see_enough()
    bench.hears(Photo)
    bench.vision.obey(Forget())
    until(lambda: bench.camera.waiting == 0, name="the last frame")
    assert not any(frame.picture.any() for frame in frames)


def test_an_attempt_begun_anew_overwrites_what_the_last_one_held(bench: Bench) -> None:
    bench.vision.obey(StartFace(gentle=True))
    attempt = bench.vision._attempt
    assert attempt is not None
    while attempt.photo is None:
        bench.see(bench.holder)
    photo = attempt.photo
    bench.vision.obey(StartFace())
    assert not photo.any()
    assert bench.vision._attempt is not attempt


def test_a_preview_frame_waits_for_no_look(bench: Bench) -> None:
    """The camera gives frames while one is looked at: they are shown all the same."""
    bench.vision.obey(StartFace())
    with bench.vision._looking:
        for _ in range(5):
            bench.camera.hand(bench.holder)
        until(lambda: bench.camera.waiting == 0, name="the frames")
        until(lambda: bench.shown() >= 5, name="the preview")
