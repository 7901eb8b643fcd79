"""Small charts as SVG, drawn on the server. NO I/O.

Gaps are gaps: where there is no data, there is no line.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 120
_MARGIN: Final = 4
_TICKS: Final = 3


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws."""

    paths: tuple[str, ...]
    """One SVG path for each stretch of data."""
    bars: tuple[tuple[float, float, float, float], ...]
    """x, y, width and height of each bar."""
    low: float
    high: float
    days: tuple[float, ...]
    """Where a day begins."""
    is_empty: bool


def line(values: Sequence[float], *, day_every: int = 24, day_at: int = 0) -> Chart:
    """Return a line through `values`, broken where they are NaN."""
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return Chart((), (), 0, 0, (), is_empty=True)
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = WIDTH / max(1, len(values) - 1)
    inner = HEIGHT - 2 * _MARGIN

    def point(index: int, value: float) -> str:
        return f"{index * step:.1f},{HEIGHT - _MARGIN - (value - low) / span * inner:.1f}"

    paths = tuple(
        "M" + " ".join(point(index, value) for index, value in stretch)
        for stretch in _stretches(values)
    )
    return Chart(paths, (), low, high, _days(len(values), step, day_every, day_at), is_empty=False)


def bars(values: Sequence[float], *, day_every: int = 24, day_at: int = 0) -> Chart:
    """Return a bar for each of `values`; none where it is NaN."""
    high = max((value for value in values if math.isfinite(value)), default=0.0)
    if high <= 0:
        return Chart((), (), 0, 0, (), is_empty=True)
    step = WIDTH / len(values)
    drawn = tuple(
        (
            round(index * step, 1),
            round(HEIGHT - value / high * (HEIGHT - _MARGIN), 1),
            round(max(step - 1, 0.5), 1),
            round(value / high * (HEIGHT - _MARGIN), 1),
        )
        for index, value in enumerate(values)
        if math.isfinite(value) and value > 0
    )
    return Chart((), drawn, 0, high, _days(len(values), step, day_every, day_at), is_empty=False)


def _stretches(values: Sequence[float]) -> Iterator[list[tuple[int, float]]]:
    stretch: list[tuple[int, float]] = []
    for index, value in enumerate(values):
        if math.isfinite(value):
            stretch.append((index, value))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _days(count: int, step: float, every: int, at: int) -> tuple[float, ...]:
    return tuple(round(index * step, 1) for index in range(count) if index % every == at % every)
