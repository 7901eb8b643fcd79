"""The walk over the steps at the panel: list, one step, answers, report. Nothing is done here.

Whoever stands there may take any step that does not wait for another, do it again, skip it with
a reason, or go on without it. Each answer and each place is kept at once: after a power cut the
panel shows the step that was shown before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import msgspec

from provisioning.answers import Answers
from provisioning.durable import replace_file
from provisioning.kept import Kept as Results
from provisioning.screen import pages
from provisioning.screen.draft import FIELDS, REASONS, Draft, Field, Kept
from provisioning.screen.found import devices
from provisioning.screen.pages import Mark, Standing
from provisioning.screen.panel import Panel
from provisioning.screen.standing import AtThePanel, chosen_at, typed_at
from provisioning.steps import MAY_BE_SKIPPED, Step, latest
from wire.screen import Action, SetupScreen, Touched

FILE: Final = "draft.json"


class Does(Protocol):
    """Does one step with the answers as they are, by the very runner of the other ways."""

    def __call__(self, step: Step, answers: Answers, people: AtThePanel) -> None:
        """Do it, and keep what became of it."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What the last page shows of the report."""

    terminal: str
    shown: Sequence[str]
    """What its pictures show."""
    painted: bool


class Wizard:
    """One run of it."""

    def __init__(
        self,
        panel: Panel,
        *,
        state: Path,
        root: Path,
        given: Draft,
        results: Results,
        do: Does,
        report: Callable[[Answers], Reported],
        terminal: Callable[[], str],
        wait_s: float,
    ) -> None:
        """Go on where the last run stood.

        Args:
            panel: where it is shown.
            state: folder for what outlives a power cut.
            root: of the machine.
            given: answers that were prepared; those given at the panel count more.
            results: of the steps.
            do: does a step.
            report: makes the readiness report.
            terminal: the terminal's name, empty before it has one.
            wait_s: how long a finger is awaited at a target.

        Raises:
            ValueError: somebody wrote into the state folder.
        """
        self._panel = panel
        self._file = state / FILE
        self._root = root
        self._results = results
        self._do = do
        self._report = report
        self._terminal = terminal
        kept = self._read()
        self._given = given
        self._draft = Draft(_joined(given, kept))
        self._step = kept.standing
        self._is_reporting = False
        self._people = AtThePanel(panel, self._standing, wait_s=wait_s)

    def run(self) -> Draft:
        """Walk until the terminal is ready and whoever stands there says so.

        Returns:
            All answers.
        """
        while True:
            if self._is_reporting:
                if self._at_report():
                    return self._draft
            elif self._step is None:
                self._at_list()
            else:
                self._at_step(self._step)

    def _at_list(self) -> None:
        standing = self._standing()
        site = self._draft.said("site.id")
        touch = self._touched(pages.of_list(standing, terminal=self._terminal(), site=site))
        if touch.action is Action.PICK:
            number = _number(touch)
            if number is not None and number < len(Step):
                self._go(list(Step)[number])
        elif touch.action is Action.CONTINUE:
            self._go_on(standing.next_after(None))

    def _at_step(self, step: Step) -> None:
        standing = self._standing()
        fields = FIELDS.get(step, ())
        touch = self._touched(pages.of_step(step, standing, self._draft, fields))
        may_begin = not standing.waits_for(step) and not self._draft.lacking(step)
        match touch.action:
            case Action.BACK:
                self._go(None)
            case Action.PICK:
                number = _number(touch)
                if number is not None and number < len(fields):
                    self._answer(fields[number])
            case Action.CONTINUE if standing.mark(step) in {Mark.GOOD, Mark.SKIPPED}:
                self._go_on(standing.next_after(step))
            case Action.CONTINUE | Action.RETRY if may_begin:
                self._keep(self._draft.doing(step))
                self._done(step)
            case Action.SKIP if step in MAY_BE_SKIPPED:
                self._skip(step)
            case Action.NEXT:
                self._go_on(standing.next_after(step))
            case _:
                return

    def _at_report(self) -> bool:
        """Show the report; say whether the terminal is handed over."""
        self._panel.show(pages.Page(SetupScreen.SETUP_WORK, {"word": "report"}))
        made = self._report(self._draft.answers())
        standing = self._standing()
        touch = self._touched(
            pages.of_report(
                standing, terminal=made.terminal, shown=made.shown, painted=made.painted
            )
        )
        self._is_reporting = False
        self._go(None)
        return touch.action is Action.CONTINUE and standing.next_after(None) is None

    def _answer(self, asked: Field) -> None:
        said = self._draft.shown(asked)
        wrong = False
        while True:
            if asked.choices:
                given = chosen_at(self._panel, asked.name, asked.choices, said)
            elif asked.found and not wrong:
                found = devices(self._root, asked.found)
                given = chosen_at(self._panel, asked.name, found, said, may_type=True)
            else:
                given = typed_at(self._panel, asked.name, said, wrong=wrong)
            if given is None:
                return
            draft = self._draft.with_answer(asked, given)
            if draft is not None:
                self._keep(draft)
                return
            said, wrong = given, True

    def _skip(self, step: Step) -> None:
        reason = chosen_at(self._panel, "skip", REASONS, "")
        if reason is not None:
            self._keep(self._draft.skipping(step, reason))
            self._done(step)

    def _done(self, step: Step) -> None:
        self._people.begin(step)
        self._do(step, self._draft.answers(), self._people)
        self._panel.unsee()

    def _go_on(self, step: Step | None) -> None:
        if step is None:
            self._is_reporting = True
        else:
            self._go(step)

    def _go(self, step: Step | None) -> None:
        self._step = step
        self._keep(self._draft)

    def _standing(self) -> Standing:
        return Standing(latest(self._results.results), self._draft.answers().digests())

    def _touched(self, page: pages.Page) -> Touched:
        self._panel.show(page)
        while (touch := self._panel.touched()) is None:
            pass
        return touch

    def _read(self) -> Kept:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Kept)
        except FileNotFoundError:
            return Kept()
        except msgspec.DecodeError:
            raise ValueError(f"{self._file.name} holds something else than answers") from None

    def _keep(self, draft: Draft) -> None:
        self._draft = draft
        tables = _own(draft, self._given)
        replace_file(self._file, msgspec.json.encode(Kept(tables, self._step)))


def _own(draft: Draft, given: Draft) -> dict[str, dict[str, object]]:
    """Return what was answered here: a prepared file may be put right meanwhile."""
    before = given.tables
    return {
        name: {k: v for k, v in values.items() if before.get(name, {}).get(k) != v}
        for name, values in draft.tables.items()
    }


def _joined(given: Draft, kept: Kept) -> dict[str, dict[str, object]]:
    tables = {name: dict(values) for name, values in given.tables.items()}
    for name, values in kept.tables.items():
        tables.setdefault(name, {}).update(values)
    return tables


def _number(touch: Touched) -> int | None:
    return int(touch.argument) if touch.argument.isdecimal() else None
