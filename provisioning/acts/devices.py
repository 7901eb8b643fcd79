"""Cameras, lights, reader, printer and sound, each by the driver that runs the terminal.

No picture of a person is kept: a still of the face camera only if the scene is empty
(`empty_scene`), of the card camera none.
"""

import io
import math
import struct
import subprocess
import time
import wave
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import cv2
from PIL import Image, ImageDraw

from drivers.camera.camera import Camera, Picture
from drivers.camera.v4l2 import OpencvCamera
from drivers.card.pcsc import PcscReader
from drivers.card.profile.plan import SHORT
from drivers.card.protocol.access import offers
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardRemoved
from drivers.errors import DeviceError
from drivers.lights.serial_board import SerialLights
from drivers.printer.escpos_serial import EscposSerialPrinter
from drivers.printer.printer import Bitmap
from provisioning import pictures
from provisioning.acts import empty_scene
from provisioning.acts.work import Work, judged
from provisioning.people import Look
from provisioning.report import Shown
from provisioning.runner import NotDone
from provisioning.steps import Figure, Step
from wire.failures import Failure

_LOOK_EVERY_S: Final = 0.2
_STILLS: Final = 12
"""Pictures of about a second, in which nothing may move."""
_LIGHT_S: Final = 0.4
_TONES_HZ: Final = (440.0, 554.4, 659.3)
_RATE_HZ: Final = 22_050
_PLAY_S: Final = 20.0


def camera(work: Work, step: Step) -> Mapping[str, Figure]:
    """Look through a camera for a while; say how much comes, how bright and how sharp.

    Somebody at the panel sees what it sees and says whether it is good.
    """
    devices = work.answers.devices
    source = devices.face_camera if step is Step.FACE_CAMERA else devices.document_camera
    measured = Measured()
    try:
        with closing(OpencvCamera(source)) as camera_:
            camera_.read()
            began = time.monotonic()
            look = Look.STILL
            while look is Look.STILL or time.monotonic() - began < work.look_s:
                picture = camera_.read().picture
                measured.add(picture, time.monotonic() - began)
                look = work.people.look(step, picture, measured.figures())
                if look is Look.BAD:
                    raise NotDone(Failure.PROVISION_JUDGED_BAD.value, **measured.figures())
                if look is Look.GOOD:
                    break
            figures = measured.figures()
            if step is Step.FACE_CAMERA:
                figures["picture"] = _kept_empty(work, camera_)
            figures["identity"] = camera_.identity[:200]
    except DeviceError as failed:
        raise NotDone(failed.code, source=source) from None
    return figures


class Measured:
    """What a camera gave so far."""

    def __init__(self) -> None:
        self._frames = 0
        self._brightness = self._sharpness = self._took_s = 0.0
        self._size = ""

    def add(self, picture: Picture, took_s: float) -> None:
        """Measure one more, `took_s` after the first was asked for."""
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        self._frames += 1
        self._took_s = took_s
        self._brightness += float(grey.mean())
        self._sharpness += float(cv2.Laplacian(grey, cv2.CV_64F).var())
        height, width = picture.shape[:2]
        self._size = f"{width}x{height}"

    def figures(self) -> dict[str, Figure]:
        """Return size, pictures a second, mean grey level and mean variance of the Laplacian."""
        return {
            "size": self._size,
            "per_s": round(self._frames / max(self._took_s, 1e-3), 1),
            "brightness": round(self._brightness / self._frames, 1),
            "sharpness": round(self._sharpness / self._frames, 1),
        }


def _kept_empty(work: Work, camera_: Camera) -> str:
    """Keep a still for the report if nobody is in it.

    Returns:
        ``kept``; ``somebody``, or something that moves, was seen; ``not_vouched``: nobody said
        that it is empty.
    """
    pictures.forget(work.state, Shown.FACE_CAMERA)
    seen = [camera_.read().picture.copy() for _ in range(_STILLS)]
    if not empty_scene.holds_nobody(seen):
        return "somebody"
    if not work.people.keeps(Step.FACE_CAMERA, seen[-1]):
        return "not_vouched"
    pictures.keep(work.state, Shown.FACE_CAMERA, empty_scene.as_kept(seen[-1]))
    return "kept"


def lights(work: Work) -> Mapping[str, Figure]:
    """Let each light shine once, in turn; a person looks."""
    if not work.answers.devices.lights:
        return {"lights": 0}
    try:
        with closing(SerialLights(Path(work.answers.devices.lights))) as board:
            count = board.capabilities.lights
            for number in range(count):
                board.switch(number)
                time.sleep(_LIGHT_S)
            board.switch(None)
    except DeviceError as failed:
        raise NotDone(failed.code) from None
    judged(work, Step.LIGHTS)
    return {"lights": count}


def reader(work: Work) -> Mapping[str, Figure]:
    """Ask the test card what it offers; nothing on it is read."""
    work.people.told("lay_card")
    deadline = time.monotonic() + work.wait_s
    with closing(PcscReader(work.answers.devices.reader)) as reader_:
        while True:
            try:
                with reader_.connect() as session:
                    began = time.monotonic()
                    offered = converse(offers(chunk=SHORT.chunk), session)
                    spent_ms = round((time.monotonic() - began) * 1000)
                    return {"ways_to_open": len(offered), "ms": spent_ms}
            except CardRemoved:
                if time.monotonic() > deadline or work.people.stops():
                    raise NotDone(Failure.PROVISION_NO_CARD.value) from None
                time.sleep(_LOOK_EVERY_S)
            except DeviceError as failed:
                raise NotDone(failed.code) from None


def printer(work: Work) -> Mapping[str, Figure]:
    """Print the test page; a person looks at it."""
    try:
        with closing(EscposSerialPrinter(Path(work.answers.devices.printer))) as printer_:
            width = printer_.capabilities.width_px
            page = test_page(width, work.answers.site.id)
            began = time.monotonic()
            printer_.print_bitmap(page)
            spent_ms = round((time.monotonic() - began) * 1000)
    except DeviceError as failed:
        raise NotDone(failed.code) from None
    judged(work, Step.PRINTER)
    pictures.keep(work.state, Shown.TEST_PAGE, pictures.of_page(page))
    return {"width_px": width, "ms": spent_ms}


def test_page(width_px: int, site: str) -> Bitmap:
    """Return bars and columns by which a dead dot shows, under the site's id."""
    page = Image.new("1", (width_px, 420), 1)
    pen = ImageDraw.Draw(page)
    pen.text((8, 8), f"TEST  {site}")
    y = 40
    for rows in (1, 2, 4, 8, 16, 32):
        pen.rectangle((0, y, width_px, y + rows - 1), fill=0)
        y += rows + 12
    for x in range(0, width_px, 16):
        pen.rectangle((x, y, x + 7, y + 80), fill=0)
    y += 100
    for x in range(0, width_px, 8):
        pen.line((x, y, x, y + (30 if x % 80 == 0 else 14)), fill=0)
    black_is_one = page.point(lambda value: 0 if value else 255)
    return Bitmap(width_px, black_is_one.tobytes())


def sound(work: Work) -> Mapping[str, Figure]:
    """Play three tones; a person listens."""
    command = ["aplay", "-q", "-D", work.answers.devices.sound, "-"]
    try:
        ended = subprocess.run(
            command, input=tones(), timeout=_PLAY_S, check=False, capture_output=True
        )
    except (OSError, subprocess.TimeoutExpired):
        raise NotDone(Failure.PROVISION_NO_SOUND.value) from None
    if ended.returncode != 0:
        raise NotDone(Failure.PROVISION_NO_SOUND.value)
    judged(work, Step.SOUND)
    return {"tones": len(_TONES_HZ)}


def tones() -> bytes:
    """Return three tones as a WAV file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE_HZ)
        for hertz in _TONES_HZ:
            steps = range(int(_RATE_HZ * 0.35))
            levels = (math.sin(2 * math.pi * hertz * step / _RATE_HZ) for step in steps)
            file.writeframes(b"".join(struct.pack("<h", int(9000 * level)) for level in levels))
    return content.getvalue()
