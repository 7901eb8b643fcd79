"""The numbers that rules are about, taken from a reading. NO I/O.

Each returns None where the terminal does not know: then the rule has no data, which is
neither well nor ill.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log10
from typing import Final

from fleet.anomaly.chance import at_most_of
from wire.checkin import Reading, Sessions, Supply
from wire.message import DeviceState
from wire.screen import Screen

_ILLNESS: Final = {
    DeviceState.READY: 0.0,
    DeviceState.STARTING: 1.0,
    DeviceState.FAULTY: 2.0,
    DeviceState.MISSING: 3.0,
}
"""`DeviceState.UNKNOWN` is no data."""
_WAITING: Final = frozenset({Screen.ATTRACT, Screen.CLOSED})
"""Screens that may stand for ever; all others have a time-out."""
FEWEST_VISITS: Final = 12
"""Fewer recent visits say nothing about a share."""


@dataclass(frozen=True, slots=True)
class Visits:
    """How visits ended: lately, and usually at this terminal."""

    recent: Sessions
    """Differences over the last day."""
    usual: Sessions
    """Differences over the two weeks before it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule may look at."""

    reading: Reading
    visits: Visits | None = None


Measure = Callable[[Subject], float | None]


def _device(name: str) -> Measure:
    return lambda subject: _ILLNESS.get(getattr(subject.reading.parts, name))


def _host(name: str) -> Measure:
    def measure(subject: Subject) -> float | None:
        value = getattr(subject.reading.host, name)
        return None if value is None else float(value)

    return measure


def _clock(subject: Subject) -> float | None:
    offset = subject.reading.host.clock_offset_ms
    return None if offset is None else abs(offset) / 1000


def _paper(subject: Subject) -> float | None:
    reading = subject.reading
    if reading.paper is Supply.OUT:
        return 0.0
    return reading.paper_left


def _stuck(subject: Subject) -> float | None:
    """Seconds on a screen that should have moved on by itself."""
    reading = subject.reading
    return 0.0 if reading.screen in _WAITING else float(reading.screen_s)


def _falling(subject: Subject) -> float | None:
    """Return how unlikely so few completed visits are, as -log10 of the chance."""
    if subject.visits is None:
        return None
    recent, usual = subject.visits.recent, subject.visits.usual
    if recent.started < FEWEST_VISITS or usual.started < FEWEST_VISITS:
        return None
    # One more of each, so that a terminal where everybody finished is not beyond all chance.
    share = (usual.completed + 1) / (usual.started + 2)
    chance = at_most_of(min(recent.completed, recent.started), recent.started, share)
    return unlikeliness(chance)


def unlikeliness(chance: float) -> float:
    """Return -log10 of a chance, at most 99."""
    return min(99.0, -log10(chance)) if chance > 0 else 99.0


MEASURES: Final[Mapping[str, Measure]] = {
    "reader": _device("reader"),
    "face_camera": _device("face_camera"),
    "document_camera": _device("document_camera"),
    "printer": _device("printer"),
    "paper_left": _paper,
    "disk_free": _host("disk_free"),
    "temperature_c": _host("temperature_c"),
    "certificate_days": _host("certificate_days"),
    "clock_off_s": _clock,
    "queue_oldest_s": lambda subject: float(subject.reading.oldest_s),
    "set_aside": lambda subject: float(subject.reading.set_aside),
    "stuck_s": _stuck,
    "completion_falling": _falling,
    "trail_broken": lambda subject: float("trail.broken" in subject.reading.failures),
}

SAID: Final[Mapping[str, str]] = {
    "reader": "the card reader is {device}",
    "face_camera": "the face camera is {device}",
    "document_camera": "the document camera is {device}",
    "printer": "the printer is {device}",
    "paper_left": "{value:.0%} of the paper is left",
    "disk_free": "{value:.1%} of the disk is free",
    "temperature_c": "the computer has {value:.0f} °C",
    "certificate_days": "its certificate ends in {value:.0f} days",
    "clock_off_s": "its clock is off by {value:.0f} s",
    "queue_oldest_s": "a record has waited for {hours:.1f} h",
    "set_aside": "the register refuses {value:.0f} records for good",
    "stuck_s": "a screen that moves on by itself has stood for {minutes:.0f} minutes",
    "completion_falling": "so few visits are completed as by a chance of 10^-{value:.0f}",
    "trail_broken": "its trail on disk does not hold together",
}
"""What a measure means in words, with its number."""
_DEVICE: Final = {illness: state.value for state, illness in _ILLNESS.items()}


def said(measure: str, value: float) -> str:
    """Return what a value of a measure means, for somebody who is woken by it."""
    return SAID[measure].format(
        value=value, minutes=value / 60, hours=value / 3600, device=_DEVICE.get(value, "unknown")
    )
