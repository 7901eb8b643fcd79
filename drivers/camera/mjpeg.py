"""A simulated camera over loopback HTTP: its stream, and its controls beside it."""

import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any, Final

import cv2
import msgspec

from drivers.camera.camera import CameraMissing, CameraUncontrolled
from drivers.camera.loopback import Order, Standing
from drivers.camera.sensor import FRAMES_PER_S
from drivers.camera.simulated import Fault, Scene

SLOW_FRAMES_PER_S: Final = 5
_QUALITY: Final = [cv2.IMWRITE_JPEG_QUALITY, 92]
_LONGEST: Final = 4_096
_LOOK_S: Final = 0.02
IN_TURN: Final = 8
"""Frames of something still that are drawn, so that the demo's machine has time for the rest."""


class Handler(BaseHTTPRequestHandler):
    """One viewer of one camera, or one order to it."""

    def __init__(self, *connection: Any, scenes: Mapping[str, Scene]) -> None:
        """Serve ``/NAME`` and ``/NAME/control`` of each scene."""
        self._scenes = scenes
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Stream until the viewer leaves, or say which camera this is."""
        name, _, of_it = self.path.strip("/").partition("/")
        scene = self._scenes.get(name)
        if scene is None or of_it not in {"", "control"}:
            self.send_error(404)
        elif scene.fault is Fault.UNPLUGGED:
            self.send_error(503)
        elif of_it:
            self._say(scene)
        else:
            self._stream(scene)

    def do_POST(self) -> None:
        """Take an order."""
        name, _, of_it = self.path.strip("/").partition("/")
        scene = self._scenes.get(name)
        if scene is None or of_it != "control":
            self.send_error(404)
        elif scene.fault is Fault.UNPLUGGED:
            self.send_error(503)
        else:
            try:
                length = max(0, min(int(self.headers["Content-Length"]), _LONGEST))
                obey(scene, msgspec.json.decode(self.rfile.read(length), type=Order))
            except (TypeError, ValueError, CameraUncontrolled):
                self.send_error(422)
            else:
                self._say(scene)

    def _say(self, scene: Scene) -> None:
        sensor = scene.sensor
        said = msgspec.json.encode(Standing(scene.serial, sensor.locked, sensor.factor))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _stream(self, scene: Scene) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        connection = scene.connections_ended
        drawn = Drawn()
        due = time.monotonic()
        try:
            while scene.connections_ended == connection:
                if scene.fault is Fault.STALLED:
                    time.sleep(_LOOK_S)
                    continue
                self._send(drawn.jpeg(scene))
                slow = scene.fault is Fault.SLOW
                due += 1 / (SLOW_FRAMES_PER_S if slow else FRAMES_PER_S)
                # A camera that is late leaves a frame out; it sends none twice as fast.
                due = max(due, time.monotonic())
                time.sleep(max(0.0, due - time.monotonic()))
        except (CameraMissing, BrokenPipeError, ConnectionResetError):
            return

    def _send(self, jpeg: bytes) -> None:
        head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
        self.wfile.write(head.encode() + jpeg + b"\r\n")

    def log_message(self, *_: Any) -> None:
        """Say nothing: each viewer is expected."""


class Drawn:
    """The frames of one viewer; of what stands still a few are drawn and shown in turn."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin.

        Args:
            clock: the time by which people move, seconds.
        """
        self._clock = clock
        self._of: tuple[int, int] | None = None
        self._kept: list[bytes] = []
        self._count = 0

    def jpeg(self, scene: Scene) -> bytes:
        """Return the next frame."""
        of = scene.steady()
        if of is None or of != self._of:
            self._of, self._kept = of, []
        if of is not None and len(self._kept) == IN_TURN:
            self._count += 1
            return self._kept[self._count % IN_TURN]
        jpeg = cv2.imencode(".jpg", scene.at(self._clock()), _QUALITY)[1].tobytes()
        if of is not None:
            self._kept.append(jpeg)
        return jpeg


def obey(scene: Scene, order: Order) -> None:
    """Carry out an order to a camera.

    Raises:
        CameraUncontrolled: it cannot be.
    """
    if order.locked != scene.sensor.locked:
        scene.lock(on=order.locked)
    if order.factor != scene.sensor.factor:
        scene.expose(order.factor)
