"""A run goes on where the last one ended, however that one ended."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from provisioning.answers import parse
from provisioning.kept import Kept
from provisioning.people import Scripted
from provisioning.report import Report, Shown, compiled, encoded, page
from provisioning.runner import Act, NotDone, Runner
from provisioning.steps import Figure, Outcome, Step, latest, missing
from tests.unit.provisioning.test_answers import GOOD
from wire.screen import Language

ANSWERS = parse(GOOD + b"[skipped]\nsound = 'none ordered'\n")


class Bench:
    """Steps that count how often they were done, and fail where they are told to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: list[Step] = []
        self.broken: dict[Step, str] = {}
        self.said: list[str] = []

    def _act(self, step: Step) -> Act:
        def act() -> Mapping[str, Figure]:
            self.done.append(step)
            if step in self.broken:
                raise NotDone(self.broken[step], tried=True)
            return {"ms": 7}

        return act

    def run(
        self, *, again: tuple[Step, ...] = (), acts: dict[Step, Act] | None = None
    ) -> list[Step]:
        self.done.clear()
        all_acts = {step: self._act(step) for step in Step} | (acts or {})
        runner = Runner(
            ANSWERS,
            Kept(self.path),
            all_acts,
            Scripted({}, self.said.append),
            clock=lambda: 1_800_000_000,
            meaning=lambda _: "what it means",
        )
        return runner.run(again=again)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "state" / "results.jsonl")


def test_a_second_run_does_nothing_again(bench: Bench) -> None:
    assert bench.run() == []
    assert Step.SOUND not in bench.done
    assert len(bench.done) == len(Step) - 1
    assert bench.run() == []
    assert bench.done == []


def test_what_failed_is_tried_again_and_the_rest_went_on(bench: Bench) -> None:
    bench.broken[Step.PRINTER] = "printer.paper_out"
    assert bench.run() == [Step.PRINTER]
    assert Step.SELF_TEST in bench.done
    assert any("printer.paper_out" in line for line in bench.said)
    del bench.broken[Step.PRINTER]
    assert bench.run() == []
    assert bench.done == [Step.PRINTER]


def test_a_step_is_done_again_when_somebody_asks_for_it(bench: Bench) -> None:
    bench.run()
    assert bench.run(again=(Step.READER,)) == []
    assert bench.done == [Step.READER]


@pytest.mark.parametrize("step", [s for s in Step if s is not Step.SOUND])
def test_killed_in_a_step_the_next_run_begins_with_that_step(bench: Bench, step: Step) -> None:
    def power_cut() -> Mapping[str, Figure]:
        os.kill(os.getpid(), signal.SIGKILL)
        return {}

    child = os.fork()
    if child == 0:
        bench.run(acts={step: power_cut})
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert bench.run() == []
    assert bench.done[0] is step
    later = [one for one in Step if list(Step).index(one) >= list(Step).index(step)]
    assert bench.done == [one for one in later if one is not Step.SOUND]


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_torn_last_line_costs_one_step(bench: Bench, cut: int) -> None:
    bench.run()
    content = bench.path.read_bytes()
    bench.path.write_bytes(content[:-cut])
    assert bench.run() == []
    assert bench.done == [Step.SELF_TEST]


def test_a_line_that_somebody_wrote_into_the_results_is_an_error(bench: Bench) -> None:
    bench.run()
    bench.path.write_bytes(b'{"step":"printer"}\n' + bench.path.read_bytes())
    with pytest.raises(ValueError, match="something else"):
        Kept(bench.path)


def test_the_report_says_what_was_done_what_is_missing_and_how_often_it_was_tried(
    bench: Bench,
) -> None:
    bench.broken[Step.PRINTER] = "printer.paper_out"
    lacking = bench.run()
    bench.run()
    results = Kept(bench.path).results
    last = latest(results)
    made = compiled(
        results,
        last,
        missing(last, ANSWERS.digests()),
        terminal="terminal-17",
        site="sha_tin_library",
        made_at="2026-11-26T09:00",
    )
    assert not made.ready
    assert made.missing == lacking == [Step.PRINTER]
    assert made.tries == len(Step) + 1
    assert b"printer.paper_out" in encoded(made)
    painted = page(made, Language.EN)
    assert [line.mark for line in painted.lines].count("bad") == 1
    assert last[Step.SOUND].outcome is Outcome.SKIPPED


def test_pictures_are_in_what_is_signed_and_on_the_page() -> None:
    shown = {Shown.TOUCH: b"\x89PNG touched", Shown.TEST_PAGE: b"\x89PNG printed"}
    made = compiled([], {}, [], terminal="t", site="s", made_at="2026-11-26T09:00", pictures=shown)
    assert msgspec.json.decode(encoded(made), type=Report) == made
    assert {one.shows: one.content for one in made.pictures} == shown
    assert [one.label for one in page(made, Language.EN).pictures] == [
        "picture_touch",
        "picture_test_page",
    ]
