"""Models are believed only when they are the shipped ones."""

from pathlib import Path

import pytest

from kiosk.vision import models
from kiosk.vision.model_bundle import ModelAltered

FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"


def test_the_shipped_models_are_believed() -> None:
    assert models.checked(FIVE_POINTS, models.folder()).endswith(FIVE_POINTS)


@pytest.mark.parametrize("name", ["face_landmarks_56.dat", "cohort.bin"])
def test_our_own_are_believed_and_small_enough_to_keep(name: str) -> None:
    path = Path(models.checked(name, models.home(name)))
    assert path.stat().st_size < 6e6
    assert (path.parent / "ATTRIBUTION.md").read_text().count(f"`{name}`") == 1


def test_all_models_are_held_against_their_hashes() -> None:
    models.check_all()


def test_the_cohort_and_the_policy_belong_together(tmp_path: Path) -> None:
    policy = models.match_policy()
    assert len(models.cohort()) >= policy.neighbours
    text = (models.home("cohort.bin") / "match_policy.toml").read_text()
    other = tmp_path / "policy.toml"
    other.write_text(text.replace(policy.cohort_sha256, "0" * 64))
    with pytest.raises(ModelAltered, match="another network or cohort"):
        models.match_policy(other)


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    content = bytearray((models.folder() / FIVE_POINTS).read_bytes())
    content[1000] ^= 1
    (tmp_path / FIVE_POINTS).write_bytes(content)
    with pytest.raises(ModelAltered, match="not the announced one"):
        models.checked(FIVE_POINTS, tmp_path)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelAltered, match="missing"):
        models.checked(FIVE_POINTS, tmp_path)


def test_the_model_whose_licence_forbids_it_is_not_one_of_ours() -> None:
    with pytest.raises(KeyError):
        models.checked("shape_predictor_68_face_landmarks.dat", models.folder())
