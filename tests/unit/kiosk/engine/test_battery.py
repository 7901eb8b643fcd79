"""A battery is read as Linux tells it; what cannot be read is none."""

from pathlib import Path

import pytest

from kiosk.engine.battery import NONE, Battery, look


def supply(folder: Path, name: str, **files: str) -> None:
    (folder / name).mkdir()
    for file, text in files.items():
        (folder / name / file).write_text(text + "\n")


@pytest.mark.parametrize(
    ("status", "charging"),
    [("Discharging", False), ("Charging", True), ("Full", True), ("Unknown", False)],
)
def test_a_battery_says_how_full_it_is(tmp_path: Path, status: str, *, charging: bool) -> None:
    supply(tmp_path, "AC", type="Mains", online="1")
    supply(tmp_path, "BAT0", type="Battery", capacity="64", status=status)
    assert look(tmp_path) == Battery(64, charging)


@pytest.mark.parametrize("capacity", ["", "x", "-1", "101", "\u0661"])
def test_what_is_no_share_is_no_battery(tmp_path: Path, capacity: str) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity=capacity)
    assert look(tmp_path) == NONE


def test_a_machine_without_a_battery_has_none(tmp_path: Path) -> None:
    assert look(tmp_path / "nowhere") == NONE
