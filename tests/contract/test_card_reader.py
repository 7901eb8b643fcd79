"""What every card reader must do: the same promises on the simulated one and on PC/SC."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any

import pytest
from cryptography import x509

from drivers.card.pcsc import PcscReader
from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN, converted
from drivers.card.personalise.spec import Spec
from drivers.card.personalise.virtual_reader import VirtualReader, why_not
from drivers.card.profile.icao import IcaoProfile
from drivers.card.profile.reading import CardRead, Print
from drivers.card.protocol.dialogue import Channel
from drivers.card.protocol.errors import CardRemoved
from drivers.card.protocol.trust import TrustStore
from drivers.card.read import read_card
from drivers.card.reader import CardReader, ReaderEvent
from drivers.card.simulated import SimulatedReader
from drivers.errors import DeviceError
from drivers.health import Health
from kiosk.stage import until
from tests.support.cards import reading
from tests.support.faces import folder_of_pictures
from tests.support.pcsc import virtual_reader

SOON_S = 5.0
READ_CARD_ACCESS = bytes.fromhex("00B09C0001")
DONE = bytes.fromhex("319000")


@dataclass
class Bench:
    """A reader, and the hand that lays cards on it."""

    reader: CardReader
    insert: Callable[..., Any]
    remove: Callable[[], Any]
    trust: TrustStore
    events: "SimpleQueue[ReaderEvent]"
    commands: list[bytes] = field(default_factory=list)

    def wait(self, *, present: bool) -> ReaderEvent:
        """Wait until the reader says that a card lies there, or none."""
        while (event := self.events.get(timeout=SOON_S)).card_present != present:
            continue
        return event

    def read(self, printed: Print | None = None) -> CardRead:
        """Read the card that lies there."""
        wanted = printed or Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
        now = datetime.now(UTC)
        return read_card(
            self.reader,
            lambda plan: reading(IcaoProfile(), wanted, self.trust, now=now, plan=plan),
            through=self.counted,
        )

    def counted(self, channel: Channel) -> Channel:
        """Note each command before it goes down."""
        bench = self

        class Counted:
            def transmit(self, command: bytes) -> bytes:
                bench.commands.append(command)
                return channel.transmit(command)

        return Counted()

    def read_if_there(self) -> CardRead | None:
        """Read the card; None while the reader has not seen it yet."""
        try:
            return self.read()
        except CardRemoved:
            return None


@pytest.fixture(scope="module")
def virtual() -> Iterator[VirtualReader]:
    if why_not():
        pytest.skip(why_not())
    with virtual_reader() as reader:
        yield reader


@pytest.fixture(params=["simulated", pytest.param("pcsc", marks=pytest.mark.server)])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    events: SimpleQueue[ReaderEvent] = SimpleQueue()
    if request.param == "simulated":
        made = _simulated(events)
    else:
        made = _pcsc(request.getfixturevalue("virtual"), events)
    made.reader.watch(events.put)
    # pcscd may still speak of the card of the test before.
    made.wait(present=False)
    yield made
    made.reader.close()
    made.remove()


def _simulated(events: "SimpleQueue[ReaderEvent]") -> Bench:
    csca = pki.make_csca()
    portrait = (folder_of_pictures() / "holder_chip.jpg").read_bytes()
    reader = SimulatedReader()

    def insert(fault: str = "none", card: dict[str, Any] | None = None) -> None:
        spec = converted({**(card or {}), "fault": fault}, Spec)
        reader.insert(personalise(SPECIMEN, portrait, csca, spec))

    return Bench(reader, insert, reader.remove, TrustStore((csca.certificate,)), events)


def _pcsc(virtual: VirtualReader, events: "SimpleQueue[ReaderEvent]") -> Bench:
    pem = next(virtual.trust.glob("*.pem")).read_bytes()
    trust = TrustStore((x509.load_pem_x509_certificate(pem),))
    return Bench(PcscReader(), virtual.insert, virtual.remove, trust, events)


def test_whoever_watches_later_is_told_the_present_state_first(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    bench.reader.close()
    bench.reader.watch(bench.events.put)
    event = bench.events.get(timeout=SOON_S)
    assert event.status.health is Health.READY
    assert event.card_present


def test_a_card_is_noticed_when_it_comes_and_goes(bench: Bench) -> None:
    bench.insert("none")
    assert bench.wait(present=True).status.health is Health.READY
    bench.remove()
    bench.wait(present=False)


def test_a_good_card_is_read_and_verified_twice_in_a_row(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    for _ in range(2):
        card = bench.read()
        assert card.number == SPECIMEN.number
        assert card.name == f"{SPECIMEN.surname}, {SPECIMEN.given.upper()}"
        assert card.portrait == (folder_of_pictures() / "holder_chip.jpg").read_bytes()
        assert card.provenance.access == "PACE-ECDH-GM-AES-CBC-CMAC-128/P-256"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("forged", "card.signature_bad"),
        ("changed", "card.data_changed"),
        ("unknown_signer", "card.signer_unknown"),
        ("expired_signer", "card.signer_expired"),
        ("cloned", "card.chip_cloned"),
        ("truncated", "card.unreadable"),
        ("torn", "card.removed"),
    ],
)
def test_a_bad_card_is_refused_by_its_own_code(bench: Bench, fault: str, code: str) -> None:
    bench.insert(fault)
    bench.wait(present=True)
    with pytest.raises(DeviceError) as caught:
        bench.read()
    assert caught.value.code == code


def test_another_print_does_not_open_the_card(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    with pytest.raises(DeviceError) as caught:
        bench.read(Print(SPECIMEN.number, SPECIMEN.birth, "20190316"))
    assert caught.value.code == "card.key_refused"


def test_no_card_is_no_session(bench: Bench) -> None:
    with pytest.raises(CardRemoved):
        bench.reader.connect()


def test_a_removed_card_ends_the_session_for_good(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    with bench.reader.connect() as session:
        bench.remove()
        for _ in range(2):
            with pytest.raises(CardRemoved):
                session.transmit(READ_CARD_ACCESS)


def test_a_session_never_speaks_to_the_card_that_was_laid_down_later(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    with bench.reader.connect() as session:
        assert session.transmit(READ_CARD_ACCESS) == DONE
        bench.insert("none")
        with pytest.raises(CardRemoved):
            session.transmit(READ_CARD_ACCESS)


def test_the_first_error_ends_the_session_whatever_lies_there_then(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    with bench.reader.connect() as session:
        bench.remove()
        with pytest.raises(CardRemoved):
            session.transmit(READ_CARD_ACCESS)
        bench.wait(present=False)
        bench.insert("none")
        bench.wait(present=True)
        for _ in range(2):
            with pytest.raises(CardRemoved):
                session.transmit(READ_CARD_ACCESS)


def test_a_session_that_was_left_is_over(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    with bench.reader.connect() as session:
        assert session.transmit(READ_CARD_ACCESS) == DONE
    with pytest.raises(CardRemoved):
        session.transmit(READ_CARD_ACCESS)


def test_a_card_that_slipped_and_is_back_at_once_is_read(bench: Bench) -> None:
    bench.insert("none")
    bench.wait(present=True)
    with bench.reader.connect() as session:
        assert session.transmit(READ_CARD_ACCESS) == DONE
        bench.remove()
        with pytest.raises(CardRemoved):
            session.transmit(READ_CARD_ACCESS)
    bench.insert("none")
    assert until(bench.read_if_there, within_s=SOON_S).number == SPECIMEN.number


@pytest.mark.parametrize("longest", [256, 4_096, 65_536])
def test_long_answers_are_used_where_card_and_reader_take_them(bench: Bench, longest: int) -> None:
    bench.insert("none", {"longest_answer": longest})
    bench.wait(present=True)
    bench.read()
    extended = [command for command in bench.commands if len(command) > 5 and command[4] == 0]
    assert bool(extended) is (longest > 256)


@pytest.mark.parametrize("card", [{}, {"longest_answer": 4_096}], ids=["short", "extended"])
def test_a_card_that_refuses_long_reads_is_read_with_shorter_ones(
    bench: Bench, card: dict[str, Any]
) -> None:
    bench.insert("no_long_reads", card)
    bench.wait(present=True)
    assert bench.read().number == SPECIMEN.number


@pytest.mark.parametrize(
    "card",
    [
        {"pace": ["IM"], "pace_cipher": "AES-256", "pace_curve": "brainpoolP384r1"},
        {"pace": ["CAM"], "chip": "none"},
        {"pace": [], "chip": "AA-RSA"},
        {"pace_cipher": "3DES", "chip_cipher": "3DES"},
    ],
    ids=["integrated", "chip mapping", "BAC and active authentication", "3DES"],
)
def test_cards_of_other_kinds_are_read(bench: Bench, card: dict[str, Any]) -> None:
    bench.insert("none", card)
    bench.wait(present=True)
    assert bench.read().provenance.chip


def test_a_session_garbled_in_the_middle_is_over(bench: Bench) -> None:
    bench.insert("bad_mac")
    bench.wait(present=True)
    with pytest.raises(DeviceError) as caught:
        bench.read()
    assert caught.value.code == "card.unreadable"
