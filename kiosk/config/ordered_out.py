"""Whether operations have taken the terminal out of service: an empty file in the state folder.

`kiosk.sync` makes and removes it, the engine looks. It outlives restarts and power cuts.
"""

import os
from pathlib import Path
from typing import Final

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
    _keep(state)


def order_in(state: Path) -> None:
    """Begin visits again.

    Raises:
        OSError: the file cannot be removed.
    """
    (state / _NAME).unlink(missing_ok=True)
    _keep(state)


def _keep(folder: Path) -> None:
    """Make the folder's new content survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
