"""A version works when it is as well as the one before it was, for a while."""

import pytest

from kiosk.update.health import CALM_S, WITHIN_S, Health, Trial, Verdict

WELL = Health(painted=True, lacks=frozenset(), starting=False)
STARTING = Health(painted=False, lacks=frozenset(), starting=True)
PRINTER_OUT = Health(painted=True, lacks=frozenset({"printer"}), starting=False)


def test_a_version_that_is_well_for_a_while_works() -> None:
    trial = Trial(frozenset(), began_s=100.0)
    assert trial.see(STARTING, 100.0) is Verdict.WAIT
    assert trial.see(WELL, 110.0) is Verdict.WAIT
    assert trial.see(WELL, 110.0 + CALM_S - 1) is Verdict.WAIT
    assert trial.see(WELL, 110.0 + CALM_S) is Verdict.WORKS


def test_a_break_begins_the_while_anew() -> None:
    trial = Trial(frozenset(), began_s=0.0)
    trial.see(WELL, 10.0)
    trial.see(PRINTER_OUT, 30.0)
    assert trial.see(WELL, 10.0 + CALM_S) is Verdict.WAIT
    assert trial.see(WELL, 10.0 + 2 * CALM_S) is Verdict.WORKS


def test_what_was_out_before_is_no_fault_of_the_update() -> None:
    trial = Trial(frozenset({"printer"}), began_s=0.0)
    trial.see(PRINTER_OUT, 10.0)
    assert trial.see(PRINTER_OUT, 10.0 + CALM_S) is Verdict.WORKS


@pytest.mark.parametrize(
    "health",
    [
        STARTING,
        PRINTER_OUT,
        Health(painted=False, lacks=frozenset(), starting=False),
        Health(painted=True, lacks=frozenset({"reader", "printer"}), starting=False),
    ],
    ids=["starting", "printer out", "nothing painted", "reader and printer out"],
)
def test_what_is_not_well_in_time_has_failed(health: Health) -> None:
    trial = Trial(frozenset({"reader"}), began_s=0.0)
    assert trial.see(health, WITHIN_S - 1) is Verdict.WAIT
    assert trial.see(health, WITHIN_S) is Verdict.FAILED
