"""Whoever forges, replays, hurries, stalls or steals a terminal gets a code and nothing else."""

import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from enrolment import terminals
from kiosk.flow.clock_trust import OFF_S
from kiosk.sync import answers
from kiosk.sync.answers import Again
from kiosk.sync.outbox import Outbox, OutboxState
from kiosk.sync.signature import RecordSigner, load_signer
from kiosk.sync.uploader import Delivered, Postponed
from tests.support.delivery import key_of, rows, sealed_for, store, uploader
from tests.support.enrolment_records import TERMINAL, record
from tests.support.register import (
    RunningRegister,
    make_data,
    running_register,
    signer,
)
from tests.support.requests_of_terminals import client_context, fields, put
from wire.record import Verdict
from wire.signature import INPUT_HEADER, SIGNATURE_HEADER, WINDOW_S

pytestmark = pytest.mark.server


def said(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_record_that_nobody_signed_is_not_stored(register: RunningRegister) -> None:
    nothing = {INPUT_HEADER: "", SIGNATURE_HEADER: ""}
    sealed = sealed_for(register.data, record())
    assert said(put(register, sealed, after=nothing)) == (401, "request.unsigned")
    assert rows(register.data) == 0


def test_a_record_signed_by_another_terminals_key_is_not_stored(
    register: RunningRegister, tmp_path: Path
) -> None:
    data, other = register.data, make_data(tmp_path / "other")
    # A signer of ours signs in no other's name: it is made to.
    theirs = load_signer(other / "terminal.pem", other / "terminal.key")
    theirs._key_id = load_signer(data / "terminal.pem", data / "terminal.key")._key_id
    mixed = RecordSigner(theirs, clock=lambda: 0.0)
    sealed = sealed_for(data, record())
    assert said(put(register, sealed, signs=mixed)) == (401, "request.forged")
    assert said(put(register, sealed, signs=signer(other))) == (401, "request.forged")
    assert rows(data) == 0


def test_a_field_changed_after_it_was_signed_is_noticed(register: RunningRegister) -> None:
    sealed = sealed_for(register.data, record())
    other = fields(b"other bytes", register.data)["Content-Digest"]
    answer = put(register, sealed, after={"Content-Digest": other})
    assert said(answer) == (401, "request.forged")


def test_a_signature_put_under_another_record_id_is_noticed(register: RunningRegister) -> None:
    sealed = sealed_for(register.data, record())
    with httpx.Client(verify=client_context(register.data), trust_env=False) as terminal:
        first, second = (f"{register.url}/v1/enrolments/{record().record_id}" for _ in range(2))
        headers = fields(sealed, register.data)
        headers |= signer(register.data).sign("PUT", first, headers)
        assert said(terminal.put(second, content=sealed, headers=headers))[1] == "request.forged"


def test_a_request_sent_again_as_it_was_counts_once(fresh: Path) -> None:
    content = record()
    sealed = sealed_for(fresh, content)

    def again(terminal: httpx.Client) -> httpx.Response:
        return terminal.put(url, content=sealed, headers=headers)

    with (
        running_register(fresh) as register,
        httpx.Client(verify=client_context(fresh), trust_env=False) as terminal,
        ThreadPoolExecutor(8) as threads,
    ):
        url = f"{register.url}/v1/enrolments/{content.record_id}"
        headers = fields(sealed, fresh)
        headers |= signer(fresh).sign("PUT", url, headers)
        answers_ = list(threads.map(again, [terminal] * 8))
        assert sorted(answer.status_code for answer in answers_) == [201] + [401] * 7
        assert said(again(terminal)) == (401, "request.replayed")
    with (
        running_register(fresh) as register,
        httpx.Client(verify=client_context(fresh), trust_env=False) as terminal,
    ):
        # Another port would be another @authority: what is kept is what counts.
        headers["Host"] = url.split("/")[2]
        path = f"{register.url}/v1/enrolments/{content.record_id}"
        answer = terminal.put(path, content=sealed, headers=headers)
        assert said(answer) == (401, "request.replayed")
    assert rows(fresh) == 1


def test_a_terminal_whose_clock_is_wrong_is_told_the_time_and_delivers(
    fresh: Path, outbox: Outbox
) -> None:
    store(outbox, fresh, record())
    with running_register(fresh) as register:
        wrong = signer(fresh, ahead_s=-WINDOW_S - 3600)
        sync = uploader(outbox, register, signs=wrong)
        # Asked just now: only being told that the clock is wrong is worth another note.
        sync.ask_time()
        asked = outbox.register_time()
        assert sync.send_next(fresh=True) == Postponed("request.clock_skew", 1)
        told = outbox.register_time()
        assert asked is not None
        assert told is not None
        assert told.steady_s > asked.steady_s
        assert told.register_s == pytest.approx(time.time(), abs=OFF_S)
        outbox.retry_now()
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 2)


def test_a_stolen_terminal_is_out_at_once_on_the_line_it_has_open(
    fresh: Path, outbox: Outbox
) -> None:
    content = record()
    store(outbox, fresh, content)
    with running_register(fresh) as register:
        way = register.transport()
        assert way.standing(content.record_id).status == 404
        assert terminals.main(["--data", str(fresh), "revoke", TERMINAL]) == 0
        refused = way.put(content.record_id, sealed_for(fresh, content), key_id=key_of(fresh))
        assert refused.status == 403
        assert answers.read(refused) == Again("terminal.revoked")
        assert way.standing(content.record_id).status == 403
        assert way.keys(known="").status == 403
        sent = uploader(outbox, register).send_next(fresh=True)
        assert sent == Postponed("terminal.revoked", 1)
        assert outbox.outcome(content.record_id).state is OutboxState.QUEUED
    with running_register(fresh) as register:
        assert register.transport().standing(content.record_id).status == 403
    assert rows(fresh) == 0
    assert terminals.main(["--data", str(fresh), "revoke", TERMINAL]) == 1


def settings(data: Path, limits: str) -> None:
    (data / "register.toml").write_text(f"sandbox = true\n[limits]\n{limits}\n")


def test_a_terminal_in_haste_is_told_when_to_come_again(fresh: Path) -> None:
    settings(fresh, "requests_burst = 3\nrequests_per_s = 0.01")
    with running_register(fresh) as register:
        way = register.transport()
        given = [way.standing(record().record_id) for _ in range(4)]
    assert [answer.status for answer in given] == [404, 404, 404, 429]
    assert 90 < int(given[-1].headers["retry-after"]) <= 100
    assert answers.read(given[-1]).code == "register.slow"  # type: ignore[union-attr]


def test_a_body_that_stalls_is_given_up(fresh: Path) -> None:
    settings(fresh, "body_s = 0.2")
    sealed = sealed_for(fresh, record())
    with running_register(fresh) as register:
        url = f"{register.url}/v1/enrolments/{record().record_id}"
        headers = fields(sealed, fresh)
        headers |= signer(fresh).sign("PUT", url, headers)
        host = f"127.0.0.1:{register.port}"
        lines = [f"PUT {url.removeprefix(register.url)} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(sealed)}", "", ""]
        with _line(register) as line:
            line.sendall("\r\n".join(lines).encode() + sealed[:100])
            assert line.recv(4096).startswith(b"HTTP/1.1 408 ")
        assert register.transport().standing(record().record_id).status == 404
    assert rows(fresh) == 0


def test_a_register_with_enough_to_do_says_when_to_come_again(fresh: Path) -> None:
    settings(fresh, "bodies_at_once = 1\nbody_s = 20")
    sealed = sealed_for(fresh, record())
    with running_register(fresh) as register:
        head = f"PUT /v1/enrolments/{record().record_id} HTTP/1.1\r\nHost: x\r\n"
        with _line(register) as line:
            line.sendall(f"{head}Content-Length: 9\r\nExpect: 100-continue\r\n\r\n".encode())
            # It is being read once the register asks for the body.
            assert line.recv(4096).startswith(b"HTTP/1.1 100 ")
            busy = put(register, sealed)
        assert said(busy) == (503, "register.busy")
        assert 1 <= int(busy.headers["retry-after"]) <= 10


def _line(register: RunningRegister) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", register.port), timeout=15)
    return client_context(register.data).wrap_socket(plain, server_hostname="localhost")
