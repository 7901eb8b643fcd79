"""The screens' program: engine's messages to the glass, touches to the engine.

Rule: it decides nothing about the flow, holds nothing beyond what it shows, and
reaches nothing but the engine's socket and the preview memory.
"""

import argparse
import contextlib
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from ui import glass, memory, notify, receipt, report, test_slip
from ui.audio_link import AudioLink
from ui.link import Link
from ui.preview import PreviewMemory
from ui.shown import Kiosk, Look
from ui.speech import Speech
from ui.words import Words
from wire.screen import (
    Action,
    Forget,
    Forgot,
    Painted,
    PaintReceipt,
    PaintReport,
    PaintTestSlip,
    ReceiptPainted,
    ReportPainted,
    Show,
    ShowCardHint,
    ShowChallenge,
    ShowColour,
    ShowHint,
    ShowProgress,
    ShowSetup,
    ToScreens,
    Touched,
)

PANEL_MM: Final = "268x476"
"""A 21.5 inch panel, upright."""


class Screens:
    """Joins link, kiosk, preview and glass."""

    def __init__(
        self,
        engine_path: Path,
        look: Look,
        words: Words,
        *,
        size: QSize,
        clock: Callable[[], float],
        main: Path = glass.MAIN,
    ) -> None:
        """Load the screens and knock at the engine.

        Raises:
            glass.NoWindow: the screens do not load.
        """
        self._words = words
        self._preview = PreviewMemory()
        self.kiosk = Kiosk(look, clock=clock, on_touch=self._touched)
        self.glass = glass.Glass(self.kiosk, self._preview, words, size=size, main=main)
        self.painted_sequence = 0
        self._is_forgetting = False
        self._audio: AudioLink | None = None
        self.glass.window.frameSwapped.connect(self._swapped)
        self._link = Link(engine_path, on_up=self._up, on_message=self._take, on_down=self._down)

    def speak(self, audio: AudioLink) -> None:
        """Let the screens be heard through `audio`."""
        self._audio = audio
        Speech(self.glass.window, self.kiosk, self._words, audio.send)

    def close(self) -> None:
        """End in the one order that Qt survives: sockets and timers, engine, application."""
        self._link.close()
        if self._audio is not None:
            self._audio.close()
        self.kiosk.stop()
        self.glass.window.frameSwapped.disconnect(self._swapped)
        self._preview.drop()
        self.glass.close()

    def _up(self, preview: int) -> None:
        self._preview.adopt(preview)
        self.kiosk.set_connected(True)
        notify.say("STATUS=connected")

    def _down(self) -> None:
        self._preview.drop()
        self._is_forgetting = False
        self.painted_sequence = 0
        self.kiosk.set_connected(False)
        self.glass.clean()
        notify.say("STATUS=engine away")

    def _touched(self, sequence: int, action: Action, argument: str) -> None:
        self._link.send(Touched(sequence=sequence, action=action, argument=argument))

    def _take(self, message: ToScreens) -> None:
        match message:
            case Show() | ShowSetup():
                self._preview.open()
                self.kiosk.show(message)
                self.glass.window.update()
            case ShowHint() | ShowCardHint():
                self.kiosk.show_hint(message)
            case ShowChallenge():
                self.kiosk.show_challenge(message)
            case ShowColour():
                self.kiosk.show_colour(message)
            case ShowProgress():
                self.kiosk.show_progress(message)
            case Forget():
                self._forget()
            case _:
                self._link.send(self._painted(message))

    def _painted(
        self, order: PaintReceipt | PaintTestSlip | PaintReport
    ) -> ReceiptPainted | ReportPainted:
        """Paint what goes to paper or into a file."""

        def text(text_id: str) -> str:
            return self._words.text(order.language, text_id)

        match order:
            case PaintReceipt():
                return receipt.paint(order, text)
            case PaintTestSlip():
                return test_slip.paint(order, text)
            case PaintReport():
                return report.paint(order, text)

    def _forget(self) -> None:
        self._preview.forget()
        self.kiosk.forget()
        self.glass.clean()
        self._is_forgetting = True
        if not self.glass.window.isExposed():
            # Nothing is on a glass that nobody sees, and no frame will come.
            self._swapped()

    def _swapped(self) -> None:
        """A frame with all that was set so far is on the glass."""
        sequence = self.kiosk.shown.sequence
        if sequence != self.painted_sequence:
            self.painted_sequence = sequence
            self._link.send(Painted(sequence=sequence))
        if self._is_forgetting:
            self._is_forgetting = False
            self._link.send(Forgot())


Attach = Callable[[Screens, argparse.Namespace], Callable[[], None]]


def parser() -> argparse.ArgumentParser:
    """Return the reader of the program's arguments."""
    reader = argparse.ArgumentParser(prog="python -m ui", description="The terminal's screens.")
    reader.add_argument("--engine", type=Path, required=True, metavar="SOCKET_PATH")
    reader.add_argument("--panel-mm", type=_pair, default=_pair(PANEL_MM), metavar="268x476")
    reader.add_argument("--size", type=_pair, metavar="1080x1920", help="default: the whole panel")
    reader.add_argument("--windowed", action="store_true", help="with a frame, for development")
    reader.add_argument("--voices", type=Path, metavar="FOLDER", help="clips; none, no speech")
    reader.add_argument("--still", action="store_true", help="no animation, for pictures")
    return reader


def _pair(text: str) -> tuple[int, int]:
    """Read ``WIDTHxHEIGHT``."""
    width, height = text.split("x")
    return int(width), int(height)


def build(options: argparse.Namespace) -> Screens:
    """Build the screens of `options` and put them on the panel."""
    whole = QGuiApplication.primaryScreen().size()
    size = QSize(*options.size) if options.size else whole
    look = Look(px_per_mm=size.width() / options.panel_mm[0], still=options.still)
    screens = Screens(options.engine, look, Words(), size=size, clock=time.monotonic)
    if options.voices:
        screens.speak(AudioLink(options.voices))
    window = screens.glass.window
    if options.windowed:
        screens.glass.let_close()
    else:
        window.setFlag(Qt.WindowType.FramelessWindowHint)
        window.setCursor(Qt.CursorShape.BlankCursor)
    window.resize(size)
    if options.size or options.windowed:
        window.show()
    else:
        window.showFullScreen()
    return screens


def run(argv: Sequence[str], reader: argparse.ArgumentParser, *, more: Attach | None = None) -> int:
    """Run the screens until a signal ends them.

    Args:
        argv: the arguments.
        reader: reads them.
        more: attaches what only development has, and returns how to detach it.
    """
    options = reader.parse_args(argv)
    application = QGuiApplication(["ui"])
    glass.prepare_application()
    glass.register_native_types()
    screens = build(options)
    detach = more(screens, options) if more else None
    with _ending_by_signal():
        _report_to_systemd(screens)
        status = application.exec()
    notify.say("STOPPING=1")
    if detach:
        detach()
    screens.close()
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run the screens as the terminal does."""
    memory.guard()
    return run(sys.argv[1:] if argv is None else argv, parser())


def _report_to_systemd(screens: Screens) -> None:
    """Say READY with the first frame, and WATCHDOG for as long as Qt's loop turns."""
    window = screens.glass.window
    once = Qt.ConnectionType.SingleShotConnection
    window.frameSwapped.connect(lambda: notify.say("READY=1"), once)
    if every_ms := notify.watchdog_every_ms():
        watchdog = QTimer(window)
        watchdog.timeout.connect(lambda: notify.say("WATCHDOG=1"))
        watchdog.start(every_ms)


@contextlib.contextmanager
def _ending_by_signal() -> Iterator[None]:
    """End the loop on SIGTERM and SIGINT: Python sees them only when Qt wakes up."""
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    signal.set_wakeup_fd(writing.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
    # Not quit(): it asks every window first, and ours refuses.
    notifier.activated.connect(lambda *_: QCoreApplication.exit(0))
    yield
    notifier.setEnabled(False)
    signal.set_wakeup_fd(-1)
    reading.close()
    writing.close()
