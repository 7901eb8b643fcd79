"""The register: opens a record, decides, keeps it and signs for it, once for each record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from enrolment import intake
from enrolment.citizens import Templates, new_account
from enrolment.closing import Closing
from enrolment.commits import MOST_TOGETHER, Commits
from enrolment.guardians import Guardians
from enrolment.intake import Envelope, Fresh, Refusal, Replay
from enrolment.keys import Keys
from enrolment.matching import Decision, Matching, Reason, canonical
from enrolment.moments import moment
from enrolment.receipts import sign
from enrolment.signatures import Stated
from enrolment.store import Entry, Standing, Store, Terminal, Write, Written
from enrolment.trail_heads import Anchor
from enrolment.unseal import MalformedRecord, Unsealable, unseal
from wire.record import Receipt, Record, Verdict
from wire.signature import WINDOW_S
from wire.trail_head import TrailHead

_LOOKS = 4
"""The first without looking; then a record can lose a race for its id and for its number."""
_FOR_WHO_MAY_REGISTER = frozenset({Verdict.ACCEPTED, Verdict.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Signed:
    """The record is stored, and this is its receipt."""

    receipt: str
    verdict: Verdict | None
    """None when the record was stored before."""
    known: TrailHead | None = None
    """Of the terminal's trail, before the head that came along; None if none came."""


class Register:
    """Takes records and activations; for any number of threads."""

    def __init__(
        self,
        *,
        keys: Keys,
        store: Store,
        matching: Matching,
        templates: Templates,
        guardians: Guardians,
        closing: Closing,
        clock: Callable[[], datetime],
        together: int = MOST_TOGETHER,
    ) -> None:
        self._keys = keys
        self._store = store
        self._matching = matching
        self._templates = templates
        self.guardians = guardians
        self._closing = closing
        self._clock = clock
        self._tidy_at = 0
        self._commits: Commits[Write, Written] = Commits(store.write, together=together)

    def now(self) -> float:
        """Return the register's time, in seconds since the epoch."""
        return self._clock().timestamp()

    def close(self) -> None:
        """Finish what is being written, and close the database."""
        self._commits.close()
        self._store.close()

    def terminal(self, certificate: bytes) -> Terminal | None:
        """Return whose certificate (DER) this is; None if nobody's."""
        return self._store.terminal(certificate)

    def offer(self) -> bytes:
        """Return the keys that records may be sealed to, signed."""
        return sign(self._keys.plan.offer(self._clock()), self._keys.sign).encode()

    def admit(self, envelope: Envelope) -> Refusal | None:
        """Say by the envelope alone whether the body is worth reading; None if it is."""
        plan, now = self._keys.plan, self._clock()
        return intake.admit(envelope, opened_keys=plan.opened(now), retired_keys=plan.retired(now))

    def take(self, envelope: Envelope, body: bytes, signed: Stated) -> Signed | Refusal:
        """Take an admitted record: store it once, sign for it each time.

        Args:
            envelope: what came around the bytes.
            body: the sealed bytes.
            signed: what the verified signature states; it counts once.

        Raises:
            Overloaded: nothing was stored.
        """
        self._tidy()
        claim: Stated | None = signed
        anchor = self._anchor(envelope)
        known = anchor.known if anchor else None
        # Nearly every record and number is new: the database says so as it stores, and
        # only what it will not store is worth a look.
        for looks in range(_LOOKS):
            found = self._judged(envelope, body, is_new=looks == 0)
            if isinstance(found, Refusal):
                return found
            entry = found if isinstance(found, Entry) else None
            written = self._commits.write(Write(claim, entry, anchor))
            if written is Written.REPLAYED:
                return intake.REPLAYED
            claim = None
            if isinstance(found, Signed):
                return replace(found, known=known)
            if written is Written.DONE:
                return Signed(found.receipt, found.verdict, known)
        # What is taken every time is the token: no two citizens are given the same.
        return intake.CONFLICT

    def _judged(self, envelope: Envelope, body: bytes, *, is_new: bool) -> Entry | Signed | Refusal:
        stored = None if is_new else self._store.stored(envelope.record_id)
        match intake.decide(envelope, body, stored):
            case Refusal() as refusal:
                return refusal
            case Replay(receipt):
                return Signed(receipt, None)
            case Fresh(digest):
                record = self._opened(envelope, body)
                if isinstance(record, Refusal):
                    return record
                return self._decided(record, envelope, body, digest, is_new=is_new)

    def _anchor(self, envelope: Envelope) -> Anchor | None:
        if envelope.trail is None:
            return None
        known = self._store.trail_head(envelope.terminal)
        return Anchor(envelope.terminal, envelope.trail, known, moment(self._clock()))

    def _tidy(self) -> None:
        """Drop what counts no more, and close what lapsed, now and then."""
        now = int(self.now())
        if now >= self._tidy_at:
            self._tidy_at = now + WINDOW_S
            self._store.forget_nonces(before=now - WINDOW_S)
            self.guardians.forget()
            self._closing.tidy()

    def standing(self, record_id: str, *, terminal: str) -> Standing | None:
        """Say how a terminal's own record stands; None if it has no such record."""
        return self._store.standing(record_id, terminal=terminal)

    def _opened(self, envelope: Envelope, body: bytes) -> Record | Refusal:
        try:
            record = unseal(
                body,
                opens=partial(self._keys.open_sealed, key_id=envelope.key_id),
                terminal=envelope.terminal,
                record_id=envelope.record_id,
            )
        except Unsealable:
            return intake.UNSEALABLE
        except MalformedRecord:
            return intake.MALFORMED
        return intake.check(record, envelope) or record

    def _decided(
        self, record: Record, envelope: Envelope, body: bytes, digest: str, *, is_new: bool
    ) -> Entry:
        number = self._keys.number_digest(canonical(record.number).encode())
        is_enrolled = not is_new and self._store.is_enrolled(number.hex())
        now = self._clock()
        decision = self._matching.decide(record, is_enrolled=is_enrolled)
        consent = ""
        if decision.verdict in _FOR_WHO_MAY_REGISTER:
            consent = self.guardians.stands_on(record, received_at=now)
            if isinstance(consent, Reason):
                decision, consent = Decision(Verdict.REFER, consent), ""
        verdict, received_at = decision.verdict, moment(now)
        receipt = Receipt(
            record_id=envelope.record_id,
            terminal=envelope.terminal,
            digest=digest,
            verdict=verdict,
            received_at=received_at,
        )
        account = None
        if verdict is Verdict.ACCEPTED:
            account = new_account(
                record, keys=self._keys, templates=self._templates, at=received_at
            )
        return Entry(
            record_id=envelope.record_id,
            terminal=envelope.terminal,
            digest=digest,
            key_id=envelope.key_id,
            # Whoever looks at a referral needs the record; nobody needs any other.
            sealed=body if verdict is Verdict.REFER else None,
            verdict=verdict,
            reason=decision.reason,
            number_digest=number.hex(),
            token_digest=record.token_digest.hex(),
            reference=record.reference,
            keep_template=record.consent.keep_template,
            receipt=sign(receipt, self._keys.sign),
            received_at=received_at,
            account=account,
            guardian_consent=consent if verdict is Verdict.ACCEPTED else "",
        )
