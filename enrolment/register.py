"""The register: opens a record, decides, keeps it and signs for it, once for each record."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from enrolment import intake, trail_heads
from enrolment.activation import Invitation, digest_of
from enrolment.intake import Envelope, Fresh, Refusal, Replay
from enrolment.keys import Keys
from enrolment.matching import Matching, canonical
from enrolment.receipts import sign
from enrolment.store import Entry, Standing, Store, Taken, moment
from enrolment.unseal import MalformedRecord, Unsealable, unseal
from wire.record import Receipt, Record, Verdict
from wire.trail_head import TrailHead

_LOOKS = 3
"""A record can lose a race for its id and then for its number, hardly more."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The record is stored, and this is its receipt."""

    receipt: str
    verdict: Verdict | None
    """None when the record was stored before."""


class Register:
    """Takes records and activations; for any number of threads."""

    def __init__(
        self, *, keys: Keys, store: Store, matching: Matching, clock: Callable[[], datetime]
    ) -> None:
        self._keys = keys
        self._store = store
        self._matching = matching
        self._clock = clock

    def terminal(self, certificate: bytes) -> str | None:
        """Return the name of the terminal in service with this certificate (DER)."""
        return self._store.terminal(certificate)

    def admit(self, envelope: Envelope) -> Refusal | None:
        """Say by the envelope alone whether the body is worth reading; None if it is."""
        return intake.admit(envelope, offered_keys={self._keys.opening_id})

    def take(self, envelope: Envelope, body: bytes) -> Signed | Refusal:
        """Take an admitted record: store it once, sign for it each time."""
        for _ in range(_LOOKS):
            match intake.decide(envelope, body, self._store.stored(envelope.record_id)):
                case Refusal() as refusal:
                    return refusal
                case Replay(receipt):
                    return Signed(receipt, None)
                case Fresh(digest):
                    record = self._opened(envelope, body)
                    if isinstance(record, Refusal):
                        return record
                    entry = self._decided(record, envelope, body, digest)
                    try:
                        self._store.keep(entry)
                    except Taken:
                        continue
                    return Signed(entry.receipt, entry.verdict)
        # What is taken every time is the token: no two citizens are given the same.
        return intake.CONFLICT

    def anchor(self, terminal: str, head: TrailHead) -> TrailHead:
        """Keep the head of a terminal's trail; return the one it has to have grown from."""
        return trail_heads.anchor(self._store, terminal, head, at=self._clock())

    def standing(self, record_id: str, *, terminal: str) -> Standing | None:
        """Say how a terminal's own record stands; None if it has no such record."""
        return self._store.standing(record_id, terminal=terminal)

    def invitation(self, token: str) -> Invitation | None:
        """Say what the activation link with this token leads to; None if it is no token."""
        digest = digest_of(token)
        return None if digest is None else self._store.invitation(digest)

    def link(self, token: str) -> bool:
        """Use an activation link up; False if it leads nowhere any more."""
        digest = digest_of(token)
        return digest is not None and self._store.link(digest, at=self._clock())

    def _opened(self, envelope: Envelope, body: bytes) -> Record | Refusal:
        try:
            record = unseal(
                body,
                key=self._keys.opening,
                terminal=envelope.terminal,
                record_id=envelope.record_id,
            )
        except Unsealable:
            return intake.UNSEALABLE
        except MalformedRecord:
            return intake.MALFORMED
        return intake.check(record, envelope) or record

    def _decided(self, record: Record, envelope: Envelope, body: bytes, digest: str) -> Entry:
        number = hmac.digest(self._keys.number, canonical(record.number).encode(), hashlib.sha256)
        verdict = self._matching.verdict(record, is_enrolled=self._store.is_enrolled(number.hex()))
        received_at = moment(self._clock())
        receipt = Receipt(
            record_id=envelope.record_id,
            terminal=envelope.terminal,
            digest=digest,
            verdict=verdict,
            received_at=received_at,
        )
        return Entry(
            record_id=envelope.record_id,
            terminal=envelope.terminal,
            digest=digest,
            key_id=envelope.key_id,
            sealed=body,
            verdict=verdict,
            number_digest=number.hex(),
            token_digest=record.token_digest.hex(),
            reference=record.reference,
            keep_template=record.consent.keep_template,
            receipt=sign(receipt, self._keys.signing),
            received_at=received_at,
        )
