"""The phone finishes an account on the register's page, and nothing personal stays there."""

import secrets
from pathlib import Path

import httpx
import pytest

from kiosk.sync.outbox import Outbox
from tests.support import enrolment_records as canaries
from tests.support.delivery import store, uploader
from tests.support.enrolment_records import record
from tests.support.register import running_register
from wire.record import (
    activation_path,
)

pytestmark = pytest.mark.server


GOOD = {
    "biometrics": "yes",
    "password": "271828",
    "again": "271828",
    "email": "canary-8123@example.hk",
}


def _page(url: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=10) as phone:
        answer = phone.get(url) if form is None else phone.post(url, data=form)
    return answer.status_code, answer.text


def test_the_phone_finishes_once_and_the_terminal_learns_of_it(fresh: Path, outbox: Outbox) -> None:
    token = secrets.token_bytes(16)
    content = record(token=token)
    store(outbox, fresh, content)
    good = GOOD
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        sync.send_next(fresh=True)
        assert sync.watch_link()
        assert not outbox.outcome(content.record_id).linked
        page = register.phone_url + activation_path(token)
        status, shown = _page(page + "?lang=en")
        assert status == 200
        assert content.reference in shown
        assert _page(page, good | {"again": "271829"})[0] == 422
        assert sync.watch_link()
        assert _page(page, good)[0] == 200
        assert not sync.watch_link()
        assert outbox.outcome(content.record_id).linked
        assert _page(page)[0] == 410
        assert _page(page, good)[0] == 410


def test_no_canary_reaches_the_registers_log_its_columns_or_its_pages(
    fresh: Path, outbox: Outbox
) -> None:
    token = secrets.token_bytes(16)
    content = record(token=token)
    store(outbox, fresh, content)
    store(outbox, fresh, record())
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        while sync.send_next(fresh=True):
            pass
        pages = [
            _page(register.phone_url + activation_path(token))[1],
            _page(
                register.phone_url + activation_path(token),
                GOOD,
            )[1],
        ]
        _page(register.phone_url + activation_path(secrets.token_bytes(16)))
        said = register.stop()
    kept = b"".join(file.read_bytes() for file in fresh.glob("register.db*"))
    planted = [
        canaries.CANARY_NAME.encode(),
        canaries.CANARY_NUMBER.encode(),
        b"A123456",
        canaries.CANARY_BIRTH.encode(),
        canaries.CANARY_PORTRAIT[:32],
        canaries.CANARY_PHOTO[:32],
        activation_path(token)[3:].encode(),
        token.hex().encode(),
        b"271828",
        GOOD["email"].encode(),
    ]
    assert "record.taken" in said
    for canary in planted:
        assert canary not in said.encode()
        assert canary not in kept
        assert canary not in "".join(pages).encode()
    assert content.record_id not in said
    assert content.reference not in said
