"""Programs beside the engine run the version that it runs, and say so.

The service manager restarts the screens with the engine. Sync it does not, which may stand in an
exchange with a slow register that no citizen should wait for: sync looks, ends, and is started anew
(`Following`). A release is judged by all three: sync holds a lock that the kernel drops at its end,
however it ends (`up`), and the engine looks at it (`is_up`).
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_LOCK: Final = "sync.up"


class Following:
    """What this program was started from, and whether the engine went on to another."""

    def __init__(self, versions: Path, environment: Mapping[str, str]) -> None:
        """Remember what `packaging/terminal/start` told.

        Args:
            versions: the folder of versions.
            environment: KIOSK_TREE is the tree that this program runs from, empty for what was
                installed; without it nobody follows.
        """
        self._current = versions / "current"
        self._tree = environment.get("KIOSK_TREE")

    def left_behind(self) -> bool:
        """Say whether the engine was started from another tree since."""
        if self._tree is None:
            return False
        now = os.path.realpath(self._current) if self._current.is_dir() else ""
        return now != self._tree


@contextmanager
def up(state: Path, version: str) -> Iterator[None]:
    """Say that sync of this version is up, for as long as the block lasts and the program lives.

    Where the state folder takes nothing it is not said: records go to the register all the same.
    """
    lock = -1
    try:
        with suppress(OSError):
            lock = os.open(state / _LOCK, os.O_RDWR | os.O_CREAT, 0o660)
            # Waits for whoever looks just now, which is over at once.
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.ftruncate(lock, 0)
            os.write(lock, version.encode())
        yield
    finally:
        if lock >= 0:
            os.close(lock)


def is_up(state: Path, version: str) -> bool:
    """Say whether sync of this version is up."""
    try:
        with (state / _LOCK).open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read() == version
    except OSError:
        pass
    return False
