"""What must be true of the process before Qt is imported.

Rule 1: the software backend, so pictures are the same on every machine and no GL
driver is needed.
Rule 2: the basic render loop: with the threaded one, Python that paints deadlocks
with `grabWindow` and `quit` (docs/adr/0011).
Rule 3: the default locale stays English (Hong Kong) for the life of the process: Qt
picks Chinese letter shapes by it, over the font family the screens name.
Rule 4: hinting and subpixels are ours, not the site's or the user's: with others each
letter has other pixels.
"""

import os
import sys
from pathlib import Path
from typing import Final

REQUIRED: Final = {
    "QT_QUICK_BACKEND": "software",
    "QSG_RENDER_LOOP": "basic",
    "QT_ENABLE_HIGHDPI_SCALING": "0",  # sizes are millimetres of the panel, from provisioning
    "QT_QUICK_CONTROLS_STYLE": "Basic",
    "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf")),  # letters alike everywhere
}


class QtWasFirst(Exception):
    """Qt Quick was imported before its environment was set."""


class FontsMissing(Exception):
    """A font family that the screens name is not installed."""


def prepare() -> None:
    """Set what Qt reads once.

    Raises:
        QtWasFirst: Qt Quick is loaded already, and was loaded with other settings.
    """
    if "PySide6.QtQuick" in sys.modules:
        check()
    os.environ.update(REQUIRED)


def check() -> None:
    """Refuse to go on in another environment than the required one.

    Raises:
        QtWasFirst: a setting differs.
    """
    for name, value in REQUIRED.items():
        if os.environ.get(name) != value:
            raise QtWasFirst(f"{name} must be {value} before PySide6.QtQuick is imported")
