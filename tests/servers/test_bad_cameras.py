"""Cameras that fail before the real vision process: each is a code, and ends when it is mended."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from drivers.admin import ask
from drivers.host import Child
from kiosk.stage import until
from tests.support.faces import folder_of_pictures
from wire.framing import decode, encode
from wire.message import DeviceState
from wire.preview import HEADER_BYTES, PreviewHeader
from wire.vision import (
    Camera,
    CameraChanged,
    FaceHint,
    Forget,
    FromVision,
    Hint,
    Photo,
    StartFace,
    ToVision,
    VisionForgot,
)

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(180)]
HEADER = PreviewHeader(1280, 720)
TRIES = 3
"""A busy machine tells of the countdown late."""
FAULTY, MISSING, READY = DeviceState.FAULTY, DeviceState.MISSING, DeviceState.READY


class Nothing:
    """What is never said."""


@dataclass
class Bench:
    """A vision process and what it says."""

    child: Child
    said: "SimpleQueue[Any]"

    def order(self, message: ToVision) -> None:
        """Tell it what to do."""
        self.child.send(encode(message))

    def hears(self, kind: type, *, never: type = Nothing, **wanted: Any) -> Any:
        """Wait for a message of that kind with these fields; fail if it says the other first."""
        while True:
            message = self.said.get(timeout=60)
            assert not isinstance(message, never)
            if isinstance(message, kind) and all(
                getattr(message, name) == value for name, value in wanted.items()
            ):
                return message


@contextmanager
def looking(face: str, document: str, face_identity: str = "") -> Iterator[Bench]:
    """In the block, a vision process looks through these cameras."""
    descriptor = os.memfd_create("preview")
    os.ftruncate(descriptor, HEADER.total_bytes)
    os.pwrite(descriptor, HEADER.pack()[:HEADER_BYTES], 0)
    said: SimpleQueue[Any] = SimpleQueue()
    cameras = ["--face", face, "--face-identity", face_identity, "--document", document]
    child = Child(
        "kiosk.vision",
        [*cameras, "--preview-fd", str(descriptor)],
        on_message=lambda body: said.put(decode(body, FromVision)),
        on_end=lambda _: None,
        pass_fds=(descriptor,),
    )
    try:
        yield Bench(child, said)
    finally:
        child.close()
        os.close(descriptor)


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("cameras") / "cameras.sock"
    command = [sys.executable, "-m", "drivers.camera.serve", "--admin", str(path)]
    cameras = subprocess.Popen(command)
    until(lambda: ask(path, "state"), name="the cameras")
    yield path
    cameras.kill()
    cameras.wait()


@pytest.fixture(scope="module")
def bench(admin: Path) -> Iterator[Bench]:
    urls = ask(admin, "urls")
    with looking(urls["face"], urls["document"]) as made:
        made.hears(CameraChanged, camera=Camera.FACE, state=READY)
        yield made


@pytest.mark.parametrize(
    ("fault", "state", "code"),
    [
        ("blank", FAULTY, "camera.blank"),
        ("frozen", FAULTY, "camera.frozen"),
        ("unplugged", MISSING, "camera.missing"),
        ("stalled", MISSING, "camera.missing"),
        ("small", FAULTY, "camera.wrong_size"),
        ("slow", FAULTY, "camera.slow"),
        ("rolling", FAULTY, "camera.unsteady"),
    ],
)
def test_a_camera_that_fails_is_said_by_its_code_until_it_is_mended(
    bench: Bench, admin: Path, fault: str, state: DeviceState, code: str
) -> None:
    ask(admin, "fault", camera="face", kind=fault)
    bench.hears(CameraChanged, camera=Camera.FACE, state=state, code=code)
    ask(admin, "fault", camera="face", kind="none")
    bench.hears(CameraChanged, camera=Camera.FACE, state=READY)


def test_another_camera_in_its_place_sees_nobody_until_the_first_is_back(
    bench: Bench, admin: Path
) -> None:
    first = ask(admin, "state")["face"]["serial"]
    ask(admin, "show", camera="face", what=str(folder_of_pictures() / "holder_view.jpg"))
    ask(admin, "swap", camera="face", serial="ANOTHER")
    bench.hears(CameraChanged, camera=Camera.FACE, state=MISSING, code="camera.changed")
    bench.order(StartFace())
    bench.order(Forget())
    bench.hears(VisionForgot, never=Hint)
    ask(admin, "swap", camera="face", serial=first)
    bench.hears(CameraChanged, camera=Camera.FACE, state=READY)


def pulled_in_time(bench: Bench, admin: Path) -> bool:
    """Pull the camera in the countdown; return false if the photograph was there already."""
    bench.order(StartFace())
    bench.hears(Hint, hint=FaceHint.HOLD_STILL, seconds_left=2)
    ask(admin, "fault", camera="face", kind="unplugged")
    while not isinstance(said := bench.hears(object), Photo | CameraChanged):
        continue
    return isinstance(said, CameraChanged)


def test_a_camera_that_is_pulled_in_the_countdown_takes_no_photograph_until_it_is_back(
    bench: Bench, admin: Path
) -> None:
    ask(admin, "show", camera="face", what=str(folder_of_pictures() / "holder_view.jpg"))
    for _ in range(TRIES):
        in_time = pulled_in_time(bench, admin)
        ask(admin, "fault", camera="face", kind="none")
        never = Photo if in_time else Nothing
        bench.hears(CameraChanged, never=never, camera=Camera.FACE, state=READY)
        bench.order(Forget())
        bench.hears(VisionForgot)
        if in_time:
            return
    pytest.fail("the photograph was always quicker")


def test_a_camera_that_was_never_there_is_missing_and_the_other_one_works(admin: Path) -> None:
    with looking("/dev/video-none", ask(admin, "urls")["document"]) as alone:
        heard = {
            message.camera: (message.state, message.code)
            for message in (alone.hears(CameraChanged) for _ in Camera)
        }
    assert heard == {Camera.FACE: (MISSING, "camera.missing"), Camera.DOCUMENT: (READY, "")}


def test_a_camera_that_the_settings_do_not_know_sees_nobody(admin: Path) -> None:
    urls = ask(admin, "urls")
    with looking(urls["face"], urls["document"], f"{urls['face']} KNOWN") as other:
        other.hears(CameraChanged, camera=Camera.FACE, state=MISSING, code="camera.changed")
