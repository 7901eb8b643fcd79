"""Models and the cohort, checked against their hashes before they are believed.

Two are dlib's, two our own, made by `kiosk/vision/training` (models_data/ATTRIBUTION.md).
dlib's 68-point model is not loaded: its author forbids commercial use.
Source of the hashes: docs/face.md, "Models".
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import dlib
import numpy as np
from numpy.typing import NDArray

from kiosk.face import cohort as cohort_file
from kiosk.face import match_policy as policy_file

CHIP_PX: Final = 150
_FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"
_RESNET = "dlib_face_recognition_resnet_model_v1.dat"
_FACE_POINTS = "face_landmarks_56.dat"
_COHORT = "cohort.bin"
_POLICY = "match_policy.toml"
_OWN: Final = Path(__file__).parent / "models_data"
_SHA256: Final = {
    _FIVE_POINTS: "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    _RESNET: "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    _FACE_POINTS: "faa0982d68de5073d1390d4d462b85c531af51c9d9fafabeeff4c825ad867cc7",
    _COHORT: "c4ca304a7c96cf9ee0eb3b744805c4a646ebd4a5c9602ec3a0298988f4b30d22",
}


class ModelAltered(Exception):
    """A model is missing or not the one that was shipped."""

    code = "vision.model_altered"


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
        ModelAltered: see `folder`.
    """
    return _OWN if name in {_FACE_POINTS, _COHORT} else folder()


def checked(name: str, within: Path) -> str:
    """Return the path of a model whose content is the shipped one.

    Raises:
        ModelAltered: it is missing or another.
    """
    path = within / name
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise ModelAltered(f"{name} is missing") from None
    if digest != _SHA256[name]:
        raise ModelAltered(f"{name} is not the shipped one")
    return str(path)


def check_all() -> None:
    """Hold every model against its hash.

    Raises:
        ModelAltered: see `checked`.
    """
    for name in _SHA256:
        checked(name, home(name))


def detector() -> Any:
    """Return the frontal face detector; it is part of dlib itself."""
    return dlib.get_frontal_face_detector()


@cache
def landmarks() -> Any:
    """Return the five-point landmark model, loaded once; any number of threads may ask it.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.shape_predictor(checked(_FIVE_POINTS, folder()))


@cache
def face_points() -> Any:
    """Return our own 56-point landmark model, loaded once; any number of threads may ask it.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.shape_predictor(checked(_FACE_POINTS, _OWN))


def cohort() -> NDArray[np.float64]:
    """Return the descriptors of the cohort, one a row.

    Raises:
        ModelAltered: see `checked`.
    """
    return cohort_file.parse(Path(checked(_COHORT, _OWN)).read_bytes())


def match_policy(path: Path = _OWN / _POLICY) -> policy_file.MatchPolicy:
    """Return the policy of the match.

    Raises:
        ModelAltered: its limits hold for another network or cohort.
        BadMatchPolicy: see `kiosk.face.match_policy.parse`.
        OSError: it cannot be read.
    """
    policy = policy_file.parse(path.read_text(encoding="utf-8"))
    if (policy.encoder_sha256, policy.cohort_sha256) != (_SHA256[_RESNET], _SHA256[_COHORT]):
        raise ModelAltered("the policy was measured with another network or cohort")
    return policy


def encoder() -> Any:
    """Return the descriptor network.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.face_recognition_model_v1(checked(_RESNET, folder()))
