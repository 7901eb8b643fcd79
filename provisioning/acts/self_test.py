"""What must hold of the machine as a whole before a citizen stands before it."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from drivers.card import trust_folder
from provisioning.acts.setting_up import TRUST
from provisioning.acts.work import Work
from provisioning.identity.keeper import CannotUnlock
from provisioning.identity.machine import existing, signs
from provisioning.runner import NotDone
from provisioning.steps import Figure
from wire.failures import Failure

_ROOM_BYTES: Final = 1 << 30
_EFI_SECURE_BOOT: Final = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"


def self_test(work: Work) -> Mapping[str, Figure]:
    """Look at everything; say all that must not be, not only the first."""
    faults: list[str] = []
    figures: dict[str, Figure] = {"secure_boot": _secure_boot(work.root)}
    if _swaps(work.root):
        faults.append("swap")
    if _dumps_core(work.root):
        faults.append("core_dumps")
    free = shutil.disk_usage(work.generations.folder).free
    figures["free_mb"] = free >> 20
    if free < _ROOM_BYTES:
        faults.append("room")
    days = _identity_days(work)
    if days is None:
        faults.append("identity")
    else:
        figures["certificate_days"] = days
    figures["issuers"] = issuers = _issuers(work)
    if not issuers:
        faults.append("issuers")
    machine = existing(work.generations, work.tpm)
    figures["machine_signs"] = machine is not None
    if machine is not None and not signs(machine):
        faults.append("machine")
    if faults:
        raise NotDone(Failure.PROVISION_NOT_FIT.value, **figures, faults=" ".join(faults))
    return figures


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _swaps(root: Path) -> bool:
    # The first line is a heading; each further one is a swap that is on.
    return len(_text(root / "proc/swaps").splitlines()) > 1


def _dumps_core(root: Path) -> bool:
    pattern = _text(root / "proc/sys/kernel/core_pattern").strip()
    return pattern not in {"", "|/bin/false"}


def _secure_boot(root: Path) -> bool:
    try:
        content = (root / "sys/firmware/efi/efivars" / _EFI_SECURE_BOOT).read_bytes()
    except OSError:
        return False
    return content[-1:] == b"\x01"


def _issuers(work: Work) -> int:
    """Return how many issuers of cards are believed: with none each card would be refused."""
    now = datetime.fromtimestamp(work.clock(), UTC)
    try:
        return len(trust_folder.load(work.settings.parent / TRUST[0], now=now).authorities)
    except (trust_folder.TrustUnusable, OSError):
        return 0


def _identity_days(work: Work) -> int | None:
    """Return how long the certificate still holds, if its key opens here."""
    current = work.generations.current()
    certificate = current.certificate() if current else None
    if current is None or certificate is None:
        return None
    try:
        key = current.key(current.keeper(work.keepers))
    except (CannotUnlock, OSError):
        return None
    left = certificate.not_valid_after_utc - datetime.fromtimestamp(work.clock(), UTC)
    return left.days if key.public_key() == certificate.public_key() else None
