"""Undo a terminal: nothing of it or of anybody is left, and the report says so.

Order, and why: records first, because they are the only thing that cannot be made again; the
fleet next, while there is a key to speak by; then the keys; then everything else. What is
interrupted is gone on with by the next run: the first thing that is written is that retiring
began, the last thing that goes is that note.

Rule: while records wait, nothing is touched.

Our exception hierarchy::

    NotRetired          carries a stable `code`; says whether anything was touched
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from drivers.errors import DeviceError
from drivers.tpm.tss import DEVICE
from provisioning.acts.setting_up import LENT_TO, MACHINE_SIGNS
from provisioning.durable import forget, replace_file
from provisioning.identity.fleet_link import FleetError
from provisioning.identity.generations import Generations
from provisioning.identity.keeper import Keeper
from provisioning.identity.machine import MACHINE, end, existing
from provisioning.identity.renewing import NoIdentity, withdraw
from provisioning.identity.signed import sign_report
from wire.failures import Failure

_WHOLE_S: Final = 600.0


class NotRetired(Exception):
    """It was not done."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Retired(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of the terminal."""

    terminal: str
    at: int
    """Seconds since 1970."""
    exported: int
    """Sealed records that left in a file."""
    withdrawn: bool
    """The fleet lets its certificates in no more; if not, operations must see to it."""
    keys_destroyed: int
    files_wiped: int
    left: list[str]
    """What could not be wiped; empty if all is well."""


class _Begun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a run had come."""

    terminal: str
    exported: int
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where everything of a terminal is."""

    generations: Generations
    keepers: Sequence[Keeper]
    outbox: Path
    fleet_url: str
    state: Path
    """Of provisioning; goes last."""
    wiped: Sequence[Path]
    """Folders and files that go."""
    reports: Path
    clock: Callable[[], float]
    tpm: str = DEVICE
    """Where the machine's TPM is, as libtss2 names it."""


def waiting(outbox: Path) -> int:
    """Return how many records wait at the terminal, sealed.

    Raises:
        NotRetired: the outbox cannot be read.
    """
    if not outbox.exists():
        return 0
    ended = _carrying("count", "--outbox", str(outbox))
    figures = dict(part.split("=") for part in ended.stdout.split())
    if ended.returncode != 0 or not {"queued", "set_aside"} <= set(figures):
        raise NotRetired(Failure.QUEUE_UNREADABLE.value)
    return int(figures["queued"]) + int(figures["set_aside"])


def retire(place: Place, *, export: Path | None, offline: bool) -> Retired:
    """Retire the terminal; return and keep the report.

    Args:
        place: where everything is.
        export: a new file on another medium for the records that wait.
        offline: go on although the fleet cannot be told.

    Raises:
        NotRetired: records wait, or were not exported, or the fleet was not told: nothing
            was destroyed.
        NoIdentity: this machine is no terminal.
    """
    note = place.state / "retiring.json"
    begun = _begun(note)
    current = place.generations.current()
    certificate = current.certificate() if current else None
    key = None
    if current is not None and certificate is not None:
        key = current.key(current.keeper(place.keepers))
    if begun is None:
        if current is None or certificate is None:
            raise NoIdentity("no identity here")
        begun = _prepare(place, _name(certificate), export, offline=offline)
        replace_file(note, msgspec.json.encode(begun))
    destroyed = place.generations.destroy()
    end(place.generations)
    wiped, left = _wipe(place.wiped)
    report = Retired(
        terminal=begun.terminal,
        at=int(place.clock()),
        exported=begun.exported,
        withdrawn=begun.withdrawn,
        keys_destroyed=destroyed,
        files_wiped=wiped,
        left=left,
    )
    place.reports.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    replace_file(place.reports / "retired.json", content)
    if key is not None and certificate is not None:
        signature = sign_report(content, key).encode()
        replace_file(place.reports / "retired.sig", signature)
        replace_file(place.reports / "terminal.pem", certificate.public_bytes(Encoding.PEM))
    if left:
        raise NotRetired(Failure.RETIRE_NOT_WIPED.value)
    _wipe([place.state])
    return report


def _prepare(place: Place, terminal: str, export: Path | None, *, offline: bool) -> _Begun:
    count = waiting(place.outbox)
    if count:
        if export is None:
            raise NotRetired(Failure.RETIRE_PENDING.value)
        ended = _carrying(
            "export", "--outbox", str(place.outbox), "--terminal", terminal, "--file", str(export)
        )
        if ended.returncode != 0:
            raise NotRetired(Failure.RETIRE_NOT_EXPORTED.value)
    try:
        machine = existing(place.generations, place.tpm)
        withdraw(
            place.generations, place.keepers, place.fleet_url, now=place.clock(), machine=machine
        )
        told = True
    except (FleetError, DeviceError) as silent:
        told = False
        if not offline:
            raise NotRetired(silent.code) from None
    return _Begun(terminal, count, told)


def _begun(note: Path) -> _Begun | None:
    try:
        return msgspec.json.decode(note.read_bytes(), type=_Begun)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _name(certificate: x509.Certificate) -> str:
    (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(name.value)


def _wipe(paths: Sequence[Path]) -> tuple[int, list[str]]:
    """Overwrite and remove; return how many files went, and what did not."""
    wiped, left = 0, []
    for path in paths:
        files = sorted(path.rglob("*"), reverse=True) if path.is_dir() else [path]
        for file in [*files, path] if path.is_dir() else files:
            try:
                if file.is_symlink():
                    file.unlink()
                elif file.is_dir():
                    file.rmdir()
                elif file.exists():
                    forget(file)
                    wiped += 1
            except OSError:
                left.append(file.name)
    return wiped, left


def _carrying(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "kiosk.sync.carrying", *words],
        capture_output=True,
        text=True,
        timeout=_WHOLE_S,
        check=False,
    )


def of_a_terminal(root: Path) -> list[Path]:
    """Return the folders and files of a terminal below `root`, but its identity's."""
    etc = [
        "etc/kiosk/terminal.toml",
        "etc/kiosk/terminal.pem",
        f"etc/kiosk/{MACHINE}",
        "etc/kiosk/fleet_ca.pem",
        "etc/kiosk/register_ca.pem",
        "etc/kiosk/seal_public.bin",
        "etc/kiosk/receipt_public.pem",
        "etc/kiosk/site.toml",
    ]
    dropped = [f"etc/systemd/system/{unit}.d/identity.conf" for unit in LENT_TO]
    return [root / name for name in ["var/lib/kiosk", *etc, *dropped, MACHINE_SIGNS]]
