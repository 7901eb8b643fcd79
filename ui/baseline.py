"""The pictures that were looked at and found good, as hashes of their pixels (not shipped).

Rule 1: pixels are compared, not files: zlib may pack the same picture differently.
Rule 2: pictures of other fonts, another Qt or another FreeType are not compared: what
draws is written beside the hashes, and a difference there is said once, by name.

Source: the software backend is bit-identical between runs and machines (docs/testing.md,
"Pictures").
"""

import ctypes
import ctypes.util
import hashlib
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import PySide6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui.shown import FAMILIES

_HEX_DIGITS: Final = 32
"""128 bits: no two of our pictures meet by chance."""
_WEIGHTS: Final = ("regular", "medium", "demibold", "bold")
_HEAD: Final = "# Made by `make gallery-renew` after looking at out/gallery; do not edit.\n"


class BadBaseline(Exception):
    """The file of hashes cannot be read."""


def pixels_hash(picture: QImage) -> str:
    """Return the hash of the colours of every pixel."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = hashlib.sha256(f"{plain.width()}x{plain.height()}".encode())
    pixels.update(plain.constBits())
    return pixels.hexdigest()[:_HEX_DIGITS]


def drawn_by() -> dict[str, str]:
    """Return what decides how a letter looks: Qt, FreeType, and each font file that is used."""
    return {"qt": PySide6.__version__, "freetype": _freetype(), **_fonts()}


def _freetype() -> str:
    name = ctypes.util.find_library("freetype")
    if name is None:
        return "none"
    library = ctypes.CDLL(name)
    handle = ctypes.c_void_p()
    library.FT_Init_FreeType(ctypes.byref(handle))
    parts = [ctypes.c_int() for _ in range(3)]
    library.FT_Library_Version(handle, *(ctypes.byref(part) for part in parts))
    library.FT_Done_FreeType(handle)
    return ".".join(str(part.value) for part in parts)


def _fonts() -> dict[str, str]:
    """Ask fontconfig, as Qt does, which files stand behind the families of the screens."""
    asked = [f"{family}:weight={w}" for family in sorted(set(FAMILIES.values())) for w in _WEIGHTS]
    found = {
        subprocess.run(
            ["fc-match", "--format=%{file}", pattern],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for pattern in asked
    }
    return {Path(f).name: hashlib.sha256(Path(f).read_bytes()).hexdigest()[:16] for f in found}


def read(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return what drew the baseline, and the hash of each picture by name.

    Raises:
        BadBaseline: the file is missing or of another form.
    """
    try:
        content = tomllib.loads(path.read_text())
        return dict(content["drawn_by"]), dict(content["pictures"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise BadBaseline(f"{path.name}: {error}") from error


def kept(path: Path) -> dict[str, str]:
    """Return the hashes that stay when a part is renewed: none that something else drew.

    Raises:
        BadBaseline: the file is of another form.
    """
    if not path.exists():
        return {}
    drawn, pictures = read(path)
    return pictures if drawn == drawn_by() else {}


def write(path: Path, drawn: dict[str, str], pictures: dict[str, str]) -> None:
    """Write a baseline, sorted: a changed picture is one changed line."""
    tables = [
        f"[{name}]\n" + "".join(f'"{key}" = "{value}"\n' for key, value in sorted(table.items()))
        for name, table in (("drawn_by", drawn), ("pictures", pictures))
    ]
    path.write_text(_HEAD + "\n".join(tables))


def differences(was: dict[str, str], now: dict[str, str], *, whole: bool) -> dict[str, str]:
    """Return what changed, by name of the picture, in words.

    Args:
        was: the baseline.
        now: what was drawn.
        whole: everything was drawn, so what is missing is gone.
    """
    changed = {name: "has changed" for name in now if name in was and was[name] != now[name]}
    new = {name: "is not in the baseline" for name in now if name not in was}
    gone = {name: "is drawn no more" for name in was if name not in now} if whole else {}
    return dict(sorted((changed | new | gone).items()))


def side_by_side(before: QImage, after: QImage) -> QImage:
    """Return the former picture, the present one, and where they differ in red."""
    size = before.size().expandedTo(after.size())
    gap = 16
    sheet = QImage(size.width() * 3 + gap * 2, size.height(), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#444444"))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, before)
    painter.drawImage(size.width() + gap, 0, after)
    painter.drawImage(2 * (size.width() + gap), 0, _difference(before, after, size))
    painter.end()
    return sheet


def _difference(before: QImage, after: QImage, size: QSize) -> QImage:
    """Return `after`, paled, with every pixel that is not the same in red."""
    apart = _on_canvas(before, size)
    painter = QPainter(apart)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, after)
    painter.end()
    other = apart.createMaskFromColor(QColor(Qt.GlobalColor.black).rgb(), Qt.MaskMode.MaskOutColor)
    red = QImage(size, QImage.Format.Format_ARGB32)
    red.fill(QColor("#D00000"))
    red.setAlphaChannel(other.convertToFormat(QImage.Format.Format_Grayscale8))
    sheet = _on_canvas(after, size)
    painter = QPainter(sheet)
    painter.fillRect(sheet.rect(), QColor(255, 255, 255, 170))
    painter.drawImage(0, 0, red)
    painter.end()
    return sheet


def _on_canvas(picture: QImage, size: QSize) -> QImage:
    canvas = QImage(size, QImage.Format.Format_RGB32)
    canvas.fill(Qt.GlobalColor.black)
    painter = QPainter(canvas)
    painter.drawImage(0, 0, picture)
    painter.end()
    return canvas
