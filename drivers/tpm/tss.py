"""A machine's key in a TPM 2.0, through tpm2-pytss.

What is kept on the disk is the key as the TPM itself has wrapped it ("TSS2 PRIVATE KEY", the
form that tpm2-openssl reads too): of use in that TPM alone, until it is cleared.

Rule 1: the only module that imports tpm2-pytss, and only when a TPM is spoken to: a machine
without the libraries is a machine without a TPM.
Rule 2: nothing stays loaded. Each signature loads the key and lets it go, so a TPM with three
places and no resource manager is enough, and a reset in between is not noticed.
Rule 3: not bound to the state of the boot: this key says which machine, the key that
systemd-creds keeps says in which state (docs/adr/0022).

Source: TPM 2.0 Library, part 1, 19.8 (dictionary attack protection), part 2, 8.3 (object
attributes), part 3, 12.1 (TPM2_Create), 12.2 (TPM2_Load), 20.2 (TPM2_Sign), 25.2
(TPM2_DictionaryAttackLockReset); the file's form: draft-bottomley-tpm2-keys.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from drivers.tpm.errors import TpmMissing, TpmRefuses

DEVICE: Final = "device:/dev/tpmrm0"
"""The kernel's resource manager; how libtss2 names it."""
_FORM: Final = "ecc256:ecdsa-sha256"
_ATTRIBUTES: Final = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|sign"
_COORDINATE_BYTES: Final = 32


class TssKey:
    """A `wire.signing.MachineKey`."""

    def __init__(self, kept: bytes, *, tcti: str = DEVICE) -> None:
        """Use the key that `make` gave, in the TPM at `tcti`; nothing is opened yet."""
        self._bytes = kept
        self._tcti = tcti

    @classmethod
    def make(cls, *, tcti: str = DEVICE) -> bytes:
        """Make a key in the TPM; return what may lie on the disk.

        Raises:
            TpmMissing: no TPM answers.
            TpmRefuses: it makes no key.
        """
        with _talking(tcti) as tpm:
            from tpm2_pytss.tsskey import TSSPrivKey  # noqa: PLC0415 - rule 1
            from tpm2_pytss.types import TPMT_PUBLIC  # noqa: PLC0415 - rule 1

            template = TPMT_PUBLIC.parse(_FORM, objectAttributes=_ATTRIBUTES)
            kept: bytes = TSSPrivKey.create(tpm, template).to_pem()
            return kept

    @cached_property
    def public(self) -> ec.EllipticCurvePublicKey:
        """Return the public half.

        Raises:
            TpmMissing: the libraries are not installed.
            TpmRefuses: what was kept is no key of ours.
        """
        try:
            public = load_der_public_key(self._kept.public.publicArea.to_der())
        except ValueError:
            raise TpmRefuses("no key of ours") from None
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise TpmRefuses("no key of ours")
        return public

    def sign(self, content: bytes) -> bytes:
        """Return the signature: r, then s, 32 bytes each.

        Raises:
            TpmMissing: no TPM answers.
            TpmRefuses: the TPM that answers is not this key's.
        """
        with _talking(self._tcti) as tpm:
            from tpm2_pytss.constants import TPM2_ALG, TPM2_RH, TPM2_ST  # noqa: PLC0415 - rule 1
            from tpm2_pytss.types import (  # noqa: PLC0415 - rule 1
                TPM2B_DIGEST,
                TPMT_SIG_SCHEME,
                TPMT_TK_HASHCHECK,
            )

            # Not a restricted key: the digest may be made outside, which the ticket says.
            made_outside = TPMT_TK_HASHCHECK(tag=TPM2_ST.HASHCHECK, hierarchy=TPM2_RH.NULL)
            with self._kept.load(tpm) as key:
                signed = tpm.sign(
                    key,
                    TPM2B_DIGEST(hashlib.sha256(content).digest()),
                    TPMT_SIG_SCHEME(scheme=TPM2_ALG.NULL),
                    made_outside,
                )
            halves = signed.signature.ecdsa
            return b"".join(
                bytes(half).rjust(_COORDINATE_BYTES, b"\0")
                for half in (halves.signatureR, halves.signatureS)
            )

    @cached_property
    def _kept(self) -> Any:
        try:
            from tpm2_pytss.tsskey import TSSPrivKey  # noqa: PLC0415 - rule 1
        except ImportError:
            raise TpmMissing("tpm2-pytss or libtss2 is not installed") from None
        try:
            return TSSPrivKey.from_pem(self._bytes)
        except Exception as cause:  # a parser of foreign bytes raises what it likes
            raise TpmRefuses("no key of ours") from cause


def forget_failures(*, tcti: str = DEVICE) -> None:
    """Let the TPM count failures from zero; one that was locked out opens again.

    Mains that are pulled after a key of systemd-creds was used count as a wrong guess, and after
    some of them (three in a software TPM) none of its keys opens for a while (1,000 s there). No
    key of ours has a PIN that could be guessed.

    Raises:
        TpmMissing: no TPM answers.
        TpmRefuses: somebody has set a secret for this.
    """
    with _talking(tcti) as tpm:
        from tpm2_pytss import ESYS_TR  # noqa: PLC0415 - rule 1

        tpm.dictionary_attack_lock_reset(ESYS_TR.LOCKOUT)


@contextmanager
def _talking(tcti: str) -> Iterator[Any]:
    """Talk to a TPM in the block.

    Raises:
        TpmMissing: none answers.
        TpmRefuses: it does not do what it is asked in the block.
    """
    try:
        from tpm2_pytss import ESAPI, TSS2_Exception  # noqa: PLC0415 - rule 1
    except ImportError:
        raise TpmMissing("tpm2-pytss or libtss2 is not installed") from None
    try:
        tpm = ESAPI(tcti)
    except (TSS2_Exception, RuntimeError) as cause:
        raise TpmMissing("no TPM answers") from cause
    try:
        yield tpm
    except TSS2_Exception as cause:
        raise TpmRefuses("the TPM does not do it") from cause
    finally:
        tpm.close()
