"""What kernels and card services of the simulated fleet say: habits, traps, faults. Not shipped.

Drawn from a generator of their own, so that everything else of a seed stays as it is. Traps:
heat that throttles everybody, a release whose programs say new things at most terminals, a
technician's USB stick, a district that starts anew, a cable that was touched, busy sites, and
cards that fail where the reader is ill already.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fleet.anomaly.episode import Kind
from fleet.anomaly.figures import HOURS_A_DAY, Grid
from fleet.anomaly.logs import Form, Logs
from fleet.simulated.happenings import FIRST_DAY, Fault
from fleet.simulated.world import DISTRICTS, HOURS, TERMINALS, World, days
from wire.checkin import Source
from wire.log_words import NUMBERS

_KERNEL, _PCSCD = Source.KERNEL, Source.PCSCD
_INSERTED: Final = "<*> ehstatushandlerthread powerstate <*> card inserted into <*>"
_REMOVED: Final = "<*> ehstatushandlerthread card removed from <*>"
_CARD: Final = "<*> ifdwrapper card not transacted <*>"
_WRITE: Final = "<*> writeusb write failed <*> libusb_error_timeout"
_RESET: Final = "usb <*> reset full-speed usb device number <*> using xhci_hcd"
_NEW_USB: Final = "usb <*> new high-speed usb device number <*> using xhci_hcd"
_GONE_USB: Final = "usb <*> usb disconnect device number <*>"
_STICK: Final = "usb-storage <*> usb <*> storage device detected"
_HOT: Final = "<*> core temperature above threshold cpu clock throttled total events <*>"
_DENIED: Final = "audit type <*> audit <*> apparmor denied operation open name <*>"
_UVC: Final = "uvcvideo failed <*> uvc control <*> unit <*>"
_BOOT: Final = (
    "ext4-fs <*> mounted filesystem with ordered data mode quota mode <*>",
    "usb <*> new full-speed usb device number <*> using xhci_hcd",
    "clocksource switched <*> clocksource <*>",
    "acpi error <*> namespace <*>",
    "<*> rfaddreader <*> <*>",
)
_RELEASED: Final = (
    "audit type <*> apparmor status operation profile <*>",
    "uvcvideo <*> camera found <*> streaming",
    "firmware <*> failed loading <*> fallback default",
    "<*> rfaddreader reader <*> polling disabled",
)
_EXT4: Final = "ext4-fs error device <*> ext4_find_entry <*> inode <*> comm <*> reading <*>"
_CCID: Final = "<*> ccid_receive <*> buffer overrun <*>"


@dataclass(slots=True)
class _Book:
    """Counts by form, as (terminals, hours)."""

    rng: np.random.Generator
    counts: dict[tuple[Source, str], Grid] = field(default_factory=dict)

    def add(self, source: Source, text: str, times: Grid, rows: object, columns: object) -> None:
        grid = self.counts.setdefault((source, text), np.zeros((TERMINALS, HOURS)))
        grid[rows, columns] += times  # type: ignore[index]

    def often(self, source: Source, text: str, rate: Grid) -> None:
        every = slice(None)
        self.add(source, text, self.rng.poisson(rate).astype(np.float64), every, every)

    def in_bursts(self, text: str, rate: float, *, each: float) -> None:
        """Draw bursts of `each` lines on average; some terminals are prone to them."""
        prone = self.rng.lognormal(0, 0.8, (TERMINALS, 1)) * np.ones((1, HOURS))
        bursts = self.rng.poisson(rate * prone)
        lines = np.where(bursts > 0, bursts + self.rng.poisson(bursts * (each - 1)), 0)
        every = slice(None)
        self.add(_KERNEL, text, lines.astype(np.float64), every, every)

    def restart(self, row: int, hour: int) -> None:
        for text in _BOOT:
            source = _PCSCD if "rfaddreader" in text else _KERNEL
            self.add(source, text, np.array(self.rng.integers(1, 4)), row, hour)


def speak(world: World, seed: int, taken: set[int], *, each: int = 2) -> tuple[Logs, list[Fault]]:
    """Return what is said in a world whose traps are set, and the faults of that.

    Args:
        world: whose visits and warmth say how much is said.
        seed: of what is drawn here.
        taken: terminals that are ill already.
        each: so many faults of each kind, two at most.
    """
    book = _Book(np.random.default_rng((seed, 8)))
    _habits(book, world)
    _traps(book, world)
    faults = _faults(book, world, taken, each)
    return _logs(book), faults


def _habits(book: _Book, world: World) -> None:
    book.often(_PCSCD, _INSERTED, world.visits)
    book.often(_PCSCD, _REMOVED, world.visits)
    book.often(_PCSCD, _CARD, world.visits * world.card_fails)
    book.often(_PCSCD, _WRITE, np.full(world.visits.shape, 0.004))
    book.often(_KERNEL, _DENIED, np.full(world.visits.shape, 0.03))
    book.often(_KERNEL, _UVC, 0.02 * world.visits)
    book.often(_KERNEL, _HOT, 0.02 * np.exp((world.temperature_c - 50) / 3).clip(0, 50))
    book.in_bursts(_RESET, 0.02, each=2.5)
    book.in_bursts(_NEW_USB, 0.006, each=1.5)
    book.in_bursts(_GONE_USB, 0.006, each=1.5)
    for row in range(TERMINALS):
        # Each terminal starts anew once a week, and sometimes by itself.
        weekly = int(book.rng.integers(0, 7)) * HOURS_A_DAY + 4
        for hour in range(weekly, HOURS, 7 * HOURS_A_DAY):
            book.restart(row, hour)
        for column in np.flatnonzero(book.rng.random(HOURS) < 0.001):
            book.restart(row, int(column))


def _traps(book: _Book, world: World) -> None:
    rng = book.rng
    for row in np.flatnonzero(rng.random(TERMINALS) < 0.6):
        hour = 12 * HOURS_A_DAY + int(rng.integers(2, 6))
        book.restart(int(row), hour)
        for text in _RELEASED:
            source = _PCSCD if "rfaddreader" in text else _KERNEL
            book.add(source, text, np.array(1.0), int(row), hour)
            later = rng.poisson(0.03, HOURS - hour).astype(np.float64)
            book.add(source, text, later, int(row), slice(hour, HOURS))
    world.traps.append("day 12: a release, and most terminals say new things")
    for row in rng.choice(TERMINALS, 5, replace=False):
        hour = int(rng.integers(FIRST_DAY, 17)) * HOURS_A_DAY + 11
        for text in (_STICK, _NEW_USB, _GONE_USB):
            book.add(_KERNEL, text, np.array(rng.integers(1, 5)), int(row), hour)
        world.traps.append(f"terminal-{row + 1}: a technician with a USB stick")
    dark = int(rng.integers(DISTRICTS))
    for row in np.flatnonzero(world.district == dark):
        book.restart(int(row), 13 * HOURS_A_DAY + 15)
    world.traps.append("day 13: a district loses its power and starts anew")
    for row in rng.choice(TERMINALS, 4, replace=False):
        hour = int(rng.integers(FIRST_DAY, 17)) * HOURS_A_DAY + 10
        book.add(_KERNEL, _RESET, np.array(rng.integers(5, 10)), int(row), hour)
        world.traps.append(f"terminal-{row + 1}: a cable that was touched")


def _faults(book: _Book, world: World, taken: set[int], each: int) -> list[Fault]:
    free = [int(row) for row in book.rng.permutation(TERMINALS) if int(row) not in taken]
    made = []
    for kind, some in (
        (Kind.LOG_NEW, ((_KERNEL, _EXT4, 1.5), (_PCSCD, _CCID, 1.0))),
        (Kind.LOG_SURGE, ((_KERNEL, _RESET, 4.0), (_PCSCD, _WRITE, 2.0))),
    ):
        for source, text, rate in some[:each]:
            row = free.pop()
            open_ = world.is_open[row] & (days() >= FIRST_DAY) & (days() <= 14)
            begin = int(book.rng.choice(np.flatnonzero(open_)))
            lines = book.rng.poisson(rate, HOURS - begin).astype(np.float64)
            book.add(source, text, lines, row, slice(begin, HOURS))
            made.append(Fault(row, kind, begin, HOURS))
    return made


def _logs(book: _Book) -> Logs:
    forms = tuple(Form(source, _numbers(text)) for source, text in book.counts)
    found = [np.nonzero(grid) for grid in book.counts.values()]
    return Logs(
        forms,
        np.concatenate([np.full(len(rows), n) for n, (rows, _) in enumerate(found)]),
        np.concatenate([rows for rows, _ in found]),
        np.concatenate([columns for _, columns in found]),
        np.concatenate([g[at] for g, at in zip(book.counts.values(), found, strict=True)]),
    )


def _numbers(text: str) -> tuple[int, ...]:
    """Return a form's words as numbers; what the list lacks is what it is at a terminal."""
    numbers: list[int] = []
    for word in text.split():
        number = NUMBERS.get(word, 0)
        if number or not numbers or numbers[-1]:
            numbers.append(number)
    return tuple(numbers)
