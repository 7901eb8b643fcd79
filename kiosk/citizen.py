"""The robot citizen's body: does before the camera what the screen asks (not shipped).

It sees what a citizen sees, the screen, and moves a moment later; what the screen shines
falls on the face. Whether that is a living face, a print or a tablet is the camera's scene.
"""

import contextlib
import json
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from drivers.admin import AdminRefused, ask
from wire.vision import Challenge

_LOOK_S: Final = 0.03
_SCREEN_SHARE: Final = 0.12
"""Light of the screen over the light of the room: a panel of 250 nit at 60 cm in a bright
hall gives 8 to 40 % (docs/face.md, "Colours of the screen")."""
_POSES: Final[dict[str, dict[str, float]]] = {
    # The picture is not mirrored: the citizen's left is its right.
    Challenge.TURN_LEFT: {"yaw": 20.0, "nearer": 1.0},
    Challenge.TURN_RIGHT: {"yaw": -20.0, "nearer": 1.0},
    Challenge.COME_CLOSER: {"yaw": 0.0, "nearer": 1.4},
}
_STRAIGHT: Final = {"yaw": 0.0, "nearer": 1.0}


class Citizen:
    """A context manager: in the block somebody follows the screen."""

    def __init__(self, screens: Path, cameras: Path) -> None:
        """Stand before the terminal.

        Args:
            screens: the socket that `kiosk.robot` asks.
            cameras: the cameras' admin socket.
        """
        self._cameras = cameras
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(screens))
        self._stream = self._socket.makefile("rwb")
        self._leaves = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="citizen", daemon=True)

    def __enter__(self) -> Self:
        """Begin to look at the screen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leaves.set()
        self._thread.join()
        self._stream.close()
        self._socket.close()

    def _follow(self) -> None:
        told: dict[str, Any] = {}
        # Screens and cameras end with the scene; then there is nothing to follow.
        with contextlib.suppress(OSError, ValueError):
            while not self._leaves.wait(_LOOK_S):
                self._stream.write(b'{"do": "state"}\n')
                self._stream.flush()
                seen = json.loads(self._stream.readline())
                red, green, blue = seen["colour"] or (0.0, 0.0, 0.0)
                light = {
                    name: _SCREEN_SHARE * part
                    for name, part in (("red", red), ("green", green), ("blue", blue))
                }
                wanted = {"pose": _POSES.get(seen["challenge"], _STRAIGHT), "light": light}
                for verb, arguments in wanted.items():
                    if told.get(verb) != arguments:
                        # Nobody who can move may stand there: a still, or an empty room.
                        with contextlib.suppress(AdminRefused):
                            ask(self._cameras, verb, **arguments)
                        told[verb] = arguments
