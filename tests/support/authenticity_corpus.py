"""Specimens for fuzzing, made once and kept: ``python -m tests.support.authenticity_corpus``.

They are kept so that a mutation that was found once stays the same mutation; their keys
are thrown away.
"""

import datetime as dt
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.personalise import pki
from drivers.card.personalise.suite import KeyKind, Suite

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "authenticity"
GROUPS = {1: b"data group one", 2: b"data group two", 14: b"data group fourteen"}
"""What the security object signs."""
_VALIDITY = (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC))


def read(name: str) -> bytes:
    """Return a specimen."""
    return (FOLDER / name).read_bytes()


def _make() -> dict[str, bytes]:
    csca = pki.make_csca(suite=Suite(key=KeyKind.BRAINPOOL_256, explicit=True))
    signer = pki.make_signer(csca, document_types=["ID"])
    root = csca.certificate.public_bytes(Encoding.DER)
    return {
        "csca.der": root,
        "security_object.bin": pki.sign(GROUPS, signer),
        "revocation_list.crl": pki.make_revocation_list(
            csca, [pki.make_signer(csca).certificate], validity=_VALIDITY
        ),
        "master_list.ml": pki.make_master_list([root], pki.make_list_signer(csca)),
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in _make().items():
        (FOLDER / name).write_bytes(content)
