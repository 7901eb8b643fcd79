"""Service cards: known before they are opened, opened by their PIN, believed by their own trust."""

import secrets
from dataclasses import replace

import pytest

from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.service import NUMBER, PIN, make_authority, personalise_service
from drivers.card.personalise.spec import Fault
from drivers.card.profile import service
from drivers.card.profile.plan import SHORT
from drivers.card.protocol.access_key import Password
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import (
    CardUnreadable,
    ChipCloned,
    KeyRefused,
    SignatureBad,
    SignerUnknown,
)
from drivers.card.protocol.lds import GROUPS, PORTRAIT, SOD
from drivers.card.protocol.trust import TrustStore
from tests.support.cards import ChipChannel
from tests.support.certificates import NOW
from tests.support.icao_cards import CSCA as CITIZENS
from tests.support.icao_cards import GOOD as CITIZENS_CARD

AUTHORITY = make_authority()
TRUST = TrustStore((AUTHORITY.certificate,))
GOOD = personalise_service(AUTHORITY)


def read(card: VirtualCard, pin: str = PIN, trust: TrustStore = TRUST) -> service.ServiceCard:
    reading = service.whole(pin, trust, now=NOW, draw=secrets.randbelow, plan=SHORT)
    return converse(reading, ChipChannel(card))


def test_a_good_card_and_its_pin_give_its_number_and_how_it_was_proved() -> None:
    card = read(GOOD)
    assert card.number == NUMBER
    assert card.provenance.access.startswith("PACE")
    assert card.provenance.chip
    assert card.provenance.groups == (1, 14)


def test_a_service_card_says_what_it_is_and_a_citizens_card_does_not() -> None:
    assert converse(service.probe(), ChipChannel(GOOD))
    assert not converse(service.probe(), ChipChannel(CITIZENS_CARD))


def test_probing_sends_one_command_and_learns_nothing_else() -> None:
    channel = ChipChannel(CITIZENS_CARD)
    converse(service.probe(), channel)
    assert len(channel.commands) == 1
    assert len(channel.responses[0]) == 2


@pytest.mark.parametrize("pin", ["314158", "000000", "3141590", "31415"])
def test_another_pin_opens_nothing(pin: str) -> None:
    with pytest.raises(KeyRefused):
        read(GOOD, pin)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.FORGED, SignatureBad),
        (Fault.UNKNOWN_SIGNER, SignerUnknown),
        (Fault.CLONED, ChipCloned),
    ],
)
def test_a_card_that_is_not_genuine_is_refused_with_the_right_pin(
    fault: Fault, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(personalise_service(AUTHORITY, fault=fault))


def test_a_citizens_issuer_makes_no_service_card_and_the_other_way_round() -> None:
    with pytest.raises(SignerUnknown):
        read(personalise_service(CITIZENS))
    with pytest.raises(SignerUnknown):
        read(GOOD, trust=TrustStore((CITIZENS.certificate,)))


def test_a_citizens_card_signed_by_our_own_authority_is_still_no_service_card() -> None:
    groups = {n: CITIZENS_CARD.files[GROUPS[n]] for n in (1, PORTRAIT, 14)}
    sod = pki.sign(groups, pki.make_signer(AUTHORITY, document_types=["I"]))
    secret = GOOD.secrets[Password.PIN]
    card = replace(
        CITIZENS_CARD,
        files=CITIZENS_CARD.files | {SOD: sod},
        secrets={Password.PIN: secret},
    )
    with pytest.raises(CardUnreadable):
        read(card)


def test_it_holds_nothing_of_a_person() -> None:
    assert GROUPS[PORTRAIT] not in GOOD.files
    assert b"SERVICE<<CARD" in GOOD.files[GROUPS[1]]
