"""Serve two simulated cameras as MJPEG on loopback: ``python -m drivers.camera.serve``.

The terminal reads them with the code that reads real ones. Admin verbs:
show(camera, what), fault(camera, kind), lights(fault), state(), urls(). `what` is a
picture's path, or ``nobody``. With ``--lights`` the process is the light board too: while
its light K shines, the document camera sees ``NAME.lightK.png`` beside ``NAME.png``.
"""

import argparse
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import cv2

from drivers.admin import AdminServer
from drivers.camera.camera import CameraMissing, Picture
from drivers.camera.simulated import Fault, Scene
from drivers.lights import simulated as lights
from drivers.lights.lights import Capabilities

FRAMES_PER_S = 30
_SWAY_PX = {"face": 6.0, "document": 0.0}
_QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 92]
BOARD = Capabilities(lights=4, settle_ms=5)
"""Our own board: a diode is steady within microseconds, its current within milliseconds."""


class Cameras:
    """Both scenes, the lights over the tray, and their verbs."""

    def __init__(self) -> None:
        self.board = lights.SimulatedBoard(BOARD)
        self.scenes = {"face": Scene(seed=1), "document": Scene(seed=2)}
        self._shown = dict.fromkeys(self.scenes, "nobody")
        self.port = 0
        self.scenes["document"].light = lambda: self.board.on
        for camera in self.scenes:
            self.show(camera, "nobody")

    def show(self, camera: str, what: str) -> None:
        """Let a camera see a picture, or nobody."""
        still = None if what == "nobody" else cv2.imread(what)
        if still is None and what != "nobody":
            raise ValueError("no such picture")
        lit = under_each_light(Path(what))
        self.scenes[camera].show(still, sway_px=_SWAY_PX[camera], under=lit)  # type: ignore[arg-type]
        self._shown[camera] = what

    def fault(self, camera: str, kind: str) -> None:
        """Set or end a fault."""
        self.scenes[camera].fault = Fault(kind)

    def urls(self) -> dict[str, str]:
        """Return where each camera is read."""
        return {name: f"http://127.0.0.1:{self.port}/{name}" for name in self.scenes}

    def state(self) -> dict[str, Any]:
        """Say what each camera sees and what is wrong with it."""
        return {
            name: {"shows": Path(self._shown[name]).stem, "fault": str(scene.fault)}
            for name, scene in self.scenes.items()
        }


def under_each_light(path: Path) -> list[Picture]:
    """Return ``NAME.light0.png``, ``NAME.light1.png`` and so on beside ``NAME.png``."""
    lit: list[Picture] = []
    while (beside := path.with_name(f"{path.stem}.light{len(lit)}.png")).is_file():
        picture = cv2.imread(str(beside))
        if picture is None:
            raise ValueError("no such picture")
        lit.append(picture)  # type: ignore[arg-type]
    return lit


def mjpeg_handler(cameras: Cameras) -> type[BaseHTTPRequestHandler]:
    """Return the handler that streams either camera."""

    class Handler(BaseHTTPRequestHandler):
        """One viewer of one camera."""

        def do_GET(self) -> None:
            """Stream frames at a true 30 per second until the viewer leaves."""
            scene = cameras.scenes.get(self.path.strip("/"))
            if scene is None or scene.fault is Fault.UNPLUGGED:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            try:
                self._stream(scene)
            except (CameraMissing, BrokenPipeError, ConnectionResetError):
                return

        def _stream(self, scene: Scene) -> None:
            began, count = time.monotonic(), 0
            while True:
                _, jpeg = cv2.imencode(".jpg", scene.at(time.monotonic() - began), _QUALITY)
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                self.wfile.write(head.encode() + jpeg.tobytes() + b"\r\n")
                count += 1
                time.sleep(max(0.0, began + count / FRAMES_PER_S - time.monotonic()))

        def log_message(self, *_: Any) -> None:
            """Say nothing: each viewer is expected."""

    return Handler


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--admin", type=Path, required=True, help="admin socket to serve")
    parser.add_argument("--port", type=int, default=0, help="loopback port; a free one if 0")
    parser.add_argument("--lights", type=Path, help="symbolic link to the light board's port")
    options = parser.parse_args()
    cameras = Cameras()
    server = ThreadingHTTPServer(("127.0.0.1", options.port), mjpeg_handler(cameras))
    server.daemon_threads = True
    cameras.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    verbs = {name: getattr(cameras, name) for name in ("show", "fault", "state", "urls")}
    if options.lights is not None:
        line = lights.PtyBoard(cameras.board, options.lights)
        verbs["lights"] = lambda fault: line.fail(lights.Fault(fault))
    AdminServer(options.admin, verbs)
    threading.Event().wait()


if __name__ == "__main__":
    main()
