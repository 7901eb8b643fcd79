"""Faces for tests: made on demand from locked packages, kept in .cache/pictures.

Portraits of many people lie outside the project, where they lie at all: in the folder
that KIOSK_FACES names, or in ``shared/faces`` beside the project.
"""

import csv
import os
from pathlib import Path

import pytest

from drivers.camera import pictures
from drivers.card.personalise.print import stills
from kiosk.vision.evaluate import person

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / ".cache" / "pictures"


def folder_of_pictures(*, with_stranger: bool = False) -> Path:
    """Return the folder; skips the test aloud where the stranger cannot be had."""
    try:
        pictures.write(FOLDER)
    except pictures.NoPicture as reason:
        if with_stranger:
            pytest.skip(f"no picture of a stranger: {reason}")
    stills.write(FOLDER, (FOLDER / "holder_chip.jpg").read_bytes())
    person.write_people(FOLDER)
    return FOLDER


def people() -> dict[str, dict[str, Path]]:
    """Return portraits by person and expression; skips the test aloud without them."""
    folder = Path(os.environ.get("KIOSK_FACES") or PROJECT.parent / "shared" / "faces")
    manifest = folder / "MANIFEST.csv"
    if not manifest.exists():
        pytest.skip("no portraits: KIOSK_FACES names no folder, and none lies beside the project")
    portraits: dict[str, dict[str, Path]] = {}
    with manifest.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            portraits.setdefault(row["person"], {})[row["expression"]] = folder / row["file"]
    return portraits
