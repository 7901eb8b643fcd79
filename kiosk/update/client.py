"""What the signed repository offers: python-tuf checks who said it, we check what was said.

The root that came with the image is the anchor; whatever lies in the metadata folder was checked
against it once and is checked again. Source: The Update Framework, specification 1.0.33.

Our exceptions: `Refused` for what is not to be believed, `transport.NotFetched` for what did not
come. Neither stops a terminal: it goes on with what it runs.
"""

import contextlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec
from tuf.api.exceptions import (
    DownloadError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
)
from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater, UpdaterConfig

from kiosk.update.boots import Refused
from kiosk.update.offer import Signed
from kiosk.update.transport import NotFetched, Transport
from wire.rollout import LARGEST_BYTES, Artifact, Kind, Rollout

_ROOM_TIMES: Final = 4
"""Archive, unpacked tree, and as much again left free."""
_CONFIG: Final = UpdaterConfig(
    max_root_rotations=64,
    max_delegations=8,
    root_max_length=64 * 1024,
    snapshot_max_length=256 * 1024,
    targets_max_length=1 << 20,
)


class _Custom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the signers add to a release."""

    floor: str
    python: str


class Client:
    """One look at the repository; made anew for each."""

    def __init__(
        self, folder: Path, url: str, root: bytes, transport: Transport, now: datetime
    ) -> None:
        """Check the anchor; nothing is asked yet.

        Args:
            folder: holds metadata and downloads; made where missing.
            url: of the repository.
            root: the root metadata that came with the image.
            transport: asks.
            now: the terminal's time. One that is behind by years sees nothing expire, and can
                still be led no step back: versions of metadata only grow.

        Raises:
            Refused: the anchor is none.
        """
        self._folder = folder
        self._url = url.rstrip("/")
        self._transport = transport
        (folder / "metadata").mkdir(parents=True, exist_ok=True)
        for name in ("downloads", "rollouts"):
            (folder / name).mkdir(exist_ok=True)
        try:
            self._updater = Updater(
                str(folder / "metadata"),
                f"{self._url}/metadata/",
                fetcher=transport,
                config=_CONFIG,
                bootstrap=root,
            )
        except RepositoryError:
            raise Refused("update.bad_anchor") from None
        # The library reads the clock itself; a look has one time.
        self._updater._trusted_set.reference_time = now.astimezone(UTC)  # noqa: SLF001

    def refresh(self) -> None:
        """Fetch what the repository says now; the rest is asked of that.

        Raises:
            Refused, NotFetched: see `rollout`.
        """
        with _believing():
            self._updater.refresh()

    def rollout(self, kind: Kind) -> Rollout | None:
        """Return the rollout of a kind as it stands now; None where there is none.

        Raises:
            Refused: what came is not to be believed.
            NotFetched: nothing came.
        """
        target = self._target(f"rollout/{kind}.json")
        if target is None:
            return None
        if target.length > LARGEST_BYTES:
            raise Refused("update.bad_rollout")
        content = self._small(target, self._folder / "rollouts" / f"{kind}.json")
        try:
            rollout = msgspec.json.decode(content, type=Rollout)
        except msgspec.DecodeError:
            raise Refused("update.bad_rollout") from None
        if rollout.artifact.kind is not kind:
            raise Refused("update.bad_rollout")
        return rollout

    def signed(self, artifact: Artifact) -> Signed | None:
        """Return what the offline signers say under that name; None when they say nothing.

        Raises:
            Refused, NotFetched: see `rollout`.
        """
        target = self._target(artifact.path)
        if target is None:
            return None
        try:
            said = msgspec.convert(target.custom, _Custom)
        except msgspec.ValidationError:
            raise Refused("update.bad_release") from None
        held = msgspec.structs.replace(
            artifact, sha256=target.hashes.get("sha256", ""), length=target.length
        )
        return Signed(held, floor=said.floor, python=said.python)

    def fetch(self, artifact: Artifact) -> Path:
        """Return the archive of a release, whole and checked; goes on where it was cut.

        Raises:
            Refused: another content than signed; what came is dropped.
            NotFetched: not all of it came; what came is kept for the next time.
        """
        target = self._target(artifact.path)
        if target is None:
            raise Refused("update.unsigned")
        place = self._folder / "downloads" / f"{artifact.kind}-{artifact.sha256}.part"
        for other in place.parent.glob(f"{artifact.kind}-*"):
            if other != place:
                other.unlink()
        if shutil.disk_usage(place.parent).free < _ROOM_TIMES * artifact.length:
            raise Refused("update.no_room")
        self._transport.resume(self._address(target), place, artifact.length)
        try:
            with place.open("rb") as content:
                target.verify_length_and_hashes(content)
        except LengthOrHashMismatchError:
            place.unlink()
            raise Refused("update.changed") from None
        return place

    def _small(self, target: TargetFile, kept: Path) -> bytes:
        """Return a small target; one that is here already is not asked for at every look."""
        with contextlib.suppress(OSError, LengthOrHashMismatchError):
            content = kept.read_bytes()
            target.verify_length_and_hashes(content)
            return content
        try:
            content = self._transport.download_bytes(self._address(target), target.length)
            target.verify_length_and_hashes(content)
        except (LengthOrHashMismatchError, DownloadLengthMismatchError):
            raise Refused("update.changed") from None
        except DownloadError:
            raise NotFetched("no answer") from None
        with contextlib.suppress(OSError):
            kept.write_bytes(content)
        return content

    def _target(self, path: str) -> TargetFile | None:
        with _believing():
            return self._updater.get_targetinfo(path)

    def _address(self, target: TargetFile) -> str:
        folder, _, name = target.path.rpartition("/")
        digest = target.hashes["sha256"]
        return f"{self._url}/targets/{quote(folder)}/{digest}.{quote(name)}"


@contextlib.contextmanager
def _believing() -> Iterator[None]:
    """Tell what is not to be believed from what did not come."""
    try:
        yield
    except ExpiredMetadataError:
        raise Refused("update.expired") from None
    except DownloadLengthMismatchError:
        raise Refused("update.changed") from None
    except RepositoryError:
        raise Refused("update.not_believed") from None
    except (DownloadError, OSError):
        raise NotFetched("no answer") from None
