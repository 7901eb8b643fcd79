"""Where the terminal's private key rests: in the TPM's care, in the host's, or in a file.

A key that is kept is bytes on disk that `unlock` opens on this machine. The two kinds by
systemd-creds are opened for a program by systemd itself (LoadCredentialEncrypted=), so that
no program of ours has to read them; the plain file is for a machine without either, and
whoever sets it up is told in plain words.

Our exception hierarchy::

    CannotKeep            nothing here keeps a key this way
    CannotUnlock          this machine does not open it: another TPM, another host, altered

Source: systemd-creds(1); the credential's name is bound into what is encrypted.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

NAME: Final = "terminal.key"
"""Of the credential, as settings and units name it."""
_WHOLE_S: Final = 60.0
WARNING: Final = (
    "This machine has neither a TPM nor systemd's host key. The terminal's key will lie in a file\n"
    "that root can read: whoever takes the disk has the key. Report a theft at once, so that the\n"
    "fleet revokes its certificate."
)


class CannotKeep(Exception):
    """Nothing here keeps a key this way; the message says what was missing, no secret."""

    code = "identity.not_kept"


class CannotUnlock(Exception):
    """This machine does not open the key: another TPM, another host, or altered bytes."""

    code = "identity.locked"


class Keeper(Protocol):
    """One way to keep a key."""

    @property
    def kind(self) -> str:
        """Return ``tpm``, ``host`` or ``file``: what the fleet is told."""

    @property
    def directive(self) -> str:
        """Return the unit file's directive that lends the key to a program."""

    def lock(self, secret: bytes) -> bytes:
        """Return the bytes that may lie on the disk.

        Raises:
            CannotKeep: there is no such TPM or host key.
        """

    def unlock(self, kept: bytes) -> bytes:
        """Return the key.

        Raises:
            CannotUnlock: it was not locked here, or was altered.
        """


@dataclass(frozen=True, slots=True)
class CredentialKeeper:
    """By systemd-creds, to the TPM (``tpm``) or to this host's own secret (``host``)."""

    kind: str
    program: Path = Path("/usr/bin/systemd-creds")
    tpm: str = "auto"
    """Device of the TPM, as systemd-creds understands it."""
    pcrs: str = "7"
    """What must be as it was: 7 is the state of secure boot."""
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def directive(self) -> str:
        """Return the unit file's directive that lends the key to a program."""
        return "LoadCredentialEncrypted"

    def lock(self, secret: bytes) -> bytes:
        """See `Keeper`."""
        key = "tpm2" if self.kind == "tpm" else "host"
        bound = ["--tpm2-pcrs=" + self.pcrs] if self.kind == "tpm" else []
        ended = self._run(f"--with-key={key}", *bound, "encrypt", secret=secret)
        if ended is None or ended.returncode != 0:
            raise CannotKeep(f"systemd-creds keeps nothing by {key} here")
        return ended.stdout

    def unlock(self, kept: bytes) -> bytes:
        """See `Keeper`."""
        ended = self._run("decrypt", secret=kept)
        if ended is None or ended.returncode != 0:
            raise CannotUnlock("systemd-creds does not open it here")
        return ended.stdout

    def _run(self, *words: str, secret: bytes) -> "subprocess.CompletedProcess[bytes] | None":
        device = [f"--tpm2-device={self.tpm}"] if self.kind == "tpm" else []
        command = [str(self.program), f"--name={NAME}", *device, *words, "-", "-"]
        try:
            return subprocess.run(
                command,
                input=secret,
                capture_output=True,
                timeout=_WHOLE_S,
                check=False,
                env={**os.environ, **self.environment},
            )
        except (OSError, subprocess.TimeoutExpired):
            return None


@dataclass(frozen=True, slots=True)
class FileKeeper:
    """As it is, in a file of root's: for machines without a TPM."""

    kind: str = "file"

    @property
    def directive(self) -> str:
        """Return the unit file's directive that lends the key to a program."""
        return "LoadCredential"

    def lock(self, secret: bytes) -> bytes:
        """See `Keeper`."""
        return secret

    def unlock(self, kept: bytes) -> bytes:
        """See `Keeper`."""
        return kept


def best(keepers: list[Keeper]) -> Keeper:
    """Return the first that keeps a key and opens it again here.

    Raises:
        CannotKeep: none does.
    """
    for keeper in keepers:
        try:
            if keeper.unlock(keeper.lock(b"trial")) == b"trial":
                return keeper
        except (CannotKeep, CannotUnlock):
            continue
    raise CannotKeep("nothing here keeps a key")
