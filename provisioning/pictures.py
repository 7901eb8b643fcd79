"""The pictures of the readiness report, each in a file of its own until the report is made.

What may be kept: the face camera's view of an empty scene, the test page as it was printed, and
where the glass was touched. No picture of a person: `provisioning.acts.empty_scene`.
"""

import io
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from drivers.printer.printer import Bitmap
from provisioning.acts.touch_corners import CHECK, TARGETS, Point
from provisioning.durable import replace_file
from provisioning.report import Shown

FOLDER: Final = "pictures"
_INK, _GOOD, _GROUND, _EDGE = "#17302F", "#1C835A", "#FBF8F2", "#6F8B85"
_PANEL_PX: Final = (270, 480)


def keep(state: Path, what: Shown, content: bytes) -> None:
    """Keep a picture in the state folder, in the place of the one before.

    Raises:
        OSError: the disk did not take it.
    """
    folder = state / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(folder / what.value, content)


def forget(state: Path, what: Shown) -> None:
    """Keep no such picture: what it showed is not so any more."""
    (state / FOLDER / what.value).unlink(missing_ok=True)


def kept(state: Path) -> dict[Shown, bytes]:
    """Return every picture that is there."""
    paths = {what: state / FOLDER / what.value for what in Shown}
    return {what: path.read_bytes() for what, path in paths.items() if path.exists()}


def of_page(page: Bitmap) -> bytes:
    """Return what was printed as PNG."""
    rows = len(page.rows) // page.row_bytes
    black_is_one = Image.frombytes("1", (page.width_px, rows), page.rows)
    return _png(black_is_one.point(lambda value: 0 if value else 255))


def of_touch(touched: str, panel: str) -> bytes:
    """Return the targets and where the finger came to lie, as PNG.

    Args:
        touched: ``x,y`` of each, in shares of the panel, put right by the matrix.
        panel: ``WIDTHxHEIGHT``, of which only the shape counts.
    """
    width, height = (int(number) for number in panel.split("x"))
    size = _PANEL_PX if height >= width else _PANEL_PX[::-1]
    picture = Image.new("RGB", size, _GROUND)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=_EDGE, width=3)
    for target in (*TARGETS, CHECK):
        _ring(pen, target, size, radius=16, colour=_INK)
    for part in touched.split():
        x, _, y = part.partition(",")
        _ring(pen, (float(x), float(y)), size, radius=5, colour=_GOOD, filled=True)
    return _png(picture)


def _ring(
    pen: ImageDraw.ImageDraw,
    at: Point,
    size: tuple[int, int],
    *,
    radius: int,
    colour: str,
    filled: bool = False,
) -> None:
    x, y = at[0] * size[0], at[1] * size[1]
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, outline=colour, width=3, fill=colour if filled else None)


def _png(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()
