"""The disks that a power cut can leave, made from the calls of a traced program.

What was synced is there. Of what was not, any part may be: whole writes, none of them,
or one torn between two sectors; a file whose folder was not synced may have no name.
Shared memory of SQLite (``-shm``) is no file that outlives the machine.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.tracer import Call

SECTOR = 512


@dataclass
class _File:
    synced: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)
    named: bool = False
    """Its name in the folder is synced."""
    unlinked: bool = False


class Disk:
    """One folder, as it certainly is and as it may be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def see(self, call: Call) -> None:
        """Take one call that was made."""
        path = Path(call.path)
        if path == self._folder and call.name in {"fsync", "fdatasync"}:
            self._sync_names()
        if path.parent != self._folder or path.name.endswith("-shm"):
            return
        file = self._files.setdefault(path.name, _File())
        match call.name:
            case "write" | "pwrite64" | "ftruncate" | "truncate":
                if file.unlinked:
                    file = self._files[path.name] = _File()
                file.pending.append(call)
            case "fsync" | "fdatasync":
                for one in file.pending:
                    _apply(file.synced, one)
                file.pending.clear()
            case "unlink":
                file.unlinked = True

    def _sync_names(self) -> None:
        # The program stands still: what has a name now, has it for certain.
        for path in self._folder.iterdir():
            if not path.name.endswith("-shm"):
                self._files.setdefault(path.name, _File())
        for name, file in list(self._files.items()):
            if file.unlinked:
                del self._files[name]
            file.named = True

    def after_a_cut(self, to: Path, chance: random.Random | None) -> None:
        """Make in `to` the disk that a cut now leaves.

        Args:
            to: an empty folder.
            chance: which of the unsynced parts are there; None for none of them.
        """
        for name, file in self._files.items():
            if chance is None and not file.named:
                continue
            if chance is not None and (file.unlinked or not file.named) and chance.random() < 0.5:
                continue
            content = bytearray(file.synced)
            for call in file.pending:
                if chance is not None and chance.random() < 0.5:
                    _apply(content, call, torn=chance if chance.random() < 0.5 else None)
            (to / name).write_bytes(content)


def _apply(content: bytearray, call: Call, *, torn: random.Random | None = None) -> None:
    if call.name in {"ftruncate", "truncate"}:
        content[call.offset :] = bytes(max(0, call.offset - len(content)))
        return
    piece = call.content
    if torn is not None and len(piece) > SECTOR:
        piece = piece[: SECTOR * torn.randrange(1, -(-len(piece) // SECTOR))]
    content += bytes(max(0, call.offset - len(content)))
    content[call.offset : call.offset + len(piece)] = piece
