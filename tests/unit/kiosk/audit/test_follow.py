"""Another program follows the trail while it grows, and notices when it was rewritten."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.audit.follow import Mark, follow
from kiosk.audit.trail import Trail, TrailBroken


def now() -> datetime:
    return datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def kept(path: Path, count: int, begin: int = 0) -> Path:
    trail = Trail(path, now=now)
    for number in range(begin, begin + count):
        trail.append("card.read", {"ms": number, "apdus": 1})
    trail.close()
    return path


def test_entries_come_once_and_in_order(tmp_path: Path) -> None:
    path = kept(tmp_path / "trail", 3)
    first, mark = follow(path, Mark(), most=2)
    rest, end = follow(path, mark, most=2)
    assert [told.n for told in first + rest] == [0, 1, 2]
    assert rest[0].with_ == {"ms": 2, "apdus": 1}
    assert rest[0].at == now()
    assert follow(path, end, most=2) == ([], end)
    kept(path, 1, begin=3)
    assert [told.n for told in follow(path, end, most=9)[0]] == [3]


def test_a_trail_that_is_not_there_yet_has_no_entries(tmp_path: Path) -> None:
    assert follow(tmp_path / "none", Mark(), most=9) == ([], Mark())


def test_a_line_still_being_written_is_left_for_later(tmp_path: Path) -> None:
    path = kept(tmp_path / "trail", 2)
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    told, mark = follow(path, Mark(), most=9)
    assert len(told) == 1
    path.write_bytes(whole)
    assert [one.n for one in follow(path, mark, most=9)[0]] == [1]


@pytest.mark.parametrize("change", ["cut", "gone", "rewritten", "edited"])
def test_a_trail_changed_behind_the_mark_is_broken(tmp_path: Path, change: str) -> None:
    path = kept(tmp_path / "trail", 3)
    _, mark = follow(path, Mark(), most=2)
    match change:
        case "cut":
            path.write_bytes(path.read_bytes()[: mark.offset - 1])
        case "gone":
            path.unlink()
        case "rewritten":
            path.unlink()
            kept(path, 9, begin=100)
        case "edited":
            path.write_bytes(path.read_bytes().replace(b'"ms": 2', b'"ms": 3'))
    with pytest.raises(TrailBroken):
        follow(path, mark, most=9)
