"""Bring to the disk what must survive a power cut.

Source: fsync(2): a file's name is its folder's, which has to be synced too.
"""

import os
from pathlib import Path


def synced(place: Path) -> None:
    """Bring one file, or the names in one folder, to the disk.

    Raises:
        OSError: the disk did not take it.
    """
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
