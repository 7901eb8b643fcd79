"""The shipped units, and what they say."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TERMINAL = ROOT / "packaging" / "terminal"
UNITS = sorted([*(TERMINAL / "units").glob("*.service"), *ROOT.glob("packaging/servers/*.service")])


def settings(unit: Path, key: str) -> list[str]:
    """Return what a unit sets `key` to, in its order."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)
