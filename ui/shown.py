"""What the screens see and say: the QML singleton `Kiosk`.

Rule 1: the screens read properties and call `send`; they decide nothing.
Rule 2: a button acts once: a second tap within TAP_GUARD_S means nothing, unless it
is another key of the typed fallback.
Rule 3: `forget` leaves nothing of the session but the name of the screen.

Names are in camel case because QML reads them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QColor

from wire.screen import (
    Action,
    Language,
    Screen,
    Show,
    ShowCardHint,
    ShowChallenge,
    ShowColour,
    ShowHint,
    ShowProgress,
    ShowSetup,
)

TAP_GUARD_S: Final = 0.4
"""Trembling hands tap twice. Source: facts of the interface study, rule 4."""
LARGE: Final = 1.35
"""The large text step."""
FAMILIES: Final = {
    Language.ZH_HK: "Noto Sans CJK HK",
    Language.ZH_CN: "Noto Sans CJK SC",
    Language.EN: "Noto Sans",
}
NAME_FAMILY: Final = FAMILIES[Language.ZH_HK]
"""A person's name is always drawn in Hong Kong shapes."""
NO_COLOUR: Final = -1
"""The screen shows itself (`wire.screen.ShowColour`)."""
_TICK_MS: Final = 200
_NOTHING: Final = Show(sequence=0, screen=Screen.STARTING, language=Language.ZH_HK)


@dataclass(frozen=True, slots=True)
class Look:
    """What of the screens never changes while the program runs."""

    px_per_mm: float
    still: bool = False
    """No animation: for pictures."""


class Kiosk(QObject):
    """The present screen, its facts, its time, and what was touched."""

    changed = Signal()
    """Another screen, other facts, another language, or the engine came or went."""
    moved = Signal()
    """Hint or progress."""
    ticked = Signal()
    """Seconds left."""
    looked = Signal()
    """Text size, contrast, or who sits."""
    spoken = Signal()
    """Speech was switched on or off."""
    languageChanged = Signal()  # noqa: N815

    def __init__(
        self,
        look: Look,
        *,
        clock: Callable[[], float],
        on_touch: Callable[[int, Action, str], None],
    ) -> None:
        """Show nothing yet.

        Args:
            look: what never changes.
            clock: seconds that only grow.
            on_touch: takes the sequence of the screen touched, what was touched, its argument.
        """
        super().__init__()
        self._look = look
        self._clock = clock
        self._on_touch = on_touch
        self._show: Show | ShowSetup = _NOTHING
        self._hint = ""
        self._count = 0
        self._progress = 0.0
        self._challenge = ""
        self._turned = 0.0
        self._colour = NO_COLOUR
        self._connected = False
        self._zoom = 1.0
        self._contrast = False
        self._seated = False
        self._speech = False
        self._curtain = False
        self._doubled = False
        self._deadline = 0.0
        self._seconds_left = 0
        self._last_tap: tuple[float, Action, str] | None = None
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.tick)

    # what the engine says

    def show(self, show: Show | ShowSetup) -> None:
        """Show a screen, whole."""
        before, self._show = self._show, show
        if before.screen is not show.screen:
            self._hint, self._count, self._progress = "", 0, 0.0
            self._doubled = False
        self._ask_nothing()
        self._restart()
        self.changed.emit()
        self.moved.emit()
        if before.language is not show.language:
            self.languageChanged.emit()

    def show_hint(self, hint: ShowHint | ShowCardHint) -> None:
        """Show guidance, if it belongs to the present screen."""
        if hint.sequence == self._show.sequence:
            self._hint = hint.hint.value
            self._count = hint.seconds_left if isinstance(hint, ShowHint) else 0
            self._ask_nothing()
            self.moved.emit()

    def show_challenge(self, asked: ShowChallenge) -> None:
        """Show what the citizen is asked to do, if it belongs to the present screen."""
        if asked.sequence == self._show.sequence:
            self._hint, self._count = "", 0
            self._challenge = asked.challenge.value
            self._turned = min(max(asked.progress, 0.0), 1.0)
            self.moved.emit()

    def show_colour(self, shining: ShowColour) -> None:
        """Shine in a colour, or no longer, if it belongs to the present screen."""
        if shining.sequence == self._show.sequence:
            self._colour = shining.rgb
            self.moved.emit()

    def _ask_nothing(self) -> None:
        self._challenge, self._turned, self._colour = "", 0.0, NO_COLOUR

    def show_progress(self, progress: ShowProgress) -> None:
        """Show progress, if it belongs to the present screen."""
        if progress.sequence == self._show.sequence:
            self._progress = min(max(progress.share, 0.0), 1.0)
            self.moved.emit()

    def set_connected(self, connected: bool) -> None:  # noqa: FBT001
        """Say whether the engine is there; without it, nothing of a session stays."""
        # Forgotten first: the screen that goes now would keep its words until Qt deletes it.
        self.forget()
        before = self._show.language
        self._connected = connected
        self._show = _NOTHING
        self._restart()
        self.changed.emit()
        if before is not self._show.language:
            self.languageChanged.emit()

    def forget(self) -> None:
        """Drop everything of the session; the screen's name and language stay till the next."""
        self._show = msgspec.structs.replace(self._show, facts={}, timeout_s=0, warn_s=0)
        self._hint, self._count, self._progress = "", 0, 0.0
        self._ask_nothing()
        self._zoom, self._contrast, self._curtain = 1.0, False, False
        self._seated = False
        self.setSpeech(False)
        self._last_tap = None
        self._restart()
        self.changed.emit()
        self.moved.emit()
        self.looked.emit()

    def stop(self) -> None:
        """Stop counting."""
        self._ticking.stop()

    @property
    def shown(self) -> Show | ShowSetup:
        """The present screen."""
        return self._show

    # time

    def tick(self) -> None:
        """Count the seconds left."""
        left = max(0, math.ceil(self._deadline - self._clock())) if self._show.timeout_s else 0
        if left != self._seconds_left:
            self._seconds_left = left
            self._double()
            self.ticked.emit()

    def _double(self) -> None:
        """Large letters and speech take twice as long: ask once, before the citizen is asked."""
        unhurried = self._zoom > 1.0 or self._speech
        if unhurried and self.is_warning() and not self._doubled and self._connected:
            self._doubled = True
            self._restart()
            self._on_touch(self._show.sequence, Action.MORE_TIME, "")

    def guard_left_s(self, action: str, argument: str = "") -> float:
        """Return for how long a tap on `action` means nothing yet."""
        if self._last_tap is None:
            return 0.0
        then, last, last_argument = self._last_tap
        if action == last == Action.KEY and argument != last_argument:
            return 0.0
        return max(0.0, then + TAP_GUARD_S - self._clock())

    def _restart(self) -> None:
        self._deadline = self._clock() + self._show.timeout_s
        if self._show.timeout_s and not self._look.still:
            self._ticking.start()
        else:
            self._ticking.stop()
        self.tick()
        self.ticked.emit()

    # what the screens say

    @Slot(str)
    @Slot(str, str)
    def send(self, action: str, argument: str = "") -> None:
        """Report a released button to the engine."""
        tap = Action(action)
        if not self._connected or self.guard_left_s(action, argument) > 0:
            return
        self._last_tap = (self._clock(), tap, argument)
        self._doubled = tap is Action.MORE_TIME
        self._restart()
        self._on_touch(self._show.sequence, tap, argument)

    @Slot(float)
    def setZoom(self, zoom: float) -> None:  # noqa: N802
        """Choose the text size."""
        self._zoom = LARGE if zoom > 1.0 else 1.0
        self.looked.emit()

    @Slot(bool)
    def setContrast(self, contrast: bool) -> None:  # noqa: FBT001, N802
        """Choose the contrast colours."""
        self._contrast = contrast
        self.looked.emit()

    @Slot(bool)
    def setSeated(self, seated: bool) -> None:  # noqa: FBT001, N802
        """Bring everything within reach of somebody who sits, or back."""
        self._seated = seated
        self.looked.emit()

    @Slot(bool)
    def setSpeech(self, speech: bool) -> None:  # noqa: FBT001, N802
        """Switch speech on or off; without it there is no curtain."""
        if speech is self._speech:
            return
        self._speech = speech
        self._curtain = self._curtain and speech
        self.spoken.emit()
        self.looked.emit()

    @Slot(bool)
    def setCurtain(self, curtain: bool) -> None:  # noqa: FBT001, N802
        """Draw the curtain over the screen, for who listens and does not want to be seen."""
        self._curtain = curtain and self._speech
        self.looked.emit()

    @property
    def is_spoken(self) -> bool:
        """Whether the screens speak."""
        return self._speech

    @property
    def is_curtained(self) -> bool:
        """Whether the curtain is drawn."""
        return self._curtain

    # what QML reads

    screenName = Property(str, lambda self: self._show.screen.value, notify=changed)  # noqa: N815
    language = Property(str, lambda self: self._show.language.value, notify=changed)
    facts = Property(
        "QVariantMap",  # type: ignore[arg-type]  # the stub forgets Qt's own type names
        lambda self: dict(self._show.facts),
        notify=changed,
    )
    sequence = Property(int, lambda self: self._show.sequence, notify=changed)
    timeoutS = Property(int, lambda self: self._show.timeout_s, notify=changed)  # noqa: N815
    warnS = Property(int, lambda self: self._show.warn_s, notify=changed)  # noqa: N815
    mode = Property(str, lambda self: self._show.mode.value, notify=changed)
    site = Property(str, lambda self: self._show.site, notify=changed)
    battery = Property(int, lambda self: self._show.battery, notify=changed)
    charging = Property(bool, lambda self: self._show.charging, notify=changed)
    connected = Property(bool, lambda self: self._connected, notify=changed)
    fontFamily = Property(  # noqa: N815
        str, lambda self: FAMILIES[self._show.language], notify=changed
    )
    nameFamily = Property(str, lambda _: NAME_FAMILY, constant=True)  # noqa: N815
    secondsLeft = Property(int, lambda self: self._seconds_left, notify=ticked)  # noqa: N815
    warning = Property(bool, lambda self: self.is_warning(), notify=ticked)
    hint = Property(str, lambda self: self._hint, notify=moved)
    count = Property(int, lambda self: self._count, notify=moved)
    challenge = Property(str, lambda self: self._challenge, notify=moved)
    turned = Property(float, lambda self: self._turned, notify=moved)
    shining = Property(bool, lambda self: self._colour != NO_COLOUR, notify=moved)
    colour = Property(QColor, lambda self: QColor(max(self._colour, 0)), notify=moved)
    progress = Property(float, lambda self: self._progress, notify=moved)
    zoom = Property(float, lambda self: self._zoom, notify=looked)
    seated = Property(bool, lambda self: self._seated, notify=looked)
    contrast = Property(bool, lambda self: self._contrast, notify=looked)
    speech = Property(bool, lambda self: self._speech, notify=looked)
    curtain = Property(bool, lambda self: self._curtain, notify=looked)
    pxPerMm = Property(float, lambda self: self._look.px_per_mm, constant=True)  # noqa: N815
    still = Property(bool, lambda self: self._look.still, constant=True)

    def is_warning(self) -> bool:
        """Say whether the citizen should be asked for more time now."""
        warn_s = self._show.warn_s if self._show.timeout_s else 0
        return warn_s > 0 and self._seconds_left <= warn_s
