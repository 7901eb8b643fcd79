"""The register decides against its population, and says no more than the verdict."""

import contextlib
import json
import sqlite3
from pathlib import Path

import msgspec
import pytest

from tests.support.delivery import key_of, sealed_for
from tests.support.enrolment_records import record
from tests.support.register import running_register

pytestmark = pytest.mark.server

PEOPLE = """
[[person]]
number = "A123456(3)"
name = "CHAN, Tai Man"
birth = "19700131"
sex = "M"
issued = "20190401"
"""


@pytest.mark.parametrize(
    ("issued", "verdict", "reason"),
    [
        ("20190401", "accepted", None),
        ("20050101", "rejected", "card_replaced"),
        ("20260101", "refer", "card_unknown"),
    ],
)
def test_the_date_of_issue_finds_a_replaced_card(
    fresh: Path, issued: str, verdict: str, reason: str | None
) -> None:
    (fresh / "population.toml").write_text(PEOPLE)
    content = msgspec.structs.replace(
        record(), name="CHAN, Tai Man", birth="19700131", issued=issued
    )
    with running_register(fresh) as register:
        way = register.transport()
        sealed = sealed_for(fresh, content)
        assert way.put(content.record_id, sealed, key_id=key_of(fresh)).status == 201
        said = json.loads(way.standing(content.record_id).body)
    assert said == {"verdict": verdict, "linked": False}
    with contextlib.closing(sqlite3.connect(fresh / "register.db")) as database:
        kept = database.execute("SELECT reason, sealed IS NULL FROM records").fetchall()
    # Only a referral is still needed by somebody.
    assert kept == [(reason, verdict != "refer")]
