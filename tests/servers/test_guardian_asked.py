"""The terminal asks for a guardian's consent through sync and the register, over real TLS."""

import json
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from kiosk.sync.answers import Again, Answer, consent
from kiosk.sync.guardian_post import EVERY_S, GuardianPost
from kiosk.sync.guardian_slip import GuardianSlip
from kiosk.sync.outbox import Outbox
from tests.support.citizens import request_for
from tests.support.delivery import store, uploader
from tests.support.enrolment_records import record
from tests.support.register import RunningRegister, transport
from wire.guardian import ConsentRequest, ConsentState, guardian_path
from wire.record import Record, Verdict

pytestmark = pytest.mark.server

CONSENT = {"is_guardian": "yes", "biometrics": "yes", "choice": "agree", "lang": "en"}


class Steady:
    """A clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def slip(tmp_path: Path) -> Iterator[GuardianSlip]:
    opened = GuardianSlip(tmp_path / "guardian.db")
    yield opened
    opened.close()


@pytest.fixture
def steady() -> Steady:
    return Steady()


def minor() -> Record:
    return msgspec.structs.replace(record(number="G123456(A)"), birth="20120229")


def asked(slip: GuardianSlip, content: Record) -> tuple[str, str, ConsentRequest]:
    consent_id, token = str(uuid.uuid4()), secrets.token_bytes(16)
    request = request_for(content, token)
    slip.ask(consent_id, request)
    return consent_id, guardian_path(token), request


def test_a_minor_waits_a_guardian_answers_and_the_record_is_accepted(
    register: RunningRegister, slip: GuardianSlip, steady: Steady, outbox: Outbox
) -> None:
    post = GuardianPost(slip, register.transport(), steady=steady)
    content = minor()
    consent_id, path, _ = asked(slip, content)
    assert post.look()
    told = slip.told(consent_id)
    assert (told.state, told.code) == (ConsentState.WAITING, "")
    assert told.until
    assert not post.look()
    steady.now += EVERY_S
    assert post.look()
    with httpx.Client(trust_env=False) as phone:
        answered = phone.post(register.phone_url + path, data=CONSENT)
    assert answered.status_code == 303
    steady.now += EVERY_S
    assert post.look()
    assert slip.told(consent_id).state is ConsentState.GIVEN
    assert not post.look()
    sealed = msgspec.structs.replace(content, guardian_consent=consent_id)
    store(outbox, register.data, sealed)
    uploader(outbox, register).send_next(fresh=True)
    assert outbox.outcome(content.record_id).verdict is Verdict.ACCEPTED


def test_a_register_out_of_reach_is_said_and_asked_again(
    data: Path, slip: GuardianSlip, steady: Steady
) -> None:
    post = GuardianPost(slip, transport("https://127.0.0.1:9", data), steady=steady)
    consent_id, _, _ = asked(slip, minor())
    assert post.look()
    assert slip.told(consent_id).code == "register.unreachable"
    assert not post.look()
    steady.now += EVERY_S
    assert post.look()


def test_a_new_request_does_not_wait_for_the_last_ones_turn(
    register: RunningRegister, slip: GuardianSlip, steady: Steady
) -> None:
    post = GuardianPost(slip, register.transport(), steady=steady)
    asked(slip, minor())
    assert post.look()
    consent_id, _, _ = asked(slip, minor())
    assert post.look()
    assert slip.told(consent_id).state is ConsentState.WAITING


def test_what_the_register_refuses_is_said_by_its_code(
    register: RunningRegister, slip: GuardianSlip, steady: Steady
) -> None:
    post = GuardianPost(slip, register.transport(), steady=steady)
    _, _, request = asked(slip, minor())
    post.look()
    other = str(uuid.uuid4())
    # Its token is taken: the register keeps the first request alone.
    slip.ask(other, request)
    post.look()
    assert slip.told(other).state is None
    assert slip.told(other).code == "consent.conflict"


def test_no_other_terminal_learns_how_a_request_stands(register: RunningRegister) -> None:
    way = register.transport()
    assert way.consent(str(uuid.uuid4())).status == 404
    assert way.consent("no-id").status == 404
    body = msgspec.json.encode(request_for(minor(), secrets.token_bytes(16)))
    assert way.ask_consent("no-id", body).status == 422
    answer = way.ask_consent(str(uuid.uuid4()), b"x" * 2000)
    assert (answer.status, json.loads(answer.body)["code"]) == (413, "record.too_large")


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b"", "register.bad_answer"),
        (200, b'{"state":"soon","until":""}', "register.bad_answer"),
        (200, b"\xff", "register.bad_answer"),
        (404, b"", "register.bad_answer"),
        (403, b'{"code":"terminal.revoked"}', "terminal.revoked"),
        (503, b"", "register.slow"),
        (409, b'{"code":"consent.conflict"}', "consent.conflict"),
    ],
)
def test_an_answer_that_is_none_is_said_by_a_code(status: int, body: bytes, code: str) -> None:
    meant = consent(Answer(status, {}, body))
    assert isinstance(meant, Again)
    assert meant.code == code
