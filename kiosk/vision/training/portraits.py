"""Consented portraits with points by hand, and who of them is kept for measuring.

Source: Face Research Lab London Set (DeBruine and Jones 2017,
doi:10.6084/m9.figshare.5047666), CC BY 4.0; 189 points by hand on each neutral portrait.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture

HAND_POINTS: Final = 189
# Order: see kiosk/vision/landmarks.py. Two numbers are one point in their middle.
_CHOSEN: Final[tuple[tuple[int, ...], ...]] = (
    *((jaw,) for jaw in (109, 125, 126, 128, 129, 130, 132, 133, 112)),
    *((brow,) for brow in (71, 73, 76, 77, 80, 82)),
    *((lid,) for lid in (18, 19, 20, 21, 22, 30, 29, 28)),
    *((lid,) for lid in (23, 24, 25, 26, 27, 33, 32, 31)),
    *((pupil,) for pupil in (0, 1)),
    *((51, 57), (52, 58), (53, 59), (54, 60)),
    *((nose,) for nose in (55, 62, 67, 64, 69)),
    *((lip,) for lip in (87, 89, 90, 91, 93, 107, 106, 105)),
    *((lip,) for lip in (95, 96, 97, 102, 101, 100)),
)


@dataclass(frozen=True, slots=True)
class Portrait:
    """One neutral portrait."""

    person: str
    ethnicity: str
    picture: Picture
    hand: NDArray[np.float64]
    """189 rows of x, y."""

    @property
    def points(self) -> NDArray[np.float64]:
        """The 56 that the model learns."""
        return chosen(self.hand)


def chosen(hand: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return our 56 points of the 189."""
    return np.array([hand[list(of)].mean(axis=0) for of in _CHOSEN])


def load(folder: Path) -> list[Portrait]:
    """Read the portraits that have points, by person.

    Raises:
        OSError: a file is missing.
        ValueError: a portrait has another number of points, or is no picture.
    """
    hands = json.loads((folder / "landmarks_189.json").read_text())
    with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["file"] in hands]
    found = []
    for row in sorted(rows, key=lambda row: row["person"]):
        picture = cv2.imread(str(folder / row["file"]))
        hand = np.array(hands[row["file"]], np.float64)
        if picture is None or hand.shape != (HAND_POINTS, 2):
            raise ValueError(f"{row['file']}: no picture, or not {HAND_POINTS} points")
        of = (row["person"], row["self_declared_ethnicity"])
        found.append(Portrait(*of, picture.astype(np.uint8, copy=False), hand))
    return found


def split(portraits: list[Portrait], *, seed: int, share: float = 0.25) -> list[list[Portrait]]:
    """Return those to learn from and those kept for measuring, drawn within each group."""
    rng = np.random.default_rng(seed)
    kept: set[str] = set()
    for group in sorted({one.ethnicity for one in portraits}):
        people = [one.person for one in portraits if one.ethnicity == group]
        kept.update(rng.choice(people, round(share * len(people)), replace=False))
    return [
        [one for one in portraits if one.person not in kept],
        [one for one in portraits if one.person in kept],
    ]
