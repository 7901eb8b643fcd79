"""Engine and sync pass one request for consent between them, and nothing of it stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sync.guardian_slip import GuardianSlip, Told, beside
from kiosk.sync.stored import OutboxWriteFailed
from wire.guardian import ConsentRequest, ConsentStanding, ConsentState

REQUEST = ConsentRequest(
    record_id="01234567-89ab-7cde-8f01-23456789abcd",
    reference="K7QM-2XRD",
    token_digest="ab" * 32,
    statement="2026-11",
)
UNTIL = "2026-11-25T10:10:00+00:00"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[GuardianSlip]:
    slip = GuardianSlip(beside(tmp_path / "outbox.db"))
    yield slip
    slip.close()


@pytest.fixture
def sync(tmp_path: Path, engine: GuardianSlip) -> Iterator[GuardianSlip]:
    slip = GuardianSlip(beside(tmp_path / "outbox.db"))
    yield slip
    slip.close()


def test_what_the_engine_asks_sync_carries_and_the_answer_comes_back(
    engine: GuardianSlip, sync: GuardianSlip
) -> None:
    assert sync.asked() is None
    engine.ask("one", REQUEST)
    asked = sync.asked()
    assert asked is not None
    assert (asked.consent_id, asked.request, asked.state) == ("one", REQUEST, None)
    assert engine.told("one") == Told(None, "", "")
    sync.failed("one", "register.unreachable")
    assert engine.told("one") == Told(None, "", "register.unreachable")
    sync.note("one", ConsentStanding(ConsentState.WAITING, UNTIL))
    assert engine.told("one") == Told(ConsentState.WAITING, UNTIL, "")
    assert sync.asked() is not None
    sync.note("one", ConsentStanding(ConsentState.GIVEN, UNTIL))
    assert engine.told("one").state is ConsentState.GIVEN
    assert sync.asked() is None


def test_an_answer_to_what_was_asked_before_changes_nothing(
    engine: GuardianSlip, sync: GuardianSlip
) -> None:
    engine.ask("one", REQUEST)
    engine.ask("two", REQUEST)
    sync.note("one", ConsentStanding(ConsentState.GIVEN, UNTIL))
    assert engine.told("two").state is None
    with pytest.raises(KeyError):
        engine.told("one")


def test_nothing_is_asked_or_kept_after_the_visit(
    engine: GuardianSlip, sync: GuardianSlip, tmp_path: Path
) -> None:
    engine.ask("one", REQUEST)
    engine.drop()
    assert sync.asked() is None
    with pytest.raises(KeyError):
        engine.told("one")
    assert REQUEST.token_digest.encode() not in (tmp_path / "guardian.db").read_bytes()


def test_a_slip_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "guardian.db").write_bytes(b"no database" * 100)
    with pytest.raises(OutboxWriteFailed):
        GuardianSlip(tmp_path / "guardian.db")
