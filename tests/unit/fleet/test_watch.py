"""What terminals tell becomes alerts; silence does too, but not that of a server just started."""

from typing import Any

import pytest

from fleet.alerts.book import Book
from fleet.health.presence import Presence
from fleet.ingest.rows import Told, rows
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.known import Inventory
from fleet.store.tables import sites
from fleet.watch import Watch
from tests.support.readings import check_in, reading
from wire.checkin import CheckIn, Host, Parts, Reading
from wire.message import DeviceState

NOON = 1_795_579_200 + 4 * 3600
"""Wednesday 25 November 2026, 12:00 in Hong Kong."""
ILL = Parts(DeviceState.MISSING, *[DeviceState.READY] * 3)


class Fleet:
    """Terminals at sites that are open from nine to six."""

    def __init__(self, database: Database, count: int) -> None:
        self.keeping = Keeping(database)
        self.book = Book(database)
        self.sequence = 0
        with database.writing() as connection:
            row: dict[str, Any] = {"id": "s", "name_en": "a", "name_zh": "a", "district": "sha_tin"}
            row |= {"x": 0.0, "y": 0.0, "opens": 540, "closes": 1080, "days": 127}
            connection.execute(sites.insert().values(row))
        inventory = Inventory(database)
        self.numbers = [inventory.add(f"t-{n}", site="s") for n in range(count)]

    def tell(self, at: float, *numbers: int, **changes: Any) -> None:
        """Let terminals check in at `at`."""
        self.sequence += 1
        one: Reading = reading(self.sequence, at=int(at * 1000), **changes)
        for number in numbers or self.numbers:
            self.keeping.keep(rows([Told(number, check_in(one), int(at))]))

    def rules(self, now: float) -> list[str]:
        """Return the rules of open alerts."""
        return sorted(alert["rule"] for alert in self.book.open(now=int(now)))


def test_an_illness_opens_an_alert_and_its_end_resolves_it(database: Database) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    for now in range(NOON, NOON + 91, 30):
        fleet.tell(now, parts=ILL)
        watch.look(now + 1)
    assert fleet.rules(NOON) == ["reader.out"]
    (alert,) = fleet.book.open(now=NOON)
    assert alert["sentence"] == "t-0: the card reader is missing"
    fleet.tell(NOON + 120)
    watch.look(NOON + 121)
    assert fleet.rules(NOON) == []


def test_a_terminal_that_falls_silent_in_opening_hours_is_told(database: Database) -> None:
    fleet, watch = Fleet(database, 2), Watch(database, started_at=NOON)
    fleet.tell(NOON)
    watch.look(NOON + 1)
    for now in range(NOON + 30, NOON + 301, 30):
        fleet.tell(now, 1)
        watch.look(now + 1)
    assert fleet.rules(NOON) == ["terminal.offline"]
    assert watch.standings[2].presence is Presence.OFFLINE
    for now in (NOON + 330, NOON + 360):
        fleet.tell(now)
        watch.look(now + 1)
    assert fleet.rules(NOON) == []


def test_a_terminal_switched_off_for_the_night_wakes_nobody_until_opening(
    database: Database,
) -> None:
    night = NOON + 10 * 3600
    fleet, watch = Fleet(database, 1), Watch(database, started_at=night)
    fleet.tell(night)
    watch.look(night + 1)
    watch.look(night + 600)
    assert watch.standings[1].presence is Presence.OFFLINE
    assert fleet.rules(night) == []
    watch.look(NOON + 21 * 3600 + 60)
    assert fleet.rules(night) == ["terminal.offline"]


def test_a_server_that_was_away_takes_nobody_for_silent(database: Database) -> None:
    fleet = Fleet(database, 3)
    fleet.tell(NOON - 3600)
    watch = Watch(database, started_at=NOON)
    watch.look(NOON + 60)
    assert {one.presence for one in watch.standings.values()} == {Presence.LATE}
    assert fleet.rules(NOON) == []
    watch.look(NOON + 120)
    assert fleet.rules(NOON) == ["district.silent"]


def test_a_district_that_goes_and_comes_is_one_alert(database: Database) -> None:
    fleet, watch = Fleet(database, 4), Watch(database, started_at=NOON)
    fleet.tell(NOON)
    watch.look(NOON + 1)
    watch.look(NOON + 200)
    assert fleet.rules(NOON) == ["district.silent"]
    (alert,) = fleet.book.open(now=NOON)
    assert alert["sentence"].startswith("4 of 4 terminals fell silent together")
    for now in (NOON + 230, NOON + 260):
        fleet.tell(now)
        watch.look(now + 1)
    assert fleet.rules(NOON) == []


def test_what_an_absent_terminal_told_last_resolves_nothing(database: Database) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    for now in range(NOON, NOON + 91, 30):
        fleet.tell(now, parts=ILL)
        watch.look(now + 1)
    watch.look(NOON + 600)
    assert fleet.rules(NOON) == ["reader.out", "terminal.offline"]


def test_a_restart_of_the_server_neither_opens_nor_resolves(database: Database) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    for now in range(NOON, NOON + 91, 30):
        fleet.tell(now, parts=ILL)
        watch.look(now + 1)
    (before,) = fleet.book.open(now=NOON)
    again = Watch(database, started_at=NOON + 100)
    again.look(NOON + 101)
    (after,) = fleet.book.open(now=NOON)
    assert after["id"] == before["id"]


def test_a_trail_that_led_back_is_told(database: Database) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    for count in (10, 5):
        sent = CheckIn((reading(count),), (), count, bytes(32))
        fleet.keeping.keep(rows([Told(1, sent, NOON)]))
    watch.look(NOON + 1)
    assert fleet.rules(NOON) == ["trail.conflict"]


@pytest.mark.parametrize("days", [9, 11])
def test_a_certificate_that_ends_soon_is_told(database: Database, days: int) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    fleet.tell(NOON, host=Host(certificate_days=days))
    watch.look(NOON + 1)
    assert fleet.rules(NOON) == (["certificate.ending"] if days < 10 else [])


def test_a_retired_terminal_is_no_matter(database: Database) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    fleet.tell(NOON)
    watch.look(NOON + 1)
    Inventory(database).retire(1)
    watch.look(NOON + 900)
    assert watch.standings[1].presence is Presence.RETIRED
    assert fleet.rules(NOON) == []


def test_what_was_told_before_a_silence_is_not_judged_as_if_it_were_now(
    database: Database,
) -> None:
    fleet, watch = Fleet(database, 1), Watch(database, started_at=NOON)
    fleet.tell(NOON, parts=ILL)
    for now in range(NOON + 1, NOON + 900, 30):
        watch.look(now + 59 if now > NOON + 1 else now)
    assert fleet.rules(NOON) == ["terminal.offline"]
