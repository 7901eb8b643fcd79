"""How full the battery is, as Linux tells it.

Source: kernel documentation, ABI/testing/sysfs-class-power (``type``, ``capacity``,
``status``).
"""

from dataclasses import dataclass
from pathlib import Path

_CHARGING = {"Charging", "Full", "Not charging"}
"""Plugged in: it does not get emptier."""


@dataclass(frozen=True, slots=True)
class Battery:
    """One look."""

    percent: int = -1
    """0 to 100; -1 where there is no battery that says so."""
    charging: bool = False


NONE = Battery()


def look(folder: Path) -> Battery:
    """Return how the first battery is; what cannot be read is no battery."""
    for supply in sorted(folder.glob("*")):
        if _said(supply / "type") == "Battery":
            percent = _said(supply / "capacity")
            if percent.isascii() and percent.isdigit() and int(percent) <= 100:
                return Battery(int(percent), _said(supply / "status") in _CHARGING)
    return NONE


def _said(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
