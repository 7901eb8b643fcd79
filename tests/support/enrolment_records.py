"""Records of synthetic citizens, for whoever tests what happens to them."""

import secrets
import uuid

from wire.record import Consent, Evidence, Record, Strength, token_digest
from wire.screen import Language
from wire.vision import Comparison

TERMINAL = "T-001"
CANARY_NAME = "CANARY-NAME-8123, Tai Man"
CANARY_NUMBER = "A123456(3)"
CANARY_BIRTH = "19700131"
CANARY_PORTRAIT = b"CANARY-PORTRAIT-" * 100
CANARY_PHOTO = b"CANARY-PHOTO-" * 100
CREATED = "2026-11-23T10:00:00+00:00"


def record(
    *,
    number: str = CANARY_NUMBER,
    record_id: str = "",
    token: bytes = b"",
    comparison: Comparison = Comparison.SUPPORTS,
    terminal: str = TERMINAL,
) -> Record:
    """Return a record that the register would accept, or another."""
    return Record(
        record_id=record_id or str(uuid.uuid4()),
        terminal=terminal,
        created_at=CREATED,
        reference="K7QM-2XRD",
        token_digest=token_digest(token or secrets.token_bytes(16)),
        number=number,
        name=CANARY_NAME,
        birth=CANARY_BIRTH,
        sex="M",
        portrait=CANARY_PORTRAIT,
        photo=CANARY_PHOTO,
        consent=Consent(
            statement="2026-11", language=Language.ZH_HK, agreed_at=CREATED, keep_template=False
        ),
        evidence=Evidence(
            access="PACE",
            chip="CA",
            print_check="agrees",
            copy_check="no_sign",
            sod_digest=b"\x01" * 32,
            document_signer=b"\x02" * 32,
            presentation="supported",
            comparison=comparison,
            strength=Strength.STRONG,
            photo_attempts=1,
            verified_at=CREATED,
            software="0.1.0",
        ),
    )
