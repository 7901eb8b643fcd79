"""Faces for tests: made on demand from locked packages, kept in .cache/pictures."""

from pathlib import Path

import pytest

from drivers.camera import pictures
from drivers.card.personalise import front
from drivers.card.personalise.person import SPECIMEN

FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "pictures"


def folder_of_pictures(*, with_stranger: bool = False) -> Path:
    """Return the folder; skips the test aloud where the stranger cannot be had."""
    try:
        pictures.write(FOLDER)
    except pictures.NoPicture as reason:
        if with_stranger:
            pytest.skip(f"no picture of a stranger: {reason}")
    portrait = (FOLDER / "holder_chip.jpg").read_bytes()
    for name, old_form in (("front_2018", False), ("front_2003", True)):
        if not (FOLDER / f"{name}.png").exists():
            front.on_tray(front.render(SPECIMEN, portrait, old_form=old_form)).save(
                FOLDER / f"{name}.png"
            )
    return FOLDER
