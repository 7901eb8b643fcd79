"""A contact sheet of captures: what the terminal would say to each, and the measures why."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from drivers.camera.camera import Picture
from kiosk.face.guidance import hint_for
from kiosk.face.quality import SCALES, Measure
from kiosk.vision.evaluate import degrade, worn
from kiosk.vision.evaluate.embedded import Embedded
from kiosk.vision.evaluate.people import Person, picture
from kiosk.vision.landmarks import Points
from kiosk.vision.look import Looker
from wire.vision import FaceHint

_VIEW: Final = (1280, 720)
_FACE_PX: Final = 300
_FONT: Final = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_TILE: Final = (320, 180)
_TEXT: Final = 62
_GAP: Final = 12
_GOOD, _HINT = (0, 105, 92), (150, 104, 20)
_SHOWN: Final = 3
_Seen = Callable[[Picture, Points, np.random.Generator], Picture]

CAPTURES: Final[Mapping[str, _Seen]] = {
    "as it is": lambda one, _, __: one,
    "blur 4 px": lambda one, _, __: degrade.blurred(one, 4),
    "moved 25 px": lambda one, _, __: degrade.moved(one, 25),
    "dark hall": lambda one, _, rng: degrade.dim(one, rng),
    "3 % of the light": lambda one, _, __: degrade.exposed(one, 0.03),
    "2.5 times the light": lambda one, _, __: degrade.exposed(one, 2.5),
    "lit from one side": lambda one, _, __: degrade.lit_from_side(one, 0.95),
    "glasses": lambda one, points, _: worn.with_glasses(one, points),
    "mask": lambda one, points, _: worn.with_mask(one, points, colour=(225, 205, 180)),
    "too far": lambda one, _, __: _placed(one, scale=0.6),
    "too near": lambda one, _, __: _placed(one, scale=1.7),
    "beside": lambda one, _, __: _placed(one, right=260),
    "tilted": lambda one, _, __: _placed(one, roll=14),
    "face on a shirt": lambda one, _, __: _on_shirt(one),
    "two people": lambda one, _, __: _twice(one),
}
"""Drawn on a portrait in the camera's view."""


def draw(persons: list[Person], to: Path, *, seed: int) -> None:
    """Write the sheet, one person a row, one capture a column."""
    seer, rng = Embedded(), np.random.default_rng(seed)
    width, height = _TILE[0] + _GAP, _TILE[1] + _TEXT + _GAP
    size = (len(CAPTURES) * width + _GAP, len(persons) * height + _GAP)
    sheet = Image.new("RGB", size, (250, 248, 244))
    for row, person in enumerate(persons):
        view = _view(picture(person.neutral), seer)
        points = seer.points(view)
        if points is None:
            continue
        for column, (name, seen) in enumerate(CAPTURES.items()):
            place = (_GAP + column * width, _GAP + row * height)
            _tile(sheet, name, seen(view, points, rng), seer, place)
    to.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(to)


def _tile(
    sheet: Image.Image, name: str, view: Picture, seer: Embedded, place: tuple[int, int]
) -> None:
    values = Looker(seer.landmarks).see(view, seer.finder.boxes_near_or_far(view), None)
    hint = hint_for(values)
    small = cv2.cvtColor(cv2.resize(view, _TILE, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    sheet.paste(Image.fromarray(small), place)
    ink, top = ImageDraw.Draw(sheet), place[1] + _TILE[1] + 3
    head, line = (ImageFont.truetype(_FONT, size) for size in (15, 12))
    colour = _GOOD if hint is FaceHint.HOLD_STILL else _HINT
    ink.text((place[0], top), f"{name}: {hint.value}", fill=colour, font=head)
    told = ", ".join(f"{one.value} {values[one]:.2f}" for one in _worst(values)) if values else ""
    ink.text((place[0], top + 22), told[:52], fill=(60, 70, 76), font=line)
    ink.text((place[0], top + 38), told[52:104], fill=(60, 70, 76), font=line)


def _worst(values: Mapping[Measure, float]) -> list[Measure]:
    """Return what does not hold, then the first of what holds."""
    failed = [one for one in Measure if not SCALES[one].holds(values[one])]
    others = [Measure.SHARPNESS, Measure.ILLUMINATION_UNIFORMITY, Measure.YAW]
    return [*failed, *(one for one in others if one not in failed)][:_SHOWN]


def _view(portrait: Picture, seer: Embedded) -> Picture:
    """Return a portrait as the camera sees it: 1280 x 720, the face 300 px wide."""
    box = max(seer.finder.boxes(portrait), key=lambda face: face.width)
    scale = _FACE_PX / box.width
    shift = (_VIEW[0] / 2 - box.x * scale, 0.46 * _VIEW[1] - box.y * scale)
    move = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    seen = cv2.warpAffine(
        portrait, move, _VIEW, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return seen.astype(np.uint8, copy=False)


def _placed(view: Picture, *, scale: float = 1.0, right: int = 0, roll: float = 0.0) -> Picture:
    move = cv2.getRotationMatrix2D((_VIEW[0] / 2, 0.46 * _VIEW[1]), roll, scale)
    move[0, 2] += right
    seen = cv2.warpAffine(view, move, _VIEW, borderMode=cv2.BORDER_REPLICATE)
    return seen.astype(np.uint8, copy=False)


def _twice(view: Picture) -> Picture:
    half = view[:, 320:960]
    return np.hstack((half, half))


def _on_shirt(view: Picture) -> Picture:
    """Print the same face, less than half as large, on the chest."""
    seen, size = view.copy(), 140
    cut = view[170:530, 460:820]
    seen[570 : 570 + size, 570 : 570 + size] = cv2.resize(cut, (size, size))
    return seen
