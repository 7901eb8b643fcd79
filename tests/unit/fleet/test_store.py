"""What is stored is stored once, the latest wins, and the past is rolled up and dropped."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fleet.ingest.rows import Told, packed, rows, unpacked
from fleet.migrations.upgrade import upgrade
from fleet.sandbox import authority, issue
from fleet.store import fitting_tables, tables, text_tables
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.known import Inventory, Known
from fleet.store.rolling import Rolling
from tests.support.readings import AT, WELL, check_in, entry, reading
from wire.checkin import CheckIn, Host, Parts, Sessions, Step
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Screen

NOW = AT // 1000 + 3600
SPAN = 300


def keep(database: Database, *sent: CheckIn, terminal: int = 1, now: int = NOW) -> None:
    Keeping(database).keep(rows([Told(terminal, one, now) for one in sent]))


def all_of(database: Database, table: sa.Table) -> list[dict[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def test_the_migrations_lead_to_the_present_shape(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {"include_name": lambda name, *_: not (name or "").startswith(text_tables.INDEX)}
        context = MigrationContext.configure(connection, opts=options)
        # Beside the tables there is the database's own full-text index, in some tables of its own.
        assert compare_metadata(context, fitting_tables.fittings.metadata) == []


def test_upgrading_twice_keeps_what_is_stored(database: Database) -> None:
    keep(database, check_in())
    upgrade(database.engine)
    assert len(all_of(database, tables.readings)) == 1


def test_a_check_in_sent_twice_is_stored_once(database: Database) -> None:
    sent = check_in(reading(1), reading(2), entries=(entry(0), entry(1)))
    keep(database, sent, sent)
    keep(database, sent)
    assert len(all_of(database, tables.readings)) == 2
    assert len(all_of(database, tables.entries)) == 2
    assert [row["sequence"] for row in all_of(database, tables.latest)] == [2]


def test_the_latest_state_is_that_of_the_highest_sequence(database: Database) -> None:
    keep(database, check_in(reading(5)))
    keep(database, check_in(reading(3)))
    keep(database, check_in(reading(9)), check_in(reading(7)))
    (row,) = all_of(database, tables.latest)
    assert row["sequence"] == 9
    assert msgspec.msgpack.decode(row["reading"], type=type(reading())) == reading(9)


def test_what_a_terminal_does_not_know_is_null(database: Database) -> None:
    keep(database, check_in(reading(host=Host())))
    (row,) = all_of(database, tables.readings)
    assert row["temperature_c"] is None
    assert row["presentation_rejections"] is None
    assert row["started"] == 100


def test_a_terminal_whose_clock_is_wrong_is_put_right(database: Database) -> None:
    late = reading(host=Host(clock_offset_ms=-1_800_000))
    far = reading(2, at=AT + 10 * 365 * 86_400_000)
    keep(database, check_in(late), check_in(far))
    stored = {row["at"] for row in all_of(database, tables.readings)}
    assert stored == {late.at // 1000 + 1800, NOW}


def test_figures_too_large_for_a_column_are_bounded(database: Database) -> None:
    keep(database, check_in(reading(oldest_s=2**53, sessions=Sessions(started=2**53))))
    (row,) = all_of(database, tables.readings)
    assert row["oldest_s"] == row["started"] == 2**31 - 1


def test_steps_and_failures_are_kept_by_day_and_only_grow(database: Database) -> None:
    for times in (3, 5, 4):
        keep(
            database,
            check_in(
                reading(
                    steps={Screen.LANGUAGE: Step(times, times * 1000)},
                    failures={Failure.CARD_REMOVED: times},
                )
            ),
        )
    (step,) = all_of(database, tables.steps)
    (failure,) = all_of(database, tables.failures)
    assert (step["screen"], step["times"], step["total_ms"]) == ("LANGUAGE", 5, 5000)
    assert (failure["failure"], failure["times"]) == ("card.removed", 5)


def anchored(count: int, head: bytes) -> CheckIn:
    return CheckIn((reading(),), (), count, head * 32)


@pytest.mark.parametrize(
    ("then", "conflict"),
    [((11, b"b"), 0), ((10, b"a"), 0), ((9, b"a"), 1), ((10, b"b"), 1)],
    ids=["longer", "same", "shorter", "aside"],
)
def test_a_trail_that_leads_back_or_aside_is_noticed_for_good(
    database: Database, then: tuple[int, bytes], conflict: int
) -> None:
    keep(database, anchored(10, b"a"))
    keep(database, anchored(*then))
    keep(database, anchored(20, b"z"))
    (row,) = all_of(database, tables.trails)
    assert row["conflict"] == conflict
    assert row["count"] == 20


def test_a_batch_that_fails_is_not_stored_in_part(database: Database) -> None:
    made = rows([Told(1, check_in(), NOW)])
    made.entries = [{"terminal": 1, "number": 0, "at": None, "event": "e", "fields": "{}"}]
    with pytest.raises(sa.exc.DBAPIError):
        Keeping(database).keep(made)
    assert all_of(database, tables.readings) == []


@pytest.mark.parametrize("state", DeviceState)
def test_the_states_of_devices_survive_packing(state: DeviceState) -> None:
    for place in range(4):
        states = [DeviceState.READY] * 4
        states[place] = state
        assert unpacked(packed(Parts(*states))) == Parts(*states)


def test_five_minutes_are_rolled_up_with_means_maxima_and_the_worst(database: Database) -> None:
    begin = NOW - NOW % 3600
    worse = msgspec.structs.replace(WELL, printer=DeviceState.MISSING)
    bad = msgspec.structs.replace(WELL, reader=DeviceState.FAULTY)
    for number, (celsius, parts) in enumerate([(40.0, worse), (50.0, bad), (None, WELL)], 1):
        one = reading(
            number,
            at=(begin + 30 * number) * 1000,
            parts=parts,
            host=Host(temperature_c=celsius),
            sessions=Sessions(started=100 + number),
        )
        keep(database, check_in(one), now=begin + 200)
    rolling = Rolling(database)
    assert rolling.roll_up(now=begin + SPAN - 1) == 0
    assert rolling.roll_up(now=begin + SPAN) == 1
    for table in (tables.five_minutes, tables.hours):
        (row,) = all_of(database, table)
        assert (row["at"], row["readings"], row["started"]) == (begin, 3, 103)
        assert row["temperature_c"] == pytest.approx(45.0)
        assert unpacked(row["worst_parts"]) == Parts(
            DeviceState.FAULTY, DeviceState.READY, DeviceState.READY, DeviceState.MISSING
        )
    assert rolling.roll_up(now=begin + SPAN) == 0


def test_a_late_reading_rolls_its_span_up_again(database: Database) -> None:
    begin = NOW - NOW % 3600
    rolling = Rolling(database)
    for number in (1, 2):
        one = reading(number, at=(begin + number) * 1000)
        keep(database, check_in(one), now=begin + 86_400)
        assert rolling.roll_up(now=begin + 86_400) == 1
    (row,) = all_of(database, tables.five_minutes)
    assert row["readings"] == 2


def test_each_kind_of_row_is_dropped_when_it_is_old_enough(database: Database) -> None:
    keep(database, check_in(entries=(entry(),)))
    rolling = Rolling(database)
    rolling.roll_up(now=NOW + SPAN)
    kept = {table.name: days for table, days in _kept().items()}
    for days in (6, 8, 91, 731):
        rolling.forget(now=NOW + days * 86_400)
        there = {name: bool(all_of(database, tables.metadata.tables[name])) for name in kept}
        assert there == {name: days <= limit for name, limit in kept.items()}


def _kept() -> dict[sa.Table, int]:
    from fleet.store.rolling import KEPT_DAYS

    return KEPT_DAYS


def test_a_certificate_admits_its_terminal_until_it_is_revoked(database: Database) -> None:
    ca = authority("CA")
    inventory, known = Inventory(database), Known(database)
    number = inventory.add("terminal-1")
    assert inventory.add("terminal-1") == number
    der = []
    for _ in range(2):
        certificate = issue("terminal-1", ca).certificate
        inventory.admit(number, certificate)
        inventory.admit(number, certificate)
        der.append(certificate.public_bytes(_der()))
    assert known.caller(der[0]) is None
    known.refresh()
    callers = [known.caller(one) for one in der]
    assert [caller and caller.terminal for caller in callers] == [number, number]
    assert callers[0] is not None
    assert inventory.revoke(callers[0].fingerprint)
    assert not inventory.revoke("0" * 64)
    known.refresh()
    assert known.caller(der[0]) is None
    assert known.caller(der[1]) is not None
    assert inventory.retire(number)
    known.refresh()
    assert known.caller(der[1]) is None


def _der() -> Any:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


def test_a_batch_keeps_the_newest_state_of_each_terminal_once() -> None:
    made = rows(
        [
            Told(2, check_in(reading(4)), NOW),
            Told(1, check_in(reading(9)), NOW),
            Told(1, check_in(reading(8)), NOW),
        ]
    )
    assert [(row["terminal"], row["sequence"]) for row in made.latest] == [(1, 9), (2, 4)]
    assert len(made.readings) == 3
    assert replace(made).dirty == {one - one % SPAN for one in (row["at"] for row in made.readings)}
