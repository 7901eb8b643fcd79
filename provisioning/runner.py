"""Do what is due, keep what became of it, say so; nothing is done twice."""

from collections.abc import Callable, Collection, Mapping

from provisioning.answers import Answers
from provisioning.kept import Kept
from provisioning.people import People
from provisioning.steps import Figure, Outcome, Result, Step, due, holds, latest, missing


class NotDone(Exception):
    """A step could not be done; carries a code of wire/failures.toml and what was measured."""

    def __init__(self, code: str, **figures: Figure) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


Act = Callable[[], Mapping[str, Figure]]
"""Does a step and returns what was measured; raises `NotDone`. Doing it again does no harm."""


class Runner:
    """One run over the steps."""

    def __init__(
        self,
        answers: Answers,
        kept: Kept,
        acts: Mapping[Step, Act],
        people: People,
        *,
        clock: Callable[[], float],
        meaning: Callable[[str], str],
    ) -> None:
        """Prepare.

        Args:
            answers: of the site.
            kept: results of this run and of those before.
            acts: what does each step.
            people: whoever is told.
            clock: seconds since 1970.
            meaning: of a failure code.
        """
        self._answers = answers
        self._digests = answers.digests()
        self._kept = kept
        self._acts = acts
        self._people = people
        self._clock = clock
        self._meaning = meaning

    def run(self, *, again: Collection[Step] = ()) -> list[Step]:
        """Do what is due; return what is missing then.

        Args:
            again: steps to do although they were done.
        """
        before = latest(self._kept.results)
        holding = [s for s in Step if holds(s, before.get(s), self._digests[s]) and s not in again]
        if holding:
            self._people.told("done_before", count=len(holding))
        tried: set[Step] = set()
        while (step := self._next(again, tried)) is not None:
            tried.add(step)
            self.do(step)
        return missing(latest(self._kept.results), self._digests)

    def _next(self, again: Collection[Step], tried: Collection[Step]) -> Step | None:
        results = latest(self._kept.results)
        untouched = {s: r for s, r in results.items() if s not in again or s in tried}
        return due(untouched, self._digests, tried=tried)

    def do(self, step: Step) -> None:
        """Do one step, or skip it if the answers say so, and keep what became of it."""
        self._people.told("begin", step=f"{list(Step).index(step) + 1}/{len(Step)}", name=step)
        reason = self._answers.skipped.get(step)
        if reason is not None:
            self._keep(step, Outcome.SKIPPED, figures={"reason": reason})
            self._people.told("skipped", reason=reason)
            return
        try:
            figures = self._acts[step]()
        except NotDone as failed:
            self._keep(step, Outcome.FAILED, failed.code, failed.figures)
            self._people.told("failed", code=failed.code, meaning=self._meaning(failed.code))
            return
        self._keep(step, Outcome.PASSED, figures=figures)
        self._people.told(
            "passed", figures=" ".join(f"{name}={value}" for name, value in figures.items())
        )

    def _keep(
        self,
        step: Step,
        outcome: Outcome,
        code: str = "",
        figures: Mapping[str, Figure] | None = None,
    ) -> None:
        at, digest = int(self._clock()), self._digests[step]
        self._kept.add(Result(step, outcome, at, digest, code, dict(figures or {})))
