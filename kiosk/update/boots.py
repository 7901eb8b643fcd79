"""Which version is started next: decided at each start from what the last ones came to.

NO I/O. Rule 1: a version on trial is started twice at most, then it is bad for good.
Rule 2: a version is good only once it said itself that it works (`confirm`).
Rule 3: a good version that cannot stay up gives way to the one before it, once.
Rule 4: a version marked bad is never tried again.
Rule 5: of all kinds of release one is on trial at a time, and of those that run together the one
that was confirmed last gives way first: a failure blames what changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from wire.rollout import Kind, numbers

TRIAL_BOOTS: Final = 2
"""One start may be cut short by a power failure that is not the version's fault."""
RESTLESS_STARTS: Final = 6
"""So many starts without a calm spell between them are a crash loop."""


class Refused(Exception):
    """What was asked does not fit what the slots hold; carries a stable `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Slots:
    """What is known of the versions on this terminal."""

    good: str
    """Confirmed by its own health."""
    before: str = ""
    """Confirmed earlier, kept to go back to; empty when there is none."""
    trial: str = ""
    """Started next to see whether it works, perhaps once more; empty when nothing is tried."""
    boots: int = 0
    """Starts of the version on trial so far."""
    restless: int = 0
    """Starts of the good version since it was last calm."""
    bad: tuple[str, ...] = ()
    floor: str = "0.0.0"
    """No version below it is taken any more: the highest floor of any release confirmed here."""
    trial_floor: str = "0.0.0"
    """What the floor becomes once the version on trial is confirmed."""
    turn: int = 0
    """Counts up over all kinds with each confirmation: the highest changed last."""

    def __post_init__(self) -> None:
        """Hold what each state promises.

        Raises:
            ValueError: no good version, one version in two places, or counts below zero.
        """
        held = {one for one in (self.good, self.before, self.trial) if one}
        twice = self.good in {self.before, self.trial}
        if not self.good or twice or held & set(self.bad):
            raise ValueError("slots that contradict themselves")
        if self.boots < 0 or self.restless < 0:
            raise ValueError("counts below zero")


@dataclass(frozen=True, slots=True)
class Start:
    """What is started, and what is to be known before it is."""

    version: str
    slots: Slots
    gave_up: str = ""
    """The version that was marked bad by this start."""


def start(slots: Slots) -> Start:
    """Decide what is started now."""
    if slots.trial:
        if slots.boots < TRIAL_BOOTS:
            return Start(slots.trial, replace(slots, boots=slots.boots + 1))
        return start_good(_without_trial(slots), gave_up=slots.trial)
    return start_good(slots)


def start_good(slots: Slots, *, gave_up: str = "") -> Start:
    """Start the good version, or the one before it when the good one never stays up."""
    restless = slots.restless + 1
    if restless > RESTLESS_STARTS and slots.before:
        return _give_way(slots)
    return Start(slots.good, replace(slots, restless=restless), gave_up)


def next_trial(held: Mapping[Kind, Slots]) -> Kind | None:
    """Return the kind that is tried at the next start: one begun before one that waits."""
    begun = [kind for kind, slots in held.items() if slots.boots]
    waiting = [kind for kind, slots in held.items() if slots.trial]
    return next(iter([*begun, *waiting]), None)


def start_together(held: Mapping[Kind, Slots]) -> dict[Kind, Start]:
    """Decide for all kinds that run in one program what is started now.

    The application's slots count the starts, for all of them.
    """
    chosen = {kind: Start(slots.good, slots) for kind, slots in held.items()}
    tried = next_trial(held)
    if tried is not None:
        return chosen | {tried: start(held[tried])}
    application = held[Kind.APP]
    last = max(held, key=lambda kind: (bool(held[kind].before), held[kind].turn))
    if application.restless < RESTLESS_STARTS or last is Kind.APP or not held[last].before:
        return chosen | {Kind.APP: start_good(application)}
    calmer = replace(application, restless=1)
    return chosen | {
        Kind.APP: Start(application.good, calmer),
        last: _give_way(held[last]),
    }


def _give_way(slots: Slots) -> Start:
    bad = (*slots.bad, slots.good)
    back = Slots(good=slots.before, restless=1, bad=bad, floor=slots.floor)
    return Start(back.good, back, gave_up=slots.good)


def offer(slots: Slots, version: str, *, floor: str = "0.0.0") -> Slots:
    """Put a version on trial, with the floor that holds once it is confirmed.

    Raises:
        Refused: it runs already, is bad, or another is on trial.
    """
    if version in slots.bad:
        raise Refused("update.known_bad")
    if version == slots.good:
        raise Refused("update.runs_already")
    if slots.trial:
        raise Refused("update.under_way")
    return replace(slots, trial=version, boots=0, trial_floor=floor)


def confirm(slots: Slots, version: str, *, turn: int = 0) -> Slots:
    """Take the word of a version that it works; what is not on trial is only calm."""
    if version == slots.trial:
        floor = max(slots.floor, slots.trial_floor, key=numbers)
        return Slots(good=version, before=slots.good, bad=slots.bad, floor=floor, turn=turn)
    return replace(slots, restless=0) if version == slots.good else slots


def take_back(slots: Slots) -> Slots:
    """Forget the version on trial unless it was started; it is not bad for that."""
    return replace(slots, trial="", trial_floor="0.0.0") if not slots.boots else slots


def give_up(slots: Slots, version: str) -> Slots:
    """Mark the version on trial as bad at its own or staff's word; others are left alone."""
    return _without_trial(slots) if version == slots.trial else slots


def _without_trial(slots: Slots) -> Slots:
    before = "" if slots.before == slots.trial else slots.before
    bad = (*slots.bad, slots.trial)
    return replace(slots, before=before, trial="", boots=0, restless=0, bad=bad)
