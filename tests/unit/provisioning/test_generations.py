"""Key and certificate always fit together; what is destroyed is gone."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from fleet import sandbox
from fleet.identity.authority import Authority, key_of_request
from provisioning.identity.generations import KEY, Generations
from provisioning.identity.keeper import CannotUnlock, FileKeeper
from provisioning.identity.renewing import RENEW_AT, Expired, NoIdentity, is_due, renew
from provisioning.identity.signed import sign_report, verify_report
from wire.signature import BadSignature

NOW = 1_800_000_000.0
FLEET_CA = b"-----BEGIN CERTIFICATE-----\n"


def certified(generations: Generations, *, now: float = NOW) -> x509.Certificate:
    """Give the folder an identity; return its certificate."""
    made = sandbox.authority("A")
    begun = generations.begun(FileKeeper())
    key = key_of_request(begun.request(FileKeeper()))
    certificate = Authority(made.certificate, made.key).issue(
        "terminal-17", key, now=now, lasts=timedelta(days=30)
    )
    begun.certify(certificate, FLEET_CA)
    generations.use(begun)
    return certificate


def test_whoever_is_killed_before_the_answer_asks_again_with_the_same_key(tmp_path: Path) -> None:
    first = Generations(tmp_path / "id").begun(FileKeeper())
    second = Generations(tmp_path / "id").begun(FileKeeper())
    assert first.folder == second.folder
    assert first.key(FileKeeper()).public_key() == second.key(FileKeeper()).public_key()


def test_a_key_that_does_not_open_here_is_not_gone_on_with(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    first = generations.begun(FileKeeper())
    (first.folder / KEY).write_bytes(b"from another machine")
    assert generations.begun(FileKeeper()).folder != first.folder
    with pytest.raises(CannotUnlock):
        first.key(FileKeeper())


def test_nobody_but_root_reads_a_key(tmp_path: Path) -> None:
    begun = Generations(tmp_path / "id").begun(FileKeeper())
    assert (tmp_path / "id").stat().st_mode & 0o77 == 0
    assert (begun.folder / KEY).stat().st_mode & 0o77 == 0


def test_the_next_identity_comes_into_use_whole_and_the_one_before_is_destroyed(
    tmp_path: Path,
) -> None:
    generations = Generations(tmp_path)
    certified(generations)
    before = generations.current()
    fresh = certified(generations)
    now = generations.current()
    assert before is not None
    assert now is not None
    assert now.certificate() == fresh
    assert now.key(FileKeeper()).public_key() == fresh.public_key()
    assert (before.folder / KEY).exists()
    generations.forget_old()
    assert not before.folder.exists()
    assert now.folder.exists()


def test_a_destroyed_key_is_nowhere_on_the_disk(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    certified(generations)
    current = generations.current()
    assert current is not None
    # A second name shows what was written into the file before it went.
    os.link(current.folder / KEY, tmp_path / "other-name")
    assert generations.destroy() == 1
    assert generations.current() is None
    content = (tmp_path / "other-name").read_bytes()
    assert content
    assert not any(content)


def test_a_certificate_is_renewed_in_its_last_ten_days(tmp_path: Path) -> None:
    certificate = certified(Generations(tmp_path))
    ends = certificate.not_valid_after_utc
    assert not is_due(certificate, now=ends - RENEW_AT)
    assert is_due(certificate, now=ends - RENEW_AT + timedelta(seconds=1))


def test_without_an_identity_or_with_an_ended_one_only_a_claim_helps(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    later = datetime.fromtimestamp(NOW, UTC) + timedelta(days=31)
    with pytest.raises(NoIdentity):
        renew(generations, FileKeeper(), "https://fleet.invalid", now=later)
    certified(generations)
    with pytest.raises(Expired):
        renew(generations, FileKeeper(), "https://fleet.invalid", now=later)


def test_a_report_holds_only_as_it_was_signed(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    certificate = certified(generations)
    current = generations.current()
    assert current is not None
    signature = sign_report(b"ready", current.key(FileKeeper()))
    verify_report(b"ready", signature, certificate)
    for report, signed in (
        (b"ready!", signature),
        (b"ready", signature[:-8] + "AAAAAAA="),
        (b"", "x"),
    ):
        with pytest.raises(BadSignature):
            verify_report(report, signed, certificate)
