"""Somebody who stands before the panel: what a step asks and tells becomes pages and touches.

A step runs in one thread with this; it waits here for a finger, and only here.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from drivers.camera.camera import Picture
from provisioning.acts.touch_corners import Point
from provisioning.people import Look, Taps
from provisioning.screen import pages
from provisioning.screen.line import Line
from provisioning.screen.pages import Page, Standing
from provisioning.screen.panel import Panel
from provisioning.steps import Figure, Step
from wire.screen import Action, Touched

_FIGURES_EVERY_S: Final = 0.5
_WAITING: Final = frozenset({"lay_slip", "lay_card"})
"""Words after which a step waits for a person, who may not want to."""
_TOLD: Final = _WAITING | {"key_in_a_file", "no_machine_key"}


class AtThePanel:
    """See `People`."""

    def __init__(self, panel: Panel, standing: Callable[[], Standing], *, wait_s: float) -> None:
        """Ask by `panel`, for `wait_s` seconds where a finger is awaited on the glass."""
        self._panel = panel
        self._standing = standing
        self._wait_s = wait_s
        self._step = Step.NETWORK
        self._is_stopped = False
        self._is_seeing = False
        self._figures_at = 0.0
        self.warned: set[str] = set()
        """Words that must be read, whatever else is told."""

    def begin(self, step: Step) -> None:
        """A step is done from now on."""
        self._step = step
        self._is_stopped = self._is_seeing = False
        self._panel.show(pages.of_work(step, self._standing()))

    def told(self, word: str, **values: object) -> None:
        """See `People`: what is to be done now stands on the page; results stand on the next."""
        del values
        if word not in _TOLD:
            return
        if word not in _WAITING:
            self.warned.add(word)
        self._panel.show(
            pages.of_work(self._step, self._standing(), word, may_stop=word in _WAITING)
        )

    def judge(self, step: Step) -> bool | None:
        """See `People`."""
        touch = self._asked(pages.of_question(step, self._standing()))
        return {Action.PASSED: True, Action.FAILED: False}.get(touch.action)

    def asked(self, word: str) -> str:
        """See `People`."""
        typed = typed_at(self._panel, word, "")
        self._panel.show(pages.of_work(self._step, self._standing()))
        return typed or ""

    def look(self, step: Step, picture: Picture, figures: Mapping[str, Figure]) -> Look:
        """See `People`."""
        self._panel.see(picture)
        page = pages.of_camera(step, self._standing(), figures)
        now = time.monotonic()
        if not self._is_seeing:
            self._panel.show(page)
            self._is_seeing = True
        elif now - self._figures_at >= _FIGURES_EVERY_S:
            self._panel.renew(page)
        else:
            return self._looked()
        self._figures_at = now
        return self._looked()

    def _looked(self) -> Look:
        touch = self._panel.touched(0)
        if touch is None:
            return Look.STILL
        self._is_stopped = self._is_stopped or touch.action is Action.BACK
        return Look.GOOD if touch.action is Action.PASSED else Look.BAD

    def keeps(self, step: Step, picture: Picture) -> bool:
        """See `People`."""
        self._panel.see(picture)
        touch = self._asked(pages.of_camera(step, self._standing(), {}, still=True))
        return touch.action is Action.PASSED

    def stops(self) -> bool:
        """See `People`."""
        if not self._is_stopped:
            touch = self._panel.touched(0)
            self._is_stopped = touch is not None and touch.action in {Action.BACK, Action.FAILED}
        return self._is_stopped

    def taps(self) -> Taps:
        """See `People`."""
        return _Targets(self._panel, self._wait_s)

    def _asked(self, page: Page) -> Touched:
        """Show a question and return the answer to it."""
        self._panel.show(page)
        touch = _waited(self._panel)
        self._panel.unsee()
        self._panel.show(pages.of_work(self._step, self._standing()))
        return touch


class _Targets:
    """See `Taps`."""

    def __init__(self, panel: Panel, wait_s: float) -> None:
        self._panel = panel
        self._wait_s = wait_s

    def tap(self, target: Point, touched: Sequence[Point]) -> Point | None:
        """See `Taps`."""
        self._panel.show(pages.of_target(target, touched))
        touch = self._panel.touched(self._wait_s)
        if touch is None or touch.action is not Action.TARGET:
            return None
        return _point(touch.argument)


def _point(text: str) -> Point | None:
    """Return a place on the glass; None for what is none."""
    x, _, y = text.partition(",")
    try:
        point = float(x), float(y)
    except ValueError:
        return None
    return point if all(0 <= share <= 1 for share in point) else None


def _waited(panel: Panel) -> Touched:
    """Wait for a touch, however long it takes."""
    while (touch := panel.touched()) is None:
        pass
    return touch


def typed_at(panel: Panel, asked: str, text: str, *, wrong: bool = False) -> str | None:
    """Let a line be typed; None if whoever typed went back."""
    line = Line(text)
    panel.show(pages.of_typing(asked, line.text, wrong=wrong))
    while True:
        touch = _waited(panel)
        if touch.action is Action.BACK:
            return None
        if touch.action is Action.CONTINUE:
            return line.text
        if touch.action is Action.KEY:
            line = line.after(touch.argument)
            panel.renew(pages.of_typing(asked, line.text, wrong=False))


def chosen_at(
    panel: Panel, asked: str, choices: Sequence[str], chosen: str, *, may_type: bool = False
) -> str | None:
    """Let one of `choices` be chosen, or another be typed; None for neither."""
    panel.show(pages.of_choice(asked, choices, chosen, may_type=may_type))
    while True:
        touch = _waited(panel)
        if touch.action is Action.BACK:
            return None
        if touch.action is Action.CONTINUE and may_type:
            return typed_at(panel, asked, chosen)
        if touch.action is Action.PICK and touch.argument.isdecimal():
            number = int(touch.argument)
            if number < len(choices):
                return choices[number]
