"""The robot citizen before an appliance: sees the panel alone, and moves as it asks.

Of the picture it takes what a person takes: the words that ask for a move, and the light that
falls from the panel on the face.
"""

import contextlib
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import cv2
from cv2.typing import MatLike

from tests.appliance import eyes
from tests.appliance.machine import NotSeen

if TYPE_CHECKING:
    from tests.appliance.walk import Walk

_SCREEN_SHARE: Final = 0.12
"""Light of the panel over the light of the room (kiosk/citizen.py)."""
_BRIGHT: Final = 60
_WHITE: Final = 253
_BLINK_S: Final = 0.012
_READS_S: Final = 0.05
"""In the machine's time, which stands still while its panel is copied."""
_FACE: Final = 0.42
"""Of the height: above, the citizen sees their own face, not words."""
_STRAIGHT: Final = {"yaw": 0.0, "nearer": 1.0}
_ASKED: Final[dict[str, dict[str, float]]] = {
    "slowly to the left": {"yaw": 20.0, "nearer": 1.0},
    "slowly to the right": {"yaw": -20.0, "nearer": 1.0},
    "a little closer": {"yaw": 0.0, "nearer": 1.4},
    "straight at the screen": _STRAIGHT,
    "at the camera": _STRAIGHT,
    "hold still": _STRAIGHT,
    "step back": _STRAIGHT,
    "keep looking here": _STRAIGHT,
}


class Citizen:
    """A context manager: in the block somebody follows the panel."""

    def __init__(self, walk: "Walk") -> None:
        """Stand before it."""
        self._walk = walk
        self._slower = walk.by.slower
        self._leaves = threading.Event()
        self._lines: list[eyes.Line] = []
        self._threads = [
            threading.Thread(target=work, name="citizen", daemon=True)
            for work in (self._shine, self._move)
        ]

    def reads(self, words: str) -> bool:
        """Whether the panel said `words` when it was read last.

        Raises:
            NotSeen: there is no panel any more.
        """
        if not all(thread.is_alive() for thread in self._threads):
            raise NotSeen("the machine has ended under the citizen's eyes")
        return eyes.find(self._lines, words) is not None

    def __enter__(self) -> Self:
        """Begin to look."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leaves.set()
        for thread in self._threads:
            thread.join()

    def _shine(self) -> None:
        """Be lit as the panel shines; whoever reads meanwhile does not delay it."""
        told: tuple[float, float, float] | None = None
        with contextlib.suppress(NotSeen, OSError, ValueError):
            while not self._leaves.wait(_BLINK_S * self._slower):
                light = light_of(self._walk.on.look("light"))
                if light != told:
                    self._walk.stand.cameras.light(*light)
                    told = light

    def _move(self) -> None:
        """Do what the panel says."""
        told: dict[str, float] | None = None
        read: bytes | None = None
        with contextlib.suppress(NotSeen, OSError, ValueError):
            while not self._leaves.wait(_READS_S * self._slower):
                path = self._walk.picture("citizen")
                content = path.read_bytes()
                # Reading takes longer than looking: only what changed is read, and nothing while
                # a colour shines, or its light would fall on the face too late.
                if content == read or any(light_of(cv2.imread(str(path)))):
                    continue
                read, self._lines = content, eyes.read(path, below=_FACE)
                asked = (pose for words, pose in _ASKED.items() if eyes.find(self._lines, words))
                pose = next(asked, None)
                if pose is not None and told != pose:
                    self._walk.stand.cameras.pose(**pose)
                    told = pose


def light_of(picture: MatLike | None) -> tuple[float, float, float]:
    """Return what falls from the panel on a face, red, green, blue; nothing from a page of text."""
    if picture is None:
        return (0.0, 0.0, 0.0)
    height, width = picture.shape[:2]
    rim = picture[int(height * 0.30) : int(height * 0.98), : max(1, int(width * 0.03))]
    blue, green, red = (float(part) for part in rim.reshape(-1, 3).mean(axis=0))
    # Pages are cream or nearly black, with a picture; a colour is one that is not grey, or white.
    if max(red, green, blue) - min(red, green, blue) < _BRIGHT and rim.min() < _WHITE:
        return (0.0, 0.0, 0.0)
    scale = _SCREEN_SHARE / 255
    return (round(red * scale, 3), round(green * scale, 3), round(blue * scale, 3))
