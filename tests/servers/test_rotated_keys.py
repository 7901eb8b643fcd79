"""The register's key changes while records wait, and none is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from enrolment import sandbox
from enrolment.keys import load_plan
from kiosk.session.seal import seal
from kiosk.sync.answers import SetAside
from kiosk.sync.jws import receipt_key_in
from kiosk.sync.outbox import Outbox
from kiosk.sync.register_keys import RegisterKeys
from kiosk.sync.uploader import Delivered
from tests.support.delivery import key_of, sealed_for, store, uploader
from tests.support.enrolment_records import TERMINAL, record
from tests.support.register import running_register
from wire.record import SealSuite, Verdict, key_id
from wire.sealing import suite_of

pytestmark = pytest.mark.server


def known_keys(data: Path, folder: Path, *, at: datetime | None = None) -> RegisterKeys:
    return RegisterKeys(
        folder / "register_keys.jws",
        signer=receipt_key_in(data / "receipt_public.pem"),
        provisioned=(data / "seal_public.bin").read_bytes(),
        clock=(at or datetime.now(UTC)).timestamp,
    )


def test_a_key_rotated_while_records_wait_loses_none(
    fresh: Path, tmp_path: Path, outbox: Outbox
) -> None:
    keys = known_keys(fresh, tmp_path)
    old = key_of(fresh)
    store(outbox, fresh, record(number="B111111(1)"))
    sandbox.rotate(fresh, datetime.now(UTC))
    assert key_of(fresh) != old
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        assert key_id(keys.current()) == old
        sync.renew_keys(keys)
        assert key_id(keys.current()) == key_of(fresh)
        store(outbox, fresh, record())
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)


def test_a_register_that_offers_a_hybrid_key_is_sealed_to_with_it(
    fresh: Path, tmp_path: Path, outbox: Outbox
) -> None:
    keys = known_keys(fresh, tmp_path)
    store(outbox, fresh, record(number="B111111(1)"))
    sandbox.main(["--to", str(fresh), "--rotate", "--hybrid"])
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        sync.renew_keys(keys)
        assert suite_of(keys.current()) is SealSuite.MLKEM768_X25519
        content = record()
        outbox.store(
            content.record_id,
            seal(content, register_key=keys.current(), terminal=TERMINAL),
            key_id=key_id(keys.current()),
            suite=suite_of(keys.current()),
            created_at=content.created_at,
        )
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)


def test_a_record_is_refused_in_another_suite_than_its_keys(fresh: Path, outbox: Outbox) -> None:
    content = record()
    sealed = sealed_for(fresh, content)
    hybrid = SealSuite.MLKEM768_X25519
    outbox.store(
        content.record_id, sealed, key_id=key_of(fresh), suite=hybrid, created_at=content.created_at
    )
    with running_register(fresh) as register:
        sent = uploader(outbox, register).send_next(fresh=True)
    assert sent == SetAside("record.wrong_type")


def test_an_offer_that_is_known_is_not_sent_again(fresh: Path) -> None:
    with running_register(fresh) as register:
        way = register.transport()
        first = way.keys(known="")
        again = way.keys(known=first.headers["etag"])
        other = way.keys(known='"another"')
    assert (first.status, again.status, other.status) == (200, 304, 200)
    assert again.body == b""
    assert other.body == first.body


def test_what_was_sealed_to_a_key_of_long_ago_is_set_aside_with_its_code(
    fresh: Path, outbox: Outbox
) -> None:
    store(outbox, fresh, record())
    sandbox.rotate(fresh, datetime.now(UTC) - timedelta(days=40))
    with running_register(fresh) as register:
        sent = uploader(outbox, register).send_next(fresh=True)
    assert sent == SetAside("record.key_retired")


def test_an_old_key_is_offered_for_a_day_and_opened_for_a_month(fresh: Path) -> None:
    now = datetime.now(UTC)
    old = key_of(fresh)
    sandbox.rotate(fresh, now)
    plan = load_plan(fresh)
    offered = [{key.id for key in plan.offer(now + timedelta(days=days)).keys} for days in (0, 2)]
    assert offered == [{old, key_of(fresh)}, {key_of(fresh)}]
    assert old in plan.opened(now + timedelta(days=30))
    assert old in plan.retired(now + timedelta(days=32))
