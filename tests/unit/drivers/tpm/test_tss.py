"""A key in a TPM signs in that machine and in no other, and its private half stays inside."""

import subprocess
import sys
from pathlib import Path

import pytest

from drivers.tpm.errors import TpmMissing, TpmRefuses
from drivers.tpm.tss import TssKey
from tests.support.swtpm import NO_TPM
from wire import signing
from wire.signature import P256, BadSignature

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(NO_TPM, reason="no swtpm and tpm2-pytss here"),
]


@pytest.fixture(scope="module")
def kept(tpms: tuple[str, str]) -> bytes:
    return TssKey.make(tcti=tpms[0])


def test_what_the_key_signs_its_public_half_verifies(tpms: tuple[str, str], kept: bytes) -> None:
    key = TssKey(kept, tcti=tpms[0])
    signature = key.sign(b"content")
    signing.verify(key.public, P256, signature, b"content")
    with pytest.raises(BadSignature):
        signing.verify(key.public, P256, signature, b"other content")


def test_a_copied_key_does_not_sign_in_another_machine(tpms: tuple[str, str], kept: bytes) -> None:
    with pytest.raises(TpmRefuses) as refused:
        TssKey(kept, tcti=tpms[1]).sign(b"content")
    assert refused.value.code == "identity.locked"


def test_the_key_was_made_inside_and_may_not_be_taken_out(kept: bytes) -> None:
    from tpm2_pytss.constants import TPMA_OBJECT
    from tpm2_pytss.tsskey import TSSPrivKey

    attributes = TSSPrivKey.from_pem(kept).public.publicArea.objectAttributes
    bound = TPMA_OBJECT.FIXEDTPM | TPMA_OBJECT.FIXEDPARENT | TPMA_OBJECT.SENSITIVEDATAORIGIN
    assert attributes & bound == bound
    assert not attributes & TPMA_OBJECT.DECRYPT


def test_a_tpm_with_three_places_signs_more_than_three_times(
    tpms: tuple[str, str], kept: bytes
) -> None:
    for number in range(5):
        assert len(TssKey(kept, tcti=tpms[0]).sign(bytes([number]))) == 64


def test_two_keys_of_one_machine_are_two(tpms: tuple[str, str], kept: bytes) -> None:
    another = TssKey(TssKey.make(tcti=tpms[0]), tcti=tpms[0])
    assert another.public != TssKey(kept).public


def test_an_altered_key_does_not_sign(tpms: tuple[str, str], kept: bytes) -> None:
    lines = kept.decode().splitlines()
    lines[-2] = lines[-2][:4] + ("A" if lines[-2][4] != "A" else "B") + lines[-2][5:]
    with pytest.raises(TpmRefuses):
        TssKey("\n".join(lines).encode(), tcti=tpms[0]).sign(b"content")


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"-----BEGIN TSS2 PRIVATE KEY-----\n"])
def test_rubbish_is_no_key(tpms: tuple[str, str], rubbish: bytes) -> None:
    with pytest.raises(TpmRefuses):
        TssKey(rubbish, tcti=tpms[0]).sign(b"content")


def test_a_machine_without_a_tpm_is_said_to_have_none(kept: bytes, tmp_path: Path) -> None:
    nowhere = f"device:{tmp_path}/none"
    with pytest.raises(TpmMissing):
        TssKey.make(tcti=nowhere)
    with pytest.raises(TpmMissing):
        TssKey(kept, tcti=nowhere).sign(b"content")


def test_the_command_says_with_a_code_what_it_could_not_do(
    tpms: tuple[str, str], tmp_path: Path
) -> None:
    def said(tpm: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "drivers.tpm", "--tpm", tpm]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stderr

    assert said(tpms[0]) == (0, "")
    status, why = said(f"device:{tmp_path}/none")
    assert status == 1
    assert why.splitlines()[-1].startswith("identity.no_tpm: ")
