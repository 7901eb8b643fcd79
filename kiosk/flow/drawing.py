"""Draw the table: docs/flow.md as Mermaid and as lists, from the data itself."""

from collections import defaultdict

from kiosk.flow.degraded import DEGRADED
from kiosk.flow.states import IN_SESSION, Event, State
from kiosk.flow.table import TABLE
from kiosk.flow.timeouts import TIMEOUTS
from kiosk.flow.view import FACTS, Seen, facts

_WAYS_OUT = frozenset(
    {
        Event.LEFT,
        Event.TIMED_OUT,
        Event.SCREEN_LOST,
        Event.ASKED_HELP,
        Event.READER_LOST,
        Event.CAMERA_LOST,
    }
)
_SPECIMEN = Seen(number="A1234563", birth="19680412")


def markdown() -> str:
    """Return the whole page."""
    parts = [
        "# The flow",
        "Drawn from `kiosk/flow/table.py` by `make catalogues`; do not edit.",
        _diagram(),
        _ways_out(),
        _states(),
        _degraded(),
    ]
    return "\n\n".join(parts) + "\n"


def _diagram() -> str:
    edges: defaultdict[tuple[State, State], list[str]] = defaultdict(list)
    for (state, event), step in sorted(TABLE.items()):
        drawn = state not in IN_SESSION or event not in _WAYS_OUT
        if drawn and step.to is not state:
            edges[state, step.to].append(event.value)
    lines = [f"    {a} --> {b}: {', '.join(events)}" for (a, b), events in edges.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _ways_out() -> str:
    rows = [
        f"| {state} | {event} | {step.to} |"
        for (state, event), step in sorted(TABLE.items())
        if state in IN_SESSION and event in _WAYS_OUT
    ]
    return "\n".join(["## Ways out of a session", "", "| in | when | to |", "|---|---|---|", *rows])


def _states() -> str:
    rows = []
    for state in State:
        timeout = TIMEOUTS[state]
        told = ", ".join(facts(state, _SPECIMEN)) if state in FACTS else ""
        limit = f"{timeout.after_s} s" if timeout.after_s else "never"
        warned = f"{timeout.warn_s} s before" if timeout.warn_s else "no"
        inside = "yes" if state in IN_SESSION else "no"
        rows.append(f"| {state} | {inside} | {limit} | {warned} | {told} |")
    head = [
        "| state | in a session | times out | warns | its screen is told |",
        "|---|---|---|---|---|",
    ]
    return "\n".join(["## States", "", *head, *rows])


def _degraded() -> str:
    rows = [f"| {lack} | {consequence.name.lower()} |" for lack, consequence in DEGRADED.items()]
    return "\n".join(["## Degraded modes", "", "| out | follows |", "|---|---|", *rows])
