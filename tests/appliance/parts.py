"""What a machine is made of, as files, and what is missing for one here."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tests.appliance.accelerator import TCG, Accelerator
from tests.appliance.pace import Pace

_PROGRAMS: Final = (
    *("qemu-system-x86_64", "qemu-img", "qemu-io", "swtpm", "unshare", "cc"),
    *("sbattach", "mcopy", "sfdisk", "cryptsetup", "openssl"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a machine is made of, as files; disk, variables and TPM are its own to write."""

    disk: Path
    code: Path
    variables: Path
    tpm: Path
    """Folder of the TPM's state."""
    by: Accelerator = TCG
    pace: Pace = field(default_factory=Pace)
    extra: tuple[str, ...] = ()
    """Further words for QEMU."""
    panel: tuple[int, int] = (720, 1280)


def new_disk(image: Path, disk: Path, *, size: str = "8G") -> Path:
    """Make a disk that begins as `image` is and holds what changes; return it."""
    disk.unlink(missing_ok=True)
    backing = ["-F", "raw" if image.suffix == ".raw" else "qcow2", "-b", str(image.resolve())]
    command = ["qemu-img", "create", "-q", "-f", "qcow2", *backing, str(disk), size]
    subprocess.run(command, check=True)
    return disk


def copied(parts: Parts, folder: Path) -> Parts:
    """Return a machine that begins where `parts` stands, and changes nothing of it."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = folder / "variables.qcow2"
    shutil.copy(parts.variables, variables)
    tpm = folder / "tpm"
    shutil.rmtree(tpm, ignore_errors=True)
    if parts.tpm.exists():
        shutil.copytree(parts.tpm, tpm)
    disk = new_disk(parts.disk, folder / "disk.qcow2")
    return replace(parts, disk=disk, variables=variables, tpm=tpm)


def why_not(image: Path) -> Iterator[str]:
    """Yield what is missing for a machine here."""
    for program in _PROGRAMS:
        if not shutil.which(program):
            yield program
    if os.geteuid() != 0:
        yield "root"
    for name in ("terminal.raw", "terminal.raucb", "bench.img"):
        if not (image / name).exists():
            yield f"{image / name} (make image)"
