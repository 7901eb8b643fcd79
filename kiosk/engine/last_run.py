"""Whether the engine's last run ended without a word while the machine went on.

A file beside the screens' socket, which is gone with the machine's memory: whoever pulls the plug
is no crash.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

_NAME: Final = "engine.running"


class LastRun:
    """The run before this one, and a mark for the one after."""

    def __init__(self, folder: Path) -> None:
        """Look, and mark this run as begun.

        Args:
            folder: in memory, and there as long as the machine runs.
        """
        self._mark = folder / _NAME
        self.crashed = self._mark.exists()
        with suppress(OSError):
            self._mark.touch()

    def end(self) -> None:
        """This run ends in good order."""
        with suppress(OSError):
            self._mark.unlink(missing_ok=True)
