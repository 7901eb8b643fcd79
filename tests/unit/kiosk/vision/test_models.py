"""Models are believed only when they are the shipped ones; pictures only when they are pictures."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.vision import models
from kiosk.vision.faces import FaceFinder, decoded
from tests.support.faces import folder_of_pictures

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


@given(st.binary(max_size=300))
def test_bytes_that_are_no_picture_are_none(content: bytes) -> None:
    assert decoded(content) is None


def test_a_portrait_has_a_face_and_an_empty_picture_has_none() -> None:
    finder = FaceFinder()
    portrait = decoded((folder_of_pictures() / "holder_chip.jpg").read_bytes())
    assert portrait is not None
    assert finder.chip(portrait) is not None
    assert finder.chip(portrait * 0) is None


def test_a_picture_larger_than_a_chip_carries_is_none() -> None:
    portrait = (folder_of_pictures() / "holder_chip.jpg").read_bytes()
    assert decoded(portrait, most_px=300) is None
