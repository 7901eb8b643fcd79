"""The versions on the disk: unpacked trees, a link to the one that runs, and what is known.

::

    FOLDER/slots.json         `kiosk.update.boots.Slots`, replaced as a whole
    FOLDER/current            a link to versions/NAME, replaced as a whole
    FOLDER/versions/NAME/     a release under its manifest, never written again
    FOLDER/versions/.new-*    a release being unpacked: swept away at the next start

Rule 1: whatever instant the power fails at, slots and link are either old or new, and every
version they name is whole: files, then folders, then the name, then what names it.
Rule 2: one process at a time writes (a lock on the folder).
Rule 3: what was shipped has no tree and is always there: it runs where nothing better can.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

import msgspec

from kiosk.durable import synced
from kiosk.update import boots
from kiosk.update.boots import Slots
from kiosk.update.bundle import Limits, unpack, whole

_NEW: Final = ".new-"


class NoVersions(Exception):
    """The folder holds nothing that could be started; carries a stable `code`."""

    code = "update.no_version"


class Versions:
    """The folder of versions."""

    def __init__(
        self,
        folder: Path,
        *,
        shipped: str = "",
        small: bool = False,
        limits: Limits | None = None,
    ) -> None:
        """Name the folder; it is looked at by each call anew.

        Args:
            folder: see above.
            shipped: what there is without any release; empty where there is nothing.
            small: whether a good version is held against its manifest at each start.
            limits: what a release may cost.
        """
        self._folder = folder
        self._trees = folder / "versions"
        self._shipped = shipped
        self._small = small
        self._limits = limits or Limits()

    def tree(self, version: str) -> Path:
        """Return where a version lies."""
        return self._trees / version

    def slots(self) -> Slots:
        """Return what is known.

        Raises:
            NoVersions: nothing is, or it cannot be read.
        """
        try:
            return msgspec.json.decode((self._folder / "slots.json").read_bytes(), type=Slots)
        except FileNotFoundError:
            if self._shipped:
                return Slots(good=self._shipped)
            raise NoVersions("no slots") from None
        except (OSError, msgspec.DecodeError, ValueError):
            raise NoVersions("no slots that can be read") from None

    def found(self, archive: IO[bytes], version: str) -> None:
        """Lay down the first version of a bare machine.

        Raises:
            BadBundle, NoRoom: see `kiosk.update.bundle.unpack`.
        """
        with self.writing():
            self._unpack(archive, version)
            self._switch(Slots(good=version), version)

    def add(self, archive: IO[bytes], version: str, *, floor: str = "0.0.0") -> None:
        """Unpack a version and put it on trial; the one that runs goes on.

        Raises:
            Refused: see `kiosk.update.boots.offer`.
            BadBundle, NoRoom: see `kiosk.update.bundle.unpack`.
            NoVersions: there is nothing to fall back to.
        """
        with self.writing():
            slots = self.slots()
            tried = boots.offer(slots, version, floor=floor)
            if not whole(self.tree(version)):
                # Here, for whoever unpacks may also drop, which the engine may not everywhere.
                self._sweep(slots)
                self._unpack(archive, version)
            self._keep(tried)

    def holds(self, version: str) -> bool:
        """Say whether a version lies here, whole."""
        return whole(self.tree(version))

    def offer(self, version: str, *, floor: str = "0.0.0") -> None:
        """Put a version that lies here on trial.

        Raises:
            Refused: see `kiosk.update.boots.offer`.
            NoVersions: there is nothing to fall back to.
        """
        with self.writing():
            self._keep(boots.offer(self.slots(), version, floor=floor))

    def take_back(self) -> None:
        """Forget what waits to be tried, as long as it was not started: it is not offered now."""
        with self.writing():
            before = self.slots()
            after = boots.take_back(before)
            if after != before:
                self._keep(after)

    def start(self) -> boots.Start:
        """Decide which version is started now, and remember it before it is.

        Raises:
            NoVersions: there is none that is whole.
        """
        with self.writing():
            return self.started(boots.start(self.slots()))

    def started(self, chosen: boots.Start) -> boots.Start:
        """Remember a start, or another in its place where a tree is damaged; `writing` is held.

        Raises:
            NoVersions: see `start`.
        """
        for leftover in self._trees.glob(f"{_NEW}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        tried = chosen.version == chosen.slots.trial
        if tried and not self._may_run(chosen.version, closely=True):
            damaged = boots.give_up(chosen.slots, chosen.version)
            chosen = boots.start_good(damaged, gave_up=chosen.version)
        if not self._may_run(chosen.version, closely=self._small):
            if not self._shipped:
                raise NoVersions("the good version is gone")
            chosen = boots.Start(self._shipped, self._back_to_shipped(chosen.slots), chosen.gave_up)
        self._switch(chosen.slots, chosen.version)
        return chosen

    def confirm(self, version: str, *, turn: int = 0) -> None:
        """Take the word of a version that it works, and drop what nobody goes back to."""
        with self.writing():
            before = self.slots()
            after = boots.confirm(before, version, turn=turn)
            if after != before:
                self._keep(after)
                self._sweep(after)

    def give_up(self, version: str) -> None:
        """Mark the version on trial as bad at its own word: the next start undoes it."""
        with self.writing():
            before = self.slots()
            after = boots.give_up(before, version)
            if after != before:
                self._keep(after)

    def keep_lacks(self, lacks: frozenset[str]) -> None:
        """Remember what is out while the version that is left still runs."""
        with self.writing():
            _write(self._folder / "lacks.json", sorted(lacks))

    def lacked_before(self) -> frozenset[str]:
        """Return what was out then; nothing where nothing is remembered."""
        try:
            content = (self._folder / "lacks.json").read_bytes()
            return msgspec.json.decode(content, type=frozenset[str])
        except (OSError, msgspec.DecodeError):
            return frozenset()

    def keep_refusal(self, code: str) -> None:
        """Remember why the last look was refused, for the engine to tell; empty if it was not."""
        if code != self.refusal():
            with self.writing():
                _write(self._folder / "refusal.json", code)

    def refusal(self) -> str:
        """Return why the last look was refused; empty where it was not, or nothing is known."""
        try:
            return msgspec.json.decode((self._folder / "refusal.json").read_bytes(), type=str)
        except (OSError, msgspec.DecodeError):
            return ""

    def go_back(self) -> str:
        """Put the version before the good one on trial, which was good once; return its name.

        Raises:
            Refused: there is none, or another is on trial.
        """
        with self.writing():
            slots = self.slots()
            if not slots.before or not self._may_run(slots.before, closely=True):
                raise boots.Refused("update.nothing_before")
            self._keep(boots.offer(slots, slots.before))
            return slots.before

    def _may_run(self, version: str, *, closely: bool) -> bool:
        tree = self.tree(version)
        if version == self._shipped and not tree.exists():
            return True
        return whole(tree) if closely else tree.is_dir()

    def _back_to_shipped(self, slots: Slots) -> Slots:
        bad = tuple(version for version in slots.bad if version != self._shipped)
        return Slots(good=self._shipped, bad=bad, floor=slots.floor)

    def _sweep(self, slots: Slots) -> None:
        if not self._trees.is_dir():
            return
        named = {slots.good, slots.before, slots.trial}
        for tree in self._trees.iterdir():
            if tree.name not in named:
                shutil.rmtree(tree, ignore_errors=True)

    def _unpack(self, archive: IO[bytes], version: str) -> None:
        self._trees.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._trees))
        try:
            new.chmod(0o755)
            unpack(archive, new, version, self._limits)
            new.rename(self.tree(version))
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        synced(self._trees)

    def _switch(self, slots: Slots, version: str) -> None:
        self._keep(slots)
        link, current = self._folder / "current.new", self._folder / "current"
        target = f"versions/{version}"
        if current.is_symlink() and str(current.readlink()) == target:
            return
        if not self.tree(version).exists():
            current.unlink(missing_ok=True)
            synced(self._folder)
            return
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        link.replace(current)
        synced(self._folder)

    def _keep(self, slots: Slots) -> None:
        _write(self._folder / "slots.json", asdict(slots))
        synced(self._folder)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder: nobody else writes until the end of the block."""
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _write(place: Path, content: object) -> None:
    new = place.with_name(f"{place.name}.new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)
