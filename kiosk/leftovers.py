"""Look for anything of the citizen that stayed on the terminal (not shipped).

Searched: state folder, outbox, trail, logs, runtime folder, shared memory files and
the preview memory. What stands in the register's own folder is its business.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from drivers.card.personalise.person import Person
from wire.preview import HEADER_BYTES

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  (we only look there)
_PIECE = 32
_LOOK_S = 0.1
_END = b"session.wiped"


def canaries(person: Person, *pictures: Path) -> list[bytes]:
    """Return what must not be found: the person's data, and pieces of pictures."""
    words = (
        person.number,
        person.surname + "<<",
        person.given.upper(),
        person.birth,
        person.chinese,
    )
    brackets = f"{person.number[:-1]}({person.number[-1]})"
    found = [word.encode() for word in (*words, brackets, person.given)]
    for picture in pictures:
        content = picture.read_bytes()
        middle = len(content) // 2
        found.append(content[middle : middle + _PIECE])
    return found


def files(*folders: Path) -> Iterator[Path]:
    """Yield every regular file below `folders`; what vanishes meanwhile is passed over."""
    for folder in folders:
        for place, _, names in os.walk(folder):
            for path in (Path(place) / name for name in names):
                if path.is_file() and not path.is_symlink():
                    yield path


def found_in(wanted: list[bytes], *folders: Path) -> list[Path]:
    """Return the files that hold any of `wanted`."""
    return [path for path in files(*folders) if _holds(path, wanted)]


def _holds(path: Path, wanted: list[bytes]) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        # It went while we looked: then it holds nothing.
        return False
    return any(canary in content for canary in wanted)


def preview_of(pid: int) -> bytes:
    """Return the pixels of the preview memory that the process holds."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        if "kiosk-preview" in str(link.readlink()):
            return link.read_bytes()[HEADER_BYTES:]
    raise FileNotFoundError("the process holds no preview memory")


class WatchedEnds:
    """Searches after each session's end, not only after the last: a leftover may be overwritten.

    The engine's log tells of each end; the search follows within a tenth of a second.
    """

    def __init__(self, log: Path, wanted: list[bytes], *folders: Path) -> None:
        """Begin to watch the engine's `log`."""
        self._log = log
        self._wanted = wanted
        self._folders = folders
        self._stop = threading.Event()
        self.ends = 0
        """How many sessions have ended and were searched after."""
        self.found: set[str] = set()
        """Names of files that held anything of the citizen after an end."""
        self._thread = threading.Thread(target=self._watch, name="leftovers", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Search after the ends that were not searched after yet, and stop."""
        self._stop.set()
        self._thread.join()
        self._search()

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK_S):
            self._search()

    def _search(self) -> None:
        ends = self._log.read_bytes().count(_END) if self._log.exists() else 0
        if ends > self.ends:
            self.ends = ends
            self.found |= {path.name for path in found_in(self._wanted, *self._folders)}
