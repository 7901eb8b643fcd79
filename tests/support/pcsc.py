"""A virtual reader for a whole test run, where this machine can have one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.card.personalise.virtual_reader import VirtualReader
from tests.support.faces import folder_of_pictures


@contextmanager
def virtual_reader() -> Iterator[VirtualReader]:
    """Run one in a folder of its own; PC/SC of this process goes there."""
    portrait = folder_of_pictures() / "holder_chip.jpg"
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-") as folder,
        VirtualReader(Path(folder), portrait=portrait) as reader,
    ):
        os.environ.update(reader.environment)
        yield reader
