"""The real vision process on simulated cameras over loopback."""

import mmap
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import cv2
import numpy as np
import pytest

from drivers.admin import ask
from drivers.card.personalise.person import SPECIMEN
from drivers.host import Child
from kiosk.stage import until
from tests.support.faces import folder_of_pictures
from wire.document import CardHint, Form, PrintRead, PrintUnreadable
from wire.framing import decode, encode
from wire.message import DeviceState
from wire.preview import HEADER_BYTES, PreviewHeader
from wire.vision import (
    Camera,
    Compare,
    Compared,
    Comparison,
    DocumentHint,
    Forget,
    FromVision,
    Photo,
    StartFace,
    ToVision,
    UnwatchDocument,
    VisionForgot,
    VisionReady,
    WatchDocument,
)

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(90)]
HEADER = PreviewHeader(1280, 720)


@dataclass
class Bench:
    """A vision process, its cameras, and what it says."""

    child: Child
    admin: Path
    said: "SimpleQueue[Any]"
    preview: mmap.mmap

    def order(self, message: ToVision) -> None:
        """Tell it what to do."""
        self.child.send(encode(message))

    def hears(self, kind: type, **wanted: Any) -> Any:
        """Wait for a message of that kind with these fields."""
        while True:
            message = self.said.get(timeout=60)
            if isinstance(message, kind) and all(
                getattr(message, name) == value for name, value in wanted.items()
            ):
                return message

    def show(self, camera: str, what: str) -> None:
        """Let a camera see one of the pictures."""
        ask(self.admin, "show", camera=camera, what=str(folder_of_pictures() / what))


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    admin = tmp_path_factory.mktemp("cameras") / "cameras.sock"
    command = [sys.executable, "-m", "drivers.camera.serve", "--admin", str(admin)]
    descriptor = os.memfd_create("preview")
    os.ftruncate(descriptor, HEADER.total_bytes)
    preview = mmap.mmap(descriptor, HEADER.total_bytes)
    preview[:HEADER_BYTES] = HEADER.pack()
    said: SimpleQueue[Any] = SimpleQueue()
    with ExitStack() as stack:
        stack.callback(os.close, descriptor)
        cameras = stack.enter_context(subprocess.Popen(command))
        stack.callback(cameras.kill)
        urls = until(lambda: ask(admin, "urls"), name="the cameras")
        places = ["--face", urls["face"], "--document", urls["document"]]
        child = Child(
            "kiosk.vision",
            [*places, "--preview-fd", str(descriptor)],
            on_message=lambda body: said.put(decode(body, FromVision)),
            on_end=lambda _: None,
            pass_fds=(descriptor,),
        )
        stack.callback(child.close)
        made = Bench(child, admin, said, preview)
        made.hears(VisionReady)
        yield made


@pytest.fixture
def bench(process: Bench) -> Bench:
    """Return the process with nobody before it and nothing kept of the test before."""
    for camera in Camera:
        ask(process.admin, "show", camera=camera, what="nobody")
    process.order(Forget())
    process.hears(VisionForgot)
    return process


def test_the_holder_is_photographed_compared_and_forgotten(bench: Bench) -> None:
    bench.show("face", "holder_view.jpg")
    bench.order(StartFace(gentle=True))
    assert bench.hears(Photo).jpeg.startswith(b"\xff\xd8")
    assert any(bench.preview[HEADER_BYTES:])
    bench.order(Compare((folder_of_pictures() / "holder_chip.jpg").read_bytes()))
    assert bench.hears(Compared).outcome is Comparison.SUPPORTS
    bench.order(Forget())
    bench.hears(VisionForgot)
    assert not any(bench.preview[HEADER_BYTES:])
    bench.order(Compare((folder_of_pictures() / "holder_chip.jpg").read_bytes()))
    assert bench.hears(Compared).outcome is Comparison.UNCLEAR


def test_a_stranger_is_unclear_and_a_portrait_without_one_face_is_said(bench: Bench) -> None:
    pictures = folder_of_pictures(with_stranger=True)
    bench.show("face", "holder_view.jpg")
    bench.order(StartFace(gentle=True))
    bench.hears(Photo)
    bench.order(Compare((pictures / "stranger_chip.jpg").read_bytes()))
    unclear = bench.hears(Compared)
    assert unclear.outcome is Comparison.UNCLEAR
    assert unclear.distance > 0.6
    chip = cv2.imread(str(pictures / "holder_chip.jpg"))
    assert chip is not None
    two = cv2.imencode(".jpg", np.hstack((chip, chip)))[1].tobytes()
    none = cv2.imencode(".jpg", np.full_like(chip, 128))[1].tobytes()
    for portrait in (b"no picture at all", two, none):
        bench.order(Compare(portrait))
        assert bench.hears(Compared).outcome is Comparison.NO_FACE_ON_CHIP


def test_both_forms_of_the_card_are_read(bench: Bench) -> None:
    for picture, form in (("front_2018.png", Form.FORM_2018), ("front_2003.png", Form.FORM_2003)):
        bench.order(WatchDocument())
        bench.show("document", picture)
        read = bench.hears(PrintRead, form=form)
        assert (read.number, read.birth) == (SPECIMEN.number, SPECIMEN.birth)
        assert not read.unread
        bench.order(UnwatchDocument())


def test_light_on_the_card_is_a_hint_and_then_a_failed_try(bench: Bench) -> None:
    bench.show("document", "front_glare.png")
    bench.order(WatchDocument())
    while (said := bench.said.get(timeout=60)) != DocumentHint(CardHint.GLARE):
        # A picture of the card before may still be on its way through the camera.
        if isinstance(said, PrintRead):
            bench.order(WatchDocument())
    bench.hears(PrintUnreadable)


def test_altered_models_are_said_and_nothing_is_held(tmp_path: Path) -> None:
    package = tmp_path / "face_recognition_models"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").touch()
    said: SimpleQueue[Any] = SimpleQueue()
    child = Child(
        "kiosk.vision",
        ["--face", "none", "--document", "none", "--preview-fd", "0"],
        on_message=lambda body: said.put(decode(body, FromVision)),
        on_end=said.put,
        environment={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    for _ in Camera:
        told = said.get(timeout=20)
        assert (told.state, told.code) == (DeviceState.FAULTY, "vision.model_altered")
    child.send(encode(StartFace()))
    child.send(encode(Forget()))
    assert isinstance(said.get(timeout=20), VisionForgot)
    child.close()
