"""Step-up authentication and the account's page, as a phone uses them over HTTP."""

import base64
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec
import pytest

from kiosk.sync.outbox import Outbox
from tests.support.delivery import store, uploader
from tests.support.enrolment_records import CANARY_PHOTO, record
from tests.support.register import RunningRegister, running_register
from wire.record import activation_path

pytestmark = pytest.mark.server

FORM = {
    "biometrics": "yes",
    "password": "271828",
    "again": "271828",
    "email": "someone@example.hk",
    "lang": "en",
}


def invited(register: RunningRegister, outbox: Outbox, *, keep_template: bool) -> str:
    """Deliver a record and return the address in its QR."""
    token = secrets.token_bytes(16)
    content = record(token=token)
    agreed = msgspec.structs.replace(content.consent, keep_template=keep_template)
    store(outbox, register.data, msgspec.structs.replace(content, consent=agreed))
    uploader(outbox, register).send_next(fresh=True)
    return register.phone_url + activation_path(token)


def phone() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=20)


def test_a_selfie_is_compared_until_the_consent_is_withdrawn(fresh: Path, outbox: Outbox) -> None:
    with running_register(fresh) as register, phone() as mine:
        opened = mine.post(invited(register, outbox, keep_template=True), data=FORM)
        cookie = opened.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        url = f"{register.phone_url}/v1/step-up"
        named = {"Authorization": f"Bearer {mine.cookies['phone']}"}

        def outcome(selfie: bytes) -> str:
            given = mine.post(f"{url}/challenges", headers=named)
            assert given.status_code == 201
            answer = {
                "challenge": given.json()["challenge"],
                "selfie": base64.b64encode(selfie).decode(),
            }
            said: str = mine.post(url, headers=named, json=answer).json()["outcome"]
            return said

        assert outcome(CANARY_PHOTO) == "passed"
        assert outcome(b"somebody else") == "failed"
        page = mine.get(f"{register.phone_url}/account?lang=en").text
        assert "Facial template kept" in page
        assert "Face check: passed" in page
        withdrawn = mine.post(f"{register.phone_url}/account/withdraw", data={"lang": "en"})
        assert withdrawn.headers["location"] == "/account?lang=en"
        assert outcome(CANARY_PHOTO) == "no_template"
        page = mine.get(f"{register.phone_url}/account?lang=en").text
        assert "We keep no facial template of you." in page


def test_a_stranger_is_told_nothing(register: RunningRegister) -> None:
    url = f"{register.phone_url}/v1/step-up"
    for named in ({}, {"Authorization": "Bearer guessed"}, {"Authorization": "Basic eA=="}):
        with phone() as strange:
            answers = [
                strange.post(f"{url}/challenges", headers=named),
                strange.post(url, headers=named, json={"challenge": "x", "selfie": "eA=="}),
            ]
        assert [answer.status_code for answer in answers] == [401, 401]
        assert {answer.json()["code"] for answer in answers} == {"phone.unknown"}
    with phone() as strange:
        assert strange.get(f"{register.phone_url}/account").status_code == 404
        assert strange.post(f"{register.phone_url}/account/withdraw").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\xff",
        b'{"challenge":"x","selfie":"no base64"}',
        b'{"challenge":1,"selfie":""}',
        b'{"challenge":"x","selfie":"eA==","more":1}',
        b'{"challenge":"x","selfie":""}',
    ],
    ids=range(7),
)
def test_an_answer_of_another_form_is_refused(register: RunningRegister, body: bytes) -> None:
    with phone() as strange:
        answer = strange.post(f"{register.phone_url}/v1/step-up", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "step_up.malformed")


def test_of_sixty_clients_that_race_for_one_link_exactly_one_wins(
    fresh: Path, outbox: Outbox
) -> None:
    with running_register(fresh) as register:
        page = invited(register, outbox, keep_template=False)

        def finish(_: int) -> int:
            with phone() as client:
                return client.post(page, data=FORM).status_code

        with ThreadPoolExecutor(60) as threads:
            statuses = list(threads.map(finish, range(60)))
    assert sorted(statuses) == [303] + [410] * 59


def test_a_second_account_on_one_phone_is_refused(fresh: Path, outbox: Outbox) -> None:
    with running_register(fresh) as register, phone() as mine:
        first = invited(register, outbox, keep_template=False)
        token = secrets.token_bytes(16)
        store(outbox, fresh, record(token=token, number="B111111(1)"))
        uploader(outbox, register).send_next(fresh=True)
        assert mine.post(first, data=FORM).status_code == 303
        second = mine.post(register.phone_url + activation_path(token), data=FORM)
        assert second.status_code == 409
        assert "This phone has an account already" in second.text
