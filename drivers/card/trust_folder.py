"""The folder of trust: what an administrator puts there is what a terminal believes.

=====================  =============================================================
``.pem .cer .crt .der``  CSCA certificates (roots) and link certificates, PEM or DER
``.crl``                 revocation lists of these CSCAs, PEM or DER
``.ml``                  master lists, whose signers chain to a root of this folder
``policy.toml``          what is taken beyond the strictest (`protocol.policy`)
=====================  =============================================================

Rule: a file that cannot be used is an error with its name, and so is a file of another
kind; nothing is passed over but names that begin with a dot.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.protocol import certificate as certificates
from drivers.card.protocol import master_list, policy, revocation
from drivers.card.protocol.certificate import fingerprint
from drivers.card.protocol.master_list import LONGEST_MASTER_LIST
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError

MOST_FILES: Final = 1000
_POLICY = "policy.toml"
_CERTIFICATES = {".pem", ".cer", ".crt", ".der"}
_PEM = b"-----BEGIN "


class TrustUnusable(ValueError):
    """A file of the folder cannot be used; the message names it."""


@dataclass(slots=True)
class _Found:
    """What the folder held so far; the first file that holds a root is its source."""

    roots: dict[bytes, x509.Certificate] = field(default_factory=dict)
    links: dict[bytes, x509.Certificate] = field(default_factory=dict)
    sources: dict[bytes, str] = field(default_factory=dict)

    def add_root(self, root: x509.Certificate, source: str) -> None:
        mark = fingerprint(root)
        self.roots.setdefault(mark, root)
        self.sources.setdefault(mark, source)

    def add_link(self, link: x509.Certificate) -> None:
        self.links.setdefault(fingerprint(link), link)

    def on(self, store: TrustStore) -> TrustStore:
        return replace(
            store,
            authorities=tuple(self.roots.values()),
            links=tuple(self.links.values()),
            sources=MappingProxyType(dict(self.sources)),
        )


def load(folder: Path, *, now: datetime) -> TrustStore:
    """Read a folder; one that does not exist, or is empty, believes nobody.

    Args:
        folder: see above.
        now: aware time, for the signers of master lists.

    Raises:
        TrustUnusable: a file cannot be used; which one and why, says the message.
        OSError: a file cannot be read.
    """
    files = sorted(f for f in folder.glob("*") if f.is_file() and not f.name.startswith("."))
    if len(files) > MOST_FILES:
        raise TrustUnusable(f"{folder.name}: more than {MOST_FILES} files")
    kinds: dict[str, list[Path]] = {"certificate": [], ".crl": [], ".ml": [], _POLICY: []}
    for file in files:
        kinds[_kind(file)].append(file)
    store = TrustStore(())
    for file in kinds[_POLICY]:
        store = replace(store, policy=_policy(file))
    found = _Found()
    for file in kinds["certificate"]:
        _add_certificates(file, found, store.policy)
    lists = {file: _revocation_list(file) for file in kinds[".crl"]}
    store = found.on(replace(store, revocation_lists=tuple(lists.values())))
    for file in kinds[".ml"]:
        _add_master_list(file, found, store, now)
    store = found.on(store)
    for file, revoked in lists.items():
        if not any(revoked.signed_by(a, store.policy) for a in (*store.authorities, *store.links)):
            raise TrustUnusable(f"{file.name}: signed by no CSCA of this folder")
    return store


def _kind(file: Path) -> str:
    suffix = file.suffix.lower()
    if file.name == _POLICY:
        return _POLICY
    if suffix in _CERTIFICATES:
        return "certificate"
    if suffix in {".crl", ".ml"}:
        return suffix
    raise TrustUnusable(f"{file.name}: no kind of file that belongs here")


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > LONGEST_MASTER_LIST:
        raise TrustUnusable(f"{file.name}: too long")
    return file.read_bytes()


def _policy(file: Path) -> policy.Policy:
    try:
        return policy.parse(_bytes(file).decode())
    except ValueError as error:
        raise TrustUnusable(f"{file.name}: {error}") from error


def _add_certificates(file: Path, found: _Found, taken: policy.Policy) -> None:
    encoded = _bytes(file)
    try:
        parts = [encoded]
        if encoded.startswith(_PEM):
            parts = [c.public_bytes(Encoding.DER) for c in x509.load_pem_x509_certificates(encoded)]
        for part in parts:
            certificate = certificates.load(part)
            if master_list.is_root(certificate, taken):
                found.add_root(certificate, file.name)
            else:
                found.add_link(certificate)
    except (DeviceError, ValueError) as error:
        raise TrustUnusable(f"{file.name}: {error}") from error


def _revocation_list(file: Path) -> revocation.RevocationList:
    encoded = _bytes(file)
    try:
        if encoded.startswith(_PEM):
            encoded = x509.load_pem_x509_crl(encoded).public_bytes(Encoding.DER)
        return revocation.parse(encoded)
    except (DeviceError, ValueError) as error:
        raise TrustUnusable(f"{file.name}: {error}") from error


def _add_master_list(file: Path, found: _Found, trust: TrustStore, now: datetime) -> None:
    try:
        listed = master_list.parse(_bytes(file), trust, now=now)
    except DeviceError as error:
        raise TrustUnusable(f"{file.name}: {error}") from error
    for root in listed.authorities:
        found.add_root(root, file.name)
    for link in listed.links:
        found.add_link(link)
