"""Models are believed only when they are the shipped ones."""

from pathlib import Path

import pytest

from kiosk.vision import models

FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"


def test_the_shipped_models_are_believed() -> None:
    assert models.checked(FIVE_POINTS, models.folder()).endswith(FIVE_POINTS)


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    content = bytearray((models.folder() / FIVE_POINTS).read_bytes())
    content[1000] ^= 1
    (tmp_path / FIVE_POINTS).write_bytes(content)
    with pytest.raises(models.ModelAltered, match="not the shipped one"):
        models.checked(FIVE_POINTS, tmp_path)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(models.ModelAltered, match="missing"):
        models.checked(FIVE_POINTS, tmp_path)


def test_the_model_whose_licence_forbids_it_is_not_one_of_ours() -> None:
    with pytest.raises(KeyError):
        models.checked("shape_predictor_68_face_landmarks.dat", models.folder())
