"""A card that a broker reads for us: token, broker, data, over real TLS."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.profile.mediated import MediatedProfile
from drivers.card.profile.reading import CardProfile, CardRead, Print
from drivers.card.protocol.dialogue import Channel, converse
from drivers.card.protocol.lds import GROUPS, SOD
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError
from tests.support.broker import HttpsBroker, Records, TokenCard, running_broker
from tests.support.cards import ChipChannel, portrait, reading

pytestmark = pytest.mark.server
CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
NAME, KEY = b"card-017", secrets.token_bytes(32)
CARD = personalise(SPECIMEN, portrait(), CSCA)
FILES = {number: CARD.files[GROUPS[number]] for number in (1, 2)}


@pytest.fixture
def records() -> Records:
    known = Records()
    known.cards[NAME] = (KEY, CARD.files[SOD], FILES)
    return known


@pytest.fixture
def broker(records: Records, tmp_path: Path) -> Iterator[HttpsBroker]:
    with running_broker(records, tmp_path) as serving:
        yield serving


def _read(
    broker: HttpsBroker,
    records: Records,
    *,
    card: Channel | None = None,
    key: Any = None,
    printed: Print = PRINT,
    trust: TrustStore = TRUST,
) -> CardRead:
    public = (key or records.key).public_key()
    profile: CardProfile[Any, Any] = MediatedProfile(broker, public)
    dialogue = reading(profile, printed, trust)
    return converse(dialogue, card or TokenCard(NAME, KEY))


def test_a_token_becomes_a_verified_reading(broker: HttpsBroker, records: Records) -> None:
    card = _read(broker, records)
    assert (card.number, card.portrait) == (SPECIMEN.number, portrait())
    assert card.provenance.access == "mediated by a broker"
    assert any("not seen by this terminal" in gap for gap in card.provenance.not_verified)


def test_a_card_without_the_application_is_no_card_of_this_kind(
    broker: HttpsBroker, records: Records
) -> None:
    profile = MediatedProfile(broker, records.key.public_key())
    assert converse(profile.probe(), TokenCard(NAME, KEY))
    assert not converse(profile.probe(), ChipChannel(CARD))


def _refused(code: str, *arguments: Any, **options: Any) -> None:
    with pytest.raises(DeviceError) as caught:
        _read(*arguments, **options)
    assert caught.value.code == code


def test_a_copy_of_the_card_gets_nothing_from_the_broker(
    broker: HttpsBroker, records: Records
) -> None:
    _refused("device.missing", broker, records, card=TokenCard(NAME, bytes(32)))
    _refused("device.missing", broker, records, card=TokenCard(b"card-018", KEY))


def test_a_broker_that_is_not_there_is_said(broker: HttpsBroker, records: Records) -> None:
    broker._url = "https://127.0.0.1:9/"
    _refused("device.missing", broker, records)


def test_another_brokers_signature_is_not_believed(broker: HttpsBroker, records: Records) -> None:
    _refused("card.signature_bad", broker, records, key=Ed25519PrivateKey.generate())


def test_an_answer_to_another_nonce_is_not_believed(broker: HttpsBroker, records: Records) -> None:
    kept: list[bytes] = []

    def first_for_ever(answer: bytes) -> bytes:
        kept.append(answer)
        return kept[0]

    records.change = first_for_ever
    _read(broker, records)
    _refused("card.signature_bad", broker, records)


def test_even_the_broker_cannot_change_what_the_issuer_signed(
    broker: HttpsBroker, records: Records
) -> None:
    other = personalise(replace(SPECIMEN, given="Tai Ming"), portrait(), CSCA)
    changed = FILES | {1: other.files[GROUPS[1]]}
    records.cards[NAME] = (KEY, CARD.files[SOD], changed)
    _refused("card.data_changed", broker, records)
    records.cards[NAME] = (KEY, CARD.files[SOD], FILES)
    _refused("card.signer_unknown", broker, records, trust=TrustStore(()))


def test_another_print_is_told(broker: HttpsBroker, records: Records) -> None:
    printed = Print("A1234571", SPECIMEN.birth, SPECIMEN.issued)
    _refused("card.differs_from_print", broker, records, printed=printed)


@pytest.mark.parametrize("answer", [b"", b"\x30\x00", b"<html>", bytes(500)])
def test_rubbish_from_a_broker_is_refused(
    broker: HttpsBroker, records: Records, answer: bytes
) -> None:
    records.change = lambda _: answer or b"\0"
    _refused("card.unreadable", broker, records)


@pytest.mark.parametrize("answer", [b"\x90\x00", bytes(201) + b"\x90\x00", b"\x69\x82"])
def test_a_card_that_gives_no_token_is_unreadable(
    broker: HttpsBroker, records: Records, answer: bytes
) -> None:
    class Dumb(TokenCard):
        def transmit(self, command: bytes) -> bytes:
            return super().transmit(command) if command[1] == 0xA4 else answer

    _refused("card.unreadable", broker, records, card=Dumb(NAME, KEY))
