"""The audit: nothing leaves it, nothing in it changes unseen, and a copy proves it."""

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from fleet.access.roles import Role
from fleet.audit import __main__ as command
from fleet.audit.book import DAY_S, Audit
from fleet.audit.chain import FIRST, Entry, hashed
from fleet.audit.export import judged, lines
from fleet.audit.heads import sign
from fleet.audit.key import load_or_make
from fleet.migrations.upgrade import upgrade
from fleet.store.database import Database
from tests.support.console import NOW, somebody

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key()
WHO = somebody(Role.OPERATOR)


def chain(count: int) -> list[Entry]:
    made: list[Entry] = []
    head = FIRST
    for number in range(1, count + 1):
        entry = Entry(number, NOW + number, "id", "name", "act", "/subject", "{}")
        head = hashed(entry, head)
        made.append(msgspec.structs.replace(entry, hash=head))
    return made


def exported(count: int = 6) -> list[bytes]:
    entries = chain(count)
    heads = [sign(1, 3, entries[2].hash, KEY), sign(2, count, entries[-1].hash, KEY)]
    return list(lines(entries, heads))


def test_a_whole_export_holds() -> None:
    verdict = judged(exported(), PUBLIC)
    assert (verdict.entries, verdict.heads, verdict.fault) == (6, 2, "")


@given(st.integers(1, 6), st.sampled_from(["at", "who", "name", "act", "subject", "detail"]))
def test_no_entry_changes_unseen(line: int, place: str) -> None:
    content = exported()
    read: Any = msgspec.json.decode(content[line])
    read["entry"][place] = 1 if place == "at" else "another"
    content[line] = msgspec.json.encode(read)
    assert judged(content, PUBLIC).fault == f"broken at entry {line}"


@given(st.integers(1, 8))
def test_no_line_is_missing_unseen(line: int) -> None:
    content = exported()
    del content[line]
    verdict = judged(content, PUBLIC)
    assert verdict.fault or verdict.heads < 2


def test_a_chain_made_anew_does_not_fit_the_signed_heads() -> None:
    content = exported()
    forged = list(lines(chain(7)[1:], []))
    other = chain(6)
    other[0] = msgspec.structs.replace(other[0], who="somebody else")
    head = FIRST
    for index, entry in enumerate(other):
        head = hashed(entry, head)
        other[index] = msgspec.structs.replace(entry, hash=head)
    forged = [*lines(other, ()), *content[-2:]]
    assert judged(forged, PUBLIC).fault == "the head of day 1 is of another chain"


def test_a_head_of_another_key_is_not_believed() -> None:
    entries = chain(3)
    forged = lines(entries, [sign(1, 3, entries[-1].hash, Ed25519PrivateKey.generate())])
    assert judged(forged, PUBLIC).fault == "the head of day 1 is not signed"


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_file_is_judged(content: list[bytes]) -> None:
    assert judged(content, PUBLIC).fault


def test_what_is_added_hangs_together_whoever_adds_it(database: Database) -> None:
    audit = Audit(database, KEY)

    def add() -> None:
        for number in range(10):
            audit.add(WHO, "act", "/subject", {"n": str(number)}, now=NOW)

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = judged(lines(audit.entries(), audit.heads()), PUBLIC)
    assert (verdict.entries, verdict.fault) == (30, "")


def test_each_whole_day_is_signed_once(database: Database) -> None:
    audit = Audit(database, KEY)
    assert audit.sign_yesterday(now=NOW) is None
    audit.add(WHO, "act", "", {}, now=NOW)
    assert audit.sign_yesterday(now=NOW) is None, "today is not over"
    assert audit.sign_yesterday(now=NOW + DAY_S) is not None
    assert audit.sign_yesterday(now=NOW + DAY_S) is None
    assert judged(lines(audit.entries(), audit.heads()), PUBLIC).heads == 1


def test_the_newest_are_shown_first_and_older_ones_on_request(database: Database) -> None:
    audit = Audit(database, KEY)
    for number in range(5):
        audit.add(WHO, f"act {number}", "", {}, now=NOW)
    assert [one.number for one in audit.latest(2)] == [5, 4]
    assert [one.number for one in audit.latest(2, before=4)] == [3, 2]


def test_what_is_filled_in_is_kept_within_bounds(database: Database) -> None:
    audit = Audit(database, KEY)
    audit.add(WHO, "a" * 500, "s" * 500, {f"f{n}": "x" * 5000 for n in range(20)}, now=NOW)
    entry = audit.latest(1)[0]
    assert (len(entry.act), len(entry.subject)) == (80, 200)
    assert entry.detail == '{"fields":20}'


def test_an_auditor_needs_a_file_and_a_public_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'fleet.db'}")
    upgrade(database.engine)
    audit = Audit(database, load_or_make(tmp_path))
    audit.add(WHO, "act", "", {}, now=NOW)
    audit.sign_yesterday(now=NOW + DAY_S)
    database.close()
    out = tmp_path / "audit.jsonl"
    assert command.main(["export", "--data", str(tmp_path), "--to", str(out)]) == 0
    key = ["--key", str(tmp_path / "audit.pub")]
    assert command.main(["verify", str(out), *key]) == 0
    assert "1 entries, 1 signed heads: all holds" in capsys.readouterr().out
    out.write_bytes(out.read_bytes().replace(b'"act":"act"', b'"act":"oops"'))
    assert command.main(["verify", str(out), *key]) == 1


def test_the_key_is_made_once_and_for_the_server_alone(tmp_path: Path) -> None:
    first, second = load_or_make(tmp_path), load_or_make(tmp_path)
    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert (tmp_path / "audit.key").stat().st_mode & 0o077 == 0
    public = first.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert (tmp_path / "audit.pub").read_bytes() == public
