"""The results, each kept before the next step begins: a power cut costs one step at most."""

import os
from pathlib import Path

import msgspec

from provisioning.durable import synced
from provisioning.steps import Result

_decode = msgspec.json.Decoder(Result)


class Kept:
    """A file of results, one a line, that only grows."""

    def __init__(self, path: Path) -> None:
        """Go on with the file at `path`, made if it is not there.

        A last line that a power cut has torn is cut off. Any other line that is none is an
        error: somebody wrote into the file.

        Raises:
            ValueError: the file holds something else.
            OSError: it cannot be read or made.
        """
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            content = file.read()
            whole = content[: content.rfind(b"\n") + 1]
            file.truncate(len(whole))
            os.fsync(file.fileno())
        synced(path.parent)
        try:
            self._results = [_decode.decode(line) for line in whole.splitlines()]
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise ValueError(f"{path.name} holds something else than results") from None

    @property
    def results(self) -> list[Result]:
        """Return every result, oldest first."""
        return list(self._results)

    def add(self, result: Result) -> None:
        """Keep a result, durably.

        Raises:
            OSError: the disk did not take it.
        """
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(result) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self._results.append(result)
