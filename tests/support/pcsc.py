"""A virtual reader for the tests of a module, where this machine can have one."""

import atexit
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.card.personalise.virtual_reader import VirtualReader
from tests.support.faces import folder_of_pictures

_SOCKET = "PCSCLITE_CSOCK_NAME"


@functools.cache
def _link() -> Path:
    """Return the one path that PC/SC of this process is told: it reads the name only once."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "pcscd.comm"


@contextmanager
def virtual_reader() -> Iterator[VirtualReader]:
    """Run one in a folder of its own; PC/SC of this process goes there."""
    portrait = folder_of_pictures() / "holder_chip.jpg"
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-") as folder,
        VirtualReader(Path(folder), portrait=portrait) as reader,
    ):
        _link().unlink(missing_ok=True)
        _link().symlink_to(reader.environment[_SOCKET])
        os.environ[_SOCKET] = str(_link())
        yield reader
