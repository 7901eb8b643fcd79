"""No picture of a person is kept: in doubt somebody is there."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Picture
from provisioning.acts.empty_scene import as_kept, holds_nobody

PICTURES = Path(__file__).parents[3] / ".cache" / "pictures"
FACES = [("holder_chip.jpg", 90), ("holder_chip.jpg", 300), ("stranger_chip.jpg", 90)]
FACES += [("stranger_chip.jpg", 300), ("holder_view.jpg", 1280), ("stranger_view.jpg", 640)]
"""A portrait, or what a camera saw of somebody, and how wide it stands in the picture."""


def hall() -> Picture:
    """Return a room: a wall that is lit from one side, a floor, a door, some noise."""
    rng = np.random.default_rng(7)
    picture = np.full((720, 1280, 3), 190, np.uint8)
    picture[:, :] = np.linspace(150, 220, 1280, dtype=np.uint8)[None, :, None]
    picture[520:] = (96, 110, 120)
    picture[180:520, 900:1080] = (70, 92, 120)
    picture[250:300, 200:520] = (60, 60, 60)
    noisy = picture.astype(np.int16) + rng.integers(-4, 5, picture.shape)
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)


def with_face(name: str, *, width: int) -> Picture:
    face = cv2.imread(str(PICTURES / name))
    assert face is not None
    face = cv2.resize(face, (width, round(face.shape[0] * width / face.shape[1])))
    picture = hall()
    x, y = (1280 - width) // 2, max(0, (720 - face.shape[0]) // 2)
    part = picture[y : y + face.shape[0], x : x + face.shape[1]]
    part[:] = face[: part.shape[0], : part.shape[1]]
    return picture


def test_an_empty_room_is_empty() -> None:
    assert holds_nobody([hall(), hall()])


@pytest.mark.skipif(not PICTURES.exists(), reason="the demo's people are not here: make pictures")
@pytest.mark.parametrize(("name", "width"), FACES)
def test_a_face_is_somebody(name: str, width: int) -> None:
    assert not holds_nobody([with_face(name, width=width)] * 2)


def test_whatever_moves_is_somebody() -> None:
    moved = hall()
    moved[200:500, 300:420] = 40
    assert not holds_nobody([hall(), hall(), moved])


def test_no_picture_at_all_proves_nothing() -> None:
    assert not holds_nobody([])


def test_what_is_kept_is_small_and_says_nothing_about_itself() -> None:
    content = as_kept(hall())
    small = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert small is not None
    assert small.shape == (180, 320, 3)
    assert b"Exif" not in content
