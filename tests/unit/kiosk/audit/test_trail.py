"""An edit, a cut or a gap breaks the trail."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.audit.trail import GENESIS, Trail, TrailBroken, verify

ENTRIES = 4
HONG_KONG = timezone(timedelta(hours=8))


def now() -> datetime:
    return datetime(2026, 11, 23, 9, 30, tzinfo=HONG_KONG)


@pytest.fixture
def trail(tmp_path: Path) -> Path:
    path = tmp_path / "trail.jsonl"
    kept = Trail(path, now=now)
    for count in range(ENTRIES):
        kept.append("card.read", {"ms": count})
    kept.close()
    return path


def altered(path: Path, change: Callable[[list[str]], list[str]]) -> Path:
    path.write_text("".join(f"{line}\n" for line in change(path.read_text().splitlines())))
    return path


def test_a_whole_trail_holds(trail: Path) -> None:
    count, head = verify(trail)
    assert count == ENTRIES
    assert head == json.loads(trail.read_text().splitlines()[-1])["hash"]


def test_a_trail_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert verify(tmp_path / "none") == (0, GENESIS)


def test_the_time_of_an_entry_is_utc(trail: Path) -> None:
    assert json.loads(trail.read_text().splitlines()[0])["at"] == "2026-11-23T01:30:00.000+00:00"


def test_an_entry_is_on_disk_before_the_next_line_runs(tmp_path: Path) -> None:
    kept = Trail(tmp_path / "trail", now=now)
    kept.append("session.opened", {})
    assert verify(tmp_path / "trail") == (1, kept.head)
    kept.close()


def test_a_trail_goes_on_after_a_restart(trail: Path) -> None:
    again = Trail(trail, now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    again.append("terminal.started", {})
    again.close()
    assert verify(trail)[0] == ENTRIES + 1


def test_only_its_owner_reads_it(trail: Path) -> None:
    assert trail.stat().st_mode & 0o777 == 0o600


def test_an_edit_is_found(trail: Path) -> None:
    altered(trail, lambda lines: [lines[0].replace('"ms": 0', '"ms": 9'), *lines[1:]])
    with pytest.raises(TrailBroken, match="line 1"):
        verify(trail)


def test_an_edit_with_a_new_hash_breaks_the_entry_after_it(trail: Path) -> None:
    def edit(lines: list[str]) -> list[str]:
        entry = json.loads(lines[0])
        del entry["hash"]
        entry["with"] = {"ms": 9}
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
        entry["hash"] = hashlib.sha256(f"{GENESIS}{text}".encode()).hexdigest()
        return [json.dumps(entry), *lines[1:]]

    altered(trail, edit)
    with pytest.raises(TrailBroken, match="line 2"):
        verify(trail)


def test_a_gap_is_found(trail: Path) -> None:
    altered(trail, lambda lines: [lines[0], *lines[2:]])
    with pytest.raises(TrailBroken, match="line 2"):
        verify(trail)


def test_a_cut_at_the_beginning_is_found(trail: Path) -> None:
    altered(trail, lambda lines: lines[1:])
    with pytest.raises(TrailBroken, match="line 1"):
        verify(trail)


def test_a_torn_last_line_is_found(trail: Path) -> None:
    altered(trail, lambda lines: [*lines[:-1], lines[-1][:20]])
    with pytest.raises(TrailBroken, match=f"line {ENTRIES}"):
        verify(trail)


@pytest.mark.parametrize("torn", [b'{"n": 4, "at"', bytes(40)])
def test_a_line_that_a_power_cut_tore_does_not_stop_the_terminal(trail: Path, torn: bytes) -> None:
    with trail.open("ab") as file:
        file.write(torn)
    again = Trail(trail, now=now)
    again.append("terminal.started", {})
    again.close()
    assert verify(trail)[0] == ENTRIES + 1


def test_two_entries_that_change_places_are_found(trail: Path) -> None:
    altered(trail, lambda lines: [lines[1], lines[0], *lines[2:]])
    with pytest.raises(TrailBroken):
        verify(trail)


def test_a_cut_at_the_end_shows_only_against_the_head_noted_elsewhere(trail: Path) -> None:
    _, head = verify(trail)
    altered(trail, lambda lines: lines[:-1])
    assert verify(trail)[1] != head


def test_nothing_is_appended_to_a_broken_trail(trail: Path) -> None:
    altered(trail, lambda lines: lines[1:])
    before = trail.read_bytes()
    with pytest.raises(TrailBroken):
        Trail(trail, now=now)
    assert trail.read_bytes() == before


@pytest.mark.parametrize("line", ["", "7", "[]", "null", '"text"', "{}", '{"hash": 1}', "{"])
def test_a_line_that_is_no_entry_is_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "trail"
    path.write_text(f"{line}\n")
    with pytest.raises(TrailBroken, match="line 1"):
        verify(path)


@given(position=st.integers(0, 10_000), value=st.sampled_from("0123456789abcdef"))
def test_no_character_of_a_hash_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, position: int, value: str
) -> None:
    path = tmp_path_factory.mktemp("trail") / "trail"
    kept = Trail(path, now=now)
    kept.append("session.opened", {})
    kept.close()
    entry = json.loads(path.read_text())
    at = position % len(entry["hash"])
    wrong = entry["hash"][:at] + value + entry["hash"][at + 1 :]
    path.write_text(json.dumps(entry | {"hash": wrong}) + "\n")
    if wrong == entry["hash"]:
        assert verify(path)[0] == 1
    else:
        with pytest.raises(TrailBroken):
            verify(path)
