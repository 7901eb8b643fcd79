"""When a terminal is there, when it is ill, and when nobody can say."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fleet.health
from fleet.health.hours import HONG_KONG, Hours
from fleet.health.measures import MEASURES, SAID, Subject, Visits, said
from fleet.health.outage import inhibited, outages
from fleet.health.presence import STALE_S, Presence, Standing, heard, looked, retired
from fleet.health.rules import (
    BadRules,
    Result,
    Rule,
    Rules,
    Severity,
    Silence,
    State,
    is_finding,
    judged,
    parse,
)
from tests.support.readings import WELL, reading
from wire.checkin import Host, Parts, Reading, Sessions, Supply
from wire.failures import Failure
from wire.message import DeviceState
from wire.screen import Screen

PAUSE = 30.0
SHIPPED = (Path(fleet.health.__file__).parent / "rules.toml").read_text()
RULES: Rules = parse(SHIPPED)


def rule(name: str) -> Rule:
    return next(one for one in RULES.rule if one.id == name)


def silent_for(*seconds: float, standing: Standing | None = None) -> list[Presence]:
    standing = standing or heard(Standing(), 1000.0)
    seen = []
    for one in seconds:
        standing = looked(standing, 1000.0 + one, pause_s=PAUSE)
        seen.append(standing.presence)
    return seen


def test_a_terminal_that_never_spoke_is_never_seen_however_long_one_waits() -> None:
    assert looked(Standing(), 1e9, pause_s=PAUSE).presence is Presence.NEVER_SEEN


def test_silence_leads_from_online_over_late_and_offline_to_stale() -> None:
    assert silent_for(45, 46, 104, 105, STALE_S - 1, STALE_S) == [
        Presence.ONLINE,
        Presence.LATE,
        Presence.LATE,
        Presence.OFFLINE,
        Presence.OFFLINE,
        Presence.STALE,
    ]


def test_a_fleet_that_was_asked_to_be_slow_is_not_late() -> None:
    standing = looked(heard(Standing(), 0.0), 600.0, pause_s=600.0)
    assert standing.presence is Presence.ONLINE


def test_one_that_was_late_is_back_at_once_and_one_that_was_offline_after_two() -> None:
    late = looked(heard(Standing(), 0.0), 60.0, pause_s=PAUSE)
    assert heard(late, 61.0).presence is Presence.ONLINE
    offline = looked(late, 200.0, pause_s=PAUSE)
    once = heard(offline, 201.0)
    assert once.presence is Presence.OFFLINE
    assert heard(once, 230.0).presence is Presence.ONLINE


def test_a_single_word_in_each_silence_is_not_believed() -> None:
    standing = looked(heard(Standing(), 0.0), 200.0, pause_s=PAUSE)
    for turn in range(1, 6):
        standing = heard(standing, 1000.0 * turn)
        standing = looked(standing, 1000.0 * turn + 300, pause_s=PAUSE)
        assert standing.presence is Presence.OFFLINE
    assert standing.flaps == 1


def test_retired_is_for_ever() -> None:
    gone = retired(heard(Standing(), 0.0), 5.0)
    assert heard(heard(gone, 6.0), 7.0).presence is Presence.RETIRED
    assert looked(gone, 1e9, pause_s=PAUSE).presence is Presence.RETIRED


@given(st.lists(st.tuples(st.booleans(), st.floats(1, 400)), max_size=60))
def test_a_terminal_flaps_no_more_often_than_it_was_silent_for_three_pauses(
    story: list[tuple[bool, float]],
) -> None:
    standing, now, silences, last = heard(Standing(), 0.0), 0.0, 0, 0.0
    for speaks, wait_s in story:
        now += wait_s
        if speaks:
            silences += now - last >= 3 * PAUSE
            standing, last = heard(looked(standing, now, pause_s=PAUSE), now), now
        else:
            standing = looked(standing, now, pause_s=PAUSE)
    assert standing.flaps <= silences + 1
    assert standing.since <= now


MONDAY = datetime(2026, 11, 23, tzinfo=HONG_KONG)


def at(hours: float) -> float:
    return (MONDAY + timedelta(hours=hours)).timestamp()


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [
        (Hours(9 * 60, 18 * 60, 0b11111), [9, 17.99, 33], [8.99, 18, 5 * 24 + 12]),
        (Hours(22 * 60, 6 * 60, 0b1), [22, 23.9, 24, 29.9], [5, 12, 30, 48]),
        (Hours(0, 0, 0b1), [0, 12, 23.9], [24, 30]),
        (Hours(closed_on=frozenset({date(2026, 11, 24)})), [0, 23.9, 48], [24, 47.9]),
    ],
    ids=["day", "night", "all day", "holiday"],
)
def test_a_site_is_open_in_its_hours_on_its_days(
    hours: Hours, open_at: list[float], closed_at: list[float]
) -> None:
    assert all(hours.is_open(at(one)) for one in open_at)
    assert not any(hours.is_open(at(one)) for one in closed_at)


def test_how_long_a_site_has_been_open_is_known_to_the_second() -> None:
    hours = Hours(9 * 60, 18 * 60)
    assert hours.open_for_s(at(9) + 90.5, at_most=3600) == pytest.approx(90.5, abs=60)
    assert hours.open_for_s(at(15), at_most=3600) == 3600
    assert hours.open_for_s(at(8), at_most=3600) == 0


def test_hong_kong_is_eight_hours_ahead() -> None:
    assert Hours(9 * 60, 10 * 60).is_open(datetime(2026, 7, 1, 1, 30, tzinfo=UTC).timestamp())


def gone_at(since: float) -> Standing:
    return Standing(Presence.OFFLINE, since, since - 100)


def test_a_district_that_falls_silent_is_one_finding_and_inhibits_the_others() -> None:
    standings = {n: gone_at(1000.0 + 50 * n) for n in range(4)}
    standings |= {n: heard(Standing(), 1000.0) for n in range(4, 6)}
    standings |= {9: gone_at(1000.0), 10: heard(Standing(), 1.0)}
    districts = dict.fromkeys(range(6), "islands") | {9: "north", 10: "north"}
    (silent,) = outages(standings, districts)
    assert (silent.district, silent.since, silent.expected) == ("islands", 1000.0, 6)
    assert inhibited([silent]) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    "since", [[0, 5000, 10_000, 15_000], [0, 10]], ids=["one after another", "too few"]
)
def test_terminals_that_went_for_reasons_of_their_own_are_no_outage(since: list[float]) -> None:
    standings = {n: gone_at(one) for n, one in enumerate(since)}
    assert outages(standings, dict.fromkeys(standings, "north")) == ()


def look(name: str, *seen: tuple[float, Reading], open_for_s: float = 1e6) -> list[Result]:
    state, results = State(), []
    for now, one in seen:
        state = judged(rule(name), state, Subject(one), now, open_for_s=open_for_s)
        results.append(state.result)
    return results


def with_reader(state: DeviceState) -> Reading:
    return reading(parts=Parts(state, *[DeviceState.READY] * 3))


def test_illness_must_last_and_its_end_must_be_clear() -> None:
    hot, warm, cool = (reading(host=Host(temperature_c=one)) for one in (90.0, 80.0, 70.0))
    seen = [(0, hot), (599, hot), (600, hot), (660, warm), (720, cool), (780, warm)]
    assert look("host.hot", *seen) == [
        Result.PENDING,
        Result.PENDING,
        Result.ILL,
        Result.ILL,
        Result.WELL,
        Result.WELL,
    ]


def test_a_condition_that_breaks_off_begins_anew() -> None:
    hot, cool = reading(host=Host(temperature_c=90.0)), reading(host=Host(temperature_c=40.0))
    assert look("host.hot", (0, hot), (500, cool), (501, hot), (1000, hot))[-1] is Result.PENDING


def test_no_data_is_neither_well_nor_ill_and_does_not_clear_an_illness() -> None:
    unknown = with_reader(DeviceState.UNKNOWN)
    faulty, ready = with_reader(DeviceState.FAULTY), with_reader(DeviceState.READY)
    assert look("reader.out", (0, unknown)) == [Result.NO_DATA]
    seen = look("reader.out", (0, faulty), (60, faulty), (90, unknown), (120, ready))
    assert seen == [Result.PENDING, Result.ILL, Result.ILL, Result.WELL]


def test_no_data_is_told_where_it_matters() -> None:
    state = State(Result.NO_DATA, 0.0)
    assert not is_finding(rule("reader.out"), state, 599)
    assert is_finding(rule("reader.out"), state, 600)
    assert not is_finding(rule("host.hot"), state, 1e9)


def test_a_screen_that_should_move_on_and_does_not_is_stuck() -> None:
    stuck = reading(screen=Screen.TAKING_PHOTO, screen_s=1000)
    waiting = reading(screen=Screen.ATTRACT, screen_s=100_000)
    assert look("screen.stuck", (0, stuck), (60, stuck))[-1] is Result.ILL
    assert look("screen.stuck", (0, waiting), (60, waiting))[-1] is Result.WELL
    assert look("screen.stuck", (0, stuck), (60, stuck), open_for_s=600)[-1] is Result.NO_DATA


def falling(completed: int, started: int, *, usual: tuple[int, int] = (800, 1000)) -> float | None:
    recent = Sessions(started=started, completed=completed)
    before = Sessions(started=usual[1], completed=usual[0])
    return MEASURES["completion_falling"](Subject(reading(), Visits(recent, before)))


def test_fewer_completed_visits_than_chance_explains_are_falling() -> None:
    above = rule("completion.falling").above
    assert above is not None
    assert (falling(16, 20) or 0) < 1
    assert (falling(12, 20) or 0) < above
    assert (falling(5, 20) or 0) > above
    assert (falling(0, 40) or 0) > above


def test_too_few_visits_say_nothing() -> None:
    assert falling(0, 5) is None
    assert falling(0, 40, usual=(3, 4)) is None
    assert MEASURES["completion_falling"](Subject(reading())) is None


def test_paper_that_is_out_is_out_whatever_the_estimate_says() -> None:
    measure = MEASURES["paper_left"]
    assert measure(Subject(reading(paper=Supply.OUT, paper_left=0.5))) == 0
    assert measure(Subject(reading(paper_left=0.5))) == 0.5
    assert measure(Subject(reading())) is None


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_answers_for_a_terminal_that_is_well_and_is_used(name: str) -> None:
    assert name in {one.measure for one in RULES.rule}
    value = MEASURES[name](Subject(reading(parts=WELL)))
    assert value is None or isinstance(value, float)


def test_a_terminal_that_is_well_is_ill_by_no_rule() -> None:
    for one in RULES.rule:
        states = [State()]
        for now in range(0, 7200, 60):
            states.append(judged(one, states[-1], Subject(reading()), now, open_for_s=1e6))
        assert Result.ILL not in {state.result for state in states}, one.id


def test_the_shipped_rules_name_failures_that_exist() -> None:
    assert RULES.version >= 1
    assert {one.failure for one in RULES.rule} <= set(Failure)
    assert {one.severity for one in RULES.rule} <= set(Severity)
    assert {one.silence for one in RULES.rule} <= set(Silence)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("above = 85", "above = 85\nbelow = 3"),
        ("above = 85\n", ""),
        ("clear = 75", "clear = 95"),
        ('measure = "temperature_c"', 'measure = "temperatur"'),
        ('failure = "host.hot"', 'failure = "host.cold"'),
        ('id = "host.hot"', 'id = "clock.wrong"'),
        ("for_s = 600", "for_s = -1"),
        ("version = 1", "version = 1\nsurprise = 2"),
        ("version = 1", "version ="),
    ],
)
def test_rules_that_cannot_be_used_are_refused(old: str, new: str) -> None:
    assert old in SHIPPED
    with pytest.raises(BadRules):
        parse(SHIPPED.replace(old, new, 1))


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_can_be_said(name: str) -> None:
    assert set(SAID) == set(MEASURES)
    assert "{" not in said(name, 2.0)


def test_what_is_said_is_in_units_that_people_use() -> None:
    assert said("stuck_s", 3600) == "a screen that moves on by itself has stood for 60 minutes"
    assert said("reader", 3) == "the card reader is missing"
    assert said("disk_free", 0.043) == "4.3% of the disk is free"
