"""A register and its citizens in one process, on a clock that the test moves."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from enrolment.activation import Chosen, Product
from enrolment.citizens import Citizens
from enrolment.closing import Closing, Kept
from enrolment.file_keys import FileKeys
from enrolment.guardians import Guardians
from enrolment.intake import Envelope, Refusal, content_digest
from enrolment.matching import PlausibilityMatching
from enrolment.register import Register
from enrolment.register import Signed as SignedRecord
from enrolment.sandbox_population import SamePicture
from enrolment.signatures import Stated
from enrolment.signing_ca import SandboxAuthority
from enrolment.store import Store
from tests.support.delivery import key_of, sealed_for
from tests.support.enrolment_records import TERMINAL, record
from wire.guardian import ConsentRequest, ConsentState, guardian_path
from wire.record import (
    CONTENT_TYPE,
    SUITE,
    TOKEN_BYTES,
    Record,
    Verdict,
    activation_path,
    token_digest,
)

LINK_LASTS = timedelta(hours=72)
CONSENT_LASTS = timedelta(minutes=10)
KEPT_FOR = timedelta(days=2557)


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 11, 25, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Watched(SamePicture):
    """Remembers what it was asked to make a template of."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def template(self, picture: bytes) -> bytes:
        """Return what is kept of a picture."""
        self.seen.append(picture)
        return super().template(picture)


@dataclass
class Town:
    """The register's whole inside."""

    data: Path
    store: Store
    clock: Clock = field(default_factory=Clock)
    templates: Watched = field(default_factory=Watched)
    stand_ins: bool = True

    def __post_init__(self) -> None:
        keys = FileKeys(self.data)
        self.closing = Closing(self.store.engine, Kept(LINK_LASTS, KEPT_FOR), self.clock)
        self.guardians = Guardians(
            store=self.store,
            keys=keys,
            clock=self.clock,
            lasts=CONSENT_LASTS,
            stand_ins=self.stand_ins,
        )
        self.register = Register(
            keys=keys,
            store=self.store,
            matching=PlausibilityMatching(),
            templates=self.templates,
            guardians=self.guardians,
            closing=self.closing,
            clock=self.clock,
        )
        self.citizens = Citizens(
            store=self.store,
            keys=keys,
            templates=self.templates,
            authority=SandboxAuthority(self.data),
            clock=self.clock,
            closing=self.closing,
        )

    def enrol(self, **changed: object) -> str:
        """Enrol a citizen and return the token of the link."""
        token = secrets.token_bytes(16)
        content = msgspec.structs.replace(record(token=token), **changed)
        self.take(content)
        return activation_path(token).removeprefix("/a/")

    def take(self, content: Record) -> Verdict:
        """Hand a record in as a terminal does, and return what was decided."""
        body = sealed_for(self.data, content)
        envelope = Envelope(
            terminal=TERMINAL,
            record_id=content.record_id,
            content_type=CONTENT_TYPE,
            content_length=len(body),
            content_digest=content_digest(hashlib.sha256(body).digest()),
            suite=SUITE,
            key_id=key_of(self.data),
        )
        stated = Stated(int(self.clock().timestamp()), "0" * 64, secrets.token_hex(16))
        outcome = self.register.take(envelope, body, stated)
        assert isinstance(outcome, SignedRecord), outcome
        standing = self.register.standing(content.record_id, terminal=TERMINAL)
        assert standing is not None
        return standing.verdict

    def asked(self, content: Record, *, terminal: str = TERMINAL) -> tuple[str, str]:
        """Ask for a guardian's consent to a record; return the request's id and token."""
        token = secrets.token_bytes(TOKEN_BYTES)
        consent_id = str(uuid.uuid4())
        body = msgspec.json.encode(request_for(content, token))
        outcome = self.guardians.ask(consent_id, body, terminal=terminal)
        assert not isinstance(outcome, Refusal), outcome
        assert outcome[0].state is ConsentState.WAITING
        return consent_id, guardian_path(token).removeprefix("/g/")


def request_for(content: Record, token: bytes) -> ConsentRequest:
    """Return what a terminal asks for a minor's record."""
    return ConsentRequest(
        record_id=content.record_id,
        reference=content.reference,
        token_digest=token_digest(token).hex(),
        statement=content.consent.statement,
    )


def chosen(
    *, product: Product = Product.BASIC, signing_key: bytes = b"", phone: str = ""
) -> Chosen:
    """Return what a citizen fills in."""
    return Chosen(product, "canary-8123@example.hk", signing_key, phone)
