"""Saved selections, and places that name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.access.roles import Grant, Person, Right, Role
from fleet.selection import BadSelection, expanded, meant
from fleet.store.database import Database
from fleet.store.groups import Groups
from tests.support.console import somebody

ADA = somebody(Role.OPERATOR, name="ada")
HERE = {"district": "sha_tin", "name": "terminal-1", "tag": "pilot"}
GROUPS = {"north": "district:sha_tin tag:pilot", "tall": "tag:tall"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("group:north", True),
        ("GROUP:North terminal", True),
        ("-group:north", False),
        ("group:tall", False),
        ("-group:tall group:north", True),
        ("group:north district:islands", False),
    ],
)
def test_a_group_means_what_was_saved(text: str, holds: bool) -> None:  # noqa: FBT001
    assert meant(text, GROUPS)(HERE) is holds


def test_a_group_that_there_is_not_means_nothing() -> None:
    for text in ("group:none", "-group:none"):
        with pytest.raises(BadSelection):
            meant(text, GROUPS)


@given(st.sampled_from(["group:north", "group:tall group:north", "name:terminal-1 group:tall"]))
def test_what_is_expanded_means_the_same(text: str) -> None:
    assert meant(expanded(text, GROUPS))(HERE) is meant(text, GROUPS)(HERE)


def test_a_place_is_no_groups_outside() -> None:
    with pytest.raises(BadSelection):
        expanded("-group:north", GROUPS)


@pytest.mark.parametrize(
    ("name", "selection"),
    [
        ("", "tag:a"),
        ("Big", "tag:a"),
        ("a b", "tag:a"),
        ("a", ""),
        ("a", "  "),
        ("a", "colour:red"),
        ("a", "group:b"),
        ("x" * 33, "tag:a"),
    ],
)
def test_what_is_no_group_is_not_saved(database: Database, name: str, selection: str) -> None:
    kept = Groups(database)
    with pytest.raises(BadSelection):
        kept.save(name, selection, by=ADA)
    assert kept.all() == []


def test_a_group_is_saved_changed_and_dropped(database: Database) -> None:
    kept = Groups(database)
    kept.save("north", "district:north", by=ADA)
    kept.save("north", "District:North tag:new", by=ADA)
    assert kept.selections() == {"north": "district:north tag:new"}
    assert kept.drop("north")
    assert not kept.drop("north")


def test_a_place_moves_with_its_group_and_is_void_without_it(database: Database) -> None:
    kept = Groups(database)
    who = somebody(Role.OPERATOR, "group:north")
    assert kept.placed(who).grants == ()
    assert not kept.placed(who).may(Right.LOOK)
    kept.save("north", "district:sha_tin", by=ADA)
    assert kept.placed(who).reaches(HERE, Right.WORK)
    kept.save("north", "district:islands", by=ADA)
    assert not kept.placed(who).reaches(HERE, Right.WORK)
    both = Person("x", "x", (Grant(Role.VIEWER), Grant(Role.OPERATOR, "group:gone")))
    assert kept.placed(both).grants == (Grant(Role.VIEWER),)
