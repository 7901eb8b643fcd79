"""Unpack a release: a gzip tar of plain files under its manifest, believed in nothing.

The archive is named and hashed by signed metadata before it comes here (`kiosk.update.client`);
still its parser meets bytes from outside, and a signer's tool may have been wrong.

Rule 1: the first member is ``MANIFEST.json``; every other is a file it names, once, with its
length and SHA-256. No links, devices, absolute or climbing names, no owner.
Rule 2: not a byte more is read than the manifest announces, nor more than `Limits`.
"""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated, Final

import msgspec
from msgspec import Meta

from kiosk.durable import synced

MANIFEST: Final = "MANIFEST.json"
_PART: Final = r"[A-Za-z0-9_@+=-][A-Za-z0-9_@+=,. -]*"
"""No part of a name begins with a dot: none climbs, none hides."""
_NAME: Final = rf"^{_PART}(/{_PART})*$"
_CHUNK: Final = 1 << 16
_BLOCK: Final = 512
_DIRECTORY_MODE: Final = 0o755


class BadBundle(Exception):
    """An archive that is no release; carries no content of it."""

    code = "update.bad_bundle"


class NoRoom(Exception):
    """The disk cannot hold the release."""

    code = "update.no_room"


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a release."""

    name: Annotated[str, Meta(pattern=_NAME, max_length=240)]
    length: Annotated[int, Meta(ge=0, le=1 << 31)]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    program: bool = False
    """It may be run."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a release holds."""

    version: Annotated[str, Meta(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){2}$")]
    python: Annotated[str, Meta(pattern=r"^3\.[0-9]{1,2}$")]
    """The interpreter that its native parts were built for."""
    files: Annotated[tuple[Listed, ...], Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a release may cost."""

    manifest_bytes: int = 8 << 20
    files: int = 50_000
    all_bytes: int = 1 << 30


def unpack(archive: IO[bytes], into: Path, version: str, limits: Limits) -> Manifest:
    """Unpack a version below the empty folder `into`, each file and folder made durable.

    Raises:
        BadBundle: see the rules.
        NoRoom: no space is left.
    """
    try:
        with (
            gzip.open(archive) as plain,
            tarfile.open(fileobj=_Capped(plain, limits), mode="r|", errorlevel=2) as members,
        ):
            return _members(members, into, version, limits)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError):
        raise BadBundle("no archive of plain files") from None
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise BadBundle("a file where a folder must be") from None
    except OSError as error:
        raise NoRoom(error.strerror) from None


class _Capped(io.RawIOBase):
    """A stream that ends loudly after what a release may hold, headers included."""

    def __init__(self, source: gzip.GzipFile, limits: Limits) -> None:
        super().__init__()
        self._source = source
        self._left = limits.all_bytes + limits.manifest_bytes + 2 * _BLOCK * limits.files

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            BadBundle: more than a release may hold.
        """
        content = self._source.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise BadBundle("more than a release may hold")
        return content


def _members(members: tarfile.TarFile, into: Path, version: str, limits: Limits) -> Manifest:
    first = members.next()
    if first is None or first.name != MANIFEST or first.type != tarfile.REGTYPE:
        raise BadBundle("the manifest does not come first")
    if first.size > limits.manifest_bytes:
        raise BadBundle("a manifest too long")
    content = _read(members, first)
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError:
        raise BadBundle("no manifest") from None
    if manifest.version != version:
        raise BadBundle("another version than announced")
    awaited = {listed.name: listed for listed in manifest.files}
    if len(awaited) != len(manifest.files) or len(awaited) > limits.files:
        raise BadBundle("a file twice, or too many")
    if sum(listed.length for listed in manifest.files) > limits.all_bytes:
        raise BadBundle("more than a release may hold")
    while (member := members.next()) is not None:
        listed = awaited.pop(member.name, None)
        if listed is None or member.type != tarfile.REGTYPE or member.size != listed.length:
            raise BadBundle("a member that the manifest does not list so")
        _write(members, member, listed, into)
    if awaited:
        raise BadBundle("a listed file is missing")
    (into / MANIFEST).write_bytes(content)
    make_durable(into)
    return manifest


def _read(members: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    source = members.extractfile(member)
    assert source is not None
    return source.read()


def _write(members: tarfile.TarFile, member: tarfile.TarInfo, listed: Listed, into: Path) -> None:
    source = members.extractfile(member)
    assert source is not None
    place = into / listed.name
    place.parent.mkdir(mode=_DIRECTORY_MODE, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(
        place,
        os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW,
        0o755 if listed.program else 0o644,
    )
    with os.fdopen(descriptor, "wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    if digest.hexdigest() != listed.sha256:
        raise BadBundle("a file that is another than listed")


def make_durable(folder: Path) -> None:
    """Bring each file and folder below to the disk, from the leaves up."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            synced(Path(place) / name)
        synced(Path(place))


def whole(folder: Path) -> bool:
    """Say whether an unpacked release is still what its manifest lists, and nothing else."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        listed = {one.name: one.sha256 for one in manifest.files}
        found = {
            str(place.relative_to(folder)): hashlib.sha256(place.read_bytes()).hexdigest()
            for place in folder.rglob("*")
            if not place.is_dir() or place.is_symlink()
        }
    except (OSError, msgspec.DecodeError):
        return False
    found.pop(MANIFEST, None)
    return found == listed
