"""A sealed queue reaches the machine in its terminal's place whole, once, and unread."""

from pathlib import Path

import pytest

from kiosk.sync.carrying import Unreadable, main, read
from kiosk.sync.outbox import Outbox
from tests.support.outboxes import CREATED, Clock

NAME = "terminal-17"


def filled(path: Path, count: int) -> Path:
    outbox = Outbox(path, limit_records=500, limit_age_s=1e12, clock=Clock())
    for number in range(count):
        outbox.store(f"r{number}", b"sealed" * 50 + bytes([number]), key_id="k", created_at=CREATED)
    outbox.set_aside("r0", "record.refused")
    outbox.close()
    return path


def carried(path: Path) -> list[bytes]:
    outbox = Outbox(path, limit_records=500, limit_age_s=1e12, clock=Clock())
    sealed = [one.sealed for one in outbox.carried()]
    outbox.close()
    return sealed


def export(outbox: Path, file: Path, name: str = NAME) -> int:
    return main(["export", "--outbox", str(outbox), "--terminal", name, "--file", str(file)])


def test_a_queue_is_carried_whole_and_importing_twice_stores_each_once(tmp_path: Path) -> None:
    old, new, file = filled(tmp_path / "old.db", 3), tmp_path / "new.db", tmp_path / "queue"
    assert export(old, file) == 0
    for _ in range(2):
        arguments = ["--outbox", str(new), "--terminal", NAME, "--file", str(file)]
        assert main(["import", *arguments]) == 0
    assert carried(new) == carried(old)
    assert len(carried(new)) == 3


def test_another_terminals_queue_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "queue"
    export(filled(tmp_path / "old.db", 1), file, name="terminal-18")
    new = tmp_path / "new.db"
    assert main(["import", "--outbox", str(new), "--terminal", NAME, "--file", str(file)]) == 1
    assert capsys.readouterr().err.startswith("queue.unreadable")
    assert not new.exists()


@pytest.mark.parametrize("place", [0, 20, 100, -40, -1])
def test_one_altered_byte_and_a_cut_file_are_refused_whole(tmp_path: Path, place: int) -> None:
    file = tmp_path / "queue"
    export(filled(tmp_path / "old.db", 2), file)
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(Unreadable):
        read(file, terminal=NAME)
    file.write_bytes(content[: -place or 3])
    with pytest.raises(Unreadable):
        read(file, terminal=NAME)


def test_a_file_that_is_there_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "queue"
    file.write_bytes(b"another queue")
    assert export(filled(tmp_path / "old.db", 1), file) == 1
    assert capsys.readouterr().err.startswith("retire.not_exported")
    assert file.read_bytes() == b"another queue"
