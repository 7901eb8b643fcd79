"""Hold what a detector says against what was wrong. Not shipped."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fleet.anomaly.episode import Episode, Kind
from fleet.anomaly.figures import HOURS_A_DAY, Figures
from fleet.anomaly.ranking import rank
from fleet.simulated.foreign_logs import speak
from fleet.simulated.happenings import FIRST_DAY, Fault, add_faults, add_traps
from fleet.simulated.world import SEEN_DAYS, TERMINALS, habits, told


@dataclass(slots=True)
class Score:
    """What was found, missed and said without cause."""

    found: list[tuple[Fault, float]] = field(default_factory=list)
    """With the hours from a fault's beginning to the first finding."""
    missed: list[Fault] = field(default_factory=list)
    false: list[Episode] = field(default_factory=list)
    true_besides: list[Episode] = field(default_factory=list)
    """Nobody made it happen, and it did: paper that really ran out, an ill reader's own lines."""
    said: list[tuple[str, Episode]] = field(default_factory=list)

    @property
    def false_rate(self) -> float:
        """Return the false episodes for a hundred terminals and a day."""
        return len(self.false) / (TERMINALS / 100) / (SEEN_DAYS - FIRST_DAY)


def evaluate(seed: int, detect: Callable[[Figures], list[Episode]], *, each: int = 2) -> Score:
    """Let `detect` look at the fleet of a seed, and judge it event by event.

    An episode is that of a fault at the same terminal if its kind is the fault's and the
    two overlap; every other episode is false, also one of another kind at an ill terminal.
    """
    world = habits(seed)
    add_traps(world)
    faults = add_faults(world, each=each)
    score = Score()
    claimed: dict[Fault, int] = {}
    whole = told(world)
    logs, more = speak(world, seed, {fault.terminal for fault in faults})
    whole, faults = replace(whole, logs=logs), faults + more
    for episode in detect(whole.until(SEEN_DAYS * HOURS_A_DAY)):
        fault = next((one for one in faults if _of(episode, one, episode.kind is one.kind)), None)
        sign = any(_of(episode, one, episode.kind in one.signs) for one in faults)
        came_true = fault is None and (sign or _ran_out(whole, episode))
        score.said.append(("found" if fault else "true " if came_true else "FALSE", episode))
        if came_true:
            score.true_besides.append(episode)
        elif fault is None:
            score.false.append(episode)
        else:
            claimed.setdefault(fault, max(0, episode.begin - fault.begin))
    score.found = [(fault, float(delay)) for fault, delay in claimed.items()]
    score.missed = [fault for fault in faults if fault not in claimed]
    return score


def _of(episode: Episode, fault: Fault, same_kind: bool) -> bool:  # noqa: FBT001
    together = episode.begin < fault.end and episode.end >= fault.begin
    early = episode.begin < fault.begin - HOURS_A_DAY
    return episode.terminal == fault.terminal and same_kind and together and not early


def _ran_out(whole: Figures, episode: Episode) -> bool:
    """Say whether paper was gone before somebody put in more."""
    if episode.kind is not Kind.PAPER:
        return False
    left = whole.paper_left[episode.terminal, episode.begin :]
    until_refill = next((n for n in range(1, len(left)) if left[n] > left[n - 1]), len(left))
    return bool((left[:until_refill] <= 0).any())


def ranked_first(seed: int, *, first: int = 5) -> tuple[int, int, float]:
    """Return how many of each day's first few were ill, of how many, and the share by chance."""
    world = habits(seed)
    add_traps(world)
    faults = add_faults(world)
    whole = told(world)
    hits = places = 0
    ill_share = 0.0
    days = range(FIRST_DAY + 1, SEEN_DAYS + 1)
    for day in days:
        now = day * HOURS_A_DAY
        ill = {
            f"terminal-{one.terminal + 1}"
            for one in faults
            if one.begin < now and one.end > now - HOURS_A_DAY
        }
        names = [one.name for one in rank(whole.until(now))[:first]]
        hits += sum(name in ill for name in names)
        places += len(names)
        ill_share += len(ill) / TERMINALS / len(days)
    return hits, places, ill_share
