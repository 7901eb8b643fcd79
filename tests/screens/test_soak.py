"""Many citizens, one after the other: memory stays flat and nothing is left on the glass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ui.easel import Easel
from ui.pressables import items
from ui.sample import Sample
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Language

pytestmark = pytest.mark.screen

PATH = {sample.screen: sample for sample in SAMPLES}
LANGUAGES = list(Language)
SESSIONS = 1_000
WARM = 200
"""Sessions after which caches of letters and pictures are full."""
_PAGES_MB = 4_096 / 1_048_576


@pytest.fixture
def easel(qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel("portrait", words)
    yield easel
    easel.close()


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGES_MB


def live_through(easel: Easel, number: int, path: list[Sample]) -> int:
    """Show every screen of a session, forget it, and return how many items are left."""
    for sample in path:
        easel.draw(sample, LANGUAGES[number % len(LANGUAGES)])
    easel.kiosk.forget()
    easel.glass.clean()
    easel.draw(path[0], Language.ZH_HK)
    return len(items(easel.glass.window.contentItem()))


def test_a_session_leaves_as_many_items_as_it_found(easel: Easel) -> None:
    path = list(PATH.values())
    first = live_through(easel, 0, path)
    assert all(live_through(easel, number, path[:6]) == first for number in range(1, 6))


@pytest.mark.night
def test_a_thousand_sessions_leave_memory_flat(easel: Easel) -> None:
    path = list(PATH.values())
    for number in range(WARM):
        live_through(easel, number, path)
    before = resident_mb()
    for number in range(WARM, SESSIONS):
        live_through(easel, number, path)
    assert resident_mb() - before < 8
