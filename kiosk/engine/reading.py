"""The public content that is shown, and how a newer bundle takes its place."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.audit import note
from kiosk.content.bundle import Shelf, shipped
from kiosk.content.model import BadContent
from wire.audit_events import AuditEvent


class Reading:
    """Holds the last good content."""

    def __init__(self, folder: Path, key: Path) -> None:
        """Open the last good bundle; a broken one leaves what was shipped."""
        self._shelf = Shelf(folder, _key(key))
        try:
            self.content = self._shelf.open()
        except BadContent as bad:
            note(AuditEvent.CONTENT_REFUSED, failure=bad.code)
            self.content = shipped()

    def renew(self) -> bool:
        """Take a bundle that has arrived; say whether other content is shown now."""
        try:
            arrived = self._shelf.take(self.content)
        except BadContent as bad:
            note(AuditEvent.CONTENT_REFUSED, failure=bad.code)
            return False
        if arrived is None:
            return False
        self.content = arrived
        note(AuditEvent.CONTENT_TAKEN, serial=arrived.serial)
        return True


def _key(path: Path) -> Ed25519PublicKey | None:
    """Read the key; one that is no Ed25519 key signs nothing."""
    if not path.is_file():
        return None
    try:
        key = load_pem_public_key(path.read_bytes())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None
