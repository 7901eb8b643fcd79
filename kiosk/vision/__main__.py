"""``python -m kiosk.vision``: run the vision process that the engine started.

``python -m kiosk.vision evaluate …`` measures it instead, where the project's sources lie.
"""

import argparse
import contextlib
import os
import runpy
import secrets
import sys
import threading
import time
from collections.abc import Mapping
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import cv2
from cv2.utils import logging as opencv_log

from drivers.camera.burst import LAG_MS
from drivers.camera.v4l2 import OpencvCamera
from drivers.card.commercial_codes import characters_by_code
from drivers.host import CHANNEL_ARGUMENT, LONGEST_MESSAGE_BYTES, channel_of_parent
from drivers.lights.serial_board import SerialLights
from kiosk.face.match import compare
from kiosk.session.memory import guard
from kiosk.vision import models
from kiosk.vision.attempt import Attempt
from kiosk.vision.copy_look import CopyLooker
from kiosk.vision.embedding import Embedder
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import TrainedLandmarks
from kiosk.vision.line_reader import CHINESE, LATIN, MODELS, LineReader
from kiosk.vision.model_bundle import ModelAltered
from kiosk.vision.preview import PreviewWriter
from kiosk.vision.print_reader import PrintReader
from kiosk.vision.process import CheckCopy, Vision
from wire.document import CopyCheck
from wire.framing import decode, encode
from wire.message import DeviceState
from wire.vision import Camera, CameraChanged, Forget, ToVision, VisionForgot, VisionReady

SWITCH_S = 0.0001
"""How long a thread may keep Python's lock: at the usual 5 ms a frame of the preview waits for
the looking thread after each call into OpenCV (benchmarks/preview_loop.py)."""


def _end_with_any_thread(ended: threading.ExceptHookArgs) -> None:
    """End the process when one of its threads ends unexpectedly: the engine starts another.

    A vision process with a dead camera thread would look healthy and see nothing.
    """
    if not isinstance(ended.exc_value, BrokenPipeError):
        threading.__excepthook__(ended)
    os._exit(1)


def stand_by(channel: Connection, code: str) -> None:
    """Say why no face can be looked at, and hold nothing, until the engine ends it.

    Ending by itself would only make the engine start the same models again.
    """
    for camera in Camera:
        channel.send_bytes(encode(CameraChanged(camera, DeviceState.FAULTY, code)))
    with contextlib.suppress(EOFError):
        while True:
            order: ToVision = decode(channel.recv_bytes(LONGEST_MESSAGE_BYTES), ToVision)
            if isinstance(order, Forget):
                channel.send_bytes(encode(VisionForgot()))


def _sleep(channel: Connection) -> None:
    """Wait to be woken; a parent that is gone ends the process."""
    try:
        channel.recv_bytes(LONGEST_MESSAGE_BYTES)
    except EOFError:
        sys.exit()


def commercial_codes() -> Mapping[str, str]:
    """Return what each code on a card stands for.

    Raises:
        ModelAltered: the table or Tesseract's models are not installed.
    """
    for name in (LATIN, CHINESE):
        if not (MODELS / f"{name}.traineddata").exists():
            raise ModelAltered(f"Tesseract's model {name} is missing")
    try:
        return characters_by_code()
    except OSError:
        raise ModelAltered("the table of commercial codes is missing") from None


def _copy_check(port: str, reader: PrintReader, lag_ms: int) -> CheckCopy:
    """Return the look for a copy, or one that is never made where no lights are set up."""
    if not port:
        return lambda _: CopyCheck.NOT_MADE
    return CopyLooker(
        SerialLights(Path(port)), reader, clock_ns=time.monotonic_ns, lag_ms=lag_ms
    ).look


def _today() -> date:
    return datetime.now().astimezone().date()  # noqa: TID251  (this is where the program is built)


def main() -> None:
    """Serve until the engine closes the channel."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.vision", description=__doc__)
    parser.add_argument("--face", required=True, help="device or address of the face camera")
    parser.add_argument("--document", required=True, help="of the document camera")
    for name in ("--face-identity", "--document-identity"):
        parser.add_argument(name, default="", help="what it must be; the first found if empty")
    parser.add_argument("--lights", default="", help="port of the switched lights; none if empty")
    parser.add_argument("--lag-ms", type=int, default=LAG_MS, help="of the document camera")
    parser.add_argument("--preview-fd", type=int, required=True, help="given by the engine")
    parser.add_argument("--asleep", action="store_true", help="load, and wait to be woken")
    parser.add_argument(CHANNEL_ARGUMENT, type=int, required=True, help="given by the engine")
    options = parser.parse_args()
    guard(lock=False)
    sys.setswitchinterval(SWITCH_S)
    cv2.setNumThreads(1)
    threading.excepthook = _end_with_any_thread
    # A camera that is away is asked twice a second: OpenCV would say so each time.
    opencv_log.setLogLevel(opencv_log.LOG_LEVEL_ERROR)
    channel = channel_of_parent(sys.argv[1:])
    try:
        models.check_all()
        codes = commercial_codes()
        cohort, policy, landmarks = models.cohort(), models.match_policy(), TrainedLandmarks()
        looking, comparing = FaceFinder(), FaceFinder()
    except ModelAltered as error:
        if options.asleep:
            _sleep(channel)
        stand_by(channel, error.code)
        return
    with Embedder() as embedder, LineReader() as lines:
        print_reader = PrintReader(lines, FaceFinder(), codes)
        if options.asleep:
            _sleep(channel)
        vision = Vision(
            cameras={
                Camera.FACE: OpencvCamera(options.face, known_as=options.face_identity),
                Camera.DOCUMENT: OpencvCamera(options.document, known_as=options.document_identity),
            },
            preview=PreviewWriter(options.preview_fd),
            embed=embedder.embed,
            judge=lambda chip, live: compare(chip, live, cohort, policy),
            begin=lambda camera, gentle: Attempt(
                finder=looking,
                find=landmarks,
                embed=embedder.embed,
                below=secrets.randbelow,
                camera=lambda: camera.identity,
                exposes=lambda: camera.capabilities.controls_exposure,
                gentle=gentle,
                clock=time.monotonic,
            ),
            finder=comparing,
            check_copy=_copy_check(options.lights, print_reader, options.lag_ms),
            read_print=lambda still: print_reader.read(still, today=_today()),
            channel=channel,
        )
        vision.say(VisionReady())
        try:
            while True:
                vision.obey(decode(channel.recv_bytes(LONGEST_MESSAGE_BYTES), ToVision))
        except EOFError:
            vision.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["evaluate"]:
        # Measuring needs what draws specimens, which no terminal carries: found by name.
        del sys.argv[1]
        runpy.run_module("kiosk.vision.evaluate", run_name="__main__")
    else:
        main()
