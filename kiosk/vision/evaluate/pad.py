"""How many synthetic presentations pass, by species: APCER, and BPCER beside it.

Words of ISO/IEC 30107-3, no conformity claimed. The verdicts are those of
`kiosk.face.liveness` on frames that went through the shipped landmarks and measures.
"""

import sys
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.face import flashes, stream
from kiosk.face import liveness as verdicts
from kiosk.face.liveness import Evidence, Verdict
from kiosk.vision import landmarks, signals
from kiosk.vision.evaluate.embedded import Embedded
from kiosk.vision.evaluate.head import Head
from kiosk.vision.evaluate.interval import share
from kiosk.vision.evaluate.people import people, picture
from kiosk.vision.evaluate.presentations import Presentation, Species, present
from kiosk.vision.landmarks import Points, TrainedLandmarks
from kiosk.vision.pose import pose

DEPTH: Final[dict[int, float]] = {
    **dict(enumerate((-1.10, -0.78, -0.40, 0.02, 0.10, 0.02, -0.40, -0.78, -1.10))),
    **dict(zip(range(9, 15), (-0.20, 0.06, 0.14, 0.14, 0.06, -0.20), strict=True)),
    **dict(zip(range(15, 23), (-0.13, -0.02, 0.05, 0.03, 0.0, 0.02, 0.02, -0.04), strict=True)),
    **dict(zip(range(23, 31), (0.0, 0.03, 0.05, -0.02, -0.13, -0.04, 0.02, 0.02), strict=True)),
    **dict(zip(range(33, 42), (0.14, 0.22, 0.33, 0.46, 0.3, 0.16, 0.16, 0.24, 0.24), strict=True)),
    **dict(zip(range(42, 50), (0.08, 0.28, 0.3, 0.28, 0.08, 0.24, 0.26, 0.24), strict=True)),
}
"""Depth of the landmarks in distances between the eyes; our own estimate."""
_AT: Final = np.array((400.0, 120.0))
"""Where the rendered square stands in a frame of 1280 x 720."""


def pad(folder: Path, seed: int) -> dict[str, Any]:
    """Measure on a folder; see `kiosk.vision.evaluate.people` for what it holds.

    Progress is written to standard error.

    Raises:
        BadFolder: the folder cannot be used.
        ModelAltered: a model is missing or another.
    """
    embedded, model = Embedded(), TrainedLandmarks()
    rng = np.random.default_rng(seed)
    verdict_of: dict[tuple[bool, Species], list[Verdict]] = {}
    persons = people(folder)
    for count, person in enumerate(persons, 1):
        portrait = picture(person.neutral)
        points = embedded.points(portrait)
        if points is None:
            continue
        head = Head.of(portrait, points, DEPTH)
        for chasing in (False, True):
            for species in Species:
                shown = flashes.sequence(lambda below: int(rng.integers(below)))
                seen = present(head, species, shown, rng, chasing=chasing)
                one = verdicts.judge(evidence(seen, shown, model, embedded))
                verdict_of.setdefault((chasing, species), []).append(one)
        sys.stderr.write(f"\r{count} of {len(persons)} people presented")
        sys.stderr.flush()
    sys.stderr.write("\n")
    return {
        "data": f"synthetic presentations of {len(persons)} people, one of each species",
        "rates": "APCER and BPCER with exact 95 % intervals; what is inconclusive is not supported",
        "seed": seed,
        **{
            name: {
                species.value: _told(species, verdict_of[chasing, species]) for species in Species
            }
            for name, chasing in (("white_balance_locked", False), ("white_balance_chasing", True))
        },
    }


def evidence(
    seen: Presentation,
    shown: tuple[flashes.Colour, ...],
    model: TrainedLandmarks,
    embedded: Embedded,
) -> Evidence:
    """Measure one session as the terminal would."""
    frontal = _followed(seen.frontal, seen.points, model)
    turned = _followed(seen.turned, seen.points, model)
    before, after = (
        pose(np.mean(group, axis=0) + _AT, width=1280, height=720) for group in (frontal, turned)
    )
    lit = np.array([signals.skin(frame, frontal[0]) for frame in seen.lit])
    correlation, amplitude = flashes.answer(shown, lit)
    prints = [signals.fingerprint(frame) for frame in (*seen.frontal, *seen.turned, *seen.lit)]
    first, last = (embedded.descriptor(group[0]) for group in (seen.frontal, seen.lit))
    levels = [signals.light(frame) for frame in seen.exposed]
    return Evidence(
        frozen=stream.frozen(prints),
        repeated=stream.repeated(prints),
        answers_exposure=stream.answers_exposure(levels[0], levels[1], factor=0.5),
        unbroken=True,
        continuous=stream.continuous([float(np.linalg.norm(first - last))]),
        moved_as_asked=seen.moved_as_asked,
        turned_deg=abs(after.yaw - before.yaw),
        residual=signals.planarity(frontal, turned),
        correlation=correlation,
        amplitude=amplitude,
    )


def _followed(
    frames: list[NDArray[np.uint8]], points: Points, model: TrainedLandmarks
) -> list[Points]:
    """Follow a face from where it was."""
    found = []
    for frame in frames:
        grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
        points = model(grey, landmarks.box_of(points))
        found.append(points)
    return found


def _told(species: Species, seen: list[Verdict]) -> dict[str, Any]:
    passed = sum(one.presentation is verdicts.Presentation.SUPPORTED for one in seen)
    bona_fide = species is Species.BONA_FIDE
    rate = {"BPCER": share(len(seen) - passed, len(seen))} if bona_fide else None
    reasons = [reason.value for one in seen for reason in one.reasons]
    return {
        "presentations": len(seen),
        "supported": passed,
        **(rate or {"APCER": share(passed, len(seen))}),
        "reasons": {name: reasons.count(name) for name in sorted(set(reasons))},
    }
