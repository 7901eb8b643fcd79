"""The register's keys, as files in its data folder; `enrolment.sandbox` makes such a folder."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from wire.record import key_id


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What the register opens, signs and digests with."""

    opening: X25519PrivateKey
    opening_id: str
    signing: Ed25519PrivateKey
    number: bytes
    """For keyed digests of identity numbers: a bare digest of so few numbers is no secret."""


def load(folder: Path) -> Keys:
    """Read the keys in `folder`.

    Raises:
        OSError: a file is missing.
        ValueError: a file holds no such key.
    """
    opening = X25519PrivateKey.from_private_bytes((folder / "seal_private.bin").read_bytes())
    signing = load_pem_private_key((folder / "receipt_private.pem").read_bytes(), password=None)
    if not isinstance(signing, Ed25519PrivateKey):
        raise ValueError("receipt_private.pem holds no Ed25519 key")  # noqa: TRY004
    return Keys(
        opening=opening,
        opening_id=key_id(opening.public_key().public_bytes_raw()),
        signing=signing,
        number=(folder / "number_key.bin").read_bytes(),
    )
