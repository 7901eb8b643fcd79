"""The drawing shows the whole table."""

import pytest

from kiosk.flow.degraded import DEGRADED
from kiosk.flow.drawing import markdown
from kiosk.flow.states import Event, State
from kiosk.flow.table import TABLE

PAGE = markdown()


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_row(state: State) -> None:
    assert f"\n| {state} |" in PAGE.split("## States")[1]


@pytest.mark.parametrize(("state", "event"), sorted(TABLE))
def test_every_transition_is_drawn_or_listed(state: State, event: Event) -> None:
    to = TABLE[state, event].to
    edges = [line for line in PAGE.splitlines() if f"    {state} --> {to}: " in line]
    drawn = any(event in edge.split(": ")[1].split(", ") for edge in edges)
    listed = f"| {state} | {event} | {to} |" in PAGE
    assert drawn or listed or to is state


def test_every_degraded_mode_has_a_row() -> None:
    for lack in DEGRADED:
        assert f"\n| {lack} |" in PAGE.split("## Degraded modes")[1]
