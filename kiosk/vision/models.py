"""Models and the cohort, checked against their hashes before they are believed.

Two are dlib's, two our own, made by `kiosk/vision/training` (models_data/ATTRIBUTION.md).
dlib's 68-point model is not loaded: its author forbids commercial use. A bundle that the fleet
rolled out stands in the place of those it lists (`kiosk.vision.model_bundle`).
Source of the hashes: docs/face.md, "Models".
"""

import os
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import dlib
import numpy as np
from numpy.typing import NDArray

from kiosk.face import cohort as cohort_file
from kiosk.face import match_policy as policy_file
from kiosk.vision.model_bundle import (
    COHORT,
    FACE_POINTS,
    FIVE_POINTS,
    POLICY,
    RESNET,
    ModelAltered,
    held_against,
    listed,
)

CHIP_PX: Final = 150
_OWN: Final = Path(__file__).parent / "models_data"
_SHA256: Final = {
    FIVE_POINTS: "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    RESNET: "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    FACE_POINTS: "faa0982d68de5073d1390d4d462b85c531af51c9d9fafabeeff4c825ad867cc7",
    COHORT: "c4ca304a7c96cf9ee0eb3b744805c4a646ebd4a5c9602ec3a0298988f4b30d22",
}
_BUNDLE: Final = "KIOSK_MODELS"
"""Folder of the bundle that the launcher chose; empty or absent for none."""


def folder() -> Path:
    """Return where the models lie, without importing the package that holds them.

    Raises:
        ModelAltered: they are not installed.
    """
    spec = find_spec("face_recognition_models")
    if spec is None or not spec.submodule_search_locations:
        raise ModelAltered("the models are not installed")
    return Path(spec.submodule_search_locations[0]) / "models"


def home(name: str) -> Path:
    """Return the folder of a model.

    Raises:
        ModelAltered: see `folder`; or the bundle is none.
    """
    bundle = os.environ.get(_BUNDLE)
    if bundle and name in _rolled_out(bundle):
        return Path(bundle)
    return _OWN if name in {FACE_POINTS, COHORT, POLICY} else folder()


def checked(name: str, within: Path) -> str:
    """Return the path of a model whose content is the announced one.

    Raises:
        ModelAltered: it is missing or another.
    """
    return str(held_against(within, name, _sha256()[name]))


def check_all() -> None:
    """Hold every model against its hash.

    Raises:
        ModelAltered: see `checked`.
    """
    for name in _sha256():
        checked(name, home(name))


def _sha256() -> Mapping[str, str]:
    """Return the hashes of what is in force: the bundle's before the shipped ones."""
    bundle = os.environ.get(_BUNDLE)
    return {**_SHA256, **(_rolled_out(bundle) if bundle else {})}


@cache
def _rolled_out(bundle: str) -> Mapping[str, str]:
    return listed(Path(bundle))


def detector() -> Any:
    """Return the frontal face detector; it is part of dlib itself."""
    return dlib.get_frontal_face_detector()


@cache
def landmarks() -> Any:
    """Return the five-point landmark model, loaded once; any number of threads may ask it.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.shape_predictor(checked(FIVE_POINTS, home(FIVE_POINTS)))


@cache
def face_points() -> Any:
    """Return our own 56-point landmark model, loaded once; any number of threads may ask it.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.shape_predictor(checked(FACE_POINTS, home(FACE_POINTS)))


def cohort() -> NDArray[np.float64]:
    """Return the descriptors of the cohort, one a row.

    Raises:
        ModelAltered: see `checked`.
    """
    return cohort_file.parse(Path(checked(COHORT, home(COHORT))).read_bytes())


def match_policy(path: Path | None = None) -> policy_file.MatchPolicy:
    """Return the policy of the match: the one in force, or that at `path`.

    Raises:
        ModelAltered: its limits hold for another network or cohort.
        BadMatchPolicy: see `kiosk.face.match_policy.parse`.
        OSError: it cannot be read.
    """
    place = path or home(POLICY) / POLICY
    policy = policy_file.parse(place.read_text(encoding="utf-8"))
    held = _sha256()
    if (policy.encoder_sha256, policy.cohort_sha256) != (held[RESNET], held[COHORT]):
        raise ModelAltered("the policy was measured with another network or cohort")
    return policy


def encoder() -> Any:
    """Return the descriptor network.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.face_recognition_model_v1(checked(RESNET, home(RESNET)))
