"""A synthetic person to put on a card; never anybody real."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Person:
    """What a specimen card says."""

    number: str
    """Without brackets."""
    surname: str
    given: str
    chinese: str
    birth: str
    """``YYYYMMDD``."""
    sex: str
    issued: str
    """``YYYYMMDD``."""


SPECIMEN = Person("A1234563", "LAM", "Siu Mui", "林小梅", "19680412", "F", "20190315")
"""The citizen of the demo; the number is the textbook example."""


def load(path: Path) -> Person:
    """Read a person from TOML.

    Raises:
        TypeError: a field is missing or unknown.
    """
    return Person(**tomllib.loads(path.read_text()))
