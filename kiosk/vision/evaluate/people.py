"""Portraits of people who agreed, as a folder describes them.

`MANIFEST.csv` has the columns file, person, expression ("neutral" or "smiling"),
gender and self_declared_ethnicity.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2

from drivers.camera.camera import Picture


class BadFolder(ValueError):
    """A folder that cannot be measured on; the message says why."""

    code = "config.bad_value"


@dataclass(frozen=True, slots=True)
class Person:
    """One person with two portraits."""

    name: str
    gender: str
    ethnicity: str
    """Self-declared."""
    neutral: Path
    smiling: Path

    @property
    def group(self) -> str:
        """Gender and ethnicity: strangers of one group are the hard ones."""
        return f"{self.gender}/{self.ethnicity}"


def people(folder: Path) -> list[Person]:
    """Return everybody who has both portraits, by name.

    Raises:
        BadFolder: no manifest, a column is missing, or fewer than two people.
    """
    by_name: dict[str, dict[str, dict[str, str]]] = {}
    try:
        with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                by_name.setdefault(row["person"], {})[row["expression"]] = row
        found = [
            Person(
                name,
                of["neutral"]["gender"],
                of["neutral"]["self_declared_ethnicity"],
                folder / of["neutral"]["file"],
                folder / of["smiling"]["file"],
            )
            for name, of in sorted(by_name.items())
            if {"neutral", "smiling"} <= of.keys()
        ]
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise BadFolder("MANIFEST.csv is missing, or one of its columns") from error
    if len(found) < 2:
        raise BadFolder("fewer than two people with both portraits")
    return found


def picture(path: Path) -> Picture:
    """Return a portrait.

    Raises:
        BadFolder: no picture.
    """
    seen = cv2.imread(str(path))
    if seen is None:
        raise BadFolder("a file of the manifest is no picture")
    return seen.astype("uint8", copy=False)
