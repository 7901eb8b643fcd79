"""How many copies pass, and how many genuine specimens do not: synthetic specimens only.

``python -m kiosk.vision.evaluate.copies [--seed 1001] [--captures 200] [--json]``
``python -m kiosk.vision.evaluate.copies --tune [--captures 20]``

Words of ISO/IEC 30107-3: APCER is the share of attack presentations of one species that are
taken for bona fide, told for each species and never as a mean; BPCER the share of bona fide
presentations that are refused. Each presentation is another front, placing and copy,
drawn from the seed. Specimens, copies and camera are models of our own: no figure from here
says anything about a real card.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.random import Generator

from drivers.camera.camera import Picture
from drivers.camera.document_view_light import View
from drivers.card.personalise import optical
from drivers.card.personalise.copies import SPECIES, Copy
from kiosk.document.optical import LIMITS as OPTICAL_LIMITS
from kiosk.document.optical import OpticalReading, read, varies
from kiosk.vision.evaluate.fronts import front
from kiosk.vision.evaluate.interval import clopper_pearson
from kiosk.vision.recapture import Recapture, look

WORDS: Final = "synthetic specimens only"
GENUINE: Final = "genuine specimen"
LIGHTS: Final = 4
TUNING_SEEDS: Final = (1, 2, 3, 4, 5)
CHECKS: Final = ("burst", "stills", "both")
_GLOSS: Final = 0.3
"""The most that a genuine specimen reflects; polycarbonate with a matt face."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One presentation: what lay there, and what both checks measured."""

    species: str
    optical: OpticalReading
    still: Recapture

    def passes(self, check: str) -> bool:
        """Say whether the presentation is taken for genuine by one check, or by both."""
        burst, still = varies(self.optical), not self.still.reasons()
        return {"burst": burst, "stills": still, "both": burst and still}[check]


def measured(
    seed: int, captures: int, *, art: Callable[[Generator], Picture] = front
) -> Iterator[Measured]:
    """Yield so many presentations of the genuine specimen and of each species.

    Args:
        seed: the same seed gives the same presentations.
        captures: how many of each.
        art: draws a front, 1712 by 1080.
    """
    for capture in range(captures):
        random = np.random.default_rng((seed, capture))
        genuine = art(random)
        seen = optical.lit(genuine, None, LIGHTS)
        yield _presented(GENUINE, _specimen(genuine, random), random)
        for species, copied in SPECIES.items():
            yield _presented(species, _copy(copied(seen, random)), random)


def copies(
    seed: int, captures: int, *, art: Callable[[Generator], Picture] = front
) -> dict[str, Any]:
    """Return the error rates with their intervals, the worst species first."""
    every = list(measured(seed, captures, art=art))
    of = {name: [one for one in every if one.species == name] for name in (GENUINE, *SPECIES)}
    species: list[dict[str, Any]] = [
        {"species": name}
        | {check: _rate([one.passes(check) for one in of[name]]) for check in CHECKS}
        for name in SPECIES
    ]
    species.sort(key=lambda row: [-row[check]["rate"] for check in reversed(CHECKS)])
    return {
        "words": WORDS,
        "seed": seed,
        "captures": captures,
        "lights": LIGHTS,
        "apcer": species,
        "bpcer": {check: _rate([not one.passes(check) for one in of[GENUINE]]) for check in CHECKS},
    }


def picked(every: Sequence[Measured]) -> dict[str, float]:
    """Return limits by our rule from genuine specimens alone: no species is tuned against.

    Half of the least variation and colour; one and a half of the most variation of the
    rest; half a unit over the highest peak.
    """
    genuine = [one for one in every if one.species == GENUINE]
    least = {
        name: min(one.optical.regions[name] for one in genuine) / 2 for name in OPTICAL_LIMITS.least
    }
    return least | {
        "most_rest": max(one.optical.rest for one in genuine) * 1.5,
        "halftone": max(one.still.halftone for one in genuine) + 0.5,
        "screen_grid": max(one.still.screen_grid for one in genuine) + 0.5,
        "moire": max(one.still.moire for one in genuine) + 0.5,
        "least_colour": min(one.still.colour for one in genuine) / 2,
    }


def _specimen(art: Picture, random: Generator) -> Callable[[int | None], Picture]:
    gloss = random.uniform(0, _GLOSS)
    return lambda light: optical.glare(optical.lit(art, light, LIGHTS), light, LIGHTS, gloss=gloss)


def _copy(copy: Copy) -> Callable[[int | None], Picture]:
    return lambda light: copy.under(light, LIGHTS)


def _presented(species: str, under: Callable[[int | None], Picture], random: Generator) -> Measured:
    view = View(random)
    burst = np.stack([view.straight(view.picture(under(light))) for light in range(LIGHTS)])
    return Measured(species, read(burst), look(view.straight(view.picture(under(None)))))


def _rate(errors: Sequence[bool]) -> dict[str, float]:
    low, high = clopper_pearson(sum(errors), len(errors))
    return {"errors": sum(errors), "rate": sum(errors) / len(errors), "low": low, "high": high}


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table of Markdown."""
    head = f"Seed {figures['seed']}, {figures['captures']} presentations of each"
    lines = [
        f"{head}, {figures['lights']} lights; {figures['words']}.",
        "",
        "| APCER by species, worst first | burst alone | one still alone | both |",
        "|---|---|---|---|",
    ]
    lines += [_row(row["species"], row) for row in figures["apcer"]]
    lines += [_row("**BPCER**, genuine specimens refused", figures["bpcer"])]
    return "\n".join(lines)


def _row(name: str, row: dict[str, Any]) -> str:
    cells = [
        f"{100 * rate['rate']:.1f} % ({100 * rate['low']:.1f} to {100 * rate['high']:.1f})"
        for rate in (row[check] for check in CHECKS)
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Print the figures, or the limits that the tuning seeds give."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--captures", type=int, default=200)
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.tune:
        every = [one for seed in TUNING_SEEDS for one in measured(seed, options.captures)]
        said = json.dumps({"words": WORDS} | picked(every))
    else:
        figures = copies(options.seed, options.captures)
        said = json.dumps(figures) if options.json else table(figures)
    sys.stdout.write(said + "\n")


if __name__ == "__main__":
    main()
