"""One portrait seen in many ways: turned, blinking, speaking, in glasses, in poor light."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.face_box import FaceBox
from kiosk.vision import landmarks, models
from kiosk.vision.evaluate import degrade, worn
from kiosk.vision.evaluate.head import Head, Pose
from kiosk.vision.training.expression import DARK, TEETH, with_lids, with_mouth, with_smile

Floats = NDArray[np.float64]
_DETECT_EYES_PX: Final = 36.0
"""Distance between the eyes where the detector looks, as in kiosk/vision/faces.py."""
_MASK: Final = ((235, 215, 190), (240, 240, 240), (60, 60, 60))


@dataclass(frozen=True, slots=True)
class Variant:
    """A picture, its points, and the box the detector (or the follower) gives."""

    picture: Picture
    points: Floats
    box: FaceBox


def draw(head: Head, rng: np.random.Generator, *, plain: bool = False) -> Variant | None:
    """Draw one variant; None where the detector sees no face.

    Args:
        head: whose.
        rng: draws everything.
        plain: only turned and scaled a little, for measuring.
    """
    picture, points = _expressed(head, rng, plain=plain)
    turn = Pose(
        yaw=float(rng.uniform(-6, 6) if plain else rng.triangular(-32, 0, 32)),
        pitch=float(rng.uniform(-4, 4) if plain else rng.triangular(-18, 0, 18)),
        roll=float(rng.uniform(-4, 4) if plain else rng.triangular(-22, 0, 22)),
        away=float(rng.uniform(6, 16)),
    )
    picture, points = Head(picture, points, head.depth).seen(turn, zoom=float(rng.uniform(0.75, 1)))
    if not plain:
        picture = _seen(_dressed(picture, points, rng), rng)
    if rng.random() < 0.5:
        picture, points = picture[:, ::-1].copy(), landmarks.mirrored(points, picture.shape[1])
    box = _followed(points, rng) if rng.random() < 0.6 else detected(picture, points)
    return None if box is None else Variant(picture, points, box)


def detected(picture: Picture, points: Floats) -> FaceBox | None:
    """Return the detector's box nearest the points, looked for as the terminal does."""
    scale = landmarks.eye_distance(points) / _DETECT_EYES_PX
    size = (round(picture.shape[1] / scale), round(picture.shape[0] / scale))
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    middle = points.mean(axis=0)
    found = [
        FaceBox(box.center().x * scale, box.center().y * scale, box.width() * scale)
        for box in models.detector()(small, 0)
    ]
    near = [box for box in found if np.hypot(box.x - middle[0], box.y - middle[1]) < box.width / 2]
    return max(near, key=lambda box: box.width, default=None)


def _followed(points: Floats, rng: np.random.Generator) -> FaceBox:
    """Return a box as it follows from the points of the frame before."""
    box = landmarks.box_of(points)
    away = rng.normal(0, 0.03, 3) * box.width
    return FaceBox(box.x + away[0], box.y + away[1], box.width + away[2])


def _expressed(head: Head, rng: np.random.Generator, *, plain: bool) -> tuple[Picture, Floats]:
    picture, points = head.picture, head.points
    if plain:
        return picture, points
    kind = rng.random()
    if kind < 0.45:
        picture, points = with_lids(picture, points, closed=float(rng.beta(2, 1)))
    eyes = landmarks.eye_distance(points)
    smiles = rng.random() < 0.35
    if smiles:
        picture, points = with_smile(picture, points, pull_px=float(rng.uniform(0, 0.2) * eyes))
    if rng.random() < (0.6 if smiles else 0.25):
        wide = float(rng.uniform(0.01, 0.2 if smiles else 0.35) * eyes)
        inside = TEETH if rng.random() < (0.8 if smiles else 0.2) else DARK
        picture, points = with_mouth(picture, points, open_px=wide, inside=inside)
    return picture, points


def _dressed(picture: Picture, points: Floats, rng: np.random.Generator) -> Picture:
    kind = rng.random()
    if kind < 0.2:
        rim, grey = float(rng.uniform(0.02, 0.06)), int(rng.integers(10, 140))
        tint = float(rng.choice((0.03, 0.1, 0.8), p=(0.5, 0.35, 0.15)))
        return worn.with_glasses(picture, points, rim=rim, tint=tint, grey=grey)
    if kind < 0.28:
        return worn.with_mask(picture, points, colour=_MASK[rng.integers(len(_MASK))])
    return picture


def _seen(picture: Picture, rng: np.random.Generator) -> Picture:
    """Light, focus and noise, each in about a third of the pictures."""
    if rng.random() < 0.4:
        side = bool(rng.random() < 0.5)
        picture = degrade.lit_from_side(picture, float(rng.uniform(0.2, 0.9)), from_left=side)
    if rng.random() < 0.4:
        picture = degrade.exposed(picture, float(2 ** rng.uniform(-3, 1)))
    if rng.random() < 0.3:
        picture = degrade.blurred(picture, float(rng.uniform(0.5, 2.5)))
    if rng.random() < 0.4:
        picture = degrade.noisy(picture, float(rng.uniform(1, 10)), rng)
    return picture
