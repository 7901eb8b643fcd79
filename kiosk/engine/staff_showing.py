"""What the screens of staff mode show: of devices and tests, never of a citizen."""

from collections.abc import Mapping
from math import ceil
from types import MappingProxyType
from typing import Final

from kiosk.audit.tail import Entry
from kiosk.engine.readiness import Conditions
from kiosk.engine.staff_memory import Kept
from kiosk.engine.staff_report import devices, moment
from kiosk.flow.staff import TRIES
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Facts, ReportLine
from wire.staff import DeviceTest

LINES_PER_PAGE: Final = 9
_PAPER_STEPS: Final[Mapping[str, int]] = MappingProxyType(
    {"ready": 3, Failure.PRINTER_PAPER_OUT: 1, Failure.PRINTER_COVER_OPEN: 2}
)
"""What to do next: 1 open it, 2 lay the roll in and close it, 3 print a slip; 0 call for help."""


def pin(kept: Kept, *, code: str, asking: bool, digits: int, locked_s: float) -> Facts:
    """Return how far the PIN is typed, and whether it may be."""
    return {
        "digits": digits,
        "tries_left": max(0, TRIES - kept.wrong_pins),
        "locked_min": ceil(locked_s / 60),
        "code": code,
        "asking": asking,
    }


def menu(conditions: Conditions, kept: Kept, *, terminal: str, minutes: int) -> Facts:
    """Return how the terminal is."""
    found = devices(conditions)
    return {
        "terminal": terminal,
        "minutes": minutes,
        "in_service": kept.in_service,
        "devices": list(found),
        "ready": [str(int(one.state is DeviceState.READY)) for one in found.values()],
        "codes": [one.code or one.state.value for one in found.values()],
    }


def tests(kept: Kept) -> Facts:
    """Return the last verdict of every test."""
    verdicts = [kept.verdicts.get(test) for test in DeviceTest]
    return {
        "tests": [str(test) for test in DeviceTest],
        "verdicts": ["never" if v is None else "good" if v.passed else "bad" for v in verdicts],
        "times": ["" if v is None else moment(v.at) for v in verdicts],
        "codes": ["" if v is None else v.code for v in verdicts],
    }


def test(which: DeviceTest | None, targets: frozenset[int], *, asks: bool) -> Facts:
    """Return the test that runs."""
    return {
        "test": str(which or ""),
        "asks": asks,
        "hit": [str(number) for number in sorted(targets)],
    }


def paper(conditions: Conditions) -> Facts:
    """Return which step of the paper change is next, by what the printer says."""
    printer = conditions.printer
    code = "ready" if printer.state is DeviceState.READY else printer.code
    return {"step": _PAPER_STEPS.get(code, 0), "code": code}


def logs(entries: list[Entry], page: int) -> Facts:
    """Return one page of the trail's last entries, newest first."""
    pages = max(1, ceil(len(entries) / LINES_PER_PAGE))
    page = min(page, pages - 1)
    shown = entries[page * LINES_PER_PAGE : (page + 1) * LINES_PER_PAGE]
    return {
        "times": [f"{entry.at:%H:%M:%S}" for entry in shown],
        "events": [entry.event for entry in shown],
        "fields": [entry.fields for entry in shown],
        "page": page + 1,
        "pages": pages,
    }


def report(made: str, found: list[ReportLine], *, ready: bool) -> Facts:
    """Return what the report will say."""
    return {
        "ready": ready,
        "labels": [line.label for line in found],
        "values": [line.value for line in found],
        "words": [line.words for line in found],
        "marks": [line.mark for line in found],
        "report": made,
    }
