"""What is done stays done until its answers change; nothing is ready that was not tried."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioning.steps import (
    MAY_BE_SKIPPED,
    NEEDS,
    Outcome,
    Result,
    Step,
    due,
    holds,
    latest,
    missing,
)

DIGESTS = dict.fromkeys(Step, "d")
results = st.dictionaries(
    st.sampled_from(list(Step)), st.sampled_from([*Outcome, None]), max_size=len(Step)
)


def result(step: Step, outcome: Outcome = Outcome.PASSED, answers: str = "d") -> Result:
    return Result(step, outcome, 1, answers)


def as_results(outcomes: dict[Step, Outcome | None]) -> dict[Step, Result]:
    return {step: result(step, o) for step, o in outcomes.items() if o is not None}


def test_steps_are_done_in_order_and_each_once() -> None:
    done: dict[Step, Result] = {}
    order: list[Step] = []
    while (step := due(done, DIGESTS, tried=order)) is not None:
        order.append(step)
        done[step] = result(step)
    assert order == list(Step)
    assert missing(done, DIGESTS) == []


def test_everything_that_a_step_needs_comes_before_it() -> None:
    places = {step: place for place, step in enumerate(Step)}
    assert all(places[one] < places[step] for step, needed in NEEDS.items() for one in needed)
    assert all(a < b for a, b in pairwise(places.values()))


def test_a_failed_printer_holds_up_nothing_but_being_ready() -> None:
    done = {step: result(step) for step in Step if step is not Step.PRINTER}
    failed = {Step.PRINTER: result(Step.PRINTER, Outcome.FAILED)}
    assert due(done | failed, DIGESTS, tried={Step.PRINTER}) is None
    assert missing(done | failed, DIGESTS) == [Step.PRINTER]


def test_without_a_claim_nothing_is_set_up() -> None:
    failed = {Step.CLAIM: result(Step.CLAIM, Outcome.FAILED)}
    tried = set(Step) - {Step.SETTINGS, Step.SELF_TEST}
    assert due(failed, DIGESTS, tried=tried) is None


@pytest.mark.parametrize("step", Step)
def test_changed_answers_make_a_step_due_again(step: Step) -> None:
    done = {one: result(one) for one in Step}
    changed = DIGESTS | {step: "another"}
    assert due(done, changed, tried=()) is step
    assert missing(done, changed) == [step]


@pytest.mark.parametrize("step", Step)
def test_only_what_may_be_skipped_counts_as_skipped(step: Step) -> None:
    assert holds(step, result(step, Outcome.SKIPPED), "d") == (step in MAY_BE_SKIPPED)


@given(results)
def test_a_run_ends_and_tries_nothing_twice(outcomes: dict[Step, Outcome | None]) -> None:
    done = as_results(outcomes)
    tried: set[Step] = set()
    for _ in range(len(Step) + 1):
        step = due(done, DIGESTS, tried=tried)
        if step is None:
            break
        assert step not in tried
        tried.add(step)
    else:
        pytest.fail("a run without an end")


def test_the_last_try_of_a_step_counts() -> None:
    tries = [result(Step.PRINTER, Outcome.FAILED), result(Step.PRINTER)]
    assert latest(tries)[Step.PRINTER].outcome is Outcome.PASSED
