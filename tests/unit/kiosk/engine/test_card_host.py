"""The real card host on a virtual reader: a mute card costs one host, never the terminal."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import pytest

from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.service import NUMBER, PIN
from drivers.card.personalise.virtual_reader import VirtualReader, why_not
from drivers.host import Child
from kiosk.engine.card_device import SILENCE_S
from tests.support.faces import folder_of_pictures
from tests.support.pcsc import virtual_reader
from wire.card import (
    CardContents,
    CardFailed,
    CardPresence,
    CardProbed,
    FromCardHost,
    OpenServiceCard,
    ProbeCard,
    ReadCard,
    ReaderChanged,
    ReadProgress,
    ReadStep,
    ServiceCardOpened,
)
from wire.framing import decode, encode
from wire.message import DeviceState

pytestmark = [pytest.mark.server, pytest.mark.slow]
SOON_S = 15.0
MUTE_S = 1.0
ORDER = ReadCard(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)


@dataclass
class Host:
    """A card host and what it says; an exit status when it has ended."""

    virtual: VirtualReader
    said: "SimpleQueue[Any]" = field(default_factory=SimpleQueue)
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.child = Child(
            "kiosk.engine.card_host",
            [
                *("--reader", "", "--trust", str(self.virtual.trust)),
                *("--service-trust", str(self.virtual.service_trust)),
            ],
            on_message=lambda body: self.said.put(decode(body, FromCardHost)),
            on_end=self.said.put,
        )

    def hears(self, wanted: Any) -> list[Any]:
        """Wait for a message, given whole or by its kind; return all up to it."""
        heard: list[Any] = []
        while not heard or (heard[-1] != wanted and type(heard[-1]) is not wanted):
            heard.append(self.said.get(timeout=SOON_S))
            assert not isinstance(heard[-1], int) or wanted is int, f"ended with {heard[-1]}"
        return heard

    def read(self) -> list[Any]:
        """Read the card that lies there; return everything said until the contents."""
        self.hears(CardPresence(present=True))
        self.child.send(encode(ORDER))
        return self.hears(CardContents)


@pytest.fixture(scope="module")
def virtual() -> Iterator[VirtualReader]:
    if why_not():
        pytest.skip(why_not())
    with virtual_reader() as reader:
        yield reader


@pytest.fixture
def host(virtual: VirtualReader) -> Iterator[Host]:
    made = Host(virtual)
    made.hears(CardPresence(present=False))
    yield made
    made.child.close()
    virtual.remove()


def test_the_first_word_is_how_the_reader_is(virtual: VirtualReader) -> None:
    host = Host(virtual)
    try:
        assert host.said.get(timeout=SOON_S) == ReaderChanged(DeviceState.READY)
        # pcscd may still speak of the card of the test before.
        assert isinstance(host.said.get(timeout=SOON_S), CardPresence)
    finally:
        host.child.close()


def test_a_good_card_is_read_with_its_progress_and_its_evidence(host: Host) -> None:
    host.virtual.insert()
    *steps, card = host.read()
    shares = [step.share for step in steps if isinstance(step, ReadProgress)]
    assert shares == sorted(shares)
    assert {step.step for step in steps if isinstance(step, ReadProgress)} == set(ReadStep)
    assert (card.number, card.birth, card.sex) == (SPECIMEN.number, SPECIMEN.birth, SPECIMEN.sex)
    assert card.portrait == (folder_of_pictures() / "holder_chip.jpg").read_bytes()
    assert len(card.sod_digest) == len(card.document_signer) == 32
    assert card.apdus > 10
    assert card.ms > 0


@pytest.mark.parametrize(
    ("fault", "code"), [("forged", "card.signature_bad"), ("torn", "card.removed")]
)
def test_a_reading_that_fails_gives_a_code_and_nothing_of_the_card(
    host: Host, fault: str, code: str
) -> None:
    host.virtual.insert(fault)
    host.hears(CardPresence(present=True))
    host.child.send(encode(ORDER))
    heard = host.hears(CardFailed)
    assert heard[-1] == CardFailed(code)
    assert not any(isinstance(message, CardContents) for message in heard)


def test_no_card_is_said_and_the_host_lives_on(host: Host) -> None:
    host.child.send(encode(ORDER))
    assert host.hears(CardFailed)[-1] == CardFailed("card.removed")
    host.virtual.insert()
    assert host.read()[-1].number == SPECIMEN.number


def test_a_mute_card_costs_its_host_and_the_next_host_reads_the_next_card(host: Host) -> None:
    host.virtual.insert("mute")
    host.hears(CardPresence(present=True))
    began = time.monotonic()
    host.child.send(encode(ORDER))
    host.child.expect(MUTE_S)
    *heard, status = host.hears(int)
    assert status == -signal.SIGKILL
    assert time.monotonic() - began < SILENCE_S
    # It was mute in the middle of the portrait, not from the start.
    assert any(isinstance(said, ReadProgress) and said.step is ReadStep.PORTRAIT for said in heard)
    assert not any(isinstance(said, CardContents | CardFailed) for said in heard)
    host.virtual.remove()
    fresh = Host(host.virtual)
    try:
        fresh.hears(CardPresence(present=False))
        host.virtual.insert()
        assert fresh.read()[-1].number == SPECIMEN.number
    finally:
        fresh.child.close()


def test_a_message_that_is_no_order_ends_the_host(host: Host) -> None:
    host.child.send(b"\xc1 no order")
    *_, status = host.hears(int)
    assert status > 0


def test_a_service_card_is_told_from_a_citizens_and_opened_by_its_pin(host: Host) -> None:
    host.virtual.insert_service()
    host.hears(CardPresence(present=True))
    host.child.send(encode(ProbeCard()))
    assert host.hears(CardProbed)[-1] == CardProbed(service=True)
    host.child.send(encode(OpenServiceCard("000000")))
    assert host.hears(CardFailed)[-1] == CardFailed("card.key_refused")
    host.child.send(encode(OpenServiceCard(PIN)))
    assert host.hears(ServiceCardOpened)[-1] == ServiceCardOpened(NUMBER)


def test_a_citizens_card_is_no_service_card_and_nothing_of_it_is_read(host: Host) -> None:
    host.virtual.insert()
    host.hears(CardPresence(present=True))
    host.child.send(encode(ProbeCard()))
    assert host.hears(CardProbed)[-1] == CardProbed(service=False)
    host.child.send(encode(OpenServiceCard(PIN)))
    assert isinstance(host.hears(CardFailed)[-1], CardFailed)
