"""The robot citizen before an appliance: sees the panel alone, and moves as it asks.

Of the picture it takes what a person takes: the words that ask for a move, and the light that
falls from the panel on the face.
"""

import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

import cv2

from tests.appliance import eyes
from tests.appliance.machine import NotSeen

if TYPE_CHECKING:
    from tests.appliance.walk import Walk

_SCREEN_SHARE: Final = 0.12
"""Light of the panel over the light of the room (kiosk/citizen.py)."""
_BRIGHT: Final = 60
_BLINK_S: Final = 0.05
_ASKED: Final[dict[str, dict[str, float]]] = {
    "slowly to the left": {"yaw": 20.0, "nearer": 1.0},
    "slowly to the right": {"yaw": -20.0, "nearer": 1.0},
    "a little closer": {"yaw": 0.0, "nearer": 1.4},
    "straight at the screen": {"yaw": 0.0, "nearer": 1.0},
}


class Citizen:
    """A context manager: in the block somebody follows the panel."""

    def __init__(self, walk: "Walk") -> None:
        """Stand before it."""
        self._walk = walk
        self._leaves = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="citizen", daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
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

    def _follow(self) -> None:
        cameras = self._walk.stand.cameras
        told: dict[str, Any] = {}
        read: bytes | None = None
        while not self._leaves.wait(_BLINK_S):
            try:
                path = self._walk.picture("citizen")
            except (NotSeen, OSError, ValueError):
                return
            light = light_of(path)
            if told.get("light") != light:
                cameras.light(*light)
                told["light"] = light
            if any(light):
                continue
            # Reading takes longer than looking: only what changed is read.
            if read == (content := path.read_bytes()):
                continue
            read, lines = content, eyes.read(path)
            pose = next((pose for words, pose in _ASKED.items() if eyes.find(lines, words)), None)
            if pose is not None and told.get("pose") != pose:
                cameras.pose(**pose)
                told["pose"] = pose


def light_of(path: Path) -> tuple[float, float, float]:
    """Return what falls from the panel on a face, red, green, blue; nothing from a page of text."""
    picture = cv2.imread(str(path))
    if picture is None:
        return (0.0, 0.0, 0.0)
    height, width = picture.shape[:2]
    rim = picture[int(height * 0.30) : int(height * 0.98), : max(1, int(width * 0.03))]
    blue, green, red = (float(part) for part in rim.reshape(-1, 3).mean(axis=0))
    # Pages are nearly white or nearly black; a colour is one that is not grey.
    if max(red, green, blue) - min(red, green, blue) < _BRIGHT:
        return (0.0, 0.0, 0.0)
    scale = _SCREEN_SHARE / 255
    return (round(red * scale, 3), round(green * scale, 3), round(blue * scale, 3))
