"""Whether operations have taken the terminal out of service: an empty file in the state folder.

`kiosk.sync` makes and removes it, the engine looks. It outlives restarts and power cuts.
"""

from pathlib import Path
from typing import Final

from kiosk.durable import synced

_NAME: Final = "ordered_out"


def is_ordered_out(state: Path) -> bool:
    """Say whether the terminal is to begin no visit."""
    return (state / _NAME).exists()


def order_out(state: Path) -> None:
    """Begin no visit from now on; who stands there finishes.

    Raises:
        OSError: the file cannot be made.
    """
    (state / _NAME).touch()
    synced(state)


def order_in(state: Path) -> None:
    """Begin visits again.

    Raises:
        OSError: the file cannot be removed.
    """
    (state / _NAME).unlink(missing_ok=True)
    synced(state)
