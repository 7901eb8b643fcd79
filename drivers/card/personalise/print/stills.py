"""The stills of the demo's cards: ``python -m drivers.card.personalise.print.stills``."""

import argparse
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from drivers.camera.camera import Picture
from drivers.card.personalise import optical
from drivers.card.personalise.copies import laser_print
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.print.front import front, front_2003
from drivers.card.personalise.print.view import Condition, see

LIGHTS: Final = 4
_SEED: Final = 4
_STRENGTH: Final = 0.9


def write(folder: Path, portrait: bytes) -> None:
    """Write what the document camera sees of the demo's cards, where it is not there yet.

    A card that lies under switched lights has a picture for each of them.
    """
    card = cache(lambda: front(SPECIMEN, portrait))
    copied = cache(
        lambda: laser_print(optical.lit(card(), None, LIGHTS), np.random.default_rng(_SEED))
    )
    _lay(folder, "front_2018", lambda light: optical.lit(card(), light, LIGHTS))
    _lay(folder, "front_copy", lambda light: copied().under(light, LIGHTS))
    _take(folder / "front_glare.png", card, Condition.GLARE)
    _take(folder / "front_2003.png", lambda: front_2003(SPECIMEN, portrait), Condition.GOOD)


def _lay(folder: Path, name: str, under: Callable[[int | None], Picture]) -> None:
    _take(folder / f"{name}.png", partial(under, None), Condition.GOOD)
    for light in range(LIGHTS):
        _take(folder / f"{name}.light{light}.png", partial(under, light), Condition.GOOD)


def _take(path: Path, art: Callable[[], Picture], condition: Condition) -> None:
    """Draw only what is missing: a card's art takes seconds."""
    if not path.exists():
        random = np.random.default_rng(_SEED)
        cv2.imwrite(str(path), see(art(), condition, random, strength=_STRENGTH))


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG of the holder")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    write(options.to, options.portrait.read_bytes())


if __name__ == "__main__":
    main()
