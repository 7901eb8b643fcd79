"""``python -m drivers.card.personalise.print``: the stills of the demo's cards."""

import argparse
from pathlib import Path

import cv2
import numpy as np

from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.print.front import front, front_2003
from drivers.card.personalise.print.view import Condition, see


def main() -> None:
    """Write what the document camera sees of the demo's cards."""
    parser = argparse.ArgumentParser(prog="python -m drivers.card.personalise.print")
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG of the holder")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    face = options.portrait.read_bytes()
    card = front(SPECIMEN, face)
    stills = {
        "front_2018": (card, Condition.GOOD),
        "front_glare": (card, Condition.GLARE),
        "front_2003": (front_2003(SPECIMEN, face), Condition.GOOD),
    }
    for name, (art, condition) in stills.items():
        still = see(art, condition, np.random.default_rng(4), strength=0.9)
        cv2.imwrite(str(options.to / f"{name}.png"), still)


if __name__ == "__main__":
    main()
