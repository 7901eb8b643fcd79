"""How many synthetic presentations pass, by species: APCER, and BPCER beside it.

Words of ISO/IEC 30107-3, no conformity claimed. Each presentation goes through the
terminal's own trial, frame by frame: landmarks, followed marks, colours, identities.
"""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from kiosk.face.liveness import Presentation, Verdict
from kiosk.face.trial import tasks
from kiosk.vision.evaluate.depths import DEPTH
from kiosk.vision.evaluate.embedded import Embedded
from kiosk.vision.evaluate.head import Head
from kiosk.vision.evaluate.interval import share
from kiosk.vision.evaluate.people import Person, people, picture
from kiosk.vision.evaluate.performer import Performer, Species
from kiosk.vision.evaluate.presented import present

WHITE_BALANCE: Final = ("locked", "chasing")
_Job = tuple[Person, int, tuple[Species, ...], tuple[str, ...]]
_Told = list[tuple[str, Species, Verdict]]


def pad(
    folder: Path,
    seed: int,
    *,
    species: Sequence[Species] = tuple(Species),
    balances: Sequence[str] = WHITE_BALANCE,
) -> dict[str, Any]:
    """Measure on a folder; see `kiosk.vision.evaluate.people` for what it holds.

    Progress is written to standard error.

    Args:
        folder: of portraits.
        seed: of hands, light, noise and tasks.
        species: what is presented, once for each person and white balance.
        balances: of `WHITE_BALANCE`.

    Raises:
        BadFolder: the folder cannot be used.
        ModelAltered: a model is missing or another.
    """
    persons = people(folder)
    jobs: list[_Job] = [
        (person, seed + 1_000 * index, tuple(species), tuple(balances))
        for index, person in enumerate(persons)
    ]
    verdicts: dict[tuple[str, Species], list[Verdict]] = {}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for count, told in enumerate(pool.map(_presented, jobs), 1):
            for balance, one, verdict in told:
                verdicts.setdefault((balance, one), []).append(verdict)
            sys.stderr.write(f"\r{count} of {len(persons)} people presented")
            sys.stderr.flush()
    sys.stderr.write("\n")
    return {
        "data": f"synthetic presentations of {len(persons)} people, one of each species",
        "rates": "APCER and BPCER with exact 95 % intervals; what is inconclusive is not supported",
        "seed": seed,
        **{
            f"white_balance_{balance}": {
                one.value: _rates(one, verdicts.get((balance, one), [])) for one in species
            }
            for balance in balances
        },
    }


@cache
def _embedded() -> Embedded:
    cv2.setNumThreads(1)
    return Embedded()


def _presented(job: _Job) -> _Told:
    """Let one person's face be presented in each way; a face that is not found is left out."""
    person, seed, species, balances = job
    embedded, portrait = _embedded(), picture(person.neutral)
    points = embedded.points(portrait)
    if points is None:
        return []
    head = Head.of(portrait, points, DEPTH)
    told = []
    for balance in balances:
        for index, one in enumerate(Species):
            if one not in species:
                continue
            rng = np.random.default_rng((seed, WHITE_BALANCE.index(balance), index))
            order = tasks(lambda below: int(rng.integers(below)))  # noqa: B023  (called at once)
            performer = Performer(head, one, rng, chasing=balance == "chasing")
            told.append((balance, one, present(performer, order, seer=embedded)))
    return told


def _rates(species: Species, seen: list[Verdict]) -> dict[str, Any]:
    passed = sum(one.presentation is Presentation.SUPPORTED for one in seen)
    bona_fide = species is Species.BONA_FIDE
    rate = {"BPCER": share(len(seen) - passed, len(seen))} if bona_fide else None
    reasons = [reason.value for one in seen for reason in one.reasons]
    return {
        "presentations": len(seen),
        "supported": passed,
        **(rate or {"APCER": share(passed, len(seen))}),
        "reasons": {name: reasons.count(name) for name in sorted(set(reasons))},
    }
