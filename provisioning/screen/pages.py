"""What the panel shows at each moment: a screen and its facts, ids and figures alone. NO I/O.

The words are the screens' own (`ui/texts`), in whatever language is chosen there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from provisioning.acts.touch_corners import TARGETS, Point
from provisioning.screen.draft import Draft, Field
from provisioning.steps import (
    MAY_BE_SKIPPED,
    NEEDS,
    Figure,
    Outcome,
    Result,
    Step,
    holds,
)
from wire.screen import Facts, SetupScreen

HIDDEN: Final = frozenset({"touched", "reason", "id", "languages", "hours", "source", "tones"})
"""Figures for the report: the panel shows them otherwise, or not."""
_MOST_FIGURES: Final = 7
_LONGEST_FIGURE: Final = 44


class Mark(StrEnum):
    """How a step stands."""

    TODO = "todo"
    GOOD = "good"
    BAD = "bad"
    SKIPPED = "skipped"
    WAITS = "waits"
    """For another step."""


@dataclass(frozen=True, slots=True)
class Page:
    """A screen and what it shows."""

    screen: SetupScreen
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """The steps as they are now."""

    results: Mapping[Step, Result]
    """The last of each."""
    digests: Mapping[Step, str]

    def holds(self, step: Step) -> bool:
        """Say whether a step is done, with the answers as they are now."""
        return holds(step, self.results.get(step), self.digests[step])

    def waits_for(self, step: Step) -> list[Step]:
        """Return the steps that must be done before this one."""
        needed = NEEDS.get(step, frozenset())
        return [one for one in Step if one in needed and not self.holds(one)]

    def mark(self, step: Step) -> Mark:
        """Return how a step stands."""
        last = self.results.get(step)
        if self.holds(step):
            return Mark.SKIPPED if last and last.outcome is Outcome.SKIPPED else Mark.GOOD
        if self.waits_for(step):
            return Mark.WAITS
        # What failed with other answers is to be done anew.
        same = last is not None and last.answers == self.digests[step]
        return Mark.BAD if same else Mark.TODO

    def next_after(self, step: Step | None) -> Step | None:
        """Return the next step to do, round and round; None if there is none."""
        order = list(Step)
        at = order.index(step) + 1 if step else 0
        for one in order[at:] + order[:at]:
            if one is not step and not self.holds(one) and not self.waits_for(one):
                return one
        return None


def of_list(standing: Standing, *, terminal: str, site: str) -> Page:
    """Return the page with all steps."""
    marks = [standing.mark(step).value for step in Step]
    following = standing.next_after(None)
    return Page(
        SetupScreen.SETUP_LIST,
        {
            "steps": [step.value for step in Step],
            "marks": marks,
            "done": sum(standing.holds(step) for step in Step),
            "next": following.value if following else "",
            "terminal": terminal,
            "site": site,
        },
    )


def of_step(step: Step, standing: Standing, draft: Draft, fields: Sequence[Field]) -> Page:
    """Return the page of one step: what it asks, and what became of it."""
    mark, last = standing.mark(step), standing.results.get(step)
    told = last if last and mark in {Mark.GOOD, Mark.BAD, Mark.SKIPPED} else None
    # Of the site, the answers beside them say it all.
    names, values = _figures(told.figures if told and step is not Step.SITE else {})
    return Page(
        SetupScreen.SETUP_STEP,
        _where(step, standing)
        | {
            "mark": mark.value,
            "fields": [one.name for one in fields],
            "answers": [draft.shown(one) for one in fields],
            "lacking": draft.lacking(step),
            "waits": [one.value for one in standing.waits_for(step)],
            "may_skip": step in MAY_BE_SKIPPED,
            "code": told.code if told else "",
            "reason": str(told.figures.get("reason", "")) if told else "",
            "figures": names,
            "values": values,
            "is_last": standing.next_after(step) is None,
        },
    )


def of_typing(asked: str, text: str, *, wrong: bool) -> Page:
    """Return the page with the keys; `asked` is an answer's name or a word of the wizard."""
    return Page(SetupScreen.SETUP_TYPE, {"field": asked, "typed": text, "wrong": wrong})


def of_choice(asked: str, choices: Sequence[str], chosen: str, *, may_type: bool = False) -> Page:
    """Return the page with all choices."""
    facts: Facts = {"field": asked, "choices": list(choices), "chosen": chosen}
    return Page(SetupScreen.SETUP_CHOOSE, facts | {"may_type": may_type})


def of_work(step: Step, standing: Standing, word: str = "", *, may_stop: bool = False) -> Page:
    """Return the page while a step is done; `word` is what whoever stands there should do."""
    return Page(
        SetupScreen.SETUP_WORK, _where(step, standing) | {"word": word, "may_stop": may_stop}
    )


def of_camera(
    step: Step, standing: Standing, figures: Mapping[str, Figure], *, still: bool = False
) -> Page:
    """Return the page with a camera's picture; `still` asks whether it may be kept."""
    names, values = _figures(figures)
    facts: Facts = {"figures": names, "values": values, "still": still}
    return Page(SetupScreen.SETUP_CAMERA, _where(step, standing) | facts)


def of_target(target: Point, touched: Collection[Point]) -> Page:
    """Return the page with one target of the touch test."""
    facts: Facts = {
        "target": [f"{share:.4f}" for share in target],
        "number": len(touched) + 1,
        "targets": len(TARGETS) + 1,
    }
    return Page(SetupScreen.SETUP_TOUCH, facts)


def of_question(step: Step, standing: Standing) -> Page:
    """Return the page that asks what only eyes and ears can judge."""
    return Page(SetupScreen.SETUP_JUDGE, _where(step, standing))


def of_report(standing: Standing, *, terminal: str, shown: Collection[str], painted: bool) -> Page:
    """Return the last page."""
    lacking = [step.value for step in Step if not standing.holds(step)]
    return Page(
        SetupScreen.SETUP_REPORT,
        {
            "ready": not lacking,
            "lacking": lacking,
            "terminal": terminal,
            "pictures": list(shown),
            "painted": painted,
        },
    )


def _where(step: Step, standing: Standing) -> Facts:
    return {
        "step": step.value,
        "steps": [one.value for one in Step],
        "marks": [standing.mark(one).value for one in Step],
    }


def _figures(figures: Mapping[str, Figure]) -> tuple[list[str], list[str]]:
    shown = [(k, v) for k, v in figures.items() if k not in HIDDEN][:_MOST_FIGURES]
    return [name for name, _ in shown], [_figure(name, value) for name, value in shown]


def _figure(name: str, value: Figure) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:g}" if isinstance(value, float) and name != "per_s" else str(value)
    return text if len(text) <= _LONGEST_FIGURE else f"{text[: _LONGEST_FIGURE - 1]}\u2026"
