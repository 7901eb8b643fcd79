"""Foreign logs are read on from where they stood; templates and counts are told, never a line."""

import contextlib
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.foreign_logs import MOST_LINES, Followed, follow, noticed
from kiosk.sync.journal import SystemJournal
from kiosk.sync.journal_export import BadExport, ExportedJournal
from kiosk.sync.spool import Progress
from wire.checkin import MOST_NOTICED, Source
from wire.log_words import WORDS, said


def entry(message: str | bytes, **fields: str) -> bytes:
    fields = fields or {"_TRANSPORT": "kernel"}
    plain = "".join(f"{name}={value}\n" for name, value in fields.items()).encode()
    text = message.encode() if isinstance(message, str) else message
    counted = b"MESSAGE\n" + struct.pack("<Q", len(text)) + text + b"\n"
    plainly = b"MESSAGE=" + text + b"\n"
    return b"__CURSOR=s=1\n" + plain + (counted if b"\n" in text else plainly) + b"\n"


def texts(path: Path, cursor: str = "", *, most: int = 100) -> list[str]:
    return [line.text for line in ExportedJournal(path).after(cursor, most=most).lines]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "journal.export"
    path.write_bytes(b"")
    return path


def grow(path: Path, *entries: bytes) -> None:
    with path.open("ab") as file:
        file.write(b"".join(entries))


def test_lines_of_kernel_and_card_service_are_read_and_no_others(log: Path) -> None:
    grow(
        log,
        entry("usb reset"),
        entry("card removed", _SYSTEMD_UNIT="pcscd.service"),
        entry("not ours", _SYSTEMD_UNIT="ssh.service"),
        entry("pretends", _TRANSPORT="syslog", SYSTEMD_UNIT="pcscd.service"),
    )
    read = ExportedJournal(log).after("", most=100)
    assert read.lines == [(Source.KERNEL, "usb reset"), (Source.PCSCD, "card removed")]


def test_each_line_is_read_once_however_often_one_looks(log: Path) -> None:
    grow(log, entry("one"), entry("two\nlines"), entry("three"))
    journal, cursor, seen = ExportedJournal(log), "", list[str]()
    for _ in range(5):
        lines, cursor = journal.after(cursor, most=2)
        seen += [line.text for line in lines]
    assert seen == ["one", "two\nlines", "three"]


def test_a_line_that_is_still_being_written_is_left_for_the_next_look(log: Path) -> None:
    whole = entry("first") + entry("a message\nwith a length")
    for cut in range(len(whole)):
        log.write_bytes(whole[:cut])
        lines, cursor = ExportedJournal(log).after("", most=9)
        log.write_bytes(whole)
        rest = texts(log, cursor)
        assert [line.text for line in lines] + rest == ["first", "a message\nwith a length"]


def test_a_file_that_began_anew_is_read_from_its_beginning(log: Path) -> None:
    grow(log, entry("old " * 50))
    _, cursor = ExportedJournal(log).after("", most=9)
    log.write_bytes(entry("new"))
    assert texts(log, cursor) == ["new"]


@given(st.binary(max_size=400))
def test_no_bytes_are_more_than_refused(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "journal.export"
    path.write_bytes(content)
    with contextlib.suppress(BadExport):
        ExportedJournal(path).after("", most=10)


def test_a_length_beyond_reason_is_refused_without_being_read(log: Path) -> None:
    log.write_bytes(b"MESSAGE\n" + struct.pack("<Q", 2**40))
    with pytest.raises(BadExport):
        texts(log)


def test_a_flood_is_read_in_parts(log: Path) -> None:
    grow(log, *[entry("usb reset")] * (MOST_LINES + 5))
    followed = follow(ExportedJournal(log), Followed())
    assert followed.lines == MOST_LINES
    assert follow(ExportedJournal(log), followed).lines == MOST_LINES + 5


def test_what_the_fleet_knows_is_not_told_again(log: Path) -> None:
    grow(log, entry("usb reset"), entry("card removed"))
    told, followed = noticed(follow(ExportedJournal(log), Followed()))
    assert {said(one.words): one.times for one in told} == {"usb reset": 1, "card removed": 1}
    grow(log, entry("usb reset"))
    told, followed = noticed(follow(ExportedJournal(log), followed))
    assert {said(one.words): one.times for one in told} == {"usb reset": 2}
    told, _ = noticed(followed)
    assert told == ()


def test_more_than_a_reading_takes_is_told_by_the_next_ones_new_things_first(log: Path) -> None:
    words = WORDS[1 : MOST_NOTICED + 5]
    grow(log, *(entry(f"{word} card") for word in words))
    first, followed = noticed(follow(ExportedJournal(log), Followed()))
    grow(log, *[entry(f"{words[0]} card")] * 9)
    second, followed = noticed(follow(ExportedJournal(log), followed))
    assert len(first) == MOST_NOTICED
    assert [one.times for one in second] == [1] * 4 + [10]
    assert noticed(followed)[0] == ()


def test_nothing_of_a_line_is_kept_with_the_progress(log: Path) -> None:
    canaries = ("CANARY", "A123456(3)", "陳大文")
    for canary in canaries:
        grow(log, entry(f"usb {canary} failed"), entry(canary, _SYSTEMD_UNIT="pcscd.service"))
    told, followed = noticed(follow(ExportedJournal(log), Followed()))
    kept = msgspec.msgpack.encode(Progress(logs=followed)) + msgspec.msgpack.encode(told)
    for canary in canaries:
        assert canary.encode() not in kept


class Opened:
    """A reader as systemd's own, over lines in memory."""

    def __init__(
        self, entries: list[dict[str, Any]], asked: list[str], *, readable: bool = True
    ) -> None:
        self.entries = entries
        self.asked = asked
        self.readable = readable
        self.place = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.asked.append("closed")

    def has_runtime_files(self) -> bool:
        return False

    def has_persistent_files(self) -> bool:
        return self.readable

    def add_match(self, **match: str) -> None:
        self.asked.append(str(match))

    def add_disjunction(self) -> None:
        self.asked.append("or")

    def seek_cursor(self, cursor: str) -> None:
        self.place = next(i for i, one in enumerate(self.entries) if one["__CURSOR"] == cursor)

    def seek_monotonic(self, _: int) -> None:
        self.place = 0

    def get_next(self) -> dict[str, Any]:
        self.place += 1
        return self.entries[self.place - 1] if self.place <= len(self.entries) else {}


def test_the_journal_is_asked_by_fields_that_nobody_who_logs_can_write() -> None:
    asked: list[str] = []
    entries: list[dict[str, Any]] = [
        {"__CURSOR": "a", "_TRANSPORT": "kernel", "MESSAGE": "one"},
        {"__CURSOR": "b", "_TRANSPORT": "stdout", "MESSAGE": b"\xff"},
        {"__CURSOR": "c", "_TRANSPORT": "stdout", "MESSAGE": "three"},
    ]
    opened: Callable[[], Any] = lambda: Opened(entries, asked)  # noqa: E731
    journal = SystemJournal(opened)
    cursor = journal.after("", most=2).cursor
    assert journal.after("", most=2) == ([(Source.KERNEL, "one"), (Source.PCSCD, "")], "b")
    assert journal.after(cursor, most=2) == ([(Source.PCSCD, "three")], "c")
    assert journal.after("c", most=2) == ([], "c")
    assert asked[:4] == [
        "{'_TRANSPORT': 'kernel'}",
        "or",
        "{'_SYSTEMD_UNIT': 'pcscd.service'}",
        "closed",
    ]


def test_a_journal_that_may_not_be_read_is_no_empty_journal() -> None:
    with pytest.raises(OSError, match="no journal"):
        SystemJournal(lambda: Opened([], [], readable=False)).after("", most=2)


def test_a_place_in_a_file_is_none_in_the_journal_and_the_other_way_round(log: Path) -> None:
    grow(log, entry("one"), entry("two"))
    cursor = ExportedJournal(log).after("", most=1).cursor
    entries: list[dict[str, Any]] = [{"__CURSOR": "a", "_TRANSPORT": "kernel", "MESSAGE": "one"}]
    assert SystemJournal(lambda: Opened(entries, [])).after(cursor, most=2).cursor == "a"
    assert texts(log, "s=1;i=2") == ["one", "two"]
