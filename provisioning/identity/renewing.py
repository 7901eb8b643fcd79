"""Renew the terminal's certificate: a new key, signed for by the one in use.

Run each day by a timer, and at once when the fleet asks for it (wire/commands.py). A
certificate lasts 30 days; from the twentieth on it is renewed. The fleet warns when fewer
than ten days are left, so a renewal has ten tries before anybody is woken.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from provisioning.identity import fleet_link
from provisioning.identity.claiming import certified
from provisioning.identity.generations import CERTIFICATE, FLEET_CA, Generation, Generations
from provisioning.identity.keeper import Keeper
from provisioning.identity.signed import signed_headers
from wire.claim import END_PATH, END_TAG, RENEWAL_PATH, RENEWAL_TAG, REQUEST_TYPE
from wire.signature import NONCE_BYTES
from wire.signing import MachineKey

RENEW_AT: Final = timedelta(days=10)
"""So long before its end a certificate is renewed."""


class NoIdentity(Exception):
    """This machine is no terminal."""

    code = "identity.none"


class Expired(Exception):
    """The certificate has ended: only a new claim helps."""

    code = "identity.expired"


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of it."""

    ends: datetime
    """Of the certificate that is in use now."""
    is_new: bool


def is_due(certificate: x509.Certificate, *, now: datetime) -> bool:
    """Say whether a certificate is to be renewed."""
    return certificate.not_valid_after_utc - now < RENEW_AT


def renew(
    generations: Generations,
    keeper: Keeper,
    url: str,
    *,
    now: datetime,
    at_once: bool = False,
    machine: MachineKey | None = None,
) -> Renewed:
    """Renew the certificate if it is due, or if it is wanted `at_once`.

    Args:
        generations: where identities are.
        keeper: how the key is kept.
        url: of the fleet's server.
        now: with its zone.
        at_once: although it is not due.
        machine: the key of this machine's TPM, where there is one.

    Raises:
        DeviceError: the machine's key does not sign.
        NoIdentity: there is none to renew.
        Expired: it has ended.
        FleetError: the fleet is silent, forged, or refuses.
        CannotUnlock: this machine does not open the key.
        OSError: the disk does not take it.
    """
    current = generations.current()
    certificate = current.certificate() if current else None
    if current is None or certificate is None:
        raise NoIdentity("no identity here")
    if certificate.not_valid_after_utc <= now:
        raise Expired("the certificate has ended")
    if not at_once and not is_due(certificate, now=now):
        generations.forget_old()
        return Renewed(certificate.not_valid_after_utc, is_new=False)
    begun = generations.begun(keeper)
    body = begun.request(keeper)
    voice = Voice(current, keeper, machine)
    said = voice.say(url, (RENEWAL_PATH, RENEWAL_TAG), body, now=int(now.timestamp()))
    _, fresh = certified(said.content, begun, keeper)
    begun.certify(fresh, (current.folder / FLEET_CA).read_bytes())
    # The one before stays until the next run: programs may still be using it.
    generations.use(begun)
    return Renewed(fresh.not_valid_after_utc, is_new=True)


def withdraw(
    generations: Generations,
    keepers: Sequence[Keeper],
    url: str,
    *,
    now: float,
    machine: MachineKey | None = None,
) -> None:
    """Have the fleet let this terminal's certificates in no more.

    Args:
        generations: where identities are.
        keepers: ways to keep keys, one of which keeps this one.
        url: of the fleet's server.
        now: seconds since 1970.
        machine: the key of this machine's TPM, where there is one.

    Raises:
        DeviceError: the machine's key does not sign.
        NoIdentity: there is none.
        FleetError: the fleet is silent, forged, or refuses.
        CannotUnlock: this machine does not open the key.
    """
    current = generations.current()
    if current is None or current.certificate() is None:
        raise NoIdentity("no identity here")
    voice = Voice(current, current.keeper(keepers), machine)
    voice.say(url, (END_PATH, END_TAG), b"", now=int(now))


@dataclass(frozen=True, slots=True)
class Voice:
    """A terminal that speaks for itself."""

    current: Generation
    """The identity in use."""
    keeper: Keeper
    """Of its key."""
    machine: MachineKey | None
    """Signs beside it, where there is one."""

    def say(self, url: str, about: tuple[str, str], body: bytes, *, now: int) -> fleet_link.Answer:
        """Say something to the fleet as the terminal, over its certificate and signed.

        Args:
            url: of the fleet's server.
            about: path, and tag of the signature.
            body: a certificate request, or nothing.
            now: seconds since 1970.

        Raises:
            CannotUnlock: this machine does not open the key.
            DeviceError: the machine's key does not sign.
            FleetError: the fleet is silent, forged, or refuses.
        """
        path, tag = about
        folder = self.current.folder
        certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
        key = self.current.key(self.keeper)
        fields = signed_headers(
            certificate,
            key,
            url=url,
            path=path,
            content_type=REQUEST_TYPE,
            body=body,
            tag=tag,
            created=now,
            nonce=secrets.token_bytes(NONCE_BYTES),
            machine=self.machine,
        )
        with _lent(key) as file:
            return fleet_link.post(
                url,
                path,
                fields,
                body,
                fleet_ca=(folder / FLEET_CA).read_bytes(),
                identity=(folder / CERTIFICATE, file),
            )


@contextlib.contextmanager
def _lent(key: ec.EllipticCurvePrivateKey) -> Iterator[Path]:
    """Lend the key as a file in memory: OpenSSL reads keys from files alone."""
    descriptor = os.memfd_create("terminal.key")
    try:
        os.write(descriptor, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        yield Path(f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)
