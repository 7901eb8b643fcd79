"""An alert is one matter: told together, silenced with an end, escalated, worked on."""

import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from fleet.alerts import sending
from fleet.alerts.book import Book, NoSuchAlert
from fleet.alerts.channels import Mail, NotSent, Webhook
from fleet.alerts.escalation import AGAIN_S, ESCALATE_S, GATHER_S, Told, due_level
from fleet.alerts.finding import Finding
from fleet.alerts.sending import send_due, wait_s
from fleet.alerts.silence import LONGEST_S, BadSilence, Silence
from fleet.health.rules import Severity
from fleet.store.database import Database
from fleet.store.known import Inventory
from fleet.store.tables import sites
from wire.failures import Failure

NOW = 1_795_600_000
SECRET = b"a secret of the receiver and us"


def finding(terminal: int | None = 1, rule: str = "reader.out", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": rule,
        "terminal": terminal,
        "district": "sha_tin",
        "severity": Severity.PAGE,
        "failure": Failure.READER_FAULTY,
        "sentence": "terminal-1: reader is 2 (above 1)",
    }
    return Finding(**values | changes)


@pytest.fixture
def book(database: Database) -> Book:
    with database.writing() as connection:
        row: dict[str, Any] = {"id": "st-1", "name_en": "a", "name_zh": "a", "district": "sha_tin"}
        row |= {"x": 0.0, "y": 0.0, "opens": 0, "closes": 0, "days": 127}
        connection.execute(sites.insert().values(row))
    inventory = Inventory(database)
    for number in (1, 2, 3):
        assert inventory.add(f"terminal-{number}", site="st-1") == number
    return Book(database)


def test_a_matter_found_again_is_the_same_alert(book: Book) -> None:
    book.found([finding()], [], now=NOW)
    book.found([finding(sentence="worse")], [], now=NOW + 60)
    (alert,) = book.open(now=NOW + 60)
    assert (alert["opened_at"], alert["seen_at"], alert["sentence"]) == (NOW, NOW + 60, "worse")
    assert alert["runbook"] == "docs/runbooks.md#reader.faulty"


def test_only_what_is_seen_to_be_well_is_resolved(book: Book) -> None:
    book.found([finding(1), finding(2)], [], now=NOW)
    book.found([], [finding(1).fingerprint], now=NOW + 60)
    assert [alert["terminal"] for alert in book.open(now=NOW + 60)] == [2]
    assert book.one(1, now=NOW + 60)["resolved_at"] == NOW + 60
    with pytest.raises(NoSuchAlert):
        book.one(9, now=NOW)


def test_a_matter_that_comes_back_is_a_new_alert(book: Book) -> None:
    book.found([finding()], [], now=NOW)
    book.acknowledge(book.open(now=NOW)[0]["id"], by="ann", now=NOW)
    book.found([], [finding().fingerprint], now=NOW + 60)
    book.found([finding()], [], now=NOW + 120)
    (alert,) = book.open(now=NOW + 120)
    assert alert["opened_at"] == NOW + 120
    assert alert["acknowledged_by"] is None


def test_the_worst_and_oldest_come_first(book: Book) -> None:
    book.found([finding(1, "a", severity=Severity.WARN)], [], now=NOW)
    book.found([finding(2, "b")], [], now=NOW + 5)
    book.found([finding(3, "c")], [], now=NOW + 1)
    assert [alert["rule"] for alert in book.open(now=NOW)] == ["c", "b", "a"]


def told(database: Database) -> list[dict[str, Any]]:
    from fleet.store.tables import messages

    with database.reading() as connection:
        return [json.loads(row.body) for row in connection.execute(messages.select())]


def test_one_matter_in_one_district_is_told_once_for_all(book: Book, database: Database) -> None:
    book.found([finding(1), finding(2), finding(3, "disk.full")], [], now=NOW)
    assert book.tell(["mail"], now=NOW + 59) == 0
    assert book.tell(["mail"], now=NOW + 60) == 2
    assert book.tell(["mail"], now=NOW + 61) == 0
    assert sorted(len(body["alerts"]) for body in told(database)) == [1, 2]
    assert {one["terminal"] for body in told(database) for one in body["alerts"]} == {
        "terminal-1",
        "terminal-2",
        "terminal-3",
    }


def test_a_page_that_nobody_takes_goes_up_until_somebody_does(
    book: Book, database: Database
) -> None:
    book.found([finding()], [], now=NOW)
    times = [NOW + 60, NOW + 660, NOW + 1260, NOW + 1860]
    assert [book.tell(["mail"], now=now) for now in times] == [1, 1, 1, 0]
    assert [body["level"] for body in told(database)] == [0, 1, 2]
    book.acknowledge(book.open(now=NOW)[0]["id"], by="ann", now=NOW)
    assert book.tell(["mail"], now=NOW + 100_000) == 0


def silence(**changes: Any) -> Silence:
    values: dict[str, Any] = {
        "matchers": {"site": "st-1"},
        "begins_at": NOW,
        "ends_at": NOW + 3600,
        "author": "ann",
        "reason": "new floor",
    }
    return Silence(**values | changes)


def test_what_is_silenced_is_shown_and_told_after_its_end(book: Book) -> None:
    book.silence(silence(maintenance=True))
    book.found([finding()], [], now=NOW)
    assert [alert["silenced"] for alert in book.open(now=NOW + 60)] == [True]
    assert book.tell(["mail"], now=NOW + 3599) == 0
    assert [alert["silenced"] for alert in book.open(now=NOW + 3600)] == [False]
    assert book.tell(["mail"], now=NOW + 3600) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"matchers": {}},
        {"matchers": {"colour": "red"}},
        {"matchers": {"site": ""}},
        {"author": " "},
        {"reason": ""},
        {"ends_at": NOW},
        {"ends_at": NOW + LONGEST_S + 1},
        {"ends_at": float("inf")},
    ],
)
def test_a_silence_without_matcher_author_reason_or_end_cannot_be_made(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(BadSilence):
        silence(**changes)


def test_all_matchers_of_a_silence_must_match() -> None:
    both = silence(matchers={"site": "st-1", "rule": "reader.out"})
    assert both.covers({"site": "st-1", "rule": "reader.out"}, NOW)
    assert not both.covers({"site": "st-1", "rule": "disk.full"}, NOW)
    assert not both.covers({}, NOW)


def test_what_people_do_is_kept_in_order(book: Book) -> None:
    book.found([finding()], [], now=NOW)
    number = book.open(now=NOW)[0]["id"]
    book.acknowledge(number, by="ann", now=NOW + 1)
    book.assign(number, "bob", by="ann", now=NOW + 2)
    book.comment(number, "cable was loose", by="bob", now=NOW + 3)
    book.not_useful(number, by="bob", now=NOW + 4)
    assert [(note["kind"], note["author"], note["text"]) for note in book.notes(number)] == [
        ("acknowledged", "ann", ""),
        ("assigned", "ann", "bob"),
        ("comment", "bob", "cable was loose"),
        ("not_useful", "bob", ""),
    ]
    assert book.usefulness() == {"reader.out": (1, 1)}
    with pytest.raises(NoSuchAlert):
        book.comment(999, "?", by="bob", now=NOW)


@pytest.mark.parametrize("severity", Severity)
def test_how_often_somebody_is_told_follows_from_the_severity(severity: Severity) -> None:
    fresh = Told(severity=severity, opened_at=0, acknowledged=False, silenced=False)
    assert due_level(fresh, GATHER_S) == (None if severity is Severity.INFO else 0)
    if severity is not Severity.INFO:
        top = Told(
            severity=severity, opened_at=0, acknowledged=False, silenced=False, told_at=0, level=2
        )
        assert due_level(top, AGAIN_S[severity] - 1) is None
        assert due_level(top, AGAIN_S[severity]) == 2
    warned = Told(
        severity=Severity.WARN, opened_at=0, acknowledged=False, silenced=False, told_at=0
    )
    assert due_level(warned, ESCALATE_S) is None


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes webhooks, or refuses them."""

    status = 204
    seen: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        """Keep what comes."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Postbox(socketserver.StreamRequestHandler):
    """An SMTP server that keeps letters; RFC 5321 as far as a client needs."""

    letters: list[str]

    def handle(self) -> None:
        """Talk to one client."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.letters.append(b"".join(lines).decode())
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 yes\r\n")


@contextlib.contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.server
def test_a_webhook_can_be_verified_by_its_receiver_and_is_repeated_until_taken(
    book: Book, database: Database
) -> None:
    Receiver.seen, Receiver.status = [], 500
    book.found([finding()], [], now=NOW)
    book.tell(["webhook"], now=NOW + 60)
    with serving(Receiver) as port:
        hook = Webhook(url=f"http://127.0.0.1:{port}/alerts", secret=SECRET)
        assert send_due(database, {"webhook": hook}, now=NOW + 60) == (0, 1)
        assert send_due(database, {"webhook": hook}, now=NOW + 61) == (0, 0)
        Receiver.status = 204
        assert send_due(database, {"webhook": hook}, now=NOW + 60 + wait_s(1)) == (1, 0)
    assert send_due(database, {"webhook": hook}, now=NOW + 9999) == (0, 0)
    headers, body = Receiver.seen[-1]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.digest(SECRET, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    assert json.loads(body)["alerts"][0]["sentence"] == finding().sentence
    assert Receiver.seen[0][0]["webhook-id"] == headers["webhook-id"], "a repetition is known"


@pytest.mark.server
def test_a_mail_says_what_where_and_what_to_do(book: Book, database: Database) -> None:
    Postbox.letters = []
    book.found([finding(1), finding(2)], [], now=NOW)
    book.tell(["mail"], now=NOW + 60)
    with serving(Postbox) as port:
        mail = Mail(
            host="127.0.0.1",
            port=port,
            sender="fleet@ops.example",
            recipients={0: "duty@ops.example", 1: "deputy@ops.example"},
            console="https://fleet.example",
            tls=None,
        )
        assert send_due(database, {"mail": mail}, now=NOW + 60) == (1, 0)
    (letter,) = Postbox.letters
    assert "To: duty@ops.example" in letter
    assert "Subject: [page] terminal-1: reader is 2 (above 1) and 1 more in sha_tin" in letter
    assert "docs/runbooks.md#reader.faulty" in letter
    assert "https://fleet.example/alerts/" in letter


@pytest.mark.server
def test_a_mail_server_that_is_away_or_speaks_no_tls_gets_nothing() -> None:
    body = json.dumps({"level": 0, "alerts": [{"district": "d", "severity": "page"}]})
    body = json.dumps(
        {"level": 2, "alerts": [dict.fromkeys(("district", "severity", "sentence"), "x")]}
    )
    whole = json.loads(body)
    whole["alerts"][0] |= {"terminal": None, "runbook": "r", "id": 1}
    with serving(Postbox) as port:
        for changes in ({"port": 1, "tls": None}, {"port": port}):
            mail = Mail(
                host="127.0.0.1",
                sender="f@o.example",
                recipients={0: "d@o.example"},
                console="c",
                **changes,
            )
            with pytest.raises(NotSent):
                mail.send(1, json.dumps(whole), NOW)


def test_attempts_come_at_growing_distances_and_never_end() -> None:
    waits = [wait_s(n) for n in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[0] == 30
    assert waits[-1] == sending.wait_s(10_000) == 3600
