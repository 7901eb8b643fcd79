"""Signed bundles of content: as files of a release, or laid where one arrives by hand."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.content.bundle import SHIPPED, sign

KEY: Final = Ed25519PrivateKey.generate()
_MADE_AT: Final = datetime(2026, 11, 25, 12, tzinfo=UTC)


def content_files(*, serial: int, signed_by_us: bool = True) -> dict[str, bytes]:
    """Return the files of a bundle, by name."""
    with tempfile.TemporaryDirectory() as place:
        _make(Path(place), serial, KEY if signed_by_us else Ed25519PrivateKey.generate())
        return {one.name: one.read_bytes() for one in sorted(Path(place).iterdir())}


def lay(folder: Path, *, serial: int) -> None:
    """Lay a bundle where it arrives by hand."""
    (folder / "incoming").mkdir(parents=True)
    _make(folder / "incoming", serial, KEY)


def public_key(folder: Path) -> Path:
    """Write the public half, as a terminal has it; return where."""
    place = folder / "key.pem"
    place.write_bytes(
        KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    return place


def _make(folder: Path, serial: int, key: Ed25519PrivateKey) -> None:
    shutil.copy(SHIPPED, folder / "services.toml")
    (folder / "information.toml").write_text("schema = 1\nnotices = []\n")
    sign(folder, key, serial=serial, made_at=_MADE_AT)
