"""A kept key opens on its own machine and on no other; a machine without means is told so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.tpm.tss import forget_failures
from provisioning.identity.keeper import (
    WARNING,
    CannotKeep,
    CannotUnlock,
    CredentialKeeper,
    FileKeeper,
    best,
)
from tests.support.swtpm import MISSING, NO_TPM, running_tpm

SOFTWARE_TPM_TAKES = 2
"""Cuts of its power after a key was used, before it opens nothing."""
SECRET = b"-----a key that must not be read-----"
CREDS = Path("/usr/bin/systemd-creds")
needs_creds = pytest.mark.skipif(not CREDS.exists(), reason="no systemd-creds here")
needs_tpm = pytest.mark.skipif(MISSING, reason="no swtpm and systemd-creds here")


def host(folder: Path) -> CredentialKeeper:
    folder.mkdir(exist_ok=True)
    return CredentialKeeper("host", environment={"SYSTEMD_CREDENTIAL_SECRET": f"{folder}/secret"})


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[CredentialKeeper]]:
    folder = tmp_path_factory.mktemp("tpm")
    with running_tpm(folder / "one") as one, running_tpm(folder / "other") as other:
        yield [CredentialKeeper("tpm", tpm=tpm) for tpm in (one, other)]


@needs_creds
def test_a_key_kept_by_the_host_opens_there_and_is_not_on_the_disk(tmp_path: Path) -> None:
    keeper = host(tmp_path / "one")
    kept = keeper.lock(SECRET)
    assert SECRET not in kept
    assert keeper.unlock(kept) == SECRET


@needs_creds
def test_a_key_kept_by_one_host_does_not_open_at_another(tmp_path: Path) -> None:
    kept = host(tmp_path / "one").lock(SECRET)
    other = host(tmp_path / "other")
    other.lock(b"so that it has a secret of its own")
    with pytest.raises(CannotUnlock):
        other.unlock(kept)


@needs_creds
def test_an_altered_key_does_not_open(tmp_path: Path) -> None:
    keeper = host(tmp_path / "one")
    kept = bytearray(keeper.lock(SECRET))
    kept[len(kept) // 2] ^= 1
    with pytest.raises(CannotUnlock):
        keeper.unlock(bytes(kept))


@needs_tpm
@pytest.mark.server
def test_a_copied_disk_does_not_open_in_another_machine(machines: list[CredentialKeeper]) -> None:
    mine, other = machines
    kept = mine.lock(SECRET)
    assert SECRET not in kept
    assert mine.unlock(kept) == SECRET
    with pytest.raises(CannotUnlock):
        other.unlock(kept)


@needs_tpm
@pytest.mark.skipif(NO_TPM, reason="no tpm2-pytss here")
@pytest.mark.server
def test_a_tpm_whose_mains_were_pulled_too_often_opens_again_once_it_forgets(
    tmp_path: Path,
) -> None:
    machine = tmp_path / "tpm"
    with running_tpm(machine) as tpm:
        kept = CredentialKeeper("tpm", tpm=tpm).lock(SECRET)
    for _ in range(SOFTWARE_TPM_TAKES):
        with running_tpm(machine) as tpm:
            assert CredentialKeeper("tpm", tpm=tpm).unlock(kept) == SECRET
    with running_tpm(machine) as tpm:
        with pytest.raises(CannotUnlock):
            CredentialKeeper("tpm", tpm=tpm).unlock(kept)
        forget_failures(tcti=tpm)
        assert CredentialKeeper("tpm", tpm=tpm).unlock(kept) == SECRET


def test_a_machine_without_systemd_creds_keeps_nothing_by_it(tmp_path: Path) -> None:
    with pytest.raises(CannotKeep):
        CredentialKeeper("tpm", program=tmp_path / "none").lock(SECRET)


def test_the_best_keeper_is_the_first_that_works_and_a_file_comes_with_a_warning(
    tmp_path: Path,
) -> None:
    broken = CredentialKeeper("tpm", program=tmp_path / "none")
    assert best([broken, FileKeeper()]).kind == "file"
    assert "whoever takes the disk has the key" in WARNING
    with pytest.raises(CannotKeep):
        best([broken])
