"""A person who can turn and come closer, drawn once: ``python -m kiosk.vision.evaluate.person``.

What is written are not pictures of each pose but where each pixel of a pose comes from, so
that every angle in between is exact, and a room that stays where it is. The simulated
camera (`drivers.camera.presented`) shows it. Never shipped.

The head turns about the neck behind the eyes; below the chin the turn fades out, for
shoulders stay. As it comes closer its perspective grows stronger, as that of a plane does not.
"""

import argparse
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera import pictures
from drivers.camera.camera import Picture
from drivers.camera.person import MARGIN_PX, NEARER, STEP_PX, UNIT_PX, VIEW, YAWS
from kiosk.vision.evaluate.depths import DEPTH
from kiosk.vision.evaluate.head import EYES_PX, Head, Pose
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import CHIN, TrainedLandmarks, eye_centres

Floats = NDArray[np.float64]
EYES_APART_PX: Final = 130.0
_EYES_AT: Final = np.array((VIEW[0] / 2, 0.43 * VIEW[1]))
_AWAY: Final = 10.0
"""Distance to the camera in distances between the pupils: 63 cm."""
_NECK: Final = -1.1
"""Where the axis of a turn stands, in distances between the pupils, behind the eyes."""
_FADES: Final = (1.75, 2.35)
"""To the sides a turn fades out between so many distances between the pupils: beyond the hair."""
_NECK_LONG: Final = 0.75
_SOLVE: Final = 16
_NONE: Final = np.zeros(0, np.float32)
_EDGE: Final = cv2.BORDER_REPLICATE
_MIDDLE: Final = (STEP_PX - 1) / 2
_HEAD_MIDDLE: Final = np.array((2.4, 0.42 * 4.8)) * EYES_PX


@dataclass(frozen=True, slots=True)
class Person:
    """A picture of somebody on a canvas larger than the camera's view, cut out of the room."""

    canvas: Picture
    alpha: NDArray[np.uint8]
    """255 where somebody stands."""
    room: Picture
    depth: NDArray[np.float32]
    """Of each place of the canvas's grid, in distances between the pupils."""
    chin: float
    """Row of the view."""

    def went(self, xy: Floats, yaw: float, nearer: float) -> Floats:
        """Return where places of the view are seen once the head has turned and come closer."""
        space = self._space(xy)
        turned = (space - (0, 0, _NECK)) @ Pose(yaw=yaw).rotation.T + (0, 0, _NECK)
        away = _AWAY / nearer
        seen = turned[:, :2] * (away / (away - turned[:, 2:])) * EYES_APART_PX + _EYES_AT
        still = space[:, :2] * (_AWAY / (_AWAY - space[:, 2:])) * EYES_APART_PX + _EYES_AT
        moved = xy + (seen - still) * self._moves(xy)[:, None]
        middle = np.array(VIEW) / 2
        return np.array(middle + (moved - middle) * nearer)

    def came_from(self, yaw: float, nearer: float) -> NDArray[np.int16]:
        """Return for each place of the grid how far away the pixel is that is seen there.

        In `UNIT_PX`, rows x columns x (x, y). Where the head hides a part of itself, the
        nearest is seen: it is found first, roughly, and then followed to the place itself.
        """
        wanted = grid(VIEW)
        source = self._nearest(wanted, yaw, nearer)
        for _ in range(_SOLVE):
            source += 0.6 / nearer * (wanted - self.went(source, yaw, nearer))
        shape = (VIEW[1] // STEP_PX, VIEW[0] // STEP_PX, 2)
        return np.round((source - wanted) / UNIT_PX).astype(np.int16).reshape(shape)

    def _nearest(self, wanted: Floats, yaw: float, nearer: float) -> Floats:
        """Return about where what is seen at each place of the grid came from."""
        fine = np.stack(np.meshgrid(*(np.arange(0, size, 2.0) for size in VIEW)), axis=-1)
        places = fine.reshape(-1, 2)
        cells = np.floor(self.went(places, yaw, nearer) / STEP_PX).astype(int)
        across, down = VIEW[0] // STEP_PX, VIEW[1] // STEP_PX
        nearness = (self._space(places) @ Pose(yaw=yaw).rotation.T)[:, 2]
        inside = ((cells >= 0) & (cells < (across, down))).all(axis=1)
        places, cells = places[inside], cells[inside]
        farthest_first = np.argsort(nearness[inside], kind="stable")
        source = wanted.copy()
        flat = cells[:, 1] * across + cells[:, 0]
        # Of several that fall on one place the last one written stays: the nearest.
        source[flat[farthest_first]] = places[farthest_first]
        return source

    def _space(self, xy: Floats) -> Floats:
        """Return places of the view as x, y, z about the middle between the pupils."""
        on_grid = ((xy + MARGIN_PX - _MIDDLE) / STEP_PX).astype(np.float32)
        # OpenCV takes at most 32,766 rows: many places lie in longer ones.
        on_grid = on_grid.reshape(-1, gcd(len(xy), VIEW[0] // STEP_PX), 2)
        z = cv2.remap(self.depth, on_grid, _NONE, cv2.INTER_LINEAR, borderMode=_EDGE)
        return np.column_stack(((xy - _EYES_AT) / EYES_APART_PX, z.reshape(-1)))

    def near(self) -> NDArray[np.uint8]:
        """Return how much light of the screen falls on each place of the canvas's grid."""
        height, width = self.alpha.shape
        xy = grid((width, height)) - MARGIN_PX
        falls = (
            np.maximum(self.depth.reshape(-1) + 1.3, np.where(xy[:, 1] > self.chin, 0.9, 0.7)) / 1.3
        )
        full = np.clip(falls * 255, 0, 255).reshape(height // STEP_PX, width // STEP_PX)
        return np.array(cv2.GaussianBlur(full, (0, 0), 3), np.uint8)

    def _moves(self, xy: Floats) -> Floats:
        """Return how much of the head's turn a place of the view follows, 0 to 1."""
        aside = np.abs(xy[:, 0] - _EYES_AT[0]) / EYES_APART_PX
        below = (xy[:, 1] - self.chin) / EYES_APART_PX
        from_side, to_side = _FADES
        return _smooth((to_side - aside) / (to_side - from_side)) * _smooth(1 - below / _NECK_LONG)


def person(picture: Picture) -> Person:
    """Cut somebody out of a picture and give the head a depth.

    Raises:
        NoPicture: no face.
    """
    finder, model = FaceFinder(), TrainedLandmarks()
    boxes = finder.boxes(picture)
    if not boxes:
        raise pictures.NoPicture("no face to turn")
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
    points = model(grey, boxes[0])
    first, second = eye_centres(points)
    scale = EYES_APART_PX / float(np.linalg.norm(second - first))
    shift = _EYES_AT + MARGIN_PX - (first + second) / 2 * scale
    move = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    size = (VIEW[0] + 2 * MARGIN_PX, VIEW[1] + 2 * MARGIN_PX)
    cubic = cv2.warpAffine(picture, move, size, flags=cv2.INTER_CUBIC, borderMode=_EDGE)
    canvas = np.array(cubic, np.uint8)
    cut = np.array(
        cv2.warpAffine(_cut_out(picture, points), move, size, borderMode=_EDGE), np.uint8
    )
    alpha = _hardened(np.array(cv2.GaussianBlur(cut, (0, 0), 3), np.uint8))
    on_view = points * scale + move[:, 2] - MARGIN_PX
    shown = canvas[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]
    return Person(
        canvas,
        alpha,
        _room(canvas, cut)[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX],
        _depth(Head.of(shown, on_view, DEPTH), size),
        float(on_view[CHIN, 1]),
    )


def write(who: Person, path: Path) -> None:
    """Write what the simulated camera needs."""
    turns = np.stack([who.came_from(yaw, 1.0) for yaw in YAWS])
    comes = np.stack([who.came_from(0.0, nearer) for nearer in NEARER])
    best = [cv2.IMWRITE_JPEG_QUALITY, 95]
    np.savez_compressed(
        path,
        canvas=cv2.imencode(".jpg", who.canvas, best)[1],
        alpha=cv2.imencode(".png", who.alpha)[1],
        room=cv2.imencode(".jpg", who.room, best)[1],
        near=who.near(),
        turns=turns,
        comes=comes,
    )


def _cut_out(picture: Picture, points: Floats) -> NDArray[np.uint8]:
    """Return 255 where somebody stands, 0 where the room is."""
    first, second = eye_centres(points)
    apart = float(np.linalg.norm(second - first))
    x, y = (first + second) / 2
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(float)
    aside, below = np.abs(columns - x) / apart, (rows - y) / apart
    mask = np.full(picture.shape[:2], cv2.GC_PR_BGD, np.uint8)
    mask[(below > 2.2) & (aside < 3.0)] = cv2.GC_PR_FGD
    mask[(aside / 1.5) ** 2 + ((below - 0.1) / 1.9) ** 2 < 1] = cv2.GC_PR_FGD
    mask[(aside / 0.95) ** 2 + ((below - 0.4) / 1.5) ** 2 < 1] = cv2.GC_FGD
    mask[(below > 3.2) & (aside < 1.6)] = cv2.GC_FGD
    mask[((columns - x) / apart / 1.6 + 0.2) ** 2 + ((below - 2.25) / 1.15) ** 2 < 1] = cv2.GC_FGD
    mask[(below < -1.95) | ((aside > 1.9) & (below < 1.2)) | (aside > 4.0)] = cv2.GC_BGD
    cv2.setRNGSeed(1)
    model = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(picture, mask, None, *model, 6, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    somebody = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(somebody)
    largest = 1 + int(np.argmax(stats[1:count, cv2.CC_STAT_AREA]))
    whole = (labels == largest).astype(np.uint8) * 255
    return cv2.morphologyEx(whole, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)).astype(np.uint8)


def _hardened(soft: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the edge a little inside: what shines through at its rim is the old wall."""
    return np.clip((soft.astype(float) - 110) * 255 / 120, 0, 255).astype(np.uint8)


def _room(canvas: Picture, cut: NDArray[np.uint8]) -> Picture:
    """Return the room without anybody, out of focus: what is hidden is filled from around."""
    size = (canvas.shape[1], canvas.shape[0])
    small = cv2.resize(canvas, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    hidden = cv2.dilate(cut, np.ones((25, 25), np.uint8))
    known = (cv2.resize(hidden, small.shape[1::-1], interpolation=cv2.INTER_AREA) < 1) * 1.0
    total, weight = np.zeros(small.shape), np.full(small.shape[:2], 1e-6)
    for sigma in (2, 6, 18, 50):
        seen = cv2.GaussianBlur(known, (0, 0), sigma)
        share = seen * 0.05 ** np.log2(sigma)
        colour = cv2.GaussianBlur(small * known[:, :, None], (0, 0), sigma)
        total += colour * (share / np.maximum(seen, 1e-6))[:, :, None]
        weight += share
    filled = np.where(known[:, :, None] > 0, small, total / weight[:, :, None])
    soft = cv2.GaussianBlur(filled, (0, 0), 1.2)
    return np.clip(cv2.resize(soft, size, interpolation=cv2.INTER_CUBIC), 0, 255).astype(np.uint8)


def grid(size: tuple[int, int]) -> Floats:
    """Return the middles of squares of `STEP_PX`, row by row."""
    ticks = (np.arange(0, one, STEP_PX) + _MIDDLE for one in size)
    return np.stack(np.meshgrid(*ticks), axis=-1).reshape(-1, 2)


def _depth(head: Head, size: tuple[int, int]) -> NDArray[np.float32]:
    """Return the depth of each place of the canvas's grid.

    Between the landmarks, which end at the jaw, a plate would make the cheeks a wedge: a
    round head and round hair stand out where they are nearer.
    """
    of_eyes = (grid(size) - MARGIN_PX - _EYES_AT) / EYES_APART_PX
    plate = head.space(of_eyes * EYES_PX + _HEAD_MIDDLE)[:, 2]
    x, y = of_eyes.T
    face = _round(x / 1.18, (y - 0.5) / 2.2, centre=-1.25, radius=1.25)
    hair = _round(x / 1.65, (y + 0.1) / 1.95, centre=-1.3, radius=1.0)
    nearest = np.maximum(plate, np.maximum(face, np.where(y < 1.0, hair, -1.3)))
    field = nearest.reshape(size[1] // STEP_PX, size[0] // STEP_PX)
    return cv2.GaussianBlur(field, (0, 0), 1.5).astype(np.float32)


def _round(x: Floats, y: Floats, *, centre: float, radius: float) -> Floats:
    return np.array(centre + radius * np.sqrt(np.maximum(0, 1 - x**2 - y**2)))


def _smooth(share: Floats) -> Floats:
    within = np.clip(share, 0, 1)
    return np.array(within * within * (3 - 2 * within))


def write_people(folder: Path) -> None:
    """Write ``holder_person.npz`` and ``stranger_person.npz``, where they are not there.

    The stranger is drawn from ``stranger_view.jpg`` (`drivers.camera.pictures`), if there is one.
    """
    stranger = cv2.imread(str(folder / "stranger_view.jpg"))
    seen = {"holder": pictures.holder}
    if stranger is not None:
        seen["stranger"] = lambda: stranger.astype(np.uint8, copy=False)
    for name, picture in seen.items():
        path = folder / f"{name}_person.npz"
        if not path.exists():
            write(person(picture()), path)


def main() -> None:
    """Draw both anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    folder = parser.parse_args().to
    for drawn in folder.glob("*_person.npz"):
        drawn.unlink()
    write_people(folder)


if __name__ == "__main__":
    main()
