"""``python -m ui.gallery OUT``: a picture of every screen, and what is wrong with it.

Not shipped. Draws samples x languages x upright and lying panel x normal, large and
contrast, and a contact sheet of each. Exit status 1 when a text is cut, pale, lies over
another or is missing, when a target is small or has no name, or when a picture is another
than the baseline's (``--baseline FILE``, renewed by ``--renew``).
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ui import environment

environment.prepare()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, QSize, Qt  # noqa: E402  (Qt reads its environment)
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QPainter  # noqa: E402

from ui import baseline, glass  # noqa: E402
from ui.easel import MODES, PANELS, Easel  # noqa: E402
from ui.inspection import faults  # noqa: E402
from ui.samples import SAMPLES  # noqa: E402
from ui.words import Words  # noqa: E402
from wire.screen import Language  # noqa: E402

_THUMBNAIL_PX: Final = 240
_COLUMNS: Final = 8
_CLEANED_EVERY: Final = 16
"""Pages that are not shown any more are kept by the script engine until then."""
_FAST: Final = 80
"""Little compression: packing a picture takes far longer than drawing it."""


class Gallery:
    """Draws what was asked for into files, and remembers what every picture is."""

    def __init__(self, options: argparse.Namespace, words: Words) -> None:
        self._options = options
        self._words = words
        self._was = baseline.read(options.baseline) if options.baseline else ({}, {})
        self.pictures: dict[str, str] = {}
        shutil.rmtree(options.out / "differences", ignore_errors=True)

    def draw(self) -> Iterator[str]:
        """Draw; give every fault found."""
        options = self._options
        for panel in options.panels:
            easel = Easel(panel, self._words)
            for mode in options.modes:
                for language in options.languages:
                    yield from self._draw_folder(easel, f"{panel}-{mode}", mode, language)
            easel.close()

    def _draw_folder(self, easel: Easel, kind: str, mode: str, language: Language) -> Iterator[str]:
        folder: Path = self._options.out / kind / language
        folder.mkdir(parents=True, exist_ok=True)
        thumbnails: list[tuple[str, QImage]] = []
        for sample in SAMPLES:
            if self._options.only not in sample.name:
                continue
            picture = easel.draw(sample, language, mode)
            name = f"{kind}/{language}/{sample.name}"
            self._keep(name, picture)
            if len(thumbnails) % _CLEANED_EVERY == 0:
                easel.glass.clean()
            thumbnails.append((sample.name, picture.scaledToWidth(_THUMBNAIL_PX, _SMOOTH)))
            for fault in faults(easel.glass.window, easel.px_per_mm, picture):
                yield f"{name}: {fault}"
        if thumbnails:
            contact_sheet(thumbnails).save(str(folder.with_suffix(".png")))

    def _keep(self, name: str, picture: QImage) -> None:
        """Write the picture, beside the former one where that is still at hand and differs."""
        path: Path = self._options.out / f"{name}.png"
        now = self.pictures[name] = baseline.pixels_hash(picture)
        was = self._was[1].get(name)
        if was is not None and was != now and path.exists():
            before = QImage(str(path))
            if baseline.pixels_hash(before) == was:
                self._differ(name, before, picture)
                return
        picture.save(str(path), quality=_FAST)

    def _differ(self, name: str, before: QImage, after: QImage) -> None:
        """The former picture stays where it is until the baseline is renewed."""
        path: Path = self._options.out / "differences" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        baseline.side_by_side(before, after).save(str(path), quality=_FAST)

    def changes(self) -> Iterator[str]:
        """Give what is another than the baseline's."""
        if not self._options.baseline:
            return
        drawn_by, was = self._was
        here = baseline.drawn_by()
        if other := sorted(k for k in drawn_by | here if drawn_by.get(k) != here.get(k)):
            yield f"not compared: the baseline was drawn by another {', '.join(other)}"
            return
        for name, words in baseline.differences(was, self.pictures, whole=self.is_whole).items():
            yield f"{name}: {words}"

    @property
    def is_whole(self) -> bool:
        """Whether everything there is was asked for."""
        asked = self._options
        everything = (list(PANELS), list(MODES), list(Language), "")
        return (asked.panels, asked.modes, asked.languages, asked.only) == everything


_SMOOTH: Final = Qt.TransformationMode.SmoothTransformation


def contact_sheet(pictures: Sequence[tuple[str, QImage]]) -> QImage:
    """Return all pictures on one, with their names."""
    cell = pictures[0][1].size() + QSize(12, 30)
    rows = -(-len(pictures) // _COLUMNS)
    sheet = QImage(cell.width() * _COLUMNS, cell.height() * rows, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#444444"))
    painter = QPainter(sheet)
    painter.setPen(Qt.GlobalColor.white)
    for index, (name, picture) in enumerate(pictures):
        left = index % _COLUMNS * cell.width() + 6
        top = index // _COLUMNS * cell.height()
        painter.drawText(QRect(left, top, cell.width(), 24), Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(left, top + 24, picture)
    painter.end()
    return sheet


def main(argv: Sequence[str]) -> int:
    """Draw, say what is wrong, and fail if anything is."""
    options = _parser().parse_args(argv)
    application = QGuiApplication(["gallery"])
    QAccessible.setActive(True)
    glass.prepare_application()
    glass.register_native_types()
    words = Words()
    gallery = Gallery(options, words)
    found = list(gallery.draw())
    found += [f"no text for {text_id}" for text_id in sorted(words.missing)]
    if options.renew:
        kept = {} if gallery.is_whole else baseline.kept(options.renew)
        baseline.write(options.renew, baseline.drawn_by(), kept | gallery.pictures)
    found += gallery.changes()
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    sys.stdout.write(f"{len(gallery.pictures)} pictures, {len(found)} faults\n")
    application.shutdown()
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(prog="python -m ui.gallery")
    reader.add_argument("out", type=Path)
    reader.add_argument("--modes", nargs="+", choices=MODES, default=list(MODES))
    reader.add_argument("--panels", nargs="+", choices=PANELS, default=list(PANELS))
    reader.add_argument("--languages", nargs="+", type=Language, default=list(Language))
    reader.add_argument("--only", default="", help="samples with this in their name")
    compared = reader.add_mutually_exclusive_group()
    compared.add_argument("--baseline", type=Path, help="hashes to compare with")
    compared.add_argument("--renew", type=Path, help="where to write the hashes of all pictures")
    return reader


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
