"""What is stored comes back as arrays, and what is unusual in it becomes an alert."""

from typing import Any

import numpy as np
import pytest

from fleet.alerts.book import Book
from fleet.anomaly.figures import Figures
from fleet.health.hours import Hours
from fleet.simulated.world import BEGIN, habits, told
from fleet.store.database import Database
from fleet.store.past import HOUR_S, figures
from fleet.store.reading_back import Place, places, visits
from fleet.store.tables import hours, sites, terminals
from fleet.unusual import enough_past, unusual

ROWS = 6
LENGTH = 17 * 24


def stored(database: Database, seen: Figures) -> dict[int, Place]:
    """Store the first terminals of a simulated fleet as hourly roll-ups."""
    site: dict[str, Any] = {
        "id": "s",
        "name_en": "a",
        "name_zh": "a",
        "district": "d",
        "x": 0.0,
        "y": 0.0,
    }
    counted = {
        "started": seen.started,
        "completed": seen.completed,
        "cards_read": seen.cards - seen.card_failures,
        "card_failures": seen.card_failures,
        "photos": seen.photos,
        "capture_rejections": seen.capture_rejections,
        "face_checks": seen.face_checks,
        "presentation_rejections": seen.presentation_rejections,
    }
    totals = {name: np.cumsum(np.nan_to_num(value), axis=1) for name, value in counted.items()}
    measured = {"temperature_c": seen.temperature_c, "round_trip_ms": seen.round_trip_ms}
    measured |= {"clock_offset_ms": seen.clock_offset_ms, "disk_free": seen.disk_free}
    rows: list[dict[str, Any]] = []
    for row in range(ROWS):
        for column in range(LENGTH):
            one: dict[str, Any] = {"terminal": row + 1, "at": (BEGIN + column) * HOUR_S}
            one |= {"readings": 12, "worst_parts": 0}
            one |= {name: int(total[row, column]) for name, total in totals.items()}
            values = {name: float(value[row, column]) for name, value in measured.items()}
            one |= {name: None if np.isnan(v) else v for name, v in values.items()}
            rows.append(one)
    with database.writing() as connection:
        connection.execute(
            sites.insert().values(site | {"opens": 540, "closes": 1140, "days": 127})
        )
        connection.execute(
            terminals.insert(), [{"name": f"terminal-{n + 1}", "site": "s"} for n in range(ROWS)]
        )
        connection.execute(hours.insert(), rows)
    return places(database)


@pytest.fixture(scope="module")
def simulated() -> Figures:
    world = habits(42)
    world.card_fails[2, LENGTH - 60 :] = 0.5
    world.attacks[4, LENGTH - 3] = 12
    return told(world)


def test_what_was_stored_comes_back(database: Database, simulated: Figures) -> None:
    known = stored(database, simulated)
    until = (BEGIN + LENGTH) * HOUR_S
    back = figures(database, list(known.values()), until=until, length=LENGTH - 1)
    assert back.names == tuple(f"terminal-{n + 1}" for n in range(ROWS))
    expected = np.nan_to_num(simulated.started[:ROWS, 1:LENGTH])
    assert np.array_equal(back.started, expected)
    assert np.allclose(
        back.temperature_c, simulated.temperature_c[:ROWS, 1:LENGTH], equal_nan=True, atol=0.01
    )
    assert back.is_open.mean() == pytest.approx(10 / 24, abs=0.02)
    assert np.isnan(back.paper_left).all()


def test_what_is_unusual_now_is_an_alert_and_an_attack_is_a_security_matter(
    database: Database, simulated: Figures
) -> None:
    known, book = stored(database, simulated), Book(database)
    now = (BEGIN + LENGTH) * HOUR_S
    came = unusual(database, known, now=now)
    ill, well = came.ill, came.well
    book.found(ill, well, now=now)
    said = {alert["rule"]: alert for alert in book.open(now=now)}
    assert set(said) == {"unusual.reader", "unusual.attack"}
    assert said["unusual.reader"]["terminal_name"] == "terminal-3"
    assert "its own rate is" in said["unusual.reader"]["sentence"]
    assert (said["unusual.attack"]["security"], said["unusual.attack"]["severity"]) == (1, "page")
    book.found([], well + [one.fingerprint for one in ill], now=now + 60)
    assert book.open(now=now) == []


def test_visits_lately_and_before_are_told_apart(database: Database, simulated: Figures) -> None:
    stored(database, simulated)
    until = (BEGIN + LENGTH) * HOUR_S
    seen = visits(database, now=until)[1]
    lately = np.nansum(simulated.started[0, LENGTH - 24 : LENGTH])
    before = np.nansum(simulated.started[0, LENGTH - 24 - 14 * 24 + 1 : LENGTH - 24])
    assert seen.recent.started == lately
    assert seen.usual.started == before


def test_a_young_fleet_has_no_habits_yet() -> None:
    assert not enough_past(10 * 86_400, None)
    assert not enough_past(10 * 86_400 - 1, 0)
    assert enough_past(10 * 86_400, 0)


def test_a_figure_that_began_anew_adds_what_it_counts_since() -> None:
    from fleet.store.past import _differences

    total = np.array([[5.0, 8.0, np.nan, 10.0, 2.0, 3.0]])
    assert np.array_equal(_differences(total), [[3.0, np.nan, 2.0, 2.0, 1.0]], equal_nan=True)


def test_a_place_without_a_site_is_always_open(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(terminals.insert().values(name="t"))
    (place,) = places(database).values()
    assert place.hours == Hours()


def test_terminals_are_compared_in_lots_of_whole_districts() -> None:
    from fleet.unusual import AT_ONCE, together

    fleet = [
        Place(number=n, name=f"t{n}", site="", district=f"d{n % 7}", hours=Hours(), retired=n == 3)
        for n in range(3 * AT_ONCE)
    ]
    lots = list(together(fleet))
    assert sorted(place.number for lot in lots for place in lot) == [
        n for n in range(3 * AT_ONCE) if n != 3
    ]
    assert all(len(lot) >= AT_ONCE for lot in lots[:-1])
    districts = [{place.district for place in lot} for lot in lots]
    assert sum(len(one) for one in districts) == len(set().union(*districts))
