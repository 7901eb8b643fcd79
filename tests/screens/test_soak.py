"""Many citizens, one after the other: memory stays flat and nothing is left on the glass."""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtGui import QGuiApplication

from ui.easel import Easel
from ui.pressables import items
from ui.samples import SAMPLES
from ui.words import Words
from wire.screen import Language, Screen

pytestmark = pytest.mark.screen

BY_SCREEN = {sample.screen: sample for sample in reversed(SAMPLES)}
HAPPY = [
    BY_SCREEN[screen]
    for screen in (
        Screen.ATTRACT,
        Screen.LANGUAGE,
        Screen.SERVICE,
        Screen.ELIGIBILITY,
        Screen.PRIVACY_NOTICE,
        Screen.PLACE_CARD,
        Screen.READING_CARD,
        Screen.CHECK_DETAILS,
        Screen.TAKING_PHOTO,
        Screen.COMPARING,
        Screen.SENDING,
        Screen.LINK_PHONE,
        Screen.RECEIPT,
        Screen.TAKE_CARD,
        Screen.WIPING,
    )
]
LANGUAGES = list(Language)
SESSIONS = 1_000
WARM = len(SAMPLES)
"""Sessions after which every sample was there once, and caches of letters and pictures are full."""
A_THIRD = SESSIONS // 3
"""Held is compared over so many sessions: one sample of memory varies by 18 MB with the screen that
came last and with when Python and Qt last tidied."""
MOST_MB = 16
_TOLD_EVERY = 50
_PAGES_MB = 4_096 / 1_048_576


@pytest.fixture
def easel(qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel("portrait", words)
    yield easel
    easel.close()


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGES_MB


def live_through(easel: Easel, number: int) -> int:
    """Register somebody, with one other screen in between; return how many items are left."""
    for sample in [*HAPPY, SAMPLES[number % len(SAMPLES)]]:
        easel.show(sample, LANGUAGES[number % len(LANGUAGES)])
        easel.glimpse()
    easel.kiosk.forget()
    easel.glass.clean()
    easel.show(HAPPY[0], Language.ZH_HK)
    easel.glimpse()
    return len(items(easel.glass.window.contentItem()))


def test_a_session_leaves_as_many_items_as_it_found(easel: Easel) -> None:
    first = live_through(easel, 0)
    assert all(live_through(easel, number) == first for number in range(1, 6))


@pytest.mark.night
@pytest.mark.timeout(14_400)
def test_a_thousand_sessions_leave_memory_flat(easel: Easel) -> None:
    for number in range(WARM):
        live_through(easel, number)
    held = []
    for number in range(WARM, WARM + SESSIONS):
        live_through(easel, number)
        held.append(resident_mb())
        if not len(held) % _TOLD_EVERY:
            sys.stdout.write(f"{len(held)} sessions: {median(held[-_TOLD_EVERY:]):.0f} MB\n")
    assert median(held[-A_THIRD:]) - median(held[:A_THIRD]) < MOST_MB
