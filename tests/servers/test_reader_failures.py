"""The PC/SC service dies, another program holds the reader, two cards lie there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from queue import SimpleQueue

import pytest

from drivers.admin import AdminRefused
from drivers.card import trust_folder
from drivers.card.pcsc import PcscReader, ReaderMissing
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.virtual_reader import (
    READER_NAME,
    SECOND_READER,
    VirtualReader,
    why_not,
)
from drivers.card.profile.hkid import HkidProfile
from drivers.card.profile.reading import CardRead, Print
from drivers.card.protocol.dialogue import Channel
from drivers.card.protocol.errors import CardRemoved
from drivers.card.read import read_card
from drivers.card.reader import ReaderEvent
from drivers.errors import DeviceError
from drivers.health import Health
from kiosk.stage import until
from tests.support.cards import reading
from tests.support.pcsc import virtual_reader

pytestmark = pytest.mark.server
SOON_S = 10.0
LONG_S = 60.0
PRINT = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)


class Interrupted:
    """A channel that does something before one command."""

    def __init__(self, channel: Channel, at: int, act: Callable[[], None]) -> None:
        self._channel = channel
        self._left = at
        self._act = act

    def transmit(self, command: bytes) -> bytes:
        if self._left == 0:
            self._act()
        self._left -= 1
        return self._channel.transmit(command)


@pytest.fixture(scope="module")
def running() -> Iterator[VirtualReader]:
    if why_not():
        pytest.skip(why_not())
    with virtual_reader() as reader:
        yield reader


@pytest.fixture
def virtual(running: VirtualReader) -> VirtualReader:
    """Return the reader when it has seen that no card lies there any more.

    Asked by watching: connecting to a card that is just gone costs sight of the next one.
    """
    running.remove()
    events: SimpleQueue[ReaderEvent] = SimpleQueue()
    reader = PcscReader(READER_NAME)
    reader.watch(events.put)
    until(lambda: _is_empty(events.get(timeout=SOON_S)), within_s=SOON_S)
    reader.close()
    return running


def _is_empty(event: ReaderEvent) -> bool:
    return event.status.health is Health.READY and not event.card_present


def _lay(virtual: VirtualReader, *, slot: int = 0) -> None:
    """Lay a card down as soon as the service takes one."""

    def tried() -> bool:
        try:
            virtual.insert(slot=slot)
        except AdminRefused:
            return False
        return True

    until(tried, within_s=SOON_S)


def _read(
    virtual: VirtualReader,
    *,
    reader: str = "",
    wait: Callable[[float], None] = lambda _: None,
    at: int = -1,
    act: Callable[[], None] = lambda: None,
) -> CardRead:
    now = datetime.now(UTC)
    trust = trust_folder.load(virtual.trust, now=now)
    return read_card(
        PcscReader(reader, wait=wait),
        lambda plan: reading(HkidProfile(), PRINT, trust, now=now, plan=plan),
        through=lambda channel: Interrupted(channel, at, act),
    )


def _read_when_there(virtual: VirtualReader, reader: str = "") -> CardRead:
    def tried() -> CardRead | None:
        try:
            return _read(virtual, reader=reader)
        except (CardRemoved, ReaderMissing):
            return None

    found: CardRead = until(tried, within_s=SOON_S)
    return found


@pytest.mark.parametrize("at", [0, 1, 3, 6, 8, 11, 20, 60])
def test_a_service_that_dies_at_any_step_costs_the_reading_and_nothing_else(
    virtual: VirtualReader, at: int
) -> None:
    _lay(virtual)
    assert _read_when_there(virtual).number == SPECIMEN.number
    with pytest.raises(DeviceError) as caught:
        _read(virtual, at=at, act=virtual.kill_service)
    assert caught.value.code in {"reader.missing", "reader.faulty", "card.removed"}
    _lay(virtual)
    assert _read_when_there(virtual).number == SPECIMEN.number


def test_whoever_watches_is_told_that_the_service_died_and_is_back(virtual: VirtualReader) -> None:
    events: SimpleQueue[ReaderEvent] = SimpleQueue()
    reader = PcscReader()
    reader.watch(events.put)

    def hears(health: Health, *, present: bool) -> bool:
        event = events.get(timeout=SOON_S)
        return (event.status.health, event.card_present) == (health, present)

    _lay(virtual)
    until(lambda: hears(Health.READY, present=True), within_s=SOON_S)
    virtual.kill_service()
    until(lambda: hears(Health.MISSING, present=False), within_s=SOON_S)
    until(lambda: hears(Health.READY, present=False), within_s=SOON_S)
    _lay(virtual)
    until(lambda: hears(Health.READY, present=True), within_s=SOON_S)
    reader.close()


def test_a_second_program_that_holds_the_reader_is_told_from_a_missing_card(
    virtual: VirtualReader,
) -> None:
    _lay(virtual)
    _read_when_there(virtual)
    with PcscReader().connect(), pytest.raises(DeviceError) as caught:
        _read(virtual)
    assert caught.value.code == "reader.faulty"
    assert _read(virtual).number == SPECIMEN.number


def test_a_reading_that_was_killed_is_waited_for_until_the_service_lets_go_of_it(
    virtual: VirtualReader,
) -> None:
    _lay(virtual)
    _read_when_there(virtual)
    with ExitStack() as killed:
        killed.enter_context(PcscReader().connect())
        assert _read(virtual, wait=lambda _: killed.close()).number == SPECIMEN.number


class Watched:
    """A reader that is watched, by a clock of the test's own."""

    def __init__(self) -> None:
        self.reader = PcscReader(clock=self._clock)
        self.events: SimpleQueue[ReaderEvent] = SimpleQueue()
        self.now = 0.0
        self.looks = 0
        self.reader.watch(self.events.put)

    def _clock(self) -> float:
        self.looks += 1
        return self.now

    def hears(self, health: Health) -> None:
        """Wait until a card lies there and the reader is said to be so."""

        def heard() -> bool:
            event = self.events.get(timeout=SOON_S)
            return event.card_present and event.status.health is health

        until(heard, within_s=SOON_S)


@pytest.fixture
def watched(virtual: VirtualReader) -> Iterator[Watched]:
    """Return a reader that is watched, with a card that can be read."""
    _lay(virtual)
    _read_when_there(virtual)
    watched = Watched()
    watched.hears(Health.READY)
    yield watched
    watched.reader.close()


def test_a_reader_that_somebody_else_holds_too_long_is_faulty_until_they_let_go(
    watched: Watched,
) -> None:
    with PcscReader().connect():
        watched.now = LONG_S
        watched.hears(Health.FAULTY)
    watched.hears(Health.READY)


def test_a_long_reading_of_our_own_is_no_fault_of_the_reader(watched: Watched) -> None:
    with watched.reader.connect():
        watched.now, looked = LONG_S, watched.looks
        until(lambda: watched.looks > looked + 1, within_s=SOON_S)
    assert watched.events.empty()


def test_of_two_cards_the_one_on_the_named_reader_is_read(virtual: VirtualReader) -> None:
    _lay(virtual, slot=1)
    assert _read_when_there(virtual, SECOND_READER).number == SPECIMEN.number
    with pytest.raises(CardRemoved):
        _read(virtual)
    virtual.remove(slot=1)
