"""A copy of the database is made while it is written to, and put back whole."""

import http.server
import threading
from pathlib import Path

import pytest

from fleet.access.roles import Role
from fleet.alerts.channels import NotSent
from fleet.alerts.dead_man import beat
from fleet.audit.book import Audit
from fleet.audit.export import judged, lines
from fleet.audit.key import load_or_make
from fleet.migrations.upgrade import upgrade
from fleet.store import __main__ as command
from fleet.store.backup import NotDone, back_up, restore
from fleet.store.database import Database
from tests.support.console import NOW, somebody
from tests.support.databases import cluster, database, url

__all__ = ["cluster", "database", "url"]
pytestmark = pytest.mark.server
WHO = somebody(Role.OPERATOR)


def entries(url: str, folder: Path) -> tuple[int, str]:
    """Return how many entries a database's audit has, and what is wrong with them."""
    opened = Database(url)
    key = load_or_make(folder)
    audit = Audit(opened, key)
    verdict = judged(lines(audit.entries(), audit.heads()), key.public_key())
    opened.close()
    return verdict.entries, verdict.fault


def test_what_is_written_meanwhile_does_not_break_a_copy(
    database: Database, url: str, tmp_path: Path
) -> None:
    audit, stop = Audit(database, load_or_make(tmp_path)), threading.Event()
    begun = threading.Event()

    def write() -> None:
        while not stop.is_set():
            audit.add(WHO, "act", "", {}, now=NOW)
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(20)
    back_up(url, tmp_path / "copy")
    stop.set()
    writer.join()
    before, _ = entries(url, tmp_path)
    database.close()
    restore(url, tmp_path / "copy", replace=True)
    after, fault = entries(url, tmp_path)
    assert fault == ""
    assert 1 <= after <= before
    again = Database(url)
    upgrade(again.engine)
    Audit(again, load_or_make(tmp_path)).add(WHO, "after", "", {}, now=NOW)
    again.close()
    assert entries(url, tmp_path) == (after + 1, "")


def test_nothing_is_restored_over_what_is_there_unless_it_is_said(
    database: Database, url: str, tmp_path: Path
) -> None:
    back_up(url, tmp_path / "copy")
    with pytest.raises(NotDone):
        restore(url, tmp_path / "copy")


def test_a_damaged_copy_is_refused_and_what_was_there_stays(
    database: Database, url: str, tmp_path: Path
) -> None:
    Audit(database, load_or_make(tmp_path)).add(WHO, "act", "", {}, now=NOW)
    back_up(url, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(whole[: len(whole) // 2])
    database.close()
    with pytest.raises(NotDone):
        restore(url, tmp_path / "copy", replace=True)
    assert entries(url, tmp_path) == (1, "")


def test_a_copy_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotDone):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_operations_do_it_by_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    made = Database(f"sqlite:///{data / 'fleet.db'}")
    upgrade(made.engine)
    made.close()
    copy = str(tmp_path / "copy")
    assert command.main(["backup", copy, "--data", str(data)]) == 0
    assert command.main(["restore", copy, "--data", str(data)]) == 1
    assert "backup.failed" in capsys.readouterr().err
    assert command.main(["restore", copy, "--data", str(data), "--replace"]) == 0


def test_the_beat_is_heard_and_its_absence_is_no_error_of_ours() -> None:
    heard: list[str] = []

    class Watcher(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Watcher)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}/fleet"
    beat(address)
    thread.join()
    server.server_close()
    assert heard == ["/fleet"]
    with pytest.raises(NotSent):
        beat(address)
