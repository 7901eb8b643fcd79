"""Guardians: who is asked, who may answer, and whether a minor's record stands on a consent.

Rule 1: only an adult consents, known by the account on the phone; in the sandbox a tick
may stand in for a login elsewhere.
Rule 2: a minor's record without a consent that holds is referred, never accepted.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import msgspec

from enrolment import intake, kept
from enrolment.accounts import Account, Accounts, Details
from enrolment.activation import SECRET_BYTES, digest_of, secret_digest
from enrolment.ages import Age, age
from enrolment.guardian_requests import Answer, Asked, GuardianRequests, Means
from enrolment.intake import Refusal
from enrolment.kept import Purpose
from enrolment.keys import Keys
from enrolment.ledger import Act
from enrolment.matching import Reason
from enrolment.store import Store
from wire.guardian import ConsentStanding, ConsentState, is_id, parse_request
from wire.record import Record

_FORGET_AFTER = timedelta(days=31)
"""Longer than an outbox may keep the record that a consent is for."""


class Guardian(Enum):
    """Who holds the phone."""

    ADULT = auto()
    """Its account is an adult's."""
    MINOR = auto()
    NOBODY = auto()
    """It has no account here."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What a guardian's page may know."""

    asked: Asked
    guardian: Guardian
    is_mine: bool
    """Whether this phone answered."""


class Guardians:
    """Serves terminals, phones and the register; for any number of threads."""

    def __init__(
        self,
        *,
        store: Store,
        keys: Keys,
        clock: Callable[[], datetime],
        lasts: timedelta,
        stand_ins: bool,
    ) -> None:
        """Begin.

        Args:
            store: the register's.
            keys: the register's.
            clock: tells the time.
            lasts: so long a request may be answered.
            stand_ins: whether a tick may stand in for a guardian's login.
        """
        self._requests = GuardianRequests(store.engine)
        self._accounts = Accounts(store.engine)
        self._keys = keys
        self._clock = clock
        self._lasts = lasts
        self.stand_ins = stand_ins

    def ask(
        self, consent_id: str, body: bytes, *, terminal: str
    ) -> tuple[ConsentStanding, bool] | Refusal:
        """Take a terminal's request; return how it stands, and whether it is new.

        The same request again changes nothing, so a lost answer costs a repetition.
        """
        request = parse_request(body)
        if request is None or not is_id(consent_id):
            return intake.CONSENT_MALFORMED
        until = self._clock() + self._lasts
        is_new = self._requests.ask(consent_id, request, terminal=terminal, until=until)
        if not is_new and not self._requests.same(consent_id, request, terminal=terminal):
            return intake.CONSENT_CONFLICT
        standing = self.standing(consent_id, terminal=terminal)
        assert standing is not None
        return standing, is_new

    def standing(self, consent_id: str, *, terminal: str) -> ConsentStanding | None:
        """Say how a terminal's own request stands; None if it has no such request."""
        asked = self._requests.of_terminal(consent_id, terminal=terminal, now=self._clock())
        return asked.standing if asked else None

    def stands_on(self, record: Record, *, received_at: datetime) -> str | Reason:
        """Return the consent that a record may be accepted by, empty for an adult's.

        Returns:
            Why it may not be accepted, if the holder's age speaks against it.
        """
        try:
            # Who was a minor when it was made or when it came is one.
            at = min(datetime.fromisoformat(record.created_at), received_at)
        except (ValueError, TypeError):
            return Reason.INCOMPLETE
        match age(record.birth, at):
            case Age.ADULT:
                return ""
            case Age.UNKNOWN:
                return Reason.INCOMPLETE
            case Age.CHILD:
                return Reason.TOO_YOUNG
        holds = self._requests.holds(
            record.guardian_consent, record_id=record.record_id, terminal=record.terminal
        )
        return record.guardian_consent if holds else Reason.NO_GUARDIAN

    def invited(self, token: str, *, phone: str) -> Invited | None:
        """Say what a guardian's link leads to; None if nowhere.

        Args:
            token: the end of the link.
            phone: the phone's secret; empty if it has none.
        """
        digest = digest_of(token)
        asked = None if digest is None else self._requests.of_token(digest, now=self._clock())
        if asked is None:
            return None
        is_mine = bool(phone) and asked.phone_digest == secret_digest(phone)
        return Invited(asked, self._guardian(phone)[0], is_mine)

    def answer(self, token: str, *, choice: bool, language: str, phone: str) -> tuple[bool, str]:
        """Answer a request; return whether this was the answer that counts, and the phone's secret.

        Who consents must be an adult, or stand in for one in the sandbox; anybody may decline.
        """
        guardian, account = self._guardian(phone)
        means = Means.ACCOUNT if guardian is Guardian.ADULT else Means.STAND_IN
        digest = digest_of(token)
        if digest is None or (choice and not self.may_consent(guardian)):
            return False, phone
        secret = phone or secrets.token_urlsafe(SECRET_BYTES)
        now = self._clock()
        decided = Answer(choice, means, language, secret_digest(secret))
        if not self._requests.answer(digest, decided, at=now):
            return False, phone
        if choice and account is not None:
            self._accounts.note(account.record_id, Act.GUARDED, at=now)
        return True, secret

    def may_consent(self, guardian: Guardian) -> bool:
        """Say whether the holder of a phone may consent for a minor."""
        return guardian is Guardian.ADULT or (guardian is Guardian.NOBODY and self.stand_ins)

    def withdraw(self, consent_id: str, *, language: str, phone: str) -> bool:
        """Take a consent back, on the phone that gave it; False if there is none to take.

        The account of who is still a minor is closed with it.
        """
        if not phone:
            return False
        now = self._clock()
        withdrew = self._requests.withdraw(
            consent_id,
            phone_digest=secret_digest(phone),
            language=language,
            at=now,
            closes=self._is_still_guarded(consent_id),
        )
        if not withdrew:
            return False
        _, account = self._guardian(phone)
        if account is not None:
            self._accounts.note(account.record_id, Act.UNGUARDED, at=now)
        return True

    def _is_still_guarded(self, consent_id: str) -> bool:
        """Say whether a consent still carries an account: not once its holder is an adult."""
        minor = self._accounts.of_consent(consent_id)
        return minor is None or self._age(minor) is not Age.ADULT

    def given_on(self, phone: str) -> list[Asked]:
        """Return the consents that were given on a phone, the oldest first."""
        if not phone:
            return []
        answered = self._requests.of_phone(secret_digest(phone), now=self._clock())
        return [one for one in answered if one.state is not ConsentState.DECLINED]

    def forget(self) -> None:
        """Drop requests that never led to a record."""
        self._requests.forget(before=self._clock() - _FORGET_AFTER)

    def _guardian(self, phone: str) -> tuple[Guardian, Account | None]:
        account = self._accounts.of_phone(secret_digest(phone)) if phone else None
        if account is None:
            return Guardian.NOBODY, None
        is_adult = self._age(account) is Age.ADULT
        return (Guardian.ADULT if is_adult else Guardian.MINOR), account

    def _age(self, account: Account) -> Age:
        opened = kept.open_(
            account.details, purpose=Purpose.ACCOUNT, record_id=account.record_id, keys=self._keys
        )
        return age(msgspec.json.decode(opened, type=Details).birth, self._clock())
