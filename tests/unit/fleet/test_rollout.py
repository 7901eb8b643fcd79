"""A rollout goes on when it is well, waits when it cannot know, and stops when it does harm."""

import random
from dataclasses import replace

import pytest

from fleet.rollout.decide import Act, Member, Progress, Reason, decide
from fleet.rollout.plan import CANARIES_OF_A_KIND, HOUR_S, Place, Plan, Wave, canaries, wave_of
from fleet.rollout.stop import Sessions, failing, sessions_fell, too_many_fail
from fleet.simulated.releases import RELEASES, Release, by_our_rule
from wire.rollout import BUCKETS, Network

PLAN = Plan()
NOW = 100 * HOUR_S
SOAKED = NOW - 25 * HOUR_S


def members(
    progress: Progress, count: int, *, since_s: float = SOAKED, wave: int = 0
) -> list[Member]:
    return [
        Member(f"{progress}-{number}", wave, progress, since_s, heard_s=NOW)
        for number in range(count)
    ]  # fmt: skip


def test_canaries_that_were_well_for_their_soak_let_the_next_wave_go() -> None:
    said = decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 6), NOW)
    assert (said.act, said.reason) == (Act.NEXT_WAVE, Reason.WELL)


def test_the_soak_counts_from_the_moment_enough_were_well() -> None:
    late = members(Progress.CONFIRMED, 1, since_s=NOW - HOUR_S)
    said = decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 6) + late, NOW)
    assert (said.act, said.reason) == (Act.WAIT, Reason.SOAKING)


def test_unconfirmed_canaries_hold_the_rollout_and_are_told_in_the_end() -> None:
    some = members(Progress.CONFIRMED, 4) + members(Progress.WAITING, 2)
    assert decide(PLAN, 0, SOAKED, some, NOW).reason is Reason.UNCONFIRMED
    assert decide(PLAN, 0, NOW - 31 * HOUR_S, some, NOW).reason is Reason.STALLED


def test_who_is_away_neither_holds_nor_counts() -> None:
    away = [replace(one, heard_s=0.0) for one in members(Progress.WAITING, 20)]
    said = decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 6) + away, NOW)
    assert said.act is Act.NEXT_WAVE
    assert said.reachable == 6


def test_who_was_there_when_it_was_offered_and_fell_silent_holds_the_wave() -> None:
    """Perhaps it switched, and could not even say so."""
    gone = [replace(one, heard_s=SOAKED + 60) for one in members(Progress.WAITING, 1)]
    said = decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 6) + gone, NOW)
    assert (said.act, said.reason) == (Act.WAIT, Reason.UNCONFIRMED)
    later = NOW + 10 * HOUR_S
    said = decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 6) + gone, later)
    assert (said.act, said.reason) == (Act.WAIT, Reason.STALLED)


def test_silence_after_the_switch_is_failure() -> None:
    silent = members(Progress.SWITCHING, 2, since_s=NOW - HOUR_S)
    said = decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 4) + silent, NOW)
    assert (said.act, said.reason, said.failed) == (Act.STOP, Reason.FAILURES, 2)
    fresh = members(Progress.SWITCHING, 2, since_s=NOW - 60)
    assert decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 4) + fresh, NOW).act is Act.WAIT


def test_one_failure_alone_stops_nothing() -> None:
    one = members(Progress.UNDONE, 1)
    assert decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 40) + one, NOW).act is Act.NEXT_WAVE


def test_nobody_confirmed_is_never_well() -> None:
    assert decide(PLAN, 3, SOAKED, [], NOW).act is Act.WAIT


def test_the_last_wave_ends_the_rollout() -> None:
    said = decide(PLAN, 3, SOAKED, members(Progress.CONFIRMED, 100, wave=3), NOW)
    assert (said.act, said.reason) == (Act.DONE, Reason.WELL)


def test_later_waves_are_not_asked() -> None:
    later = members(Progress.UNDONE, 9, wave=2)
    assert decide(PLAN, 0, SOAKED, members(Progress.CONFIRMED, 6) + later, NOW).failed == 0


def test_citizens_who_give_up_stop_it() -> None:
    worse = [
        replace(one, before=Sessions(40, 30), after=Sessions(12, 4))
        for one in members(Progress.CONFIRMED, 6)
    ]
    said = decide(PLAN, 0, SOAKED, worse, NOW)
    assert (said.act, said.reason) == (Act.STOP, Reason.SESSIONS)


@pytest.mark.parametrize(
    ("before", "after", "fell"),
    [
        (Sessions(400, 300), Sessions(60, 27), True),
        (Sessions(400, 300), Sessions(60, 42), False),
        (Sessions(400, 300), Sessions(19, 0), False),
        (Sessions(19, 19), Sessions(60, 0), False),
        (Sessions(4000, 3000), Sessions(4000, 2900), False),
    ],
)
def test_a_fall_is_large_and_not_by_chance(
    before: Sessions, after: Sessions, *, fell: bool
) -> None:
    assert sessions_fell(before, after) is fell


def test_the_posterior_is_that_of_its_density_added_up() -> None:
    """The answers were integrated numerically from Beta(failed + 1, well + 1), above 0.02."""
    assert failing(0, 0) == pytest.approx(0.98)
    assert failing(2, 4) == pytest.approx(0.999_736_401)
    assert failing(2, 300) == pytest.approx(0.057_604_471)


@pytest.mark.parametrize(
    ("failed", "well", "stops"), [(0, 0, False), (1, 0, False), (2, 4, True), (2, 300, False)]
)
def test_two_failures_stop_a_few_and_not_many(failed: int, well: int, *, stops: bool) -> None:
    assert too_many_fail(failed, well) is stops


PLACES = [
    Place(f"t{number}", f"k{number % 3}", list(Network)[number % 7 == 0]) for number in range(100)
]


def test_each_kind_of_terminal_has_its_canaries() -> None:
    chosen = canaries("r-1", PLACES)
    by_name = {place.name: place for place in PLACES}
    kinds = [(by_name[name].model, by_name[name].network) for name in chosen]
    assert {kinds.count(kind) for kind in kinds} == {CANARIES_OF_A_KIND}
    assert set(kinds) == {(place.model, place.network) for place in PLACES}
    assert canaries("r-1", reversed(PLACES)) == chosen
    assert canaries("r-2", PLACES) != chosen


def test_a_kind_of_one_has_that_one() -> None:
    assert "lonely" in canaries("r-1", [*PLACES, Place("lonely", "k9", Network.MOBILE)])


def test_every_terminal_is_in_one_wave() -> None:
    waves = [wave_of("r-1", f"t{number}", PLAN, ("t3",)) for number in range(5000)]
    assert waves[3] == 0
    shares = [waves.count(wave) / 5000 for wave in range(4)]
    assert shares == pytest.approx([0.0002, 0.1, 0.3, 0.6], abs=0.03)


@pytest.mark.parametrize(
    "wrong",
    [
        {"waves": ()},
        {"waves": (Wave(10, 0), Wave(10, 0))},
        {"waves": (Wave(10, 0),)},
        {"waves": (Wave(-1, 0), Wave(BUCKETS, 0))},
        {"confirmed_share": 0.2},
        {"silent_after_s": 0.0},
    ],
    ids=str,
)
def test_a_plan_that_does_not_reach_all_is_not_built(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"waves|limits"):
        Plan(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_no_bad_release_reaches_the_fleet_and_no_good_one_is_stopped(release: Release) -> None:
    """A hundred simulated terminals; `python -m fleet.simulated.releases` tells more."""
    harmed, ended = by_our_rule(release, 100, random.Random(7))
    if release.name == "good":
        assert ended != "stopped"
    else:
        assert ended != "everywhere"
        assert harmed <= 8
