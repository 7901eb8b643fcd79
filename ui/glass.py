"""The QML engine and its one window.

Import `ui.environment` and call `prepare` before this.
"""

from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QLocale, QObject, QSize, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QPixmapCache
from PySide6.QtQml import QQmlApplicationEngine, qmlRegisterSingletonType, qmlRegisterType
from PySide6.QtQuick import QQuickWindow

from ui import environment
from ui.keypad import Keypad
from ui.measures import PreviewMeasures
from ui.preview import PreviewItem, PreviewMemory
from ui.qr import NAME, QrPictures
from ui.shown import FAMILIES, Kiosk
from ui.words import Words

MAIN: Final = Path(__file__).parent / "qml" / "shell" / "Main.qml"
_NATIVE: Final = ("Kiosk.Native", 1, 0)


class NoWindow(Exception):
    """The root QML file did not load; Qt has said why."""


class ScreenEngine(QQmlApplicationEngine):
    """A QML engine that carries what the native types need."""

    def __init__(self, kiosk: Kiosk, preview: PreviewMemory) -> None:
        super().__init__()
        self.kiosk = kiosk
        self.preview = preview
        self.addImageProvider(NAME, QrPictures())


def _kiosk_of(engine: ScreenEngine) -> QObject:
    return engine.kiosk


def register_native_types() -> None:
    """Make `Kiosk` and our items known to QML; once per process."""
    environment.check()
    qmlRegisterSingletonType(Kiosk, *_NATIVE, "Kiosk", _kiosk_of)  # type: ignore[call-overload]
    qmlRegisterType(PreviewItem, *_NATIVE, "PreviewItem")  # type: ignore[call-overload]
    qmlRegisterType(PreviewMeasures, *_NATIVE, "PreviewMeasures")  # type: ignore[call-overload]


def prepare_application() -> None:
    """Set what holds for the whole life of the application.

    Raises:
        environment.FontsMissing: a family of the screens is not installed.
    """
    # Never changed: Qt would draw one language's letter shapes in another's text.
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.HongKong))
    installed = set(QFontDatabase.families())
    if missing := set(FAMILIES.values()) - installed:
        raise environment.FontsMissing(f"install the font {min(missing)}")


class Glass:
    """The window that shows `kiosk` in the words of `words`."""

    def __init__(
        self,
        kiosk: Kiosk,
        preview: PreviewMemory,
        words: Words,
        *,
        size: QSize,
        main: Path = MAIN,
    ) -> None:
        """Load the screens, unseen.

        Raises:
            NoWindow: the root file has an error.
        """
        self._kiosk = kiosk
        self._words = words
        words.install()
        self.engine = ScreenEngine(kiosk, preview)
        self.engine.setInitialProperties(
            {"visible": False, "width": size.width(), "height": size.height()}
        )
        self._speak()
        # Connected before any binding is: a binding that sees a new language finds its words.
        kiosk.changed.connect(self._speak)
        kiosk.languageChanged.connect(self.engine.retranslate)
        self.engine.load(QUrl.fromLocalFile(str(main)))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise NoWindow(main.name)
        self.window: QQuickWindow = roots[0]
        self._keypad = Keypad(self.window, kiosk)

    def _speak(self) -> None:
        self._words.spoken = self._kiosk.shown.language

    def clean(self) -> None:
        """Let go of every picture, letter and script value that is not in use."""
        self.engine.collectGarbage()
        self.window.releaseResources()
        QPixmapCache.clear()
        # Letters that stay drawn tell of a name; Qt lets go of them by the clock alone.
        QFont.cleanup()
        self.window.update()

    def let_close(self) -> None:
        """Let whoever sees the window close it, as nobody may on a terminal."""
        self.window.setProperty("held", False)

    def close(self) -> None:
        """Take the window away: engine first, the application later, or Qt crashes."""
        self._kiosk.changed.disconnect(self._speak)
        self._kiosk.languageChanged.disconnect(self.engine.retranslate)
        self.let_close()
        self.window.close()
        shiboken6.delete(self.engine)
        self._words.uninstall()
