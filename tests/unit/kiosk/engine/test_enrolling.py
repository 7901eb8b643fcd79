"""The record of a session holds what the privacy statement names, and nothing else."""

from datetime import UTC, datetime

import msgspec
import pytest

from kiosk.engine.enrolling import assemble
from kiosk.engine.session import Session
from kiosk.session.consent import consent
from kiosk.session.vault import Slot, Vault
from tests.support.enrolment_records import TERMINAL
from tests.support.printed import contents, reading
from wire.framing import encode
from wire.record import Evidence, Record, Strength
from wire.screen import Language
from wire.vision import Compared, Comparison

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PHOTO = b"the photograph of the citizen"

NAMED_BY_THE_STATEMENT = {"number", "name", "birth", "issued", "sex", "portrait", "photo"}
"""Personal: the text `privacy_what` of the screens names each; birth and issue are its dates."""
NAMES_NOBODY = {
    "record_id",
    "terminal",
    "created_at",
    "reference",
    "token_digest",
    "consent",
    "evidence",
    "guardian_consent",
}
EVIDENCE = {
    "methods": {"access", "chip", "print_check", "copy_check", "sod_digest", "document_signer"},
    "outcome as classes": {"presentation", "comparison", "strength", "photo_attempts"},
    "by whom, where staff looked": {"staff_card"},
    "version and time": {"software", "verified_at"},
}


def visit() -> Session:
    session = Session(Vault(), Language.EN, 0.0, "an id", "ABCD-EFGH")
    session.vault.put(Slot.CARD, encode(contents()))
    session.vault.put(Slot.PRINT, encode(reading()))
    session.vault.put(Slot.PHOTO, PHOTO)
    session.vault.put(Slot.RECORD_TOKEN, bytes(16))
    session.consent = consent(
        statement="2026-11", language=Language.EN, agreed_at=NOW, keep_template=False
    )
    session.compared = Compared(Comparison.SUPPORTS, 0.313, 0.527, 3.789)
    session.print_check = "agrees"
    return session


def test_a_record_has_no_field_that_the_statement_does_not_name() -> None:
    assert set(Record.__struct_fields__) == NAMED_BY_THE_STATEMENT | NAMES_NOBODY


def test_evidence_has_methods_versions_classes_outcome_and_time_alone() -> None:
    assert set(Evidence.__struct_fields__) == set().union(*EVIDENCE.values())


def test_no_score_of_a_face_goes_into_the_record() -> None:
    evidence = assemble(visit(), terminal=TERMINAL, now=NOW).evidence
    assert evidence.strength is Strength.STRONG
    told = msgspec.json.encode(evidence)
    assert not [score for score in (b"0.313", b"0.527", b"3.789") if score in told]
    kinds = {type(value) for value in msgspec.structs.astuple(evidence)}
    assert float not in kinds


def test_what_the_card_says_beyond_the_statement_stays_at_the_terminal() -> None:
    told = encode(assemble(visit(), terminal=TERMINAL, now=NOW))
    card = contents()
    assert card.number.encode() in told
    assert card.chinese.encode() not in told
    assert not [code for code in card.codes if code.encode() in told]


def test_the_evidence_says_when_in_utc() -> None:
    record = assemble(visit(), terminal=TERMINAL, now=NOW)
    assert record.evidence.verified_at == record.created_at == "2026-11-23T10:00:00+00:00"


@pytest.mark.parametrize("lacks", ["consent", "compared"])
def test_no_record_is_made_before_consent_and_comparison(lacks: str) -> None:
    session = visit()
    setattr(session, lacks, None)
    with pytest.raises(LookupError):
        assemble(session, terminal=TERMINAL, now=NOW)
