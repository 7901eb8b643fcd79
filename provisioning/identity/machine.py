"""The key of this machine's TPM: made once, wrapped by the TPM, in use until the terminal ends.

Certificates come and go (`generations`); this key stays, and the fleet asks for its signature
with whatever the terminal says of itself. The file is of use to this TPM alone.
"""

from typing import Final

from drivers.errors import DeviceError
from drivers.tpm.tss import TssKey
from provisioning.durable import forget, replace_file
from provisioning.identity.generations import Generations

MACHINE: Final = "machine.key"


def existing(generations: Generations, tpm: str) -> TssKey | None:
    """Return the machine's key; None on a machine that has none.

    Args:
        generations: the identity folder.
        tpm: where the TPM is, as libtss2 names it.
    """
    path = generations.folder / MACHINE
    return TssKey(path.read_bytes(), tcti=tpm) if path.exists() else None


def made(generations: Generations, tpm: str) -> TssKey:
    """Return the machine's key, made anew if there is none that signs here.

    It is durable before anybody is told of it.

    Raises:
        TpmMissing: no TPM answers.
        TpmRefuses: it makes no key.
        OSError: the disk does not take it.
    """
    there = existing(generations, tpm)
    if there is not None and signs(there):
        return there
    kept = TssKey.make(tcti=tpm)
    replace_file(generations.folder / MACHINE, kept)
    return TssKey(kept, tcti=tpm)


def end(generations: Generations) -> None:
    """Destroy the machine's key, if there is one."""
    path = generations.folder / MACHINE
    if path.exists():
        forget(path)


def signs(key: TssKey) -> bool:
    """Say whether the TPM that is here signs with a key."""
    try:
        key.sign(b"trial")
    except DeviceError:
        return False
    return True
