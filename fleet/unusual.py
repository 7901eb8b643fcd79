"""Once an hour: what is unusual about the terminals of each district, as findings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from fleet.alerts.finding import Finding, fingerprint
from fleet.anomaly.baseline import LEARNING_H
from fleet.anomaly.detectors import detect
from fleet.anomaly.episode import Kind
from fleet.anomaly.log_findings import everywhere, is_grave
from fleet.anomaly.logs import Form
from fleet.anomaly.ranking import Ranked, rank
from fleet.health.rules import Severity
from fleet.store.database import Database
from fleet.store.past import HOUR_S, figures
from fleet.store.reading_back import Place
from wire.failures import Failure

AT_ONCE: Final = 400
"""So many terminals are compared with one another; 17 days of them are some 80 MB."""
MOST_RANKED: Final = 20
_EVERYWHERE: Final = "unusual.log_everywhere"
_RECENT_H: Final = 6
"""An episode that went on so lately is a matter of now."""


@dataclass(slots=True)
class Comparison:
    """What comparing the terminals came to."""

    ill: list[Finding] = field(default_factory=list)
    well: list[str] = field(default_factory=list)
    """Fingerprints of what is not unusual (any more)."""
    ranking: list[Ranked] = field(default_factory=list)
    """Who is most unlike themselves today, to look at and never to wake anybody by."""


def unusual(database: Database, places: Mapping[int, Place], *, now: int) -> Comparison:
    """Return what is unusual now, and the ranking of today."""
    came = Comparison()
    ill, well = came.ill, came.well
    many: list[tuple[Form, int, int]] = []
    for some in together(places.values()):
        seen = figures(database, some, until=now)
        came.ranking += rank(seen)
        many += [
            (form, terminals, len(seen.names))
            for form, terminals in everywhere(seen.logs, seen.names, seen.hours, learned=LEARNING_H)
        ]
        recent = seen.hours - _RECENT_H
        found = {(one.terminal, one.kind): one for one in detect(seen) if one.end >= recent}
        for index, place in enumerate(some):
            for kind in Kind:
                episode = found.get((index, kind))
                if episode is not None:
                    ill.append(_finding(place, kind, episode.sentence))
                else:
                    well.append(fingerprint(_rule(kind), place.number, place.district))
    if many:
        ill.append(_everywhere(many))
    else:
        well.append(fingerprint(_EVERYWHERE, None, ""))
    came.ranking.sort(key=lambda one: -one.score)
    del came.ranking[MOST_RANKED:]
    return came


def enough_past(now: int, first_at: int | None) -> bool:
    """Say whether there is so much past that something can be unusual."""
    return first_at is not None and now - first_at >= LEARNING_H * HOUR_S


def together(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Yield the terminals in lots of whole districts, each of `AT_ONCE` or more if there are."""
    of: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if not place.retired:
            of[place.district].append(place)
    lot: list[Place] = []
    for district in of.values():
        lot += district
        if len(lot) >= AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot


def _everywhere(many: list[tuple[Form, int, int]]) -> Finding:
    """Say the gravest of what many terminals began to say: a release, or the weather."""
    form, terminals, of = min(many, key=lambda one: (not is_grave(one[0]), -one[1], one[0]))
    return Finding(
        rule=_EVERYWHERE,
        terminal=None,
        district="",
        severity=Severity.WARN if is_grave(form) else Severity.INFO,
        failure=Failure.TERMINAL_UNUSUAL,
        sentence=f"{terminals} of {of} terminals began to say within 48 h ({len(many)} new in all):"
        f" {form.source.value}: {form.text}",
    )


def _rule(kind: Kind) -> str:
    return f"unusual.{kind.value}"


def _finding(place: Place, kind: Kind, sentence: str) -> Finding:
    attack = kind is Kind.ATTACK
    return Finding(
        rule=_rule(kind),
        terminal=place.number,
        district=place.district,
        severity=Severity.PAGE if attack else Severity.WARN,
        failure=Failure.TERMINAL_ATTACKED if attack else Failure.TERMINAL_UNUSUAL,
        sentence=sentence,
        security=attack,
    )
