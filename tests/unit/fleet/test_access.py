"""Who may do what, who is in, and the way in for emergencies."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.access.break_glass import MOST_TRIES, WHO, BreakGlass, NoToken, TooManyTries, load
from fleet.access.provider import Begun
from fleet.access.roles import FLEETWIDE, RIGHTS, Grant, Person, Right, Role, Rule, granted
from fleet.access.sessions import BREAK_GLASS_LASTS_S, LASTS_S, SIGN_IN_LASTS_S, Sessions
from fleet.store.database import Database
from fleet.store.tables import sessions
from tests.support.console import NOW, somebody

TOKEN = "a-token-of-at-least-24-letters"
SHA_TIN = {"district": "sha_tin", "name": "terminal-1"}
ISLANDS = {"district": "islands", "name": "terminal-2"}


def test_every_role_looks_and_no_role_does_everything() -> None:
    for role in Role:
        assert Right.LOOK in RIGHTS[role]
        assert RIGHTS[role] != frozenset(Right)


def test_who_works_and_who_judges_the_work_are_not_the_same_role() -> None:
    assert Right.READ_AUDIT not in RIGHTS[Role.OPERATOR]
    assert Right.WORK not in RIGHTS[Role.AUDITOR]
    assert Right.SILENCE_SECURITY not in RIGHTS[Role.OPERATOR]


def test_a_grant_holds_in_its_place_alone() -> None:
    who = somebody(Role.OPERATOR, "district:sha_tin")
    assert who.reaches(SHA_TIN, Right.WORK)
    assert not who.reaches(ISLANDS, Right.WORK)
    assert not who.may_everywhere(Right.LOOK)


def test_two_grants_do_not_add_up_to_a_third() -> None:
    who = Person(
        "a", "a", (Grant(Role.OPERATOR, "district:sha_tin"), Grant(Role.VIEWER, "district:islands"))
    )
    assert who.reaches(ISLANDS)
    assert not who.reaches(ISLANDS, Right.WORK)


@pytest.mark.parametrize("right", sorted(FLEETWIDE))
def test_what_is_not_about_terminals_needs_the_whole_fleet(right: Right) -> None:
    role = next(role for role in Role if right in RIGHTS[role])
    assert somebody(role).may(right)
    assert not somebody(role, "district:sha_tin").may(right)


@given(st.lists(st.text(max_size=8)))
def test_groups_that_no_rule_names_give_nothing(groups: list[str]) -> None:
    assert granted(groups, [Rule("one-of-the-operators", Role.OPERATOR)]) == ()


def test_each_group_gives_what_its_rules_say() -> None:
    rules = [Rule("a", Role.VIEWER), Rule("b", Role.OPERATOR, "district:sha_tin")]
    assert granted(["b", "c"], rules) == (Grant(Role.OPERATOR, "district:sha_tin"),)


def test_a_session_ends_by_itself(database: Database) -> None:
    kept = Sessions(database)
    cookie, lasts = kept.begin(somebody(Role.VIEWER), now=NOW)
    assert lasts == LASTS_S
    assert kept.who(cookie, now=NOW + LASTS_S - 1) == somebody(Role.VIEWER)
    assert kept.who(cookie, now=NOW + LASTS_S) is None


def test_a_session_ends_when_it_is_ended(database: Database) -> None:
    kept = Sessions(database)
    mine, theirs = (kept.begin(somebody(role), now=NOW)[0] for role in (Role.VIEWER, Role.AUDITOR))
    number = next(one.id for one in kept.open(now=NOW) if one.person == somebody(Role.AUDITOR))
    assert kept.end_number(number)
    assert not kept.end_number(number)
    assert kept.who(theirs, now=NOW) is None
    kept.end(mine)
    assert kept.who(mine, now=NOW) is None


def test_a_copied_database_opens_nothing(database: Database) -> None:
    cookie, _ = Sessions(database).begin(somebody(Role.VIEWER), now=NOW)
    with database.reading() as connection:
        row = connection.execute(sessions.select()).one()
    assert cookie not in str(tuple(row))
    assert Sessions(database).who(row.digest, now=NOW) is None


def test_no_other_cookie_opens(database: Database) -> None:
    kept = Sessions(database)
    kept.begin(somebody(Role.VIEWER), now=NOW)

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(max_size=80))
    def tried(cookie: str) -> None:
        assert kept.who(cookie, now=NOW) is None

    tried()


def test_whoever_left_for_the_provider_comes_back_once_and_in_time(database: Database) -> None:
    kept = Sessions(database)
    assert kept.leave(Begun("url", "state", "nonce", "verifier"), now=NOW)
    back = kept.come_back("state", now=NOW + 1)
    assert back is not None
    assert (back.nonce, back.verifier) == ("nonce", "verifier")
    assert kept.come_back("state", now=NOW + 1) is None
    assert kept.leave(Begun("url", "late", "nonce", "verifier"), now=NOW)
    assert kept.come_back("late", now=NOW + SIGN_IN_LASTS_S) is None


def test_an_emergency_is_short_and_seen(database: Database) -> None:
    kept = Sessions(database)
    assert not kept.glass_is_broken(now=NOW)
    _, lasts = kept.begin(WHO, now=NOW)
    assert lasts == BREAK_GLASS_LASTS_S
    assert kept.glass_is_broken(now=NOW)
    assert not kept.glass_is_broken(now=NOW + lasts)


def test_wrong_tokens_are_few_and_the_right_one_waits_too() -> None:
    glass = BreakGlass(TOKEN)
    for _ in range(MOST_TRIES):
        assert not glass.opens("another token of enough letters", now=NOW)
    with pytest.raises(TooManyTries):
        glass.opens(TOKEN, now=NOW + 899)
    assert glass.opens(TOKEN, now=NOW + 900)


def test_without_a_long_token_there_is_no_emergency_way(tmp_path: Path) -> None:
    with pytest.raises(NoToken):
        load(tmp_path / "console.token")
    (tmp_path / "console.token").write_text("short")
    with pytest.raises(NoToken):
        load(tmp_path / "console.token")
    (tmp_path / "console.token").write_text(f"{TOKEN}\n")
    assert load(tmp_path / "console.token").opens(TOKEN, now=NOW)
