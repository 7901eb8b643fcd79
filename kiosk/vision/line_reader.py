"""Tesseract, line by line, in memory: a window of print goes in, glyphs come out.

The models are Debian's (`tesseract-ocr-eng`, `tesseract-ocr-chi-tra`); dictionaries
are off, because a name is no word. Nothing is written to disk.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import cv2
from tesserocr import OEM, PSM, RIL, PyResultIterator, PyTessBaseAPI, iterate_level

from kiosk.document.glyphs import Glyph, Line
from kiosk.vision.ink import Grey

MODELS: Final = Path("/usr/share/tesseract-ocr/5/tessdata")
LATIN: Final = "eng"
CHINESE: Final = "chi_tra"
_WITHOUT_DICTIONARIES: Final = {
    f"load_{kind}_dawg": "0" for kind in ("system", "freq", "punc", "number", "unambig", "bigram")
}
_WITH_ALTERNATIVES: Final = {"lstm_choice_mode": "2"}
_LEAST_CONFIDENCE: Final = 0.01
LATIN_SCALES: Final = (0.75, 0.9, 0.6)
"""Capitals of 26 pixels are read best at 20; what fails there may be read at another size."""
CHINESE_SCALES: Final = (0.6, 0.5)
"""Characters of 48 pixels are read best at 29 (all tried on our specimens)."""


class LineReader:
    """Both models, loaded; a context manager, one thread at a time."""

    def __enter__(self) -> Self:
        """Load.

        Raises:
            RuntimeError: the models are not installed.
        """
        self._latin = _model(LATIN, PSM.SINGLE_LINE)
        self._chinese = _model(CHINESE, PSM.RAW_LINE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._latin.End()
        self._chinese.End()

    def latin(self, print_: Grey, alphabet: str) -> Iterator[Line]:
        """Read a line in which only characters of `alphabet` stand, size after size."""
        for scale in LATIN_SCALES:
            yield _read(self._latin, _scaled(print_, scale), alphabet)

    def chinese(self, print_: Grey, alphabet: str = "") -> Iterator[Line]:
        """Read a line of Chinese characters, any of them unless `alphabet` says which."""
        for scale in CHINESE_SCALES:
            yield _read(self._chinese, _scaled(print_, scale), alphabet)


def _scaled(print_: Grey, share: float) -> Grey:
    return cv2.resize(print_, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _model(language: str, mode: int) -> PyTessBaseAPI:
    model = PyTessBaseAPI(
        path=str(MODELS),
        lang=language,
        psm=mode,
        oem=OEM.LSTM_ONLY,
        variables=_WITHOUT_DICTIONARIES,
    )
    for name, value in _WITH_ALTERNATIVES.items():
        model.SetVariable(name, value)
    return model


def _read(model: PyTessBaseAPI, print_: Grey, alphabet: str) -> Line:
    model.SetVariable("tessedit_char_whitelist", alphabet)
    rows, columns = print_.shape
    model.SetImageBytes(print_.tobytes(), columns, rows, 1, columns)
    try:
        model.Recognize()
        return tuple(_glyphs(model.GetIterator()))
    finally:
        # The picture is not kept until the next one comes.
        model.Clear()


def _glyphs(symbols: PyResultIterator | None) -> Iterator[Glyph]:
    if symbols is None:
        return
    for symbol in iterate_level(symbols, RIL.SYMBOL):
        if symbol.Empty(RIL.SYMBOL):
            continue
        best = symbol.GetUTF8Text(RIL.SYMBOL).strip()
        if best:
            begins = symbol.IsAtBeginningOf(RIL.WORD)
            yield Glyph(_choices(best, symbol), begins_word=begins)


def _choices(best: str, symbol: PyResultIterator) -> tuple[tuple[str, float], ...]:
    """Return the best reading first, then what else it may be."""
    found = {
        choice.GetUTF8Text(): choice.Confidence() / 100 for choice in symbol.GetChoiceIterator()
    }
    first = found.pop(best, symbol.Confidence(RIL.SYMBOL) / 100)
    others = [(c, p) for c, p in found.items() if c and p >= _LEAST_CONFIDENCE]
    return ((best, max(first, _LEAST_CONFIDENCE)), *sorted(others, key=lambda pair: -pair[1]))
