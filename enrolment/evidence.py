"""How an identity was verified, without an image and without the person.

It outlives the record: a certification authority must be able to say years later by what
its certificate was issued. Scores are kept as the classes they fell into.

NO I/O.
"""

import msgspec

from wire.record import Record, Verdict


class EvidenceRecord(msgspec.Struct, frozen=True):
    """Methods, versions, outcome, time and place."""

    record_id: str
    terminal: str
    received_at: str
    verdict: Verdict
    access: str
    chip: str
    print_check: str
    copy_check: str
    sod_digest: str
    """SHA-256 of the security object that was verified, hex."""
    document_signer: str
    presentation: str
    comparison: str
    strength: str
    photo_attempts: int
    verified_at: str
    software: str


def evidence_of(record: Record, *, verdict: Verdict, received_at: str) -> str:
    """Return the evidence record, as JSON with its fields in this order."""
    seen = record.evidence
    kept = EvidenceRecord(
        record_id=record.record_id,
        terminal=record.terminal,
        received_at=received_at,
        verdict=verdict,
        access=seen.access,
        chip=seen.chip,
        print_check=seen.print_check,
        copy_check=seen.copy_check,
        sod_digest=seen.sod_digest.hex(),
        document_signer=seen.document_signer.hex(),
        presentation=seen.presentation,
        comparison=seen.comparison,
        strength=seen.strength,
        photo_attempts=seen.photo_attempts,
        verified_at=seen.verified_at,
        software=seen.software,
    )
    return msgspec.json.encode(kept).decode()
