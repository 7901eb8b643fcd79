"""Which devices are plugged in, by names that stay: the port they are plugged into."""

from pathlib import Path
from typing import Final

_PLACES: Final = {
    "video": ("dev/v4l/by-path/*-index0", "dev/video[0-9]"),
    "serial": ("dev/kiosk/serial-*", "dev/serial/by-path/*", "dev/ttyUSB[0-9]", "dev/ttyACM[0-9]"),
}
_MOST: Final = 5


def devices(root: Path, kind: str) -> list[str]:
    """Return the devices of a kind, those with lasting names first."""
    found: list[str] = []
    known: set[Path] = set()
    for pattern in _PLACES[kind]:
        for path in sorted(root.glob(pattern)):
            if path.resolve() not in known:
                known.add(path.resolve())
                found.append(str(path))
    return found[:_MOST]
