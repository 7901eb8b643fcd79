"""A USB camera in Python: UVC over a bulk endpoint, with the frames of a simulated camera.

The machine reads it by its own uvcvideo and V4L2, as it reads a real one: the terminal refuses
cameras that a program feeds inside the machine. Source: USB Device Class Definition for Video
Devices 1.0 (payload header 2.4.3.3, probe and commit 4.3.1.1, MJPEG payload).
"""

import struct
import threading
import time
from collections.abc import Callable
from typing import Final

from tests.appliance.accelerator import FRAMES_PER_S
from tests.appliance.usb import Kind, Setup, Stalled, configuration, device_descriptor

WIDTH, HEIGHT = 1280, 720
_INTERVAL: Final = 10_000_000 // FRAMES_PER_S
_LARGEST: Final = 1 << 20
_PROBE: Final = struct.Struct("<HBBIHHHHHII")
_SET_CUR: Final = 0x01
_GET_CUR, _GET_MIN, _GET_MAX, _GET_RES = 0x81, 0x82, 0x83, 0x84
_GET_LEN, _GET_INFO, _GET_DEF = 0x85, 0x86, 0x87
_FRAME_ID, _END_OF_FRAME, _END_OF_HEADER = 0x01, 0x02, 0x80
_CLASS: Final = 0x24
_CONTROLS: Final = (0, 0)


def _class_part(subtype: int, body: bytes) -> bytes:
    return bytes((3 + len(body), _CLASS, subtype)) + body


def _descriptors() -> bytes:
    association = bytes((8, 11, 0, 2, 0x0E, 0x03, 0, 0))
    control = bytes((9, 4, 0, 0, 0, 0x0E, 0x01, 0, 0))
    camera = _class_part(
        2, struct.pack("<BHBBHHHB", 1, 0x0201, 0, 0, 0, 0, 0, 2) + bytes(_CONTROLS)
    )
    output = _class_part(3, struct.pack("<BHBBB", 2, 0x0101, 0, 1, 0))
    total = 13 + len(camera) + len(output)
    head = _class_part(1, struct.pack("<HHIBB", 0x0100, total, 6_000_000, 1, 1))
    streaming = bytes((9, 4, 1, 0, 1, 0x0E, 0x02, 0, 0))
    kind = _class_part(6, bytes((1, 1, 0, 1, 0, 0, 0, 0)))
    bits = WIDTH * HEIGHT * 16 * FRAMES_PER_S
    frame = _class_part(
        7,
        struct.pack(
            "<BBHHIIIIBI", 1, 0, WIDTH, HEIGHT, bits, bits, _LARGEST, _INTERVAL, 1, _INTERVAL
        ),
    )
    colours = _class_part(13, bytes((1, 1, 4)))
    size = 14 + len(kind) + len(frame) + len(colours)
    formats = _class_part(1, struct.pack("<BHBBBBBBBB", 1, size, 0x81, 0, 2, 0, 0, 0, 1, 0))
    endpoint = bytes((7, 5, 0x81, 2)) + struct.pack("<HB", 512, 0)
    return configuration(
        2,
        association,
        control,
        head,
        camera,
        output,
        streaming,
        formats,
        kind,
        frame,
        colours,
        endpoint,
    )


class Webcam(Kind):
    """One camera; `jpeg` draws its next frame."""

    def __init__(
        self, serial: str, jpeg: Callable[[], bytes], *, frames_per_s: float = FRAMES_PER_S
    ) -> None:
        """Make it; in the dark a camera gives fewer frames than it promises."""
        self.device = device_descriptor((0xEF, 2, 1), 0x1D6B, 0x0102)
        self.configuration = _descriptors()
        self.strings = ("Bench", "Camera", serial)
        self._jpeg = jpeg
        self._left: bytes | None = None
        self._id = 0
        self._due = 0.0
        self._every_s = 1 / frames_per_s
        self._wake = threading.Event()
        self.frames = 0

    def control(self, setup: Setup) -> bytes:
        """Answer probe and commit: there is one format in one size at one rate."""
        selector, interface, request = setup.value >> 8, setup.index & 0xFF, setup.request
        if interface != 1 or selector not in {1, 2}:
            raise Stalled
        if request == _SET_CUR:
            # A stream begins with a whole frame.
            self._left = None
            return b""
        if request in {_GET_CUR, _GET_MIN, _GET_MAX, _GET_DEF, _GET_RES}:
            return _PROBE.pack(0, 1, 1, _INTERVAL, 0, 0, 0, 0, 0, _LARGEST, _LARGEST)
        if request == _GET_LEN:
            return struct.pack("<H", _PROBE.size)
        if request == _GET_INFO:
            return b"\x03"
        raise Stalled

    def bulk_in(self, length: int) -> bytes:
        """Return a piece of a frame; a short one ends it, also an empty one."""
        left = self._next() if self._left is None else self._left
        piece = left[:length]
        self._left = left[length:] if len(piece) == length else None
        return piece

    def _next(self) -> bytes:
        now = time.monotonic()
        self._due = max(self._due + self._every_s, now)
        self._wake.wait(self._due - now)
        self._id ^= _FRAME_ID
        self.frames += 1
        return bytes((2, _END_OF_HEADER | _END_OF_FRAME | self._id)) + self._jpeg()
