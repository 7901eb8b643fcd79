"""dlib's models, checked against their hashes before they are believed.

The 68-point model is not loaded: its author forbids commercial use.
Source of the hashes: docs/face.md, "Models".
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import dlib

CHIP_PX: Final = 150
_FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"
_RESNET = "dlib_face_recognition_resnet_model_v1.dat"
_SHA256: Final = {
    _FIVE_POINTS: "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    _RESNET: "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
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
        checked(name, folder())


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


def encoder() -> Any:
    """Return the descriptor network.

    Raises:
        ModelAltered: see `checked`.
    """
    return dlib.face_recognition_model_v1(checked(_RESNET, folder()))
