"""Whom we believe: signers of a CSCA, or of one that a CSCA handed its name on to.

Rule: an authority is believed for its key, not for its name; a certificate of the
same name with another key is a stranger.
Source: ICAO Doc 9303-12, 7.1 (certificate profiles), 4.2 (link certificates), 6 (checks
of a path). Paths are a signer, links and a root, so plain checks replace a general path
validator; a CSCA's path length of 0 does not count links, as they are self-issued.
"""

import functools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from cryptography import x509

from drivers.card.protocol import country
from drivers.card.protocol.certificate import fingerprint, issued, signed_with
from drivers.card.protocol.certificate_profile import Profile, profile
from drivers.card.protocol.chain import Chain
from drivers.card.protocol.errors import (
    CardUnreadable,
    SignerExpired,
    SignerRevoked,
    SignerUnknown,
)
from drivers.card.protocol.policy import STRICT, Policy
from drivers.card.protocol.revocation import RevocationList, Standing

MOST_LINKS: Final = 8
"""A CSCA key is renewed every three to five years (9303-12, 4.1.2), a card lives ten."""
Path = tuple[x509.Certificate, ...]
"""A signer, its links, its root."""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The CSCA certificates of this terminal, and what they say about others."""

    authorities: tuple[x509.Certificate, ...]
    """Roots: believed because an administrator put them there."""
    links: tuple[x509.Certificate, ...] = ()
    """Old CSCA keys vouch for new ones; nothing here is believed by itself."""
    revocation_lists: tuple[RevocationList, ...] = ()
    policy: Policy = STRICT
    sources: Mapping[bytes, str] = field(default_factory=dict, hash=False)
    """Names of the files that roots came from, by fingerprint."""

    def check(
        self,
        signer: x509.Certificate,
        *,
        now: datetime,
        issuing_state: str | None = None,
        document_code: str | None = None,
    ) -> Chain:
        """Return why `signer` is believed as a document signer at `now`.

        Args:
            signer: its certificate.
            now: aware time.
            issuing_state: of the MRZ, up to three letters; None if it is not known yet.
            document_code: of the MRZ, up to two letters, likewise.

        Raises:
            SignerUnknown: nobody we trust issued it, or it may not sign this document.
            SignerExpired: it, or an authority of its, is outside its validity.
            SignerRevoked: a revocation list names it, or a link.
        """
        what = _profile(signer)
        if not what.signs_documents:
            raise SignerUnknown("a certificate that may not sign documents")
        if issuing_state is not None and not country.agree(issuing_state, what.country):
            raise SignerUnknown("a document signer of another state than the document's")
        if document_code is not None and not what.may_sign_kind(document_code.rstrip("<")):
            raise SignerUnknown("a document signer of other kinds of documents")
        return self._chain(signer, what.country, now)

    def check_list_signer(self, signer: x509.Certificate, *, now: datetime) -> Chain:
        """Return why `signer` is believed as a signer of master lists at `now`.

        Raises:
            SignerUnknown, SignerExpired, SignerRevoked: as `check`.
        """
        what = _profile(signer)
        if not what.signs_lists:
            raise SignerUnknown("a certificate that may not sign master lists")
        return self._chain(signer, what.country, now)

    def _chain(self, signer: x509.Certificate, state: str, now: datetime) -> Chain:
        path = self._path(signer, state, now)
        if path is None and self._path(signer, state, None) is not None:
            raise SignerExpired("signer or authority outside its validity")
        if path is None:
            raise SignerUnknown("no trusted authority issued this signer")
        standing, since = self._standing(path, state, now)
        if self.policy.revocation_required and standing is not Standing.NOT_REVOKED:
            raise SignerUnknown("no fresh revocation list, and the policy asks for one")
        root = fingerprint(path[-1])
        return Chain(
            signer=fingerprint(signer),
            links=tuple(fingerprint(link) for link in path[1:-1]),
            root=root,
            root_source=self.sources.get(root, ""),
            standing=standing,
            list_since=since,
            algorithms=tuple(signed_with(certificate) for certificate in path[:-1]),
            since=max(certificate.not_valid_before_utc for certificate in path),
            until=min(certificate.not_valid_after_utc for certificate in path),
        )

    def _path(self, signer: x509.Certificate, state: str, now: datetime | None) -> Path | None:
        """Return the shortest way from a signer to a root, all valid at `now` if given."""
        reached: deque[Path] = deque([(signer,)])
        seen = {signer}
        while reached:
            path = reached.popleft()
            # A CSCA renewed under the same key issued it just as well: all are tried.
            for authority in (*self.authorities, *self.links):
                if authority in seen or not self._continues(path[-1], authority, state, now):
                    continue
                seen.add(authority)
                if authority in self.authorities:
                    return (*path, authority)
                if len(path) <= MOST_LINKS:
                    reached.append((*path, authority))
        return None

    def _continues(
        self,
        certificate: x509.Certificate,
        authority: x509.Certificate,
        state: str,
        now: datetime | None,
    ) -> bool:
        """Say whether `authority`, of the same state, issued `certificate`."""
        if not _issued(authority, certificate, self.policy):
            return False
        what = _profile(authority)
        valid = now is None or _are_valid(certificate, authority, now)
        return valid and what.issues and what.country == state

    def _standing(self, path: Path, state: str, now: datetime) -> tuple[Standing, datetime | None]:
        """Return what the lists say about the signer, and from when.

        Raises:
            SignerRevoked: one names it, or a link.
        """
        lists: list[RevocationList] = []
        for certificate, issuer in reversed(list(pairwise(path))):
            lists = [r for r in self.revocation_lists if self._speaks(r, issuer, state)]
            if any(certificate.serial_number in found.serials for found in lists):
                raise SignerRevoked("a revocation list names this signer or its authority")
        if not lists:
            return Standing.NO_LIST, None
        best = max(lists, key=lambda found: (found.is_fresh(now), found.since))
        return Standing.NOT_REVOKED if best.is_fresh(now) else Standing.STALE, best.since

    def _speaks(self, found: RevocationList, issuer: x509.Certificate, state: str) -> bool:
        """Say whether a list is the issuer's, signed with its key or a believed one of its name."""
        if found.issuer != issuer.subject:
            return False
        if any(found.signed_by(a, self.policy) for a in (issuer, *self.authorities)):
            return True
        links = (link for link in self.links if found.signed_by(link, self.policy))
        return any(self._path(link, state, None) is not None for link in links)


@functools.lru_cache(maxsize=256)
def _profile(certificate: x509.Certificate) -> Profile:
    try:
        return profile(certificate)
    except CardUnreadable:
        return Profile(country="")


# The same few signers come again and again: a signature that held holds.
_issued = functools.lru_cache(maxsize=256)(issued)


def _are_valid(certificate: x509.Certificate, issuer: x509.Certificate, now: datetime) -> bool:
    """Say whether both are valid now, and the issuer was when the certificate begins."""
    begins = certificate.not_valid_before_utc
    return (
        begins <= now <= certificate.not_valid_after_utc
        and issuer.not_valid_before_utc <= begins
        and max(begins, now) <= issuer.not_valid_after_utc
    )
