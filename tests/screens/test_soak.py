"""Many citizens, one after the other: memory stays flat and nothing is left on the glass."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from itertools import product
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
WARM = len(SAMPLES) * len(LANGUAGES)
"""Sessions after which each sample was seen in each language, and all QML is compiled."""
EVERY = 5
"""Sessions after which is looked at what is held."""
MOST_IN_USE_MB, MOST_RESIDENT_MB = 4, 8
"""Resident memory varies by 20 MB with what the C library keeps free between the used."""
_TOLD_EVERY = 10
_MB = 1_048_576
_PAGE_BYTES = 4_096
_LIBC = ctypes.CDLL("libc.so.6")


class _Mallinfo(ctypes.Structure):
    """Source: mallinfo2(3), glibc 2.33."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


_LIBC.mallinfo2.restype = _Mallinfo


@pytest.fixture
def easel(qapp: QGuiApplication, words: Words) -> Iterator[Easel]:
    easel = Easel("portrait", words)
    yield easel
    easel.close()


def held_mb(easel: Easel) -> tuple[float, float]:
    """Return what the C library has lent, and what is resident once the rest is given back."""
    easel.glass.engine.collectGarbage()
    gc.collect()
    told = _LIBC.mallinfo2()
    _LIBC.malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return (told.uordblks + told.hblkhd) / _MB, pages * _PAGE_BYTES / _MB


def grown_mb(held: list[float]) -> float:
    """Return how much more was held in the last third than in the first: one look varies."""
    third = len(held) // 3
    return median(held[-third:]) - median(held[:third])


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


def test_no_letter_stays_drawn_once_the_glass_is_clean(easel: Easel) -> None:
    live_through(easel, 0)
    before, _ = held_mb(easel)
    for sample, language in product(HAPPY, LANGUAGES):
        easel.show(sample, language)
        easel.glimpse()
    drawn, _ = held_mb(easel)
    easel.glass.clean()
    easel.show(HAPPY[0], Language.ZH_HK)
    easel.glimpse()
    after, _ = held_mb(easel)
    assert drawn - before > 4
    assert after - before < 1


@pytest.mark.night
@pytest.mark.timeout(14_400)
def test_a_thousand_sessions_leave_memory_flat(easel: Easel) -> None:
    for number in range(WARM):
        live_through(easel, number)
    in_use: list[float] = []
    resident: list[float] = []
    for number in range(WARM, WARM + SESSIONS):
        live_through(easel, number)
        if (number - WARM) % EVERY:
            continue
        for held, now in zip((in_use, resident), held_mb(easel), strict=True):
            held.append(now)
        if not len(in_use) % _TOLD_EVERY:
            lately = [median(held[-_TOLD_EVERY:]) for held in (in_use, resident)]
            sys.stdout.write(f"{number - WARM + EVERY}: {lately[0]:.1f} of {lately[1]:.0f} MB\n")
    assert grown_mb(in_use) < MOST_IN_USE_MB
    assert grown_mb(resident) < MOST_RESIDENT_MB
