"""``python -m ui.gallery OUT``: a picture of every screen, and what is wrong with it.

Not shipped. Draws samples x languages x upright and lying panel, with ``--modes`` also
in large text and in contrast colours, and a contact sheet of each. Exit status 1 when
a text is cut, lies over another or is missing, or a target is small or has no name.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ui import environment

environment.prepare()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QRect, QSize, Qt  # noqa: E402  (Qt reads its environment)
from PySide6.QtGui import (  # noqa: E402
    QAccessible,
    QColor,
    QGuiApplication,
    QImage,
    QPainter,
)

from ui import glass  # noqa: E402
from ui.inspection import faults  # noqa: E402
from ui.preview import PreviewMemory  # noqa: E402
from ui.samples import SAMPLES, Sample  # noqa: E402
from ui.shown import LARGE, Kiosk, Look  # noqa: E402
from ui.words import Words  # noqa: E402
from wire.screen import (  # noqa: E402
    Language,
    Show,
    ShowCardHint,
    ShowChallenge,
    ShowColour,
    ShowHint,
    ShowProgress,
)

PANELS: Final = {"portrait": (QSize(1080, 1920), 268), "landscape": (QSize(1920, 1080), 476)}
"""Pixels, and the width in millimetres: 21.5 inches."""
MODES: Final = {"": (1.0, False), "large": (LARGE, False), "contrast": (1.0, True)}
_TIMEOUT_S: Final = 120
_WARN_S: Final = 20
_MOST_LOOKS: Final = 20
_THUMBNAIL_PX: Final = 240
_COLUMNS: Final = 8


@dataclass(slots=True)
class Clock:
    """A clock that stands."""

    now: float = 0.0

    def __call__(self) -> float:
        """Return the time it was set to."""
        return self.now


class Easel:
    """One window that samples are drawn in."""

    def __init__(self, panel: str, words: Words) -> None:
        size, width_mm = PANELS[panel]
        self.words = words
        self.px_per_mm = size.width() / width_mm
        self._clock = Clock()
        self._sequence = 0
        self.kiosk = Kiosk(
            Look(self.px_per_mm, still=True), clock=self._clock, on_touch=lambda *_: None
        )
        self.glass = glass.Glass(self.kiosk, PreviewMemory(), words, size=size)
        self.glass.window.show()

    def draw(self, sample: Sample, language: Language, mode: str = "") -> QImage:
        """Return the picture of `sample`, when nothing in it moves any more."""
        self._clock.now = 0.0
        self._sequence += 1
        self.kiosk.set_connected(sample.connected)
        zoom, contrast = MODES[mode]
        self.kiosk.setZoom(zoom)
        self.kiosk.setContrast(contrast)
        self.kiosk.show(self._show(sample, language))
        if sample.hint is not None:
            guided = ShowHint(self._sequence, sample.hint, sample.seconds_left)
            self.kiosk.show_hint(guided)
        if sample.challenge is not None:
            asked = ShowChallenge(self._sequence, sample.challenge, sample.turned)
            self.kiosk.show_challenge(asked)
        self.kiosk.show_colour(ShowColour(self._sequence, sample.rgb))
        if sample.card_hint is not None:
            hint = ShowCardHint(sequence=self._sequence, hint=sample.card_hint)
            self.kiosk.show_hint(hint)
        if sample.progress is not None:
            self.kiosk.show_progress(ShowProgress(sequence=self._sequence, share=sample.progress))
        if sample.is_warning:
            self._clock.now = _TIMEOUT_S - _WARN_S + 0.5
            self.kiosk.tick()
        return self._settled()

    def _show(self, sample: Sample, language: Language) -> Show:
        return Show(
            sequence=self._sequence,
            screen=sample.screen,
            language=language,
            facts=sample.facts,
            timeout_s=_TIMEOUT_S,
            warn_s=_WARN_S,
        )

    def _settled(self) -> QImage:
        picture = QImage()
        for _ in range(_MOST_LOOKS):
            QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            before, picture = picture, self.glass.window.grabWindow()
            if before == picture:
                break
        return picture

    def close(self) -> None:
        """Put it away."""
        self.kiosk.stop()
        self.glass.close()


def draw_all(options: argparse.Namespace, words: Words) -> Iterator[str]:
    """Draw what `options` ask for into files; give every fault found."""
    for panel in options.panels:
        easel = Easel(panel, words)
        for mode in MODES if options.modes else [""]:
            for language in options.languages:
                folder = options.out / "-".join(filter(None, [panel, mode])) / language
                yield from _draw_folder(easel, folder, mode, language, options.only)
        easel.close()


def _draw_folder(
    easel: Easel, folder: Path, mode: str, language: Language, only: str
) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    thumbnails = []
    for sample in SAMPLES:
        if only not in sample.name:
            continue
        picture = easel.draw(sample, language, mode)
        picture.save(str(folder / f"{sample.name}.png"))
        thumbnails.append((sample.name, picture.scaledToWidth(_THUMBNAIL_PX, _SMOOTH)))
        for fault in faults(easel.glass.window, easel.px_per_mm):
            yield f"{folder.parent.name}/{language}/{sample.name}: {fault}"
    if thumbnails:
        contact_sheet(thumbnails).save(str(folder.with_suffix(".png")))


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
    reader = argparse.ArgumentParser(prog="python -m ui.gallery")
    reader.add_argument("out", type=Path)
    reader.add_argument("--modes", action="store_true", help="also large text and contrast")
    reader.add_argument("--panels", nargs="+", choices=PANELS, default=list(PANELS))
    reader.add_argument("--languages", nargs="+", type=Language, default=list(Language))
    reader.add_argument("--only", default="", help="samples with this in their name")
    options = reader.parse_args(argv)
    application = QGuiApplication(["gallery"])
    QAccessible.setActive(True)
    glass.prepare_application()
    glass.register_native_types()
    words = Words()
    found = list(draw_all(options, words))
    found += [f"no text for {text_id}" for text_id in sorted(words.missing)]
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    sys.stdout.write(f"{len(found)} faults\n")
    application.shutdown()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
