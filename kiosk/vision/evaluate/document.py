"""How well the front of a card is read: rendered captures, whose print is known."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

import msgspec
import numpy as np

from drivers.camera.camera import Picture
from drivers.card.commercial_codes import characters_by_code
from drivers.card.personalise.crowd import person
from drivers.card.personalise.person import Person
from drivers.card.personalise.print.front import front
from drivers.card.personalise.print.view import Condition, see
from kiosk.document.compare import compare
from kiosk.vision.evaluate.copies import copies
from kiosk.vision.evaluate.interval import share
from kiosk.vision.faces import FaceFinder
from kiosk.vision.line_reader import LineReader
from kiosk.vision.print_reader import PrintReader
from wire.card import CardContents
from wire.document import CardHint, PrintOutcome, PrintRead

WORDS: Final = "synthetic specimens only"
TODAY: Final = date(2026, 11, 23)
_FIELDS: Final = ("number", "name", "chinese", "codes", "birth", "sex", "first", "issued")
_CAPTURES_PER_COPY: Final = 26
"""Copies are drawn under five lights: so many fewer of each species."""
_SHOWN: Final = 2
"""So many of each condition are on the contact sheet."""
_NOT_TO_BE_READ: Final = {Condition.FINGER, Condition.CUT_OFF}


@dataclass(frozen=True, slots=True)
class Capture:
    """One still and what came of it."""

    condition: Condition
    person: Person
    still: Picture
    seen: PrintRead | CardHint
    ms: float

    @property
    def wrong(self) -> tuple[str, ...]:
        """Fields that say something else than the card, or nothing."""
        if isinstance(self.seen, CardHint):
            return ()
        truth = truth_of(self.person)
        return tuple(name for name in _FIELDS if getattr(self.seen, name) != getattr(truth, name))


def truth_of(who: Person) -> CardContents:
    """Return what the chip of a card says."""
    return CardContents(
        number=who.number,
        name=f"{who.surname}, {who.given}",
        birth=who.birth,
        sex=who.sex,
        chinese=who.chinese,
        codes=who.commercial_codes,
        issued=who.issued,
        first=who.first_registered,
        consular=False,
        portrait=b"",
        sod_digest=b"",
        document_signer=b"",
        access="",
        chip="",
        apdus=0,
        ms=0,
    )


def captures(seed: int, count: int, portrait: bytes) -> Iterator[Capture]:
    """Draw and read `count` captures; every condition in turn, every card another person's."""
    random = np.random.default_rng(seed)
    conditions = list(Condition)
    with LineReader() as lines:
        reader = PrintReader(lines, FaceFinder(), characters_by_code())
        for n in range(count):
            who, condition = person(random), conditions[n % len(conditions)]
            still = see(front(who, portrait), condition, random)
            began = time.perf_counter()
            seen = reader.read(still, today=TODAY)
            yield Capture(condition, who, still, seen, (time.perf_counter() - began) * 1000)
            sys.stderr.write(f"\r{n + 1} of {count} captures" + "\n" * (n + 1 == count))


@dataclass(slots=True)
class Tally:
    """Counts over captures."""

    seen: int = 0
    accepted: int = 0
    exact: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    hints: Counter[str] = field(default_factory=Counter)

    def add(self, capture: Capture) -> None:
        """Count one."""
        self.seen += 1
        if isinstance(capture.seen, CardHint):
            self.hints[capture.seen] += 1
            return
        self.accepted += 1
        self.exact += not capture.wrong
        self.wrong.update(capture.wrong)

    def report(self) -> dict[str, Any]:
        """Return the shares with their intervals."""
        return {
            "accepted": share(self.accepted, self.seen),
            "record_exact": share(self.exact, self.accepted),
            "hints": dict(self.hints),
        }


def evaluate(seed: int, count: int, pictures: Path) -> tuple[dict[str, Any], list[Capture]]:
    """Return the figures, and the first captures of each condition for the contact sheet."""
    total, by_condition = Tally(), {condition: Tally() for condition in Condition}
    chips, times, shown = _Chips(np.random.default_rng(seed + 1)), [], []
    for capture in captures(seed, count, (pictures / "holder_chip.jpg").read_bytes()):
        total.add(capture)
        by_condition[capture.condition].add(capture)
        chips.add(capture)
        times.append(capture.ms)
        if by_condition[capture.condition].seen <= _SHOWN:
            shown.append(capture)
    report = {
        "what": WORDS,
        "seed": seed,
        **total.report(),
        "field_exact": {
            name: share(total.accepted - total.wrong[name], total.accepted) for name in _FIELDS
        },
        "chip_comparison": chips.report(),
        "ms_per_still": {"median": round(median(times), 1), "p95": _p95(times), "cores": 1},
        "copies": copies(seed, max(1, count // _CAPTURES_PER_COPY)),
        "by_condition": {name.value: tally.report() for name, tally in by_condition.items()},
        "never_to_be_accepted": [condition.value for condition in sorted(_NOT_TO_BE_READ)],
    }
    return report, shown


def _p95(times: list[float]) -> float:
    return round(float(np.percentile(times, 95)), 1)


class _Chips:
    """Each reading against its own chip, and against one with another person's field."""

    def __init__(self, random: np.random.Generator) -> None:
        self._random = random
        self._own: Counter[PrintOutcome] = Counter()
        self._other: Counter[PrintOutcome] = Counter()
        self._misread_agreed = 0

    def add(self, capture: Capture) -> None:
        """Compare, if the still was read."""
        if isinstance(capture.seen, CardHint):
            return
        truth = truth_of(capture.person)
        outcome = compare(capture.seen, truth).outcome
        self._own[outcome] += 1
        self._misread_agreed += outcome is PrintOutcome.AGREES and bool(capture.wrong)
        self._other[compare(capture.seen, self._altered(truth)).outcome] += 1

    def _altered(self, chip: CardContents) -> CardContents:
        """Return a chip that differs from the print in one field."""
        while True:
            name = str(self._random.choice(_FIELDS))
            other = getattr(truth_of(person(self._random)), name)
            if other != getattr(chip, name):
                return msgspec.structs.replace(chip, **{name: other})

    def report(self) -> dict[str, Any]:
        """Return what passed as verified, and what should have."""
        own, other = sum(self._own.values()), sum(self._other.values())
        return {
            "own_chip_agrees": share(self._own[PrintOutcome.AGREES], own),
            "own_chip_unsure": share(self._own[PrintOutcome.UNSURE], own),
            "own_chip_differs": share(self._own[PrintOutcome.DIFFERS], own),
            "misread_print_verified": share(self._misread_agreed, own),
            "other_chip_verified": share(self._other[PrintOutcome.AGREES], other),
            "other_chip_unsure": share(self._other[PrintOutcome.UNSURE], other),
        }


def fields_of(seen: PrintRead) -> list[str]:
    """Return what was read, a line for each field, for the contact sheet."""
    said = {name: getattr(seen, name) for name in _FIELDS} | {"codes": " ".join(seen.codes)}
    return [f"{name}: {text or 'none'}" for name, text in said.items()]
