"""An edit, a cut or a gap breaks the trail."""

import contextlib
import hashlib
import json
import resource
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.audit.trail import Trail, TrailBroken, TrailUnwritable, verify
from wire.trail_head import GENESIS, TrailHead, parse

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
    head = verify(trail)
    assert head.count == ENTRIES
    assert head.hash == json.loads(trail.read_text().splitlines()[-1])["hash"]


def test_a_trail_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert verify(tmp_path / "none") == TrailHead(0, GENESIS)


def test_the_time_of_an_entry_is_utc(trail: Path) -> None:
    assert json.loads(trail.read_text().splitlines()[0])["at"] == "2026-11-23T01:30:00.000+00:00"


def test_an_entry_is_on_disk_before_the_next_line_runs(tmp_path: Path) -> None:
    kept = Trail(tmp_path / "trail", now=now)
    kept.append("session.opened", {})
    assert verify(tmp_path / "trail") == kept.head
    assert kept.head.count == 1
    kept.close()


def test_a_trail_goes_on_after_a_restart(trail: Path) -> None:
    again = Trail(trail, now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    again.append("terminal.started", {})
    again.close()
    assert verify(trail).count == ENTRIES + 1


def test_its_owner_writes_it_and_its_group_reads_it(trail: Path) -> None:
    assert trail.stat().st_mode & 0o777 == 0o640, "sync, of the same group, follows it"


def test_an_edit_is_found(trail: Path) -> None:
    altered(trail, lambda lines: [lines[0].replace('"ms": 0', '"ms": 9'), *lines[1:]])
    with pytest.raises(TrailBroken, match="line 1"):
        verify(trail)


def test_an_edit_with_a_new_hash_breaks_the_entry_after_it(trail: Path) -> None:
    def edit(lines: list[str]) -> list[str]:
        entry = json.loads(lines[0])
        del entry["hash"]
        body = json.dumps(entry | {"with": {"ms": 9}})
        entry = json.loads(body)
        entry["hash"] = hashlib.sha256(f"{GENESIS}{body}".encode()).hexdigest()
        return [json.dumps(entry), *lines[1:]]

    altered(trail, edit)
    with pytest.raises(TrailBroken, match="line 2"):
        verify(trail)


def test_an_edit_that_means_the_same_is_found(trail: Path) -> None:
    altered(trail, lambda lines: [lines[0].replace('"ms": 0', '"ms":  0'), *lines[1:]])
    with pytest.raises(TrailBroken, match="line 1"):
        verify(trail)


def test_an_entry_is_json_that_says_when_and_what(trail: Path) -> None:
    entries = [json.loads(line) for line in trail.read_text().splitlines()]
    assert [entry["n"] for entry in entries] == list(range(ENTRIES))
    assert {entry["event"] for entry in entries} == {"card.read"}
    assert [entry["with"] for entry in entries] == [{"ms": count} for count in range(ENTRIES)]


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
    assert verify(trail).count == ENTRIES + 1


@contextlib.contextmanager
def full_disk(trail: Path) -> Iterator[None]:
    """Let files grow by twenty bytes and no more, as on a full disk.

    The limit holds for the whole process: nothing may be reported while it lasts.
    """
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (trail.stat().st_size + 20, unlimited[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        signal.signal(signal.SIGXFSZ, ignored)


def test_what_a_full_disk_does_not_take_is_said_with_a_code(trail: Path) -> None:
    kept = Trail(trail, now=now)
    with full_disk(trail), pytest.raises(TrailUnwritable) as caught:
        kept.append("card.read", {"ms": 9})
    kept.close()
    assert caught.value.code == "trail.unwritable"


def test_a_trail_that_lost_an_entry_takes_no_other(trail: Path) -> None:
    kept = Trail(trail, now=now)
    for _ in range(2):
        with full_disk(trail), pytest.raises(TrailUnwritable):
            kept.append("card.read", {"ms": 9})
    with pytest.raises(TrailUnwritable):
        kept.append("card.read", {"ms": 9})
    kept.close()
    again = Trail(trail, now=now)
    again.append("terminal.started", {})
    again.close()
    assert verify(trail).count == ENTRIES + 1


@given(position=st.integers(0), value=st.binary(min_size=1, max_size=1))
def test_no_byte_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, position: int, value: bytes
) -> None:
    path = tmp_path_factory.mktemp("trail") / "trail"
    kept = Trail(path, now=now)
    for count in range(ENTRIES):
        kept.append("card.read", {"ms": count})
    kept.close()
    content = path.read_bytes()
    at = position % len(content)
    wrong = content[:at] + value + content[at + 1 :]
    path.write_bytes(wrong)
    if wrong == content:
        assert verify(path) == kept.head
    else:
        with pytest.raises(TrailBroken):
            verify(path)


def test_two_entries_that_change_places_are_found(trail: Path) -> None:
    altered(trail, lambda lines: [lines[1], lines[0], *lines[2:]])
    with pytest.raises(TrailBroken):
        verify(trail)


def remade(path: Path, entries: int) -> None:
    """Make the trail anew from its beginning, with other entries and right hashes."""
    path.unlink()
    kept = Trail(path, now=now)
    for count in range(entries):
        kept.append("card.read", {"ms": 100 + count})
    kept.close()


@pytest.mark.parametrize("more", [-1, 0, 3])
def test_a_trail_made_anew_is_found_by_its_anchor_however_long_it_is(
    trail: Path, more: int
) -> None:
    anchor = verify(trail)
    remade(trail, ENTRIES + more)
    assert verify(trail).count == ENTRIES + more
    with pytest.raises(TrailBroken, match="anchored"):
        Trail(trail, now=now, anchor=anchor)


@pytest.mark.parametrize("lines", [0, 1, ENTRIES - 1])
def test_a_cut_at_the_end_is_found_by_the_anchor(trail: Path, lines: int) -> None:
    anchor = verify(trail)
    altered(trail, lambda all_lines: all_lines[:lines])
    verify(trail)
    with pytest.raises(TrailBroken, match="anchored"):
        verify(trail, anchor=anchor)


def test_a_trail_that_grew_on_from_its_anchor_holds(trail: Path) -> None:
    anchor = verify(trail)
    again = Trail(trail, now=now, anchor=anchor)
    again.append("terminal.started", {})
    again.close()
    assert verify(trail, anchor=anchor).count == ENTRIES + 1
    assert verify(trail, anchor=TrailHead()).count == ENTRIES + 1


@given(st.integers(0, 10**15 - 1), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_head_travels_as_text(count: int, digest: str) -> None:
    assert parse(str(TrailHead(count, digest))) == TrailHead(count, digest)


@given(st.text())
def test_any_other_text_is_no_head(text: str) -> None:
    assert parse(text) is None or str(parse(text)) == text


def test_a_shorter_or_another_trail_contradicts_a_head() -> None:
    known = TrailHead(5, "a" * 64)
    assert known.contradicts(TrailHead(4, "b" * 64))
    assert known.contradicts(TrailHead(5, "b" * 64))
    assert not known.contradicts(known)
    assert not known.contradicts(TrailHead(6, "b" * 64))


def test_nothing_is_appended_to_a_broken_trail(trail: Path) -> None:
    altered(trail, lambda lines: lines[1:])
    before = trail.read_bytes()
    with pytest.raises(TrailBroken):
        Trail(trail, now=now)
    assert trail.read_bytes() == before


@pytest.mark.parametrize(
    "line",
    [b"", b"7", b"[]", b"null", b'"text"', b"{}", b'{"hash": 1}', b"{", b"\xff", b"[" * 100_000],
    ids=lambda line: line[:10].hex(),
)
def test_a_line_that_is_no_entry_is_found(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "trail"
    path.write_bytes(line + b"\n")
    with pytest.raises(TrailBroken, match="line 1"):
        verify(path)
