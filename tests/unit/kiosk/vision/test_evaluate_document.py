"""The evaluation counts rightly, and its figures hold on a small run."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from drivers.card.personalise.crowd import person
from drivers.card.personalise.print.view import Condition
from kiosk.vision.evaluate.document import Capture, Tally, truth_of
from kiosk.vision.evaluate.interval import share
from tests.support.faces import folder_of_pictures
from tests.support.printed import reading
from wire.document import CardHint, PrintRead


def test_of_nothing_nothing_is_known() -> None:
    assert share(0, 0) == {"hits": 0, "of": 0, "share": None, "ci95": [0.0, 1.0]}


def capture(seen: PrintRead | CardHint) -> Capture:
    who = person(np.random.default_rng(1))
    return Capture(Condition.GOOD, who, np.zeros((1, 1, 3), np.uint8), seen, 1.0)


def test_captures_are_counted_by_what_came_of_them() -> None:
    tally = Tally()
    who = capture(CardHint.GLARE).person
    chip = truth_of(who)
    exact = reading(who)
    assert (exact.number, exact.chinese) == (chip.number, chip.chinese)
    for seen in (exact, reading(), CardHint.GLARE):
        tally.add(capture(seen))
    report = tally.report()
    assert (report["accepted"]["hits"], report["accepted"]["of"]) == (2, 3)
    assert (report["record_exact"]["hits"], report["record_exact"]["of"]) == (1, 2)
    assert tally.wrong["number"] == 1
    assert report["hints"] == {"glare": 1}


@pytest.mark.night
@pytest.mark.timeout(600)
def test_the_command_prints_its_figures_and_draws_its_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    command = [sys.executable, "-m", "kiosk.vision", "evaluate", "document", "--json"]
    command += ["--pictures", str(folder_of_pictures()), "--sheet", str(sheet)]
    command += ["--seed", "5", "--captures", "26"]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    report = json.loads(run.stdout)
    assert report["what"] == "synthetic specimens only"
    assert report["record_exact"]["share"] >= 0.9
    assert report["chip_comparison"]["other_chip_verified"]["hits"] == 0
    assert report["chip_comparison"]["misread_print_verified"]["hits"] == 0
    assert report["copies"]["words"] == "synthetic specimens only"
    assert len(report["copies"]["apcer"]) == 7
    for name in report["never_to_be_accepted"]:
        assert report["by_condition"][name]["accepted"]["hits"] == 0
    assert sheet.stat().st_size > 100_000
