"""The public content that is shown, and how a newer bundle takes its place.

Two ways lead here: a bundle that was laid into ``incoming``, and one that the fleet rolled out
(`kiosk.engine.taking`). Both are signed by the same key; of the two the larger serial is shown.
"""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.audit import note
from kiosk.content.bundle import Content, Shelf, shipped, verified
from kiosk.content.model import BadContent
from kiosk.engine.taking import NotTaken
from kiosk.engine.updating import slots_of
from kiosk.update.versions import Versions
from wire.audit_events import AuditEvent
from wire.failures import Failure


class Reading:
    """Holds the last good content."""

    def __init__(self, folder: Path, key: Path, rolled_out: Versions | None = None) -> None:
        """Open the last good bundle; a broken one leaves what was shipped.

        Args:
            folder: see `kiosk.content.bundle.Shelf`.
            key: the public half of what signs content; without it nothing but the shipped is shown.
            rolled_out: what the fleet rolled out.
        """
        self._key = _key(key)
        self._shelf = Shelf(folder, self._key)
        self._rolled_out = rolled_out
        self._laid = self._open_shelf()
        self.content = self._newest()

    def renew(self) -> bool:
        """Take a bundle that has arrived; say whether other content is shown now."""
        try:
            arrived = self._shelf.take(self.content)
        except BadContent as bad:
            note(AuditEvent.CONTENT_REFUSED, failure=bad.code)
            return False
        if arrived is None:
            return False
        self.content = self._laid = arrived
        note(AuditEvent.CONTENT_TAKEN, serial=arrived.serial)
        return True

    def take(self, tree: Path) -> None:
        """Show what was rolled out from now on; its version says what is newer, not its serial.

        Raises:
            NotTaken: it is not signed, not whole or of another form than agreed; the last stays.
        """
        if self._key is None:
            raise NotTaken(Failure.CONTENT_SIGNATURE_BAD)
        try:
            self.content = verified(tree, self._key)
        except BadContent as bad:
            raise NotTaken(bad.code) from None
        note(AuditEvent.CONTENT_TAKEN, serial=self.content.serial)

    def back(self) -> None:
        """Show the last good content again."""
        self.content = self._newest()

    def _open_shelf(self) -> Content:
        try:
            return self._shelf.open()
        except BadContent as bad:
            note(AuditEvent.CONTENT_REFUSED, failure=bad.code)
            return shipped()

    def _newest(self) -> Content:
        if self._rolled_out is None or self._key is None:
            return self._laid
        tree = self._rolled_out.tree(slots_of(self._rolled_out).good)
        if not tree.is_dir():
            return self._laid
        try:
            good = verified(tree, self._key)
        except BadContent as bad:
            note(AuditEvent.CONTENT_REFUSED, failure=bad.code)
            return self._laid
        return max(self._laid, good, key=lambda content: content.serial)


def _key(path: Path) -> Ed25519PublicKey | None:
    """Read the key; one that is no Ed25519 key signs nothing."""
    if not path.is_file():
        return None
    try:
        key = load_pem_public_key(path.read_bytes())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None
