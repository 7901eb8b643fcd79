"""No verified reading of proofs that do not belong together."""

from dataclasses import replace

import pytest

from drivers.card.personalise import pki
from drivers.card.profile.mediated import TokenOpening
from drivers.card.profile.provenance import Authentic, ChipProof, conclude
from drivers.card.protocol import security_object
from drivers.card.protocol.trust import TrustStore
from drivers.errors import LocalProtocolError
from tests.support.certificates import NOW

CSCA = pki.make_csca()
GROUPS = {1: b"one", 14: b"fourteen"}
SIGNED = security_object.parse(pki.sign({**GROUPS, 3: b"three"}, pki.make_signer(CSCA)))
CHAIN = TrustStore((CSCA.certificate,)).check(SIGNED.signer, now=NOW)
OPENED, OTHER = TokenOpening(bytes(16)), TokenOpening(bytes(16))
AUTHENTIC = Authentic(OPENED, SIGNED, CHAIN, GROUPS)
PROOF = ChipProof(OPENED, "CA", 14)


def test_proofs_of_one_session_make_a_provenance() -> None:
    provenance = conclude(AUTHENTIC, PROOF)
    assert (provenance.chip, provenance.groups) == ("CA", (1, 14))
    assert provenance.sod_digest == SIGNED.file_digest
    assert "not read: DG3" in provenance.not_verified


def test_a_chip_of_another_session_makes_none() -> None:
    with pytest.raises(LocalProtocolError, match="sessions"):
        conclude(AUTHENTIC, replace(PROOF, opened=OTHER))


def test_two_openings_of_one_card_are_two() -> None:
    assert OPENED != OTHER


def test_a_chip_proved_with_an_unsigned_key_makes_none() -> None:
    with pytest.raises(LocalProtocolError, match="nobody signed"):
        conclude(AUTHENTIC, replace(PROOF, key_group=15))


def test_a_key_that_was_verified_apart_needs_no_group() -> None:
    assert conclude(AUTHENTIC, replace(PROOF, key_group=None)).chip == "CA"


def test_what_was_not_verified_is_said() -> None:
    gaps = conclude(AUTHENTIC, None).not_verified
    assert any("may be a copy" in gap for gap in gaps)
    assert OPENED.gap in gaps
