"""Whether nobody stands before the face camera: only then may a still of it be kept.

Rule 1: in doubt somebody is there. Detectors are set to find too much rather than too little;
whatever moves is somebody.
Rule 2: what no detector found is still asked of whoever stands there (`People.keeps`).
Rule 3: what is kept is small: a scene is known by it, a face far behind is not.

Source: cascades of OpenCV (Viola and Jones 2001; Lienhart and Maydt 2002); limits are ours,
`tests/unit/provisioning/test_empty_scene.py` holds them against the people of the demo.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

_LOOK_WIDTH: Final = 480
_KEPT_WIDTH: Final = 320
_STEP: Final = 1.1
_VOTES: Final = 2
_SMALLEST_PX: Final = 20
_MOVES: Final = 6.0
"""Mean step of a grey level between two pictures, over the part that moved most."""
_PARTS: Final = 8
_QUALITY: Final = 70
_CASCADES: Final = (
    "haarcascade_frontalface_default.xml",
    "haarcascade_frontalface_alt2.xml",
    "haarcascade_profileface.xml",
    "haarcascade_upperbody.xml",
)


def holds_nobody(pictures: Sequence[Picture]) -> bool:
    """Say whether no face, no body and no movement was found in pictures of one moment."""
    greys = [_small_grey(picture) for picture in pictures]
    if not greys or any(_moved(one, greys[0]) for one in greys[1:]):
        return False
    return not any(_holds_somebody(grey) for grey in (greys[0], greys[-1]))


def as_kept(picture: Picture) -> bytes:
    """Return a picture as it may be kept: small, JPEG, without any word about itself."""
    height = round(picture.shape[0] * _KEPT_WIDTH / picture.shape[1])
    small = cv2.resize(picture, (_KEPT_WIDTH, height), interpolation=cv2.INTER_AREA)
    _, content = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return content.tobytes()


def _small_grey(picture: Picture) -> NDArray[np.uint8]:
    height = round(picture.shape[0] * _LOOK_WIDTH / picture.shape[1])
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (_LOOK_WIDTH, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _holds_somebody(grey: NDArray[np.uint8]) -> bool:
    # Dark faces and faces against a window come out only when the levels are spread.
    spread = cv2.equalizeHist(grey)
    # A profile is known from one side alone.
    seen = (grey, spread, cv2.flip(spread, 1))
    smallest = (_SMALLEST_PX, _SMALLEST_PX)
    return any(
        len(finder.detectMultiScale(one, _STEP, _VOTES, minSize=smallest)) > 0
        for finder in _finders()
        for one in seen
    )


@cache
def _finders() -> tuple[cv2.CascadeClassifier, ...]:
    # OpenCV ships them beside itself; its stubs do not know of them.
    folder = Path(cv2.__file__).parent / "data"
    return tuple(cv2.CascadeClassifier(str(folder / name)) for name in _CASCADES)


def _moved(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Say whether some part of the picture is another; noise and flicker are not."""
    if one.shape != other.shape:
        return True
    soft, before = (cv2.GaussianBlur(grey, (9, 9), 0).astype(np.float32) for grey in (one, other))
    steps = np.abs((soft - soft.mean()) - (before - before.mean()))
    parts = cv2.resize(steps, (_PARTS, _PARTS), interpolation=cv2.INTER_AREA)
    return bool(parts.max() > _MOVES)
