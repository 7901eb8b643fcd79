"""Make the record of a session, seal it, and store it where a power cut cannot reach.

Only what the privacy statement names goes in; the typed print does not.
"""

from datetime import UTC, datetime

from kiosk.engine.session import Session
from kiosk.session.seal import seal
from kiosk.session.vault import Slot
from kiosk.sync.outbox import Outbox
from wire.card import CardContents
from wire.framing import decode
from wire.record import Evidence, Record, key_id, strength, token_digest
from wire.sealing import suite_of
from wire.trail_head import TrailHead
from wire.versions import SOFTWARE


def assemble(session: Session, *, terminal: str, now: datetime) -> Record:
    """Return the record of a session whose card was read and whose face was compared.

    Raises:
        LookupError: something that a record needs is missing: a bug in the flow.
    """
    vault = session.vault
    made_at = now.astimezone(UTC).isoformat(timespec="seconds")
    if session.consent is None or session.compared is None:
        raise LookupError("a record before consent or comparison")
    if session.needs_guardian and not session.guardian_consent:
        raise LookupError("a minor's record before a guardian's consent")
    with (
        vault.use(Slot.CARD) as card,
        vault.use(Slot.PHOTO) as photo,
        vault.use(Slot.RECORD_TOKEN) as token,
    ):
        contents: CardContents = decode(bytes(card), CardContents)
        evidence = Evidence(
            access=contents.access,
            chip=contents.chip,
            print_check=session.print_check,
            copy_check=session.printed().copy_check,
            sod_digest=contents.sod_digest,
            document_signer=contents.document_signer,
            presentation=session.presentation,
            comparison=session.compared.outcome,
            strength=strength(session.compared.log10_likelihood_ratio),
            photo_attempts=session.tally.photo_tries + 1,
            verified_at=made_at,
            software=SOFTWARE,
            staff_card=session.staff_card,
        )
        return Record(
            record_id=session.record_id,
            terminal=terminal,
            created_at=made_at,
            reference=session.reference,
            token_digest=token_digest(bytes(token)),
            number=contents.number,
            name=contents.name,
            birth=contents.birth,
            sex=contents.sex,
            portrait=contents.portrait,
            photo=bytes(photo),
            consent=session.consent,
            evidence=evidence,
            issued=contents.issued,
            guardian_consent=session.guardian_consent,
        )


def seal_and_store(
    session: Session,
    outbox: Outbox,
    *,
    terminal: str,
    register_key: bytes,
    now: datetime,
    trail: TrailHead,
) -> None:
    """Return when the record is sealed and durable.

    Raises:
        OutboxError: it is not; nothing of it was kept.
        LookupError: see `assemble`.
    """
    record = assemble(session, terminal=terminal, now=now)
    sealed = seal(record, register_key=register_key, terminal=terminal)
    outbox.store(
        record.record_id,
        sealed,
        key_id=key_id(register_key),
        suite=suite_of(register_key),
        created_at=record.created_at,
        trail=trail,
    )
