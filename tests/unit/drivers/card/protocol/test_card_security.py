"""EF.CardSecurity: SecurityInfos that are signed."""

import pytest

from drivers.card.personalise import pki
from drivers.card.personalise.signed_data import sign_content
from drivers.card.protocol import card_security, cms, tlv
from drivers.card.protocol.errors import CardUnreadable, SignatureBad

CSCA = pki.make_csca()
SIGNER = pki.make_signer(CSCA)
INFOS = bytes.fromhex("31 00")
GOOD = pki.sign_card_security(INFOS, SIGNER)


def test_signed_security_infos_are_returned_with_their_signer() -> None:
    assert card_security.parse(GOOD) == (INFOS, SIGNER.certificate)


def test_a_changed_signature_is_told() -> None:
    with pytest.raises(SignatureBad):
        card_security.parse(GOOD[:-1] + bytes((GOOD[-1] ^ 1,)))


def test_a_security_object_is_no_card_security() -> None:
    with pytest.raises(CardUnreadable, match="content type"):
        card_security.parse(tlv.only(pki.sign({}, SIGNER), 0x77))


def test_one_certificate_is_inside_and_no_more() -> None:
    file = sign_content(
        INFOS,
        content_type=cms.CARD_SECURITY,
        certificate=SIGNER.certificate,
        key=SIGNER.key,
        suite=SIGNER.suite,
        others=[CSCA.certificate],
    )
    with pytest.raises(CardUnreadable, match="more certificates"):
        card_security.parse(file)
