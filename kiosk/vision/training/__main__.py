"""Train the landmark model: ``python -m kiosk.vision.training --faces FOLDER --to FOLDER``.

A quarter of the people are kept out and measured on. The same seed gives the same
people and pictures; dlib draws from a seed of its own.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

import cv2
import dlib
import numpy as np

from kiosk.vision import landmarks
from kiosk.vision.training import portraits
from kiosk.vision.training.head import head_of
from kiosk.vision.training.variants import Variant, detected, draw

PER_PERSON: Final = 80
MEASURED: Final = 30


def options(*, trees: int, depth: int, oversampling: int = 12) -> Any:
    """Return dlib's training options; ten levels of `trees` trees."""
    chosen = dlib.shape_predictor_training_options()
    chosen.cascade_depth = 10
    chosen.num_trees_per_cascade_level = trees
    chosen.tree_depth = depth
    chosen.nu = 0.1
    chosen.oversampling_amount = oversampling
    chosen.oversampling_translation_jitter = 0.05
    chosen.num_test_splits = 40
    chosen.num_threads = 2
    chosen.random_seed = "face"
    return chosen


def variants(
    people: list[portraits.Portrait], count: int, *, seed: int, plain: bool = False
) -> list[Variant]:
    """Return `count` variants of each."""
    rng = np.random.default_rng(seed)
    found = []
    for person in people:
        head, mine = head_of(person), 0
        while mine < count:
            variant = draw(head, rng, plain=plain)
            if variant is not None:
                found.append(variant)
                mine += 1
    return found


def train(seen: list[Variant], how: Any) -> Any:
    """Return a predictor trained on faces cut as the terminal cuts them."""
    cuts, shapes = [], []
    for variant in seen:
        grey = cv2.cvtColor(variant.picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
        cut, into = landmarks.upright(grey, variant.box)
        places = np.round(variant.points * into[0, 0] + into[:, 2]).astype(int)
        parts = [dlib.point(int(x), int(y)) for x, y in places]
        cuts.append(cut)
        shapes.append([dlib.full_object_detection(landmarks.UPRIGHT, parts)])
    return dlib.train_shape_predictor(cuts, shapes, how)


def errors(predict: Any, seen: list[Variant]) -> np.ndarray:
    """Return distances to the truth in percent of the eye distance, faces by points."""
    rows = []
    for variant in seen:
        grey = cv2.cvtColor(variant.picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
        found = landmarks.found(predict, grey, variant.box)
        eyes = landmarks.eye_distance(variant.points)
        rows.append(100 * np.linalg.norm(found - variant.points, axis=1) / eyes)
    return np.array(rows)


def as_they_are(people: list[portraits.Portrait]) -> list[Variant]:
    """Return the portraits untouched, with the detector's boxes: the truth is by hand."""
    seen = []
    for person in people:
        box = detected(person.picture, person.points)
        if box is not None:
            seen.append(Variant(person.picture, person.points, box))
    return seen


def summary(distances: np.ndarray) -> dict[str, float]:
    """Return the figures that are told."""
    eyes = distances[:, landmarks.EYE_FIRST.start : landmarks.PUPILS.stop]
    inner = distances[:, landmarks.JAW.stop :]
    told = {
        "mean": distances.mean(), "median": np.median(distances), "eyes": eyes.mean(),
        "without_jaw": inner.mean(), "p95_of_faces": np.percentile(distances.mean(axis=1), 95),
    }  # fmt: skip
    return {name: round(float(value), 2) for name, value in told.items()} | {
        "faces": len(distances)
    }


def main() -> None:
    """Train, measure on the people kept out, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--trees", type=int, default=100, help="per level; dlib takes 500")
    parser.add_argument("--depth", type=int, default=3, help="of each tree; dlib takes 4")
    wanted = parser.parse_args()
    learn, kept = portraits.split(portraits.load(wanted.faces), seed=wanted.seed)
    print(f"{len(learn)} people to learn from, {len(kept)} kept out", file=sys.stderr)
    predict = train(
        variants(learn, PER_PERSON, seed=wanted.seed),
        options(trees=wanted.trees, depth=wanted.depth),
    )
    wanted.to.mkdir(parents=True, exist_ok=True)
    predict.save(str(wanted.to / "face_landmarks_56.dat"))
    people = [one.person for one in kept]
    measured = {
        "kept_out": people,
        "portraits": summary(errors(predict, as_they_are(kept))),
        "turned_little": summary(
            errors(predict, variants(kept, MEASURED, seed=wanted.seed + 1, plain=True))
        ),
        "all_variants": summary(errors(predict, variants(kept, MEASURED, seed=wanted.seed + 2))),
    }
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
