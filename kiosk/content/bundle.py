"""A signed folder of content: what is in it is shown only if all of it is genuine.

Rule 1: `manifest.sig` is the Ed25519 signature (RFC 8032) of CONTEXT and the bytes of
`manifest.toml`, which names every file with its SHA-256.
Rule 2: the serial only grows: an older bundle never replaces a newer one.
Rule 3: nothing of a bundle is taken before all of it was verified and read; the last good
one stays until then, and stays for good when the next is broken.
"""

import hashlib
import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from kiosk.content.model import (
    LONGEST_FILE,
    SCHEMA,
    BadContent,
    Information,
    Services,
    Strict,
    information,
    services,
)
from wire.failures import Failure

CONTEXT: Final = b"kiosk content bundle 1\n"
MANIFEST: Final = "manifest.toml"
SIGNATURE: Final = "manifest.sig"
FILES: Final = ("services.toml", "information.toml")
SHIPPED: Final = Path(__file__).with_name("services.toml")


class Manifest(Strict, frozen=True):
    """manifest.toml."""

    schema: int
    serial: Annotated[int, msgspec.Meta(ge=1)]
    made_at: datetime
    files: dict[str, Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything there is to read."""

    services: Services
    information: Information
    serial: int = 0
    """0 for what was shipped with the program."""


def shipped() -> Content:
    """Return what a terminal shows before it has any bundle: the services, no news."""
    return Content(services(SHIPPED.read_text()), Information(SCHEMA))


def verified(folder: Path, key: Ed25519PublicKey) -> Content:
    """Return the content of `folder`.

    Raises:
        BadContent: it is not signed by `key`, not whole, or of another form than agreed.
    """
    manifest_bytes = _bytes(folder / MANIFEST)
    try:
        key.verify(_bytes(folder / SIGNATURE), CONTEXT + manifest_bytes)
    except InvalidSignature:
        raise BadContent(Failure.CONTENT_SIGNATURE_BAD, "manifest.toml") from None
    manifest = _manifest(manifest_bytes)
    texts = {}
    for name in FILES:
        body = _bytes(folder / name)
        if manifest.files.get(name) != hashlib.sha256(body).hexdigest():
            raise BadContent(Failure.CONTENT_SIGNATURE_BAD, name)
        texts[name] = _text(body)
    read = services(texts["services.toml"]), information(texts["information.toml"])
    return Content(*read, manifest.serial)


def sign(folder: Path, key: Ed25519PrivateKey, *, serial: int, made_at: datetime) -> None:
    """Write manifest and signature for the files that lie in `folder`.

    Raises:
        BadContent: a file is missing or of another form than agreed.
    """
    bodies = {name: _bytes(folder / name) for name in FILES}
    services(_text(bodies["services.toml"]))
    information(_text(bodies["information.toml"]))
    lines = [f"schema = {SCHEMA}", f"serial = {serial}", f"made_at = {made_at.isoformat()}"]
    lines += ["", "[files]"]
    lines += [f'"{name}" = "{hashlib.sha256(body).hexdigest()}"' for name, body in bodies.items()]
    manifest = ("\n".join(lines) + "\n").encode()
    _manifest(manifest)
    (folder / MANIFEST).write_bytes(manifest)
    (folder / SIGNATURE).write_bytes(key.sign(CONTEXT + manifest))


@dataclass(slots=True)
class Shelf:
    """The bundle that is shown, and the place where the next one arrives.

    ``incoming`` is filled from outside and renamed into place as a whole; ``current`` is the
    last good one.
    """

    folder: Path
    key: Ed25519PublicKey | None
    """Without a key only what was shipped is shown."""

    @property
    def _current(self) -> Path:
        return self.folder / "current"

    @property
    def _incoming(self) -> Path:
        return self.folder / "incoming"

    def open(self) -> Content:
        """Return the last good content.

        Raises:
            BadContent: what lies there is broken; `shipped` still holds.
        """
        if self.key is None or not self._current.is_dir():
            return shipped()
        return verified(self._current, self.key)

    def take(self, shown: Content) -> Content | None:
        """Return what has arrived, kept as the last good; None if nothing has.

        Raises:
            BadContent: what has arrived is broken or old; it is thrown away, `shown` stays.
        """
        if self.key is None or not self._incoming.is_dir():
            return None
        try:
            arrived = _newer(verified(self._incoming, self.key), shown)
        except BadContent:
            shutil.rmtree(self._incoming)
            raise
        former = self.folder / "former"
        shutil.rmtree(former, ignore_errors=True)
        if self._current.exists():
            self._current.rename(former)
        self._incoming.rename(self._current)
        return arrived


def _newer(arrived: Content, shown: Content) -> Content:
    if arrived.serial <= shown.serial:
        raise BadContent(Failure.CONTENT_OLD, f"serial {arrived.serial} is not the next")
    return arrived


def _manifest(body: bytes) -> Manifest:
    try:
        manifest = msgspec.convert(tomllib.loads(_text(body)), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadContent(Failure.CONTENT_MALFORMED, str(error)) from None
    if manifest.schema != SCHEMA:
        raise BadContent(Failure.CONTENT_MALFORMED, f"schema {manifest.schema}")
    return manifest


def _bytes(path: Path) -> bytes:
    """Read a file of bounded size; a link out of the folder is not followed."""
    try:
        if path.is_symlink() or path.stat().st_size > LONGEST_FILE:
            raise BadContent(Failure.CONTENT_MALFORMED, path.name)
        return path.read_bytes()
    except OSError:
        raise BadContent(Failure.CONTENT_MALFORMED, f"{path.name} cannot be read") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise BadContent(Failure.CONTENT_MALFORMED, "not UTF-8") from None
