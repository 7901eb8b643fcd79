"""How the computer is: numbers from the kernel, None for what it does not say.

Source: proc(5) (uptime, meminfo), the kernel's ABI documentation of
/sys/class/thermal (temp in millidegrees Celsius).
"""

import re
import shutil
from pathlib import Path

from wire.checkin import Host
from wire.versions import SOFTWARE

_PLAUSIBLE_C = (-60.0, 150.0)


def measure(
    state: Path,
    *,
    clock_offset_ms: int | None,
    round_trip_ms: int | None,
    certificate_days: int | None,
    root: Path = Path("/"),
) -> Host:
    """Return how the computer is now.

    Args:
        state: a folder on the disk whose room matters.
        clock_offset_ms: as in `Host`, measured by the caller.
        round_trip_ms: likewise.
        certificate_days: likewise.
        root: where ``proc``, ``sys`` and ``etc`` are.
    """
    return Host(
        uptime_s=_uptime_s(root),
        disk_free=_disk_free(state),
        memory_free=_memory_free(root),
        temperature_c=_temperature_c(root),
        clock_offset_ms=clock_offset_ms,
        round_trip_ms=round_trip_ms,
        certificate_days=certificate_days,
        version=_version(SOFTWARE),
        os_version=_os_version(root),
    )


def _text(path: Path) -> str:
    """Return a small file's text; empty if it cannot be read."""
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        return ""


def _uptime_s(root: Path) -> int | None:
    found = re.match(r"(\d+)", _text(root / "proc/uptime"))
    return int(found[1]) if found else None


def _disk_free(state: Path) -> float | None:
    try:
        usage = shutil.disk_usage(state)
    except OSError:
        return None
    return round(usage.free / usage.total, 4) if usage.total else None


def _memory_free(root: Path) -> float | None:
    text = _text(root / "proc/meminfo")
    total = re.search(r"^MemTotal:\s+(\d+)", text, re.MULTILINE)
    free = re.search(r"^MemAvailable:\s+(\d+)", text, re.MULTILINE)
    if not total or not free or not int(total[1]):
        return None
    return round(min(1.0, int(free[1]) / int(total[1])), 4)


def _temperature_c(root: Path) -> float | None:
    """Return the hottest zone's temperature, degrees Celsius."""
    texts = [_text(zone / "temp").strip() for zone in root.glob("sys/class/thermal/thermal_zone*")]
    low, high = _PLAUSIBLE_C
    degrees = [int(text) / 1000 for text in texts if re.fullmatch(r"-?\d{1,6}", text)]
    return max((one for one in degrees if low <= one <= high), default=None)


def _version(name: str) -> tuple[int, int, int] | None:
    found = re.search(r"(\d+)\.(\d+)\.(\d+)$", name)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _os_version(root: Path) -> tuple[int, int] | None:
    found = re.search(r"^(\d+)(?:\.(\d+))?$", _text(root / "etc/debian_version").strip())
    return (int(found[1]), int(found[2] or 0)) if found else None
