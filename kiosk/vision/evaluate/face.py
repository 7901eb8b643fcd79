"""How often does the match err? On a folder of consented portraits, told with its sizes.

The limits are those of the shipped policy; nothing is tuned here but where it is said.
Studio portraits of one session: no figure holds for another place or ten years between.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kiosk.face.match import Band, band
from kiosk.face.match_policy import MatchPolicy
from kiosk.vision import models
from kiosk.vision.evaluate import rates
from kiosk.vision.evaluate.embedded import CHIPS, LIVES, everybody
from kiosk.vision.evaluate.pairs import distances, ratios
from kiosk.vision.evaluate.people import Person, people

Floats = NDArray[np.float64]
_RAW_LIMITS: Final = tuple(round(0.30 + 0.02 * step, 2) for step in range(21))
_RATIO_LIMITS: Final = tuple(round(0.40 + 0.025 * step, 3) for step in range(25))
_FARS: Final = (0.001, 0.01)
STUDIO_CHIP: Final = next(iter(CHIPS))
STUDIO_LIVE: Final = next(iter(LIVES))


def face(folder: Path, seed: int) -> dict[str, Any]:
    """Measure on a folder; see `kiosk.vision.evaluate.people` for what it holds.

    Progress is written to standard error.

    Raises:
        BadFolder: the folder cannot be used.
        ModelAltered: a model is missing or another.
    """
    persons = people(folder)
    policy, cohort = models.match_policy(), models.cohort()
    seen = everybody(persons, seed=seed)
    rng = np.random.default_rng(seed)
    known = seen["chip"]["original"]

    def both(chips: Floats, lives: Floats) -> tuple[Floats, Floats]:
        normalised = ratios(chips, lives, cohort, known, near=policy.neighbours)
        return distances(chips, lives), normalised

    raw, normalised = both(seen["chip"][STUDIO_CHIP], seen["live"][STUDIO_LIVE])
    conditions = {
        f"chip {name}": both(rows, seen["live"][STUDIO_LIVE]) for name, rows in seen["chip"].items()
    } | {
        f"live {name}": both(seen["chip"][STUDIO_CHIP], rows) for name, rows in seen["live"].items()
    }
    return {
        "data": f"{len(persons)} people, neutral as chip, smiling as live, one session",
        "seed": seed,
        "det": {
            "distance": rates.det(raw, _RAW_LIMITS),
            "ratio": rates.det(normalised, _RATIO_LIMITS),
        },
        "at_far": {
            "distance": [rates.at_far(raw, far, rng) for far in _FARS],
            "ratio": [rates.at_far(normalised, far, rng) for far in _FARS],
        },
        "tuned_on_half": _on_others(raw, normalised, rng),
        "bands": bands(raw, normalised, policy),
        "groups": groups(persons, raw, normalised, policy),
        "conditions": {
            name: bands(*scores, policy) | {"mean_distance": _mean_genuine(scores[0])}
            for name, scores in conditions.items()
        },
    }


def bands(raw: Floats, normalised: Floats, policy: MatchPolicy) -> dict[str, Any]:
    """Return how many genuine pairs and strangers fall in each band."""
    same = np.eye(len(raw), dtype=bool)
    genuine = [band(*pair, policy) for pair in zip(raw[same], normalised[same], strict=True)]
    strangers = [band(*pair, policy) for pair in zip(raw[~same], normalised[~same], strict=True)]
    return {
        "genuine": {one.value: genuine.count(one) for one in Band},
        "strangers": {one.value: strangers.count(one) for one in Band},
        "without_a_face": int(np.isinf(np.diag(raw)).sum()),
    }


def groups(
    persons: list[Person], raw: Floats, normalised: Floats, policy: MatchPolicy
) -> dict[str, Any]:
    """Return the bands within each gender and ethnicity: strangers of one group only."""
    found = {}
    for name in sorted({person.group for person in persons}):
        mine = [at for at, person in enumerate(persons) if person.group == name]
        own, own_ratio = raw[np.ix_(mine, mine)], normalised[np.ix_(mine, mine)]
        strangers = own[~np.eye(len(mine), dtype=bool)]
        found[name] = bands(own, own_ratio, policy) | {
            "people": len(mine),
            "mean_genuine_distance": _mean_genuine(own),
            "least_stranger_distance": float(strangers.min()) if strangers.size else None,
            "strangers_at_0.6": int((strangers <= 0.6).sum()),
        }
    return found


def _on_others(raw: Floats, normalised: Floats, rng: np.random.Generator) -> dict[str, Any]:
    """Choose a limit for FAR 1 % on half of the people and tell its rates on the others."""
    order = rng.permutation(len(raw))
    tuned, others = np.array_split(order, 2)
    told: dict[str, Any] = {"tuned_on": len(tuned), "measured_on": len(others), "far_wanted": 0.01}
    for name, scores in (("distance", raw), ("ratio", normalised)):
        limit = rates.limit_for(scores[np.ix_(tuned, tuned)], 0.01)
        there = rates.at(scores[np.ix_(others, others)], limit)
        told[name] = {"limit": limit, "far": there.false_accepts, "frr": there.false_rejects}
    return told


def _mean_genuine(raw: Floats) -> float | None:
    own = np.diag(raw)
    seen = own[np.isfinite(own)]
    return float(seen.mean()) if seen.size else None
