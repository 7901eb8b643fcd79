"""The evaluation itself: its words, its order, its intervals."""

import json
import sys
from itertools import islice

import numpy as np
import pytest

from drivers.card.personalise.copies import SPECIES
from kiosk.document.optical import LIMITS as OPTICAL_LIMITS
from kiosk.document.optical import OpticalReading
from kiosk.vision.evaluate import copies as evaluation
from kiosk.vision.evaluate.copies import GENUINE, Measured, copies, measured, picked, table
from kiosk.vision.evaluate.fronts import front
from kiosk.vision.evaluate.interval import clopper_pearson
from kiosk.vision.recapture import LIMITS as STILL_LIMITS
from kiosk.vision.recapture import Recapture

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures() -> dict[str, object]:
    return copies(seed=11, captures=1)


def test_every_species_stands_by_itself_and_the_worst_first(figures: dict[str, list]) -> None:  # type: ignore[type-arg]
    rows = figures["apcer"]
    assert {row["species"] for row in rows} == set(SPECIES)
    rates = [row["both"]["rate"] for row in rows]
    assert rates == sorted(rates, reverse=True)


def test_every_rate_has_its_exact_interval(figures: dict[str, list]) -> None:  # type: ignore[type-arg]
    for row in [*figures["apcer"], figures["bpcer"]]:
        for check in ("burst", "stills", "both"):
            rate = row[check]
            assert (rate["low"], rate["high"]) == clopper_pearson(rate["errors"], 1)
            assert rate["rate"] == rate["errors"]


def test_the_table_says_what_it_stands_on(figures: dict[str, object]) -> None:
    printed = table(figures)
    assert "synthetic specimens only" in printed
    assert "Seed 11, 1 presentations of each, 4 lights" in printed
    assert all(species in printed for species in SPECIES)


def test_flat_copies_without_foil_do_not_pass_the_burst(figures: dict[str, list]) -> None:  # type: ignore[type-arg]
    passed = {row["species"] for row in figures["apcer"] if row["burst"]["errors"]}
    assert passed <= {"photo print under rainbow foil"}
    assert figures["bpcer"]["burst"]["errors"] == 0  # type: ignore[call-overload]


@pytest.mark.night
def test_the_same_seed_gives_the_same_measures() -> None:
    first, again, other = (list(islice(measured(seed, 1), 2)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def one(species: str, regions: float, rest: float, still: Recapture) -> Measured:
    return Measured(species, OpticalReading({"hologram": regions, "ink": 2 * regions}, rest), still)


def test_limits_are_picked_from_genuine_specimens_alone() -> None:
    every = [
        one(GENUINE, 0.2, 0.01, Recapture(2.0, 1.0, 3.0, 0.08)),
        one(GENUINE, 0.1, 0.02, Recapture(1.0, 2.0, 2.0, 0.10)),
        one("a copy", 0.0, 0.50, Recapture(9.0, 9.0, 9.0, 0.00)),
    ]
    assert picked(every) == pytest.approx(
        {
            "hologram": 0.05,
            "ink": 0.1,
            "most_rest": 0.03,
            "halftone": 2.5,
            "screen_grid": 2.5,
            "moire": 3.5,
            "least_colour": 0.04,
        }
    )


def test_both_checks_must_agree_that_a_specimen_is_genuine() -> None:
    least = max(OPTICAL_LIMITS.least.values())
    clean = Recapture(0.0, 0.0, 0.0, 1.0)
    dotted = Recapture(STILL_LIMITS.halftone + 1, 0.0, 0.0, 1.0)
    said = {
        (regions > 0, still is clean): [
            one(GENUINE, regions, 0.0, still).passes(check) for check in ("burst", "stills", "both")
        ]
        for regions in (0.0, least)
        for still in (clean, dotted)
    }
    assert said == {
        (True, True): [True, True, True],
        (True, False): [True, False, False],
        (False, True): [False, True, False],
        (False, False): [False, False, False],
    }


def test_every_front_is_another_card_of_nobody() -> None:
    one, other = (front(np.random.default_rng(seed)) for seed in (1, 2))
    assert one.shape == (1080, 1712, 3)
    assert np.abs(one.astype(int) - other.astype(int)).mean() > 10


def test_the_command_prints_figures_and_limits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evaluation, "TUNING_SEEDS", (1,))
    monkeypatch.setattr(evaluation, "SPECIES", {"grey photocopy": SPECIES["grey photocopy"]})
    for words, key in (("--json --seed 5", "apcer"), ("--tune", "hologram")):
        monkeypatch.setattr(sys, "argv", ["copies", "--captures", "1", *words.split()])
        evaluation.main()
        said = json.loads(capsys.readouterr().out)
        assert said["words"] == "synthetic specimens only"
        assert key in said
    monkeypatch.setattr(sys, "argv", ["copies", "--captures", "1"])
    evaluation.main()
    assert "| grey photocopy |" in capsys.readouterr().out
