"""Close the eyes and open the mouth of a portrait, by moving its rows.

What a lid covers is covered, not squeezed: a half closed eye shows half an iris.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.vision import landmarks

Floats = NDArray[np.float64]
_LOWER_LID_SHARE: Final = 0.12
"""The lower lid's part in closing; our own estimate."""
DARK: Final = (28.0, 22.0, 45.0)
"""Blue, green, red of an open mouth's inside."""
TEETH: Final = (190.0, 205.0, 212.0)


def with_lids(picture: Picture, points: Floats, *, closed: float) -> tuple[Picture, Floats]:
    """Close both eyes by a share of 0 (as they are) to 1 (shut)."""
    out, moved = picture.copy(), points.copy()
    for eye, brow in (
        (landmarks.EYE_FIRST, landmarks.BROW_FIRST),
        (landmarks.EYE_SECOND, landmarks.BROW_SECOND),
    ):
        corner, *upper, other = points[eye][:5]
        lower = points[eye][5:][::-1]
        top = _curve([corner, *upper, other])
        bottom = _curve([corner, *lower, other])
        start, end = sorted((corner[0], other[0]))
        columns = np.arange(int(np.ceil(start)), int(end))
        ceiling = points[brow][:, 1].mean()
        for x in columns:
            high, low = top(x), bottom(x)
            gap = max(low - high, 0.0)
            upper_to = high + closed * (1 - _LOWER_LID_SHARE) * gap
            lower_to = low - closed * _LOWER_LID_SHARE * gap
            first, last = int(ceiling) + 2, int(low + 0.6 * gap + 6)
            rows = np.arange(first, last, dtype=np.float32)
            known_to = [first, upper_to, upper_to + 0.1, lower_to - 0.1, lower_to, last]
            known_from = [first, high, upper_to + 0.1, lower_to - 0.1, low, last]
            source = np.interp(rows, np.maximum.accumulate(known_to), known_from)
            column = np.full_like(rows, x)
            strip = cv2.remap(picture, column, source.astype(np.float32), cv2.INTER_LINEAR)
            out[first:last, x] = strip[:, 0]
        gaps = lower[:, 1] - points[eye][1:4][:, 1]
        moved[eye][1:4, 1] += closed * (1 - _LOWER_LID_SHARE) * np.maximum(gaps, 0)
        moved[eye][5:, 1] -= closed * _LOWER_LID_SHARE * np.maximum(gaps, 0)[::-1]
    return out, moved


def with_smile(picture: Picture, points: Floats, *, pull_px: float) -> tuple[Picture, Floats]:
    """Pull the corners of the mouth outwards, and half as far up."""
    first, second = points[landmarks.LIPS_OUTER][[0, 4]]
    spread = float(np.linalg.norm(second - first)) / 3

    def pulled(at: Floats) -> Floats:
        towards = [(first, (-1.0, -0.5)), (second, (1.0, -0.5))]
        near = [
            np.exp(-((at - corner) ** 2).sum(axis=-1) / (2 * spread**2)) for corner, _ in towards
        ]
        return np.array(
            pull_px
            * sum(
                share[..., None] * np.array(way)
                for share, (_, way) in zip(near, towards, strict=True)
            )
        )

    rows, columns = picture.shape[:2]
    grid = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).astype(np.float64)
    source = (grid - pulled(grid)).astype(np.float32)
    out = cv2.remap(
        picture, source[..., 0], source[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return out.astype(np.uint8, copy=False), points + pulled(points)


def with_mouth(
    picture: Picture, points: Floats, *, open_px: float, inside: tuple[float, float, float] = DARK
) -> tuple[Picture, Floats]:
    """Lower the jaw by pixels; the gap shows a dark inside, or teeth."""
    corners = points[landmarks.LIPS_OUTER][[0, 4]]
    upper = points[landmarks.LIPS_INNER][:3]
    line = _curve([corners[0], *upper, corners[1]])
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float32)
    half = max((corners[1, 0] - corners[0, 0]) / 2, 1.0)
    middle = corners[:, 0].mean()
    across = np.clip(1 - ((columns - middle) / half) ** 2, 0, 1)
    wide = np.exp(-(((columns - middle) / (1.8 * half)) ** 2))
    edge = line(columns.ravel()).reshape(rows.shape)
    # The lip moves by the opening of its column; farther down the whole jaw moves.
    deep = np.clip((rows - edge) / (2.2 * half), 0, 1)
    drop = open_px * (across * (1 - deep) + wide * deep)
    gap = (rows > edge) & (rows < edge + open_px * across)
    source = np.where(rows > edge, rows - drop, rows).astype(np.float32)
    out = cv2.remap(picture, columns, source, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(gap.astype(np.float32), (0, 0), 1.2)[:, :, None]
    mixed = (out * (1 - soft) + np.array(inside) * soft).astype(np.uint8)
    moved = points.copy()
    for index in (*range(47, 50), *range(53, 56), *range(2, 7)):
        x, y = points[index]
        opened = np.clip(1 - ((x - middle) / half) ** 2, 0, 1)
        far = np.clip((y - line(np.array([x]))[0]) / (2.2 * half), 0, 1)
        at = np.exp(-(((x - middle) / (1.8 * half)) ** 2))
        moved[index, 1] += open_px * (opened * (1 - far) + at * far)
    return mixed, moved


def _curve(places: list[Floats]) -> np.poly1d:
    """Return a parabola of y by x through the places, near enough for a lid or a lip."""
    x, y = np.array(places).T
    return np.poly1d(np.polyfit(x, y, 3 if len(places) > 4 else 2))
