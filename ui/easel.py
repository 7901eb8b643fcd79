"""One window that samples are drawn in, for pictures and tests (not shipped).

Import `ui.environment` and call `prepare` before this.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QSize
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage, QRawFont, QTransform
from PySide6.QtQuick import QQuickWindow

from ui import backdrop, glass
from ui.pressables import PREFIX, buttons, items
from ui.preview import PreviewMemory
from ui.sample import Sample
from ui.shown import LARGE, Kiosk, Look
from ui.words import Words
from wire.screen import (
    Language,
    SetupScreen,
    Show,
    ShowCardHint,
    ShowChallenge,
    ShowColour,
    ShowHint,
    ShowProgress,
    ShowSetup,
)

PANELS: Final = {"portrait": (QSize(1080, 1920), 268), "landscape": (QSize(1920, 1080), 476)}
"""Pixels, and the width in millimetres: 21.5 inches."""
MODES: Final = {
    "normal": (1.0, False, False),
    "large": (LARGE, False, False),
    "contrast": (1.0, True, False),
    "seated": (1.0, False, True),
}
"""Text size, whether in contrast colours, and whether for somebody who sits."""
_TIMEOUT_S: Final = 120
_WARN_S: Final = 20
_MOST_LOOKS: Final = 20
_SCRIPTS: Final = (
    QFontDatabase.WritingSystem.Any,
    QFontDatabase.WritingSystem.Latin,
    QFontDatabase.WritingSystem.TraditionalChinese,
)
"""Qt has an engine of letters for each font and script; both writings of Chinese share one."""
_ANY_LETTER: Final = 40
_PERSPECTIVE: Final = QTransform(1, 0, 0.001, 0, 1, 0, 0, 0, 1)
"""Qt keeps no letter drawn so: it asks FreeType each time."""


@dataclass(slots=True)
class Clock:
    """A clock that stands."""

    now: float = 0.0

    def __call__(self) -> float:
        """Return the time it was set to."""
        return self.now


class Easel:
    """Draws one sample after the other, still, in every language and mode."""

    def __init__(self, panel: str, words: Words) -> None:
        size, width_mm = PANELS[panel]
        self.words = words
        self.px_per_mm = size.width() / width_mm
        self._clock = Clock()
        self._sequence = 0
        self.kiosk = Kiosk(
            Look(self.px_per_mm, still=True), clock=self._clock, on_touch=lambda *_: None
        )
        self._preview = PreviewMemory()
        self.glass = glass.Glass(self.kiosk, self._preview, words, size=size)
        self.glass.window.show()

    def draw(self, sample: Sample, language: Language, mode: str = "normal") -> QImage:
        """Return the picture of `sample`, when nothing in it moves any more."""
        self.show(sample, language, mode)
        picture = self._settled()
        if sample.focus:
            self._focus(sample.focus)
            picture = self._settled()
        return picture

    def sketch(self, sample: Sample, language: Language, mode: str = "normal") -> QImage:
        """Return the picture of `sample` in a fifth of the time of `draw`.

        Everything stands where `draw` has it; a letter may be shifted by a tenth of a pixel. As
        on the terminal, a screen that is there already is not built anew.
        """
        self.show(sample, language, mode, anew=False)
        picture = self.glimpse()
        if sample.focus:
            self._focus(sample.focus)
            picture = self.glimpse()
        return picture

    def glimpse(self) -> QImage:
        """Return what is seen now, whether or not it is finished."""
        _turn()
        return self.glass.window.grabWindow()

    def show(
        self, sample: Sample, language: Language, mode: str = "normal", *, anew: bool = True
    ) -> None:
        """Have `sample` shown, as the engine would."""
        self._clock.now = 0.0
        self._sequence += 1
        if anew or self.kiosk.property("connected") != sample.connected:
            self.kiosk.set_connected(sample.connected)
        else:
            self.kiosk.forget()
        self._preview.drop()
        if sample.seen:
            self._preview.adopt(backdrop.memory(sample.seen))
            self._preview.open()
        zoom, contrast, seated = MODES[mode]
        self.kiosk.setZoom(zoom)
        self.kiosk.setContrast(contrast)
        self.kiosk.setSeated(seated)
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
            self._let_time_pass()
            if not self.kiosk.is_warning():
                # Who reads large letters is asked later.
                self._let_time_pass()

    def _let_time_pass(self) -> None:
        self._clock.now += _TIMEOUT_S - _WARN_S + 0.5
        self.kiosk.tick()

    def _focus(self, action: str) -> None:
        for item in buttons(self.glass.window):
            if item.objectName() == PREFIX + action:
                item.forceActiveFocus()

    def _show(self, sample: Sample, language: Language) -> Show | ShowSetup:
        if isinstance(sample.screen, SetupScreen):
            return ShowSetup(
                sequence=self._sequence,
                screen=sample.screen,
                language=language,
                facts=sample.facts_in(language),
            )
        return Show(
            sequence=self._sequence,
            screen=sample.screen,
            language=language,
            facts=sample.facts_in(language),
            timeout_s=_TIMEOUT_S,
            warn_s=_WARN_S,
            mode=sample.mode,
            site=sample.site,
            battery=sample.battery,
            charging=sample.charging,
        )

    def _settled(self) -> QImage:
        picture = QImage()
        for _ in range(_MOST_LOOKS):
            _turn()
            before, picture = picture, self._painted_anew()
            if before == picture:
                break
        return picture

    def _painted_anew(self) -> QImage:
        """Paint everything, not only what changed; the second time every small letter is known."""
        _unshift_outlines(self.glass.window)
        everything = self.glass.window.contentItem()
        everything.setOpacity(0.5)
        self.glass.window.grabWindow()
        everything.setOpacity(1.0)
        return self.glass.window.grabWindow()

    def close(self) -> None:
        """Put it away."""
        self.kiosk.stop()
        self.glass.close()


def _turn() -> None:
    """Let Qt do what it put off."""
    QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    # What was let go of is deleted by a running loop alone, and here none runs.
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _unshift_outlines(window: QQuickWindow) -> None:
    """Have large letters drawn the same whatever was drawn before them.

    Qt draws letters above 64 px from their outlines, and leaves FreeType shifted by the part of a
    pixel at which it last drew a small letter of that face: up to 0.1 px of a heading. A letter
    drawn at a whole pixel leaves no shift. Qt opens one file of letters many times over, so the
    own font of each text is asked. Found with Qt 6.11.
    """
    fonts = [item.property("font") for item in items(window.contentItem())]
    for font in {one.toString(): one for one in fonts if isinstance(one, QFont)}.values():
        for script in _SCRIPTS:
            antialiased = QRawFont.AntialiasingType.PixelAntialiasing
            raw = QRawFont.fromFont(font, script)
            raw.alphaMapForGlyph(_ANY_LETTER, antialiased, _PERSPECTIVE)
