"""What bad releases would do to a fleet: our rule beside a common one, by chance and seed.

``python -m fleet.simulated.releases [--seed 1] [--json]``

Peer: groups of a tenth and the rest; the next begins at half of reported successes, errors stop
it at a fifth *of reports*, silence is no report, nothing soaks. That is what an update server
with default thresholds does (documentation of Eclipse hawkBit, "Rollout management").
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from fleet.rollout.decide import Act, Member, Progress, decide
from fleet.rollout.plan import HOUR_S, Place, Plan, canaries, wave_of
from wire.rollout import Network

STEP_S: Final = 0.25 * HOUR_S
LASTS_S: Final = 96 * HOUR_S
NATURAL: Final = 0.005
"""Installations that fail whatever the release."""
_CONFIRMS_S: Final = 300.0
_UNDOES_S: Final = 900.0


@dataclass(frozen=True, slots=True)
class Release:
    """What one release does to a terminal."""

    name: str
    share: float = 0.0
    """Of the terminals that it harms."""
    model: str = ""
    """Only on that hardware; on any when empty."""
    silent: bool = False
    """A harmed terminal says nothing more; else it undoes the release and says so."""
    after_s: float = 0.0
    """So long a harmed terminal is well first."""


RELEASES: Final = (
    Release("good"),
    Release("crashes at once", 1.0),
    Release("bricks 30 % silently", 0.3, silent=True),
    Release("fails on 8 %", 0.08),
    Release("bricks one model", 1.0, model="k3", silent=True),
    Release("crashes after six hours", 1.0, after_s=6 * HOUR_S),
)


@dataclass(slots=True)
class _Course:
    """A terminal's own course through a release."""

    place: Place
    begins_s: float
    harmed: bool

    def seen(
        self, release: Release, offered_s: float, now_s: float
    ) -> tuple[Progress, float, bool]:
        """Return how far it says it is, since when, and whether it was harmed by then."""
        begins = offered_s + self.begins_s
        if now_s < begins:
            return Progress.WAITING, offered_s, False
        well, bad = begins + _CONFIRMS_S, begins + _UNDOES_S + release.after_s
        if self.harmed and now_s >= bad:
            if release.silent and not release.after_s:
                return Progress.SWITCHING, begins, True
            return Progress.UNDONE, bad, True
        if now_s >= well and not (self.harmed and not release.after_s):
            return Progress.CONFIRMED, well, False
        return Progress.SWITCHING, begins, self.harmed


def fleet_of(size: int, chance: random.Random, release: Release) -> list[_Course]:
    """Return so many terminals: three models, a fifth of them on mobile networks."""
    courses = []
    for number in range(size):
        model = chance.choices(("k1", "k2", "k3"), (60, 30, 10))[0]
        network = Network.MOBILE if chance.random() < 0.2 else Network.WIRED
        place = Place(f"t{number}", model, network)
        ours = release.model in {"", model}
        harmed = (ours and chance.random() < release.share) or chance.random() < NATURAL
        courses.append(_Course(place, chance.uniform(0, 2 * HOUR_S), harmed))
    return courses


def by_our_rule(release: Release, size: int, chance: random.Random) -> tuple[int, str]:
    """Return how many were harmed, and how it ended."""
    plan, courses = Plan(), fleet_of(size, chance, release)
    rollout = f"r-{chance.randrange(1 << 30)}"
    named = canaries(rollout, [course.place for course in courses])
    waves = {
        course.place.name: wave_of(rollout, course.place.name, plan, named) for course in courses
    }
    began, harmed = {0: 0.0}, 0
    for now_s in _steps():
        members, harmed = [], 0
        for course in courses:
            name = course.place.name
            wave = waves[name]
            member = Member(name, wave, heard_s=now_s)
            if wave in began:
                progress, since_s, hurt = course.seen(release, began[wave], now_s)
                member = replace(member, progress=progress, since_s=since_s)
                harmed += hurt
            members.append(member)
        wave = max(began)
        said = decide(plan, wave, began[wave], members, now_s)
        if said.act is Act.STOP:
            return harmed, "stopped"
        if said.act is Act.NEXT_WAVE:
            began[wave + 1] = now_s
        if said.act is Act.DONE and now_s - began[wave] > 8 * HOUR_S:
            return harmed, "everywhere"
    return harmed, "stalled, people are told"


def by_the_common_rule(release: Release, size: int, chance: random.Random) -> tuple[int, str]:
    """Return how many were harmed, and how it ended."""
    courses = fleet_of(size, chance, release)
    groups = [courses[: size // 10], courses[size // 10 :]]
    began, harmed = {0: 0.0}, 0
    for now_s in _steps():
        reports = [
            [course.seen(release, at_s, now_s) for course in groups[number]]
            for number, at_s in began.items()
        ]
        harmed = sum(hurt for group in reports for *_, hurt in group)
        last = [progress for progress, *_ in reports[-1]]
        errors, successes = last.count(Progress.UNDONE), last.count(Progress.CONFIRMED)
        if errors > 0.2 * len(last):
            return harmed, "stopped"
        if len(began) == 1 and successes >= 0.5 * len(last):
            began[1] = now_s
    return harmed, "everywhere" if len(began) > 1 else "stuck"


def _steps() -> Iterator[float]:
    """Yield the moments at which a rule is asked, in seconds from the start."""
    return (number * STEP_S for number in range(1, round(LASTS_S / STEP_S)))


def measure(seed: int, sizes: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Yield mean harmed terminals and endings, for each release and size.

    Args:
        seed: of chance.
        sizes: terminals, and how often it is tried.
    """
    rules: dict[str, Callable[[Release, int, random.Random], tuple[int, str]]] = {
        "ours": by_our_rule,
        "common": by_the_common_rule,
    }
    for size, times in sizes.items():
        for release in RELEASES:
            row: dict[str, Any] = {"terminals": size, "release": release.name, "tries": times}
            for name, rule in rules.items():
                # Both rules meet the same fleets.
                seeds = range(seed * 1000, seed * 1000 + times)
                ends = [rule(release, size, random.Random(one)) for one in seeds]  # noqa: S311
                row[f"{name}_harmed"] = round(sum(harmed for harmed, _ in ends) / times, 1)
                row[f"{name}_ended"] = {
                    end: [one for _, one in ends].count(end) for end in sorted({e for _, e in ends})
                }
            yield row


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tries", type=int, default=20, help="with 100 terminals; a tenth with 10,000"
    )
    parser.add_argument("--json", action="store_true", help="one object a line")
    options = parser.parse_args()
    for row in measure(options.seed, {100: options.tries, 10_000: max(options.tries // 10, 1)}):
        sys.stdout.write(f"{json.dumps(row) if options.json else _line(row)}\n")


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['terminals']:>6} {row['release']:<24} harmed: ours {row['ours_harmed']:>7} "
        f"{row['ours_ended']}, common {row['common_harmed']:>7} {row['common_ended']}"
    )


if __name__ == "__main__":
    main()
