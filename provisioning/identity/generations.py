"""The terminal's identity on disk: generations, of which one is current.

::

    current -> 3          switched by one rename: key and certificate always fit together
    3/terminal.key        as a `Keeper` locked it
    3/terminal.pem        the certificate; missing while the fleet has not answered yet
    3/fleet_ca.pem        who issued the fleet's certificate
    3/kept                how the key is kept: tpm, host or file
    machine.key           of the machine's TPM, for all generations (`identity.machine`)

Rule 1: a key is durable before anybody is asked to certify it. Whoever is killed in between
asks again with the same key and gets the same answer.
Rule 2: what is replaced is overwritten and removed, once the next has come into use.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from provisioning.durable import forget, replace_file, synced
from provisioning.identity.keeper import CannotUnlock, Keeper

KEY: Final = "terminal.key"
CERTIFICATE: Final = "terminal.pem"
FLEET_CA: Final = "fleet_ca.pem"
KEPT: Final = "kept"
CURRENT: Final = "current"


@dataclass(frozen=True, slots=True, repr=False)
class Generation:
    """One key, and its certificate once there is one."""

    folder: Path

    def keeper(self, keepers: Iterable[Keeper]) -> Keeper:
        """Return the one of `keepers` that keeps this key.

        Raises:
            CannotUnlock: none of them.
            OSError: it cannot be read who does.
        """
        kind = (self.folder / KEPT).read_text()
        for keeper in keepers:
            if keeper.kind == kind:
                return keeper
        raise CannotUnlock("kept in a way that is not here")

    def key(self, keeper: Keeper) -> ec.EllipticCurvePrivateKey:
        """Return the private key.

        Raises:
            CannotUnlock: this machine does not open it, or it is no key of ours.
            OSError: it cannot be read.
        """
        try:
            key = load_pem_private_key(keeper.unlock((self.folder / KEY).read_bytes()), None)
        except (ValueError, TypeError):
            raise CannotUnlock("no key of ours") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise CannotUnlock("no key of ours")
        return key

    def request(self, keeper: Keeper) -> bytes:
        """Return the certificate request (DER): the fleet gives the name, so there is none.

        Raises:
            CannotUnlock: this machine does not open the key.
            OSError: it cannot be read.
        """
        nobody = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "terminal")])
        builder = x509.CertificateSigningRequestBuilder().subject_name(nobody)
        return builder.sign(self.key(keeper), hashes.SHA256()).public_bytes(Encoding.DER)

    def certificate(self) -> x509.Certificate | None:
        """Return the certificate; None while there is none.

        Raises:
            ValueError: the file holds something else.
        """
        path = self.folder / CERTIFICATE
        return x509.load_pem_x509_certificate(path.read_bytes()) if path.exists() else None

    def certify(self, certificate: x509.Certificate, fleet_ca: bytes) -> None:
        """Keep what the fleet answered, durably."""
        replace_file(self.folder / FLEET_CA, fleet_ca)
        replace_file(self.folder / CERTIFICATE, certificate.public_bytes(Encoding.PEM))


class Generations:
    """The identity folder."""

    def __init__(self, folder: Path) -> None:
        """Look into `folder`, which is made for root alone."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder

    def current(self) -> Generation | None:
        """Return the one in use; None on a machine that is no terminal."""
        link = self.folder / CURRENT
        return Generation(self.folder / link.readlink()) if link.is_symlink() else None

    def begun(self, keeper: Keeper) -> Generation:
        """Return the one that waits for its certificate, made now if there is none.

        Raises:
            CannotKeep: the key cannot be kept.
            OSError: the disk does not take it.
        """
        now = self.current()
        for number in reversed(list(self._numbers())):
            there = Generation(self.folder / str(number))
            newer = now is None or number > int(now.folder.name)
            if newer and (there.folder / KEY).exists() and self._opens(there, keeper):
                return there
        number = max(self._numbers(), default=0) + 1
        made = self.folder / str(number)
        made.mkdir(mode=0o700)
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        replace_file(made / KEPT, keeper.kind.encode())
        replace_file(made / KEY, keeper.lock(secret))
        synced(self.folder)
        return Generation(made)

    def use(self, generation: Generation) -> None:
        """Switch to a generation that has its certificate; the one before it stays."""
        fresh = self.folder / f".{CURRENT}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(generation.folder.name)
        fresh.replace(self.folder / CURRENT)
        synced(self.folder)

    def forget_old(self) -> None:
        """Destroy every generation before the current one."""
        now = self.current()
        for number in self._numbers():
            if now is not None and number < int(now.folder.name):
                self._destroy(number)

    def destroy(self) -> int:
        """Destroy every key; return how many there were."""
        numbers = list(self._numbers())
        for number in numbers:
            self._destroy(number)
        (self.folder / CURRENT).unlink(missing_ok=True)
        synced(self.folder)
        return len(numbers)

    def _destroy(self, number: int) -> None:
        folder = self.folder / str(number)
        # The key first: what remains after a power cut must not be of use.
        for path in sorted(folder.iterdir(), key=lambda one: one.name != KEY):
            forget(path)
        folder.rmdir()

    def _numbers(self) -> Iterator[int]:
        found = (path.name for path in self.folder.iterdir())
        yield from sorted(int(name) for name in found if re.fullmatch(r"[1-9][0-9]{0,8}", name))

    @staticmethod
    def _opens(generation: Generation, keeper: Keeper) -> bool:
        try:
            generation.key(keeper)
        except (CannotUnlock, OSError):
            return False
        return True
