"""Serve two simulated cameras as MJPEG on loopback: ``python -m drivers.camera.serve``.

The terminal reads them with the code that reads real ones. Admin verbs:

- show(camera, what, kind): the path of a picture or of a person (``.npz``), or ``nobody``;
  `kind` is how a person is presented, one of `Kind`.
- pose(yaw, nearer): the person before the face camera moves there, at human speed.
- light(red, green, blue): the screen's light on that person, over the light of the room.
- fault(camera, kind): one of `Fault`; ``none`` ends it.
- disconnect(camera): the connection ends once.
- swap(camera, serial): another camera is in its place.
- lights(fault): of the light board, with ``--lights``.
- state(), urls().

With ``--lights`` the process is the light board too: while its light K shines, the document
camera sees ``NAME.lightK.png`` beside ``NAME.png``. The face camera follows the light unless
it is locked; the document camera is set up with exposure and white balance fixed.
"""

import argparse
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from drivers.admin import AdminServer
from drivers.camera import mjpeg
from drivers.camera.camera import Picture
from drivers.camera.motion import Pose
from drivers.camera.person import Person
from drivers.camera.presented import Kind, Presented
from drivers.camera.simulated import Fault, Scene, Still, tray
from drivers.lights import simulated as lights
from drivers.lights.lights import Capabilities

MOST_LIGHT = 2.0
"""Twice the light of the room."""
_SWAY_PX = {"face": 6.0, "document": 0.0}
BOARD = Capabilities(lights=4, settle_ms=5)
"""Our own board: a diode is steady within microseconds, its current within milliseconds."""


VERBS = ("show", "pose", "light", "fault", "disconnect", "swap", "state", "urls")


class Cameras:
    """Both scenes, the lights over the tray, and their verbs."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Look at nobody.

        Args:
            clock: the time by which people move, seconds.
        """
        self._clock = clock
        self.board = lights.SimulatedBoard(BOARD)
        self.scenes = {
            "face": Scene(seed=1, serial="SIMFACE1"),
            "document": Scene(seed=2, serial="SIMDOCU1", follows=False),
        }
        self._shown = dict.fromkeys(self.scenes, "nobody")
        self._presented: dict[str, Presented | None] = {}
        self.port = 0
        for camera in self.scenes:
            self.show(camera, "nobody")

    def show(self, camera: str, what: str, kind: str = Kind.ALIVE) -> None:
        """Let a camera see a picture, a person, or nobody."""
        sees: Still | Presented
        if what.endswith(".npz"):
            sees = Presented(Person.load(Path(what)), Kind(kind))
        else:
            still = None if what == "nobody" else cv2.imread(what)
            if still is None and what != "nobody":
                raise ValueError("no such picture")
            lit = under_each_light(Path(what))
            light = (lambda: self.board.on) if camera == "document" else (lambda: None)
            picture: Picture | None = still  # type: ignore[assignment]
            if what == "nobody" and camera == "document":
                picture = tray()
            sees = Still(picture, sway_px=_SWAY_PX[camera], under=lit, light=light)
        self.scenes[camera].look_at(sees)
        self._presented[camera] = sees if isinstance(sees, Presented) else None
        self._shown[camera] = what

    def pose(self, yaw: float, nearer: float = 1.0) -> None:
        """Let the person before the face camera move."""
        self._person().go(Pose(float(yaw), float(nearer)), self._clock())

    def light(self, red: float, green: float, blue: float) -> None:
        """Let the screen shine on the person before the face camera."""
        share = np.array((blue, green, red), np.float64)
        if not ((share >= 0) & (share <= MOST_LIGHT)).all():
            raise ValueError("more or less light than a screen has")
        self._person().light(share)

    def fault(self, camera: str, kind: str) -> None:
        """Set or end a fault."""
        self.scenes[camera].fault = Fault(kind)

    def disconnect(self, camera: str) -> None:
        """End the connection once."""
        self.scenes[camera].disconnect()

    def swap(self, camera: str, serial: str) -> None:
        """Put another camera in its place."""
        self.scenes[camera].swap(serial)

    def urls(self) -> dict[str, str]:
        """Return where each camera is read."""
        return {name: f"http://127.0.0.1:{self.port}/{name}" for name in self.scenes}

    def state(self) -> dict[str, Any]:
        """Say what each camera sees, what is wrong with it, and how it is controlled."""
        cameras: dict[str, Any] = {
            name: {
                "shows": Path(self._shown[name]).stem,
                "fault": str(scene.fault),
                "serial": scene.serial,
                "locked": scene.sensor.locked,
            }
            for name, scene in self.scenes.items()
        }
        person = self._presented["face"]
        if person is not None:
            stands = person.stands(self._clock())
            cameras["face"] |= {
                "kind": str(person.kind),
                "yaw": stands.yaw,
                "nearer": stands.nearer,
            }
        return cameras

    def _person(self) -> Presented:
        person = self._presented["face"]
        if person is None:
            raise ValueError("nobody who can move stands before the face camera")
        return person


def under_each_light(path: Path) -> list[Picture]:
    """Return ``NAME.light0.png``, ``NAME.light1.png`` and so on beside ``NAME.png``."""
    lit: list[Picture] = []
    while (beside := path.with_name(f"{path.stem}.light{len(lit)}.png")).is_file():
        picture = cv2.imread(str(beside))
        if picture is None:
            raise ValueError("no such picture")
        lit.append(picture)  # type: ignore[arg-type]
    return lit


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--admin", type=Path, required=True, help="admin socket to serve")
    parser.add_argument("--port", type=int, default=0, help="loopback port; a free one if 0")
    parser.add_argument("--lights", type=Path, help="symbolic link to the light board's port")
    options = parser.parse_args()
    # One thread for each viewer is enough; helpers would wait for one another on a busy machine.
    cv2.setNumThreads(1)
    cameras = Cameras()
    server = ThreadingHTTPServer(
        ("127.0.0.1", options.port), partial(mjpeg.Handler, scenes=cameras.scenes)
    )
    server.daemon_threads = True
    cameras.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    verbs = {name: getattr(cameras, name) for name in VERBS}
    if options.lights is not None:
        line = lights.PtyBoard(cameras.board, options.lights)
        verbs["lights"] = lambda fault: line.fail(lights.Fault(fault))
    AdminServer(options.admin, verbs)
    threading.Event().wait()


if __name__ == "__main__":
    main()
