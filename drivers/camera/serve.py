"""Serve two simulated cameras as MJPEG on loopback: ``python -m drivers.camera.serve``.

The terminal reads them with the code that reads real ones. Admin verbs:
show(camera, what), fault(camera, kind), state(), urls(). `what` is a picture's path,
or ``nobody``.
"""

import argparse
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import cv2

from drivers.admin import AdminServer
from drivers.camera.camera import CameraMissing
from drivers.camera.simulated import Fault, Scene

FRAMES_PER_S = 30
_SWAY_PX = {"face": 6.0, "document": 0.0}
_QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 92]


class Cameras:
    """Both scenes and their verbs."""

    def __init__(self) -> None:
        self.scenes = {"face": Scene(seed=1), "document": Scene(seed=2)}
        self._shown = dict.fromkeys(self.scenes, "nobody")
        self.port = 0
        for camera in self.scenes:
            self.show(camera, "nobody")

    def show(self, camera: str, what: str) -> None:
        """Let a camera see a picture, or nobody."""
        still = None if what == "nobody" else cv2.imread(what)
        if still is None and what != "nobody":
            raise ValueError("no such picture")
        self.scenes[camera].show(still, sway_px=_SWAY_PX[camera])  # type: ignore[arg-type]
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
    options = parser.parse_args()
    cameras = Cameras()
    server = ThreadingHTTPServer(("127.0.0.1", options.port), mjpeg_handler(cameras))
    server.daemon_threads = True
    cameras.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    verbs = {name: getattr(cameras, name) for name in ("show", "fault", "state", "urls")}
    AdminServer(options.admin, verbs)
    threading.Event().wait()


if __name__ == "__main__":
    main()
