"""The shipped bands on consented portraits: studio, one session, nobody's mall."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.vision import models
from kiosk.vision.evaluate import embedded, face
from tests.support.faces import people

pytestmark = pytest.mark.slow
PEOPLE = 8


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report on a few people, few conditions."""
    folder = next(iter(people().values()))["neutral"].parent
    return report(folder, tmp_path_factory.mktemp("faces"))


def report(folder: Path, here: Path) -> dict[str, Any]:
    rows = (folder / "MANIFEST.csv").read_text().splitlines()
    (here / "MANIFEST.csv").write_text("\n".join(rows[: 1 + 2 * PEOPLE]) + "\n")
    for row in rows[1 : 1 + 2 * PEOPLE]:
        name = row.split(",")[0]
        (here / name).symlink_to(folder / name)
    return face.face(here, seed=3)


@pytest.mark.timeout(300)
def test_no_stranger_matches_and_everybody_is_at_least_likely(told: dict[str, Any]) -> None:
    assert told["bands"]["strangers"]["match"] == 0
    assert told["bands"]["genuine"]["refer"] == 0
    assert sum(told["bands"]["genuine"].values()) == PEOPLE
    assert sum(told["bands"]["strangers"].values()) == PEOPLE * (PEOPLE - 1)


@pytest.mark.timeout(300)
def test_every_condition_and_group_is_told_with_its_size(told: dict[str, Any]) -> None:
    names = {f"chip {name}" for name in embedded.CHIPS} | {
        f"live {name}" for name in embedded.LIVES
    }
    assert set(told["conditions"]) == names
    assert sum(group["people"] for group in told["groups"].values()) == PEOPLE
    assert f"{PEOPLE} people" in told["data"]
    for kind in ("distance", "ratio"):
        for figure in told["at_far"][kind]:
            assert figure["frr_95"][0] <= figure["frr"] <= figure["frr_95"][1]
            assert figure["impostor_pairs"] == PEOPLE * (PEOPLE - 1)


@pytest.mark.timeout(300)
def test_what_is_worn_costs_more_than_a_small_chip(told: dict[str, Any]) -> None:
    mean = {name: one["mean_distance"] for name, one in told["conditions"].items()}
    assert mean["chip jpeg_5_kb"] < mean["live glasses"]
    assert mean["live studio"] < mean["live mask"]


def test_the_policy_tells_the_figures_of_its_data() -> None:
    policy = models.match_policy()
    for limits in (policy.match, policy.likely):
        assert limits.measured.false_match_upper_95 >= limits.measured.false_match_rate
        assert limits.measured.impostor_pairs >= 2000
