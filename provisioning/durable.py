"""Files that are whole after a power cut, or not there."""

import os
from pathlib import Path


def synced(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file, whole and durable on return, or leave the one before.

    Raises:
        OSError: the disk did not take it.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    synced(path.parent)


def forget(path: Path) -> None:
    """Overwrite a file with zeros, then remove it.

    On flash the old cells may stay: what must be beyond reach is also encrypted.
    """
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(bytes(size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    synced(path.parent)
