"""The repository on the disk: staged by one person, signed by another, then published.

::

    FOLDER/metadata/N.ROLE.json, timestamp.json    what terminals fetch
    FOLDER/targets/KIND/SHA256.VERSION.tar.gz      releases and rollouts
    FOLDER/staged/ROLE.json                        waits for signatures

Rule 1: nothing staged is fetched by anyone; publishing moves it, once enough people signed.
Rule 2: metadata comes to lie beside what it replaces, and the timestamp, which names all, last:
a reader sees the old state or the new one.
Rule 3: one process at a time publishes, people's or the fleet's: who does holds `alone`.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from securesystemslib.signer import Key, Signer
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.repository import Repository as TufRepository

from fleet.release.roles import DELEGATED, ONLINE, ROLES
from wire.rollout import Artifact, Kind, Rollout, numbers

_KEPT: Final = 32
"""So many versions of what the fleet signs stay, for terminals in the middle of a look."""
_PARENTS = dict.fromkeys(DELEGATED, "targets")


class NotSigned(Exception):
    """A signature that does not count, or too few; carries a stable `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Release:
    """One release that people signed."""

    artifact: Artifact
    floor: str
    python: str


class Repository(TufRepository):
    """One repository."""

    def __init__(
        self, folder: Path, now: Callable[[], datetime], online: Iterable[Signer] = ()
    ) -> None:
        """Open it.

        Args:
            folder: see above.
            now: the time, with its zone.
            online: the fleet's own keys; without them nothing is published.
        """
        self._folder = folder
        self._now = now
        self._online = tuple(online)
        for name in ("metadata", "targets", "staged"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def open(self, role: str) -> Metadata[Any]:
        """Return the newest published metadata of a role, or an empty one."""
        if role == "timestamp":
            place: Path | None = self._folder / "metadata" / "timestamp.json"
        else:
            place = next(iter(self._published(role)[-1:]), None)
        if place is not None and place.exists():
            return Metadata.from_file(str(place))
        kinds = {"root": Root, "snapshot": Snapshot, "timestamp": Timestamp}
        empty: Signed = kinds.get(role, Targets)()
        empty.version = 0
        return Metadata(empty)

    def close(self, role: str, md: Metadata[Any]) -> None:
        """Sign and publish metadata of the fleet's own."""
        self._renew(role, md)
        for signer in self._online:
            md.sign(signer, append=True)
        self._held(role).verify_delegate(role, md.signed_bytes, md.signatures)
        self._write(self._place(role, md), md)

    @property
    def targets_infos(self) -> dict[str, MetaFile]:
        """Versions of what the snapshot names."""
        found = {role: self.open(role).signed.version for role in ("targets", *DELEGATED)}
        return {f"{role}.json": MetaFile(version) for role, version in found.items() if version}

    @property
    def snapshot_info(self) -> MetaFile:
        """Version of what the timestamp names."""
        return MetaFile(self.open("snapshot").signed.version)

    def stage(self, role: str, edit: Callable[[Any], None]) -> None:
        """Prepare the next metadata of a role of people's; signatures given so far are void."""
        md = self.staged(role) or self.open(role)
        edit(md.signed)
        if not self._staged(role).exists():
            self._renew(role, md)
        md.signatures.clear()
        self._write(self._staged(role), md)

    def stage_roles(self, signers: Mapping[str, Sequence[Key]]) -> list[str]:
        """Hand each delegated role to those who sign it; return what they must sign now.

        What a person signed holds under the keys that were named then: a role whose keys change
        is staged anew, as is one that has nothing yet.

        Raises:
            NotSigned: fewer keys for a role than must sign it.
        """
        for role, keys in signers.items():
            if len({key.keyid for key in keys}) < ROLES[role].threshold:
                raise NotSigned("release.too_few_keys")
        held = self.open("targets").signed.delegations
        before = {} if held is None else {name: set(one.keyids) for name, one in held.roles.items()}
        self.stage("targets", lambda targets: delegate(targets, signers))
        changed = [
            role
            for role, keys in signers.items()
            if role not in ONLINE and before.get(role) != {key.keyid for key in keys}
        ]
        for role in changed:
            self.stage(role, lambda _: None)
        return ["targets", *changed]

    def stage_release(self, artifact: Artifact, archive: Path, *, floor: str, python: str) -> None:
        """Put a release into its role, to be signed.

        Raises:
            NotSigned: its version stands there with another content.
        """
        target = TargetFile.from_file(artifact.path, str(archive))
        target.unrecognized_fields["custom"] = {"floor": floor, "python": python}
        old = self.open(artifact.kind).signed.targets.get(artifact.path)
        if old is not None and old.hashes != target.hashes:
            raise NotSigned("release.version_taken")
        self._put(artifact.path, archive.read_bytes())
        self.stage(artifact.kind, lambda role: role.targets.__setitem__(artifact.path, target))

    def sign(self, role: str, signer: Signer) -> int:
        """Add a person's signature to what is staged; return how many are still missing.

        Raises:
            NotSigned: nothing is staged, it is nobody's key, or that person signed already.
        """
        md = self.staged(role)
        if md is None:
            raise NotSigned("release.nothing_staged")
        keyid = signer.public_key.keyid
        if keyid in md.signatures:
            raise NotSigned("release.signed_already")
        if not any(
            keyid in holder.get_delegated_role(role).keyids for holder in self._judges(role)
        ):
            raise NotSigned("release.foreign_key")
        md.sign(signer, append=True)
        self._write(self._staged(role), md)
        return self.missing(role)

    def missing(self, role: str) -> int:
        """Return how many signatures what is staged still wants."""
        md = self.staged(role)
        assert md is not None
        results = [
            holder.get_verification_result(role, md.signed_bytes, md.signatures)
            for holder in self._judges(role)
        ]
        return max(0, *(result.missing for result in results))

    @contextmanager
    def alone(self, *, waits: bool) -> Iterator[bool]:
        """Be the one who publishes until the end of the block; say whether it could be had.

        Args:
            waits: for whoever publishes now; else it cannot be had.
        """
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
        finally:
            os.close(descriptor)

    def publish(self) -> list[str]:
        """Publish everything that enough people signed; return those roles.

        The fleet's server may publish at the same time: each waits for the other.

        Raises:
            NotSigned: something staged wants signatures; then nothing is published.
        """
        with self.alone(waits=True):
            staged = [role for role in ROLES if self._staged(role).exists()]
            if any(self.missing(role) for role in staged):
                raise NotSigned("release.signatures_missing")
            for role in staged:
                md = self.staged(role)
                assert md is not None
                self._write(self._place(role, md), md)
                self._staged(role).unlink()
            self.refresh()
        return staged

    def roll_out(self, rollouts: Iterable[Rollout]) -> None:
        """Publish who may take what now; `alone` is held where others may publish."""
        with self.edit_targets("rollout") as role:
            role.targets.clear()
            for rollout in rollouts:
                path = f"rollout/{rollout.artifact.kind}.json"
                content = msgspec.json.encode(rollout)
                role.targets[path] = TargetFile.from_data(path, content)
                self._put(path, content)
        self.refresh()

    def releases(self) -> list[Release]:
        """Return what is published, by kind, newest version first."""
        return [
            Release(
                Artifact(kind, _version(path), target.hashes["sha256"], target.length),
                target.custom["floor"],
                target.custom["python"],
            )
            for kind in Kind
            for path, target in sorted(
                self.open(kind).signed.targets.items(),
                key=lambda item: numbers(_version(item[0])),
                reverse=True,
            )
        ]

    def rollouts(self) -> list[Rollout]:
        """Return who may take what as it is published now, in the order of kinds."""
        return [
            msgspec.json.decode(self._content(path, target.hashes["sha256"]), type=Rollout)
            for path, target in sorted(self.open("rollout").signed.targets.items())
        ]

    def refresh(self) -> None:
        """Renew what the fleet signs and terminals look at first; `alone` is held."""
        self.do_snapshot(force=True)
        self.do_timestamp(force=True)
        for role in ONLINE - {"timestamp"}:
            for old in self._published(role)[:-_KEPT]:
                old.unlink()

    def staged(self, role: str) -> Metadata[Any] | None:
        """Return what waits for signatures; None when nothing does."""
        place = self._staged(role)
        return Metadata.from_file(str(place)) if place.exists() else None

    def _judges(self, role: str) -> list[Root | Targets]:
        """Return whose thresholds a role must meet; a new root is judged by old and new."""
        if role == "root":
            new = self.staged("root")
            old = self.open("root")
            return [one.signed for one in (old, new) if one is not None and one.signed.version]
        return [self._held(role)]

    def _held(self, role: str) -> Root | Targets:
        parent = _PARENTS.get(role, "root")
        new = self.staged(parent)
        held: Root | Targets = (new or self.open(parent)).signed
        return held

    def _renew(self, role: str, md: Metadata[Any]) -> None:
        md.signed.version += 1
        md.signed.expires = (
            (self._now() + timedelta(days=ROLES[role].days)).astimezone(UTC).replace(microsecond=0)
        )
        md.signatures.clear()

    def _place(self, role: str, md: Metadata[Any]) -> Path:
        prefix = "" if role == "timestamp" else f"{md.signed.version}."
        return self._folder / "metadata" / f"{prefix}{role}.json"

    def _published(self, role: str) -> list[Path]:
        """Return the versions of a role's metadata, oldest first."""
        found = (self._folder / "metadata").glob(f"*.{role}.json")
        return sorted(found, key=lambda path: int(path.name.partition(".")[0]))

    def _content(self, path: str, digest: str) -> bytes:
        folder, _, name = path.rpartition("/")
        return (self._folder / "targets" / folder / f"{digest}.{name}").read_bytes()

    def _staged(self, role: str) -> Path:
        return self._folder / "staged" / f"{role}.json"

    def _put(self, path: str, content: bytes) -> None:
        folder, _, name = path.rpartition("/")
        place = self._folder / "targets" / folder / f"{hashlib.sha256(content).hexdigest()}.{name}"
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            _replace(place, content)

    def _write(self, place: Path, md: Metadata[Any]) -> None:
        _replace(place, md.to_bytes())


def _version(path: str) -> str:
    """Return the version in a release's name: KIND/VERSION.tar.gz."""
    return path.rpartition("/")[2].removesuffix(".tar.gz")


def _replace(place: Path, content: bytes) -> None:
    new = place.with_name(f"{place.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)


def entrust(root: Root, keys: Mapping[str, Sequence[Key]]) -> None:
    """Fill the root of a new repository, or of one whose keys change.

    Args:
        root: changed in place.
        keys: of each role of the root's.
    """
    root.consistent_snapshot = True
    for role, held in keys.items():
        for keyid in list(root.roles[role].keyids):
            root.revoke_key(keyid, role)
        for key in held:
            root.add_key(key, role)
        root.roles[role].threshold = ROLES[role].threshold


def delegate(targets: Targets, keys: Mapping[str, Sequence[Key]]) -> None:
    """Hand each kind of release, and the rollouts, to their signers."""
    held = {key.keyid: key for signers in keys.values() for key in signers}
    roles = {
        name: DelegatedRole(
            name, [key.keyid for key in signers], ROLES[name].threshold, terminating=True,
            paths=[f"{name}/*"],
        )
        for name, signers in keys.items()
    }  # fmt: skip
    targets.delegations = Delegations(held, roles)
