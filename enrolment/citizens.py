"""What a citizen does after the terminal: open the account, see consents, withdraw, step up.

A phone is known by a secret that it was given when it opened the account, and that the
register keeps as a digest: one phone, one account.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import msgspec

from enrolment import kept
from enrolment.accounts import (
    Account,
    Accounts,
    Certificate,
    Details,
    NewAccount,
    Opened,
    Opening,
    Reserved,
    Template,
)
from enrolment.activation import (
    SECRET_BYTES,
    Chosen,
    Invitation,
    Link,
    Product,
    digest_of,
    secret_digest,
)
from enrolment.closing import Closing
from enrolment.evidence import evidence_of
from enrolment.kept import Purpose
from enrolment.keys import Keys
from enrolment.ledger import Act, Consented, Consents, Done
from enrolment.moments import moment
from enrolment.signing_ca import SigningAuthority
from enrolment.store import Store
from wire.record import Record, Verdict

CHALLENGE_LASTS = timedelta(minutes=2)
TRIES = 5
TRIES_WITHIN = timedelta(days=1)


class Templates(Protocol):
    """Makes and compares facial templates: a certified comparison behind a port."""

    @property
    def kind(self) -> str:
        """Name and version; a template is compared by the kind that made it alone."""
        ...

    def template(self, picture: bytes) -> bytes:
        """Return the template of the face in a picture."""
        ...

    def matches(self, template: bytes, picture: bytes) -> bool:
        """Say whether the face in `picture` is the template's."""
        ...


class StepUp(StrEnum):
    """How step-up authentication ended; the values are stable codes."""

    PASSED = "passed"
    FAILED = "failed"
    LOCKED = "locked"
    NO_TEMPLATE = "no_template"
    CHALLENGE_GONE = "challenge_gone"


@dataclass(frozen=True, slots=True)
class View:
    """One view of all consents, for the citizen."""

    reference: str
    product: str
    consents: list[Consented]
    is_template_kept: bool
    trail: list[Done]
    serial: str
    """Of the signing certificate; empty without one."""


def new_account(record: Record, *, keys: Keys, templates: Templates, at: str) -> NewAccount:
    """Return what is kept with an accepted record; a template with the opt-in alone."""
    given = record.consent
    agreed = [
        Consented(purpose, given.statement, given.language.value, choice, given.agreed_at)
        for purpose, choice in (
            (Consents.REGISTRATION, True),
            (Consents.TEMPLATE, given.keep_template),
        )
    ]
    template = None
    if given.keep_template:
        content = templates.template(record.photo)
        sealed = kept.seal(content, purpose=Purpose.TEMPLATE, record_id=record.record_id, keys=keys)
        template = Template(templates.kind, sealed)
    details = msgspec.json.encode(Details(record.name, record.birth))
    return NewAccount(
        accepted_at=at,
        details=kept.seal(details, purpose=Purpose.ACCOUNT, record_id=record.record_id, keys=keys),
        evidence=evidence_of(record, verdict=Verdict.ACCEPTED, received_at=at),
        consents=tuple(agreed),
        template=template,
    )


class Citizens:
    """Serves phones; for any number of threads."""

    def __init__(
        self,
        *,
        store: Store,
        keys: Keys,
        templates: Templates,
        authority: SigningAuthority,
        clock: Callable[[], datetime],
        closing: Closing,
    ) -> None:
        self._store = store
        self._accounts = Accounts(store.engine)
        self._keys = keys
        self._templates = templates
        self._authority = authority
        self._clock = clock
        self.closing = closing

    def invitation(self, token: str) -> Invitation:
        """Say what the activation link with this token leads to."""
        digest = digest_of(token)
        if digest is None:
            return Invitation(Link.UNKNOWN)
        return self._store.invitation(digest, since=self._clock() - self.closing.kept.link_lasts)

    def open(self, token: str, chosen: Chosen) -> tuple[Opened, str]:
        """Finish the account behind a link; return what became of it and the phone's secret.

        Raises:
            NoSigningKey: iAM Smart+ without a key that can be certified.
        """
        digest = digest_of(token)
        account = None if digest is None else self._accounts.of_token(digest)
        if digest is None or account is None:
            return Opened.GONE, ""
        secret = chosen.phone or secrets.token_urlsafe(SECRET_BYTES)
        opening = Opening(
            product=chosen.product.value,
            email=kept.seal(
                chosen.email.encode(),
                purpose=Purpose.ACCOUNT,
                record_id=account.record_id,
                keys=self._keys,
            ),
            phone_digest=secret_digest(secret),
            certificate=self._certificate(account, chosen),
        )
        now = self._clock()
        opened = self._accounts.open(
            digest, opening, at=now, since=now - self.closing.kept.link_lasts
        )
        return opened, secret

    def _certificate(self, account: Account, chosen: Chosen) -> Certificate | None:
        if chosen.product is not Product.PLUS:
            return None
        sealed = kept.open_(
            account.details, purpose=Purpose.ACCOUNT, record_id=account.record_id, keys=self._keys
        )
        name = msgspec.json.decode(sealed, type=Details).name
        issued = self._authority.issue(chosen.signing_key, name=name, now=self._clock())
        evidence = hashlib.sha256(account.evidence.encode()).hexdigest()
        return Certificate(issued.serial, issued.certificate, evidence)

    def view(self, phone: str) -> View | None:
        """Return all consents of the account on this phone; None if it has none."""
        account = self._accounts.of_phone(secret_digest(phone))
        if account is None:
            return None
        certificate = self._accounts.certificate(account.record_id)
        return View(
            reference=account.reference,
            product=account.product or "",
            consents=self._accounts.ledger(account.record_id),
            is_template_kept=self._accounts.template(account.record_id) is not None,
            trail=self._accounts.trail(account.record_id),
            serial=certificate.serial if certificate else "",
        )

    def withdraw(self, phone: str, *, language: str) -> bool:
        """Withdraw the consent to keep a template, which destroys it; False without account."""
        account = self._accounts.of_phone(secret_digest(phone))
        if account is None:
            return False
        given = [
            row
            for row in self._accounts.ledger(account.record_id)
            if row.purpose is Consents.TEMPLATE
        ]
        if given and given[-1].choice:
            withdrawn = Consented(
                Consents.TEMPLATE, given[-1].statement, language, False, moment(self._clock())
            )
            self._accounts.withdraw(account.record_id, withdrawn)
        return True

    def close(self, phone: str, *, language: str) -> bool:
        """Close the account on this phone; False without one."""
        account = self._accounts.of_phone(secret_digest(phone))
        if account is None:
            return False
        self.closing.close(account.record_id, language=language)
        return True

    def revoked(self) -> bytes:
        """Return the signed list of revoked signing certificates."""
        return self._authority.revoked(self._accounts.revoked(), now=self._clock())

    def challenge(self, phone: str) -> str | None:
        """Give a challenge, to be answered once and soon; None without an account."""
        account = self._accounts.of_phone(secret_digest(phone))
        if account is None:
            return None
        challenge = secrets.token_urlsafe(SECRET_BYTES)
        given_at = int(self._clock().timestamp())
        self._accounts.challenge(account.record_id, secret_digest(challenge), given_at=given_at)
        return challenge

    def step_up(self, phone: str, challenge: str, selfie: bytes) -> StepUp | None:
        """Compare a selfie with the kept template; None without an account.

        The try is counted before anything is compared, and the selfie is not kept.
        """
        account = self._accounts.of_phone(secret_digest(phone))
        if account is None:
            return None
        template = self._accounts.template(account.record_id)
        if template is None or template.kind != self._templates.kind:
            return StepUp.NO_TEMPLATE
        reserved = self._accounts.reserve(
            account.record_id,
            secret_digest(challenge),
            at=self._clock(),
            lasts=CHALLENGE_LASTS,
            tries=TRIES,
            within=TRIES_WITHIN,
        )
        if reserved is not Reserved.GO:
            return StepUp.LOCKED if reserved is Reserved.LOCKED else StepUp.CHALLENGE_GONE
        content = kept.open_(
            template.sealed, purpose=Purpose.TEMPLATE, record_id=account.record_id, keys=self._keys
        )
        is_same = self._templates.matches(content, selfie)
        act = Act.STEP_UP_PASSED if is_same else Act.STEP_UP_FAILED
        self._accounts.note(account.record_id, act, at=self._clock())
        return StepUp.PASSED if is_same else StepUp.FAILED
