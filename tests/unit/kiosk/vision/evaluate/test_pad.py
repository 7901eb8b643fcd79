"""Drawn presentations go through the terminal's own trial; what is stopped and what is not."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kiosk.face.liveness import Indicator, Presentation, Verdict
from kiosk.face.trial import tasks
from kiosk.vision.evaluate.__main__ import main
from kiosk.vision.evaluate.head import Pose
from kiosk.vision.evaluate.performer import Performer, Species
from kiosk.vision.evaluate.presented import present
from tests.support.faces import people
from tests.support.heads import embedded, holder_head

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def judged(species: Species, *, seed: int = 3, chasing: bool = False) -> Verdict:
    rng = np.random.default_rng(seed)
    order = tasks(lambda below: int(rng.integers(below)))
    performer = Performer(holder_head(), species, rng, chasing=chasing)
    return present(performer, order, seer=embedded())


def test_a_face_unlike_those_learnt_from_is_supported() -> None:
    assert judged(Species.BONA_FIDE) == Verdict(Presentation.SUPPORTED, ())


@pytest.mark.parametrize(
    ("species", "told"),
    [
        pytest.param(Species.EYE_HOLE_PRINT, {Indicator.FLAT}, marks=pytest.mark.night),
        (Species.OLD_REPLAY, {Indicator.COLOURS_UNANSWERED, Indicator.WRONG_MOVE}),
        pytest.param(
            Species.INJECTION,
            {Indicator.EXPOSURE_IGNORED, Indicator.WRONG_MOVE},
            marks=pytest.mark.night,
        ),
    ],
)
def test_what_is_told_is_told_by_name(species: Species, told: set[Indicator]) -> None:
    verdict = judged(species)
    assert verdict.presentation is not Presentation.SUPPORTED
    assert told & set(verdict.reasons)


def test_the_command_tells_the_rate_of_each_species_with_its_interval(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = next(iter(sorted(people().values(), key=lambda one: one["neutral"])))["neutral"].parent
    rows = (first / "MANIFEST.csv").read_text().splitlines()[:5]
    (tmp_path / "MANIFEST.csv").write_text("\n".join(rows) + "\n")
    for row in rows[1:]:
        name = row.split(",")[0]
        (tmp_path / name).symlink_to(first / name)
    wanted = [Species.BONA_FIDE, Species.FROZEN]
    command = ["evaluate", "pad", "--data", str(tmp_path), "--json", "--species", *wanted]
    monkeypatch.setattr("sys.argv", [*command, "--white-balance", "locked"])
    assert main() == 0
    told = json.loads(capsys.readouterr().out)["white_balance_locked"]
    assert list(told) == wanted
    for species, one in told.items():
        rate = one["BPCER" if species == Species.BONA_FIDE else "APCER"]
        assert rate["of"] == one["presentations"] == 2
        assert rate["ci95"][0] <= rate["share"] <= rate["ci95"][1]
    assert told[Species.FROZEN]["APCER"]["hits"] == 0


def test_a_turned_head_is_seen_from_the_other_side() -> None:
    head = holder_head()
    straight, points = head.seen(Pose())
    turned, moved = head.seen(Pose(yaw=20))
    assert straight.shape == turned.shape == head.picture.shape
    assert moved[36, 0] - points[36, 0] > 5
    assert (
        np.abs(straight.astype(int) - head.picture).mean()
        < np.abs(turned.astype(int) - head.picture).mean()
    )


def test_a_print_turns_as_a_plane() -> None:
    head = holder_head()
    sheet = replace(head, flat=True)
    assert sheet.space(head.points)[:, 2].max() == 0
    assert head.space(head.points)[:, 2].max() > 0.3
