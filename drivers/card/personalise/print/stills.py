"""The stills of the demo's cards: ``python -m drivers.card.personalise.print.stills``."""

import argparse
from pathlib import Path

import cv2
import numpy as np

from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.print.front import front, front_2003
from drivers.card.personalise.print.view import Condition, see


def write(folder: Path, portrait: bytes) -> None:
    """Write what the document camera sees of the demo's cards, where it is not there yet."""
    stills = {
        "front_2018": (front, Condition.GOOD),
        "front_glare": (front, Condition.GLARE),
        "front_2003": (front_2003, Condition.GOOD),
    }
    for name, (draw, condition) in stills.items():
        path = folder / f"{name}.png"
        if not path.exists():
            random = np.random.default_rng(4)
            cv2.imwrite(str(path), see(draw(SPECIMEN, portrait), condition, random, strength=0.9))


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG of the holder")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    write(options.to, options.portrait.read_bytes())


if __name__ == "__main__":
    main()
