"""The landmark model's error on people that it did not learn from."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.vision import models
from kiosk.vision.training import __main__ as training
from kiosk.vision.training import portraits
from kiosk.vision.training.head import head_of
from kiosk.vision.training.portraits import Portrait
from kiosk.vision.training.variants import Variant, draw
from tests.support.faces import people

pytestmark = pytest.mark.slow
SEED = 5
KEPT_OUT = 14


@pytest.fixture(scope="module")
def kept() -> list[Portrait]:
    folder = next(iter(people().values()))["neutral"].parent
    if not (folder / "landmarks_189.json").exists():
        pytest.skip("no points by hand beside the portraits")
    everybody = portraits.load(folder)
    _, measured = portraits.split(everybody, seed=SEED)
    if len(measured) != KEPT_OUT:
        pytest.skip("other people than the model was trained and measured on")
    return measured


def error(seen: list[Variant]) -> dict[str, float]:
    return training.summary(training.errors(models.face_points(), seen))


def test_portraits_of_others_are_read_within_the_told_error(kept: list[Portrait]) -> None:
    told = error(training.as_they_are(kept))
    assert told["faces"] == KEPT_OUT
    assert told["mean"] < 4.0
    assert told["eyes"] < 2.5


def test_turned_blinking_speaking_and_badly_lit_faces_too(kept: list[Portrait]) -> None:
    rng = np.random.default_rng(11)
    drawn = [draw(head_of(one), rng) for one in kept for _ in range(3)]
    told = error([one for one in drawn if one is not None])
    assert told["faces"] > 30
    assert told["mean"] < 5.0


def test_a_quarter_of_each_group_is_kept_out_and_nobody_is_in_both() -> None:
    made = [
        Portrait(f"{group}{index}", group, np.zeros((1, 1, 3), np.uint8), np.zeros((189, 2)))
        for group in ("a", "b")
        for index in range(8)
    ]
    learn, measured = portraits.split(made, seed=1)
    assert sorted(one.ethnicity for one in measured) == ["a", "a", "b", "b"]
    assert {one.person for one in learn}.isdisjoint(one.person for one in measured)
    assert [one.person for one in portraits.split(made, seed=1)[1]] == [
        one.person for one in measured
    ]


@pytest.mark.parametrize("points", [188, 190])
def test_a_portrait_with_other_points_is_refused(tmp_path: Path, points: int) -> None:
    (tmp_path / "MANIFEST.csv").write_text("file,person,self_declared_ethnicity\na.jpg,a,x\n")
    (tmp_path / "landmarks_189.json").write_text(f'{{"a.jpg": {[[0, 0]] * points}}}')
    with pytest.raises(ValueError, match="189"):
        portraits.load(tmp_path)
