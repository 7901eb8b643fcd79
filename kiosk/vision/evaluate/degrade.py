"""What light, lens and a chip do to a portrait; each is a plain function of the picture.

Random ones take their generator, so that a run can be repeated.
"""

from io import BytesIO
from typing import Final

import cv2
import numpy as np
from PIL import Image

from drivers.camera.camera import Picture

CHIP_SIZE: Final = (240, 320)
"""Columns and rows of a portrait on a chip (facts of 4.6: 240 x 320)."""
_GAMMA: Final = 2.2


def blurred(picture: Picture, sigma: float) -> Picture:
    """Blur as a lens out of focus does; `sigma` in pixels."""
    return cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.uint8, copy=False)


def moved(picture: Picture, length_px: int) -> Picture:
    """Blur along the rows as a moving head is blurred."""
    kernel = np.full((1, length_px), 1 / length_px, np.float32)
    return cv2.filter2D(picture, -1, kernel).astype(np.uint8, copy=False)


def exposed(picture: Picture, factor: float) -> Picture:
    """Expose more or less: `factor` on linear light, clipped where the sensor clips."""
    linear = (picture / 255.0) ** _GAMMA * factor
    return np.array(255 * np.clip(linear, 0, 1) ** (1 / _GAMMA) + 0.5, np.uint8)


def lit_from_side(picture: Picture, depth: float, *, from_left: bool = True) -> Picture:
    """Light one side: the other gets 1 - `depth` of it, changing over the middle third."""
    columns = picture.shape[1]
    ramp = 1 / (1 + np.exp(-12 * (np.arange(columns) / columns - 0.5)))
    share = 1 - depth * (ramp if from_left else ramp[::-1])
    linear = (picture / 255.0) ** _GAMMA * share[None, :, None]
    return np.array(255 * np.clip(linear, 0, 1) ** (1 / _GAMMA) + 0.5, np.uint8)


def noisy(picture: Picture, sigma: float, rng: np.random.Generator) -> Picture:
    """Add a sensor's noise of `sigma` grey levels."""
    noise = rng.normal(0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def dim(picture: Picture, rng: np.random.Generator) -> Picture:
    """A dark hall: a quarter of the light and the noise of a high gain."""
    return noisy(exposed(picture, 0.25), 8.0, rng)


def cut_for_chip(picture: Picture) -> Picture:
    """Cut a portrait to the shape of a chip's picture and make it as small."""
    rows, columns = picture.shape[:2]
    width = rows * CHIP_SIZE[0] // CHIP_SIZE[1]
    left = (columns - width) // 2
    small = cv2.resize(picture[:, left : left + width], CHIP_SIZE, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)


def as_jpeg(picture: Picture, most_bytes: int) -> Picture:
    """Return the picture after the best JPEG of at most so many bytes."""
    quality = 95
    _, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    while len(content) > most_bytes and quality > 2:
        quality -= 3
        _, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    seen = cv2.imdecode(content, cv2.IMREAD_COLOR)
    assert seen is not None
    return seen.astype(np.uint8, copy=False)


def as_jpeg_2000(picture: Picture, most_bytes: int) -> Picture:
    """Return the picture after JPEG 2000 of about so many bytes."""
    buffer = BytesIO()
    ratio = picture.size / most_bytes
    Image.fromarray(picture[:, :, ::-1]).save(
        buffer, "JPEG2000", quality_mode="rates", quality_layers=[ratio], irreversible=True
    )
    with Image.open(buffer) as seen:
        return np.ascontiguousarray(np.asarray(seen.convert("RGB"))[:, :, ::-1])
