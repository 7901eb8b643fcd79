"""Look at every terminal each few seconds, and keep the book of alerts true.

What is remembered between two looks is in memory and follows again from the database
after a restart; alerts themselves are in the database, so a restart neither opens nor
resolves one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from fleet.alerts.book import Book
from fleet.alerts.finding import Finding, fingerprint
from fleet.health import presence
from fleet.health.hours import Hours
from fleet.health.measures import Subject, Visits, said
from fleet.health.outage import Silent, inhibited, outages
from fleet.health.presence import Presence, Standing
from fleet.health.rules import Result, Rule, Severity, State, is_finding, judged, parse
from fleet.store.database import Database
from fleet.store.fittings import NOTHING, Fitting, Fittings
from fleet.store.reading_back import Place, Present, conflicts, places, present, visits
from fleet.swapped import TOLD_S, by_terminal, matter
from wire.checkin import EVERY_S
from wire.devices import Place as Where
from wire.failures import Failure

SHIPPED_RULES: Final = Path(__file__).parent / "health" / "rules.toml"
_OFFLINE: Final = "terminal.offline"
_DISTRICT: Final = "district.silent"
_TRAIL: Final = "trail.conflict"
_VISITS_EVERY_S: Final = 900
_LONGEST_OPEN_S: Final = 7200.0


class Watch:
    """Watches the terminals of one database."""

    def __init__(self, database: Database, *, started_at: float) -> None:
        """Watch from `started_at` on: nobody was silent before somebody listened."""
        self._database = database
        self._book = Book(database)
        self._fittings = Fittings(database)
        self._started_at = started_at
        self._rules = parse(SHIPPED_RULES.read_text())
        self._states: dict[tuple[int, str], State] = {}
        self._visits: dict[int, Visits] = {}
        self._visits_at = 0.0
        self.looked_at = 0.0
        self._open_at = 0.0
        self._open: dict[Hours, float] = {}
        self.present: dict[int, Present] = {}
        self.standings: dict[int, Standing] = {}
        self.places: dict[int, Place] = {}
        self.silent: tuple[Silent, ...] = ()
        self.serials: dict[int, str] = {}
        """Serial numbers of each terminal's devices, separated by spaces."""
        self._stand_there: dict[int, dict[Where, Fitting]] = {}

    def look(self, now: float, *, pause_s: float = EVERY_S) -> None:
        """Look once, and write what was found into the book.

        Args:
            now: seconds since 1970.
            pause_s: the pause that terminals are asked for.
        """
        self._refresh(now)
        for number, place in self.places.items():
            self.standings[number] = self._stand(place, now, pause_s)
        districts = {number: place.district for number, place in self.places.items()}
        self.silent = outages(self.standings, districts)
        ill: list[Finding] = []
        well: list[str] = []
        for finding, fingerprint_ in self._matters(now):
            if finding is None:
                well.append(fingerprint_)
            else:
                ill.append(finding)
        self._book.found(ill, well, now=int(now))
        self.looked_at = now

    def told(self, terminal: int) -> Present | None:
        """Return what a terminal told last, as of the last look."""
        return self.present.get(terminal)

    def fitted(self, terminal: int) -> Mapping[Where, Fitting]:
        """Return what stands in a terminal's places, in their order, as of the last look."""
        there = self._stand_there.get(terminal, NOTHING)
        return {where: there[where] for where in Where if where in there}

    def _refresh(self, now: float) -> None:
        self.places = places(self._database)
        for number, devices in self._fittings.since(int(self.looked_at) - 1).items():
            there = self._stand_there.setdefault(number, {})
            there |= devices
            self.serials[number] = " ".join(one.serial for one in there.values() if one.serial)
        # A second back: a check-in of that second may have come after the last look.
        self.present |= present(self._database, since=int(self.looked_at) - 1)
        if now - self._visits_at >= _VISITS_EVERY_S:
            self._visits = visits(self._database, now=int(now))
            self._visits_at = now

    def _stand(self, place: Place, now: float, pause_s: float) -> Standing:
        standing = self.standings.get(place.number, Standing())
        if place.retired:
            return presence.retired(standing, now)
        told = self.present.get(place.number)
        if told is None:
            return standing
        heard_at = max(float(told.received_at), self._started_at)
        if standing.heard_at is None:
            # Before this server looked: where it stands follows from the silence alone.
            standing = Standing(Presence.ONLINE, told.received_at, heard_at)
        elif told.received_at > standing.heard_at:
            standing = presence.heard(standing, float(told.received_at))
        return presence.looked(standing, now, pause_s=pause_s)

    def _matters(self, now: float) -> Iterator[tuple[Finding | None, str]]:
        """Yield each matter: with its finding if it is ill, without if it is well."""
        quiet = inhibited(self.silent)
        broken = conflicts(self._database)
        swapped = by_terminal(self._fittings.swapped(since=int(now) - TOLD_S))
        for number, place in self.places.items():
            yield from self._absence(place, now, inhibited_=number in quiet)
            if number in broken:
                sentence = f"{place.name}: its trail led back behind what it had told before"
                finding = self._finding(place, _TRAIL, Failure.TRAIL_BROKEN, sentence)
                yield finding, finding.fingerprint
            yield matter(place, swapped.get(number, ()))
            if number in self.present and not place.retired:
                yield from self._rules_of(place, now)
        yield from self._districts(now)

    def _absence(
        self, place: Place, now: float, *, inhibited_: bool
    ) -> Iterator[tuple[Finding | None, str]]:
        standing = self.standings[place.number]
        name = fingerprint(_OFFLINE, place.number, place.district)
        if standing.presence is Presence.OFFLINE and not inhibited_:
            if not place.hours.is_open(now):
                # Sites switch terminals off at night; what is open stays open.
                return
            silent_min = round((now - (standing.heard_at or now)) / 60)
            sentence = f"{place.name}: silent for {silent_min} minutes in opening hours"
            yield self._finding(place, _OFFLINE, Failure.TERMINAL_OFFLINE, sentence), name
        elif standing.presence is not Presence.LATE:
            yield None, name

    def _rules_of(self, place: Place, now: float) -> Iterator[tuple[Finding | None, str]]:
        subject = Subject(self.present[place.number].reading, self._visits.get(place.number))
        absent = self.standings[place.number].presence is not Presence.ONLINE
        open_for_s = self._open_for_s(place.hours, now)
        for rule in self._rules.rule:
            key = (place.number, rule.id)
            before = self._states.get(key) or State(since=now)
            # What an absent terminal told last is no data about now.
            state = before if absent else judged(rule, before, subject, now, open_for_s=open_for_s)
            self._states[key] = state
            if is_finding(rule, state, now):
                sentence = _sentence(rule, place, state, now)
                finding = self._finding(place, rule.id, rule.failure, sentence)
                yield replace(finding, severity=rule.severity), finding.fingerprint
            elif state.result is Result.WELL:
                yield None, fingerprint(rule.id, place.number, place.district)

    def _open_for_s(self, hours: Hours, now: float) -> float:
        """Return for how long such a site has been open; most sites have the same hours."""
        if self._open_at != now:
            self._open_at, self._open = now, {}
        if hours not in self._open:
            self._open[hours] = hours.open_for_s(now, at_most=_LONGEST_OPEN_S)
        return self._open[hours]

    def _districts(self, now: float) -> Iterator[tuple[Finding | None, str]]:
        silent = {one.district: one for one in self.silent}
        for district in sorted({place.district for place in self.places.values()}):
            one = silent.get(district)
            if one is None:
                yield None, fingerprint(_DISTRICT, None, district)
                continue
            minutes = round((now - one.since) / 60)
            finding = Finding(
                rule=_DISTRICT,
                terminal=None,
                district=district,
                severity=Severity.PAGE,
                failure=Failure.DISTRICT_SILENT,
                sentence=f"{len(one.terminals)} of {one.expected} terminals fell silent together,"
                f" {minutes} minutes ago",
            )
            yield finding, finding.fingerprint

    @staticmethod
    def _finding(place: Place, rule: str, failure: Failure, sentence: str) -> Finding:
        return Finding(
            rule=rule,
            terminal=place.number,
            district=place.district,
            severity=Severity.PAGE,
            failure=failure,
            sentence=sentence,
        )


def _sentence(rule: Rule, place: Place, state: State, now: float) -> str:
    if state.value is None:
        minutes = round((now - state.since) / 60)
        return f"{place.name}: nothing is known of {rule.measure} for {minutes} minutes"
    return f"{place.name}: {said(rule.measure, state.value)}"
