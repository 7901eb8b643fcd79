"""The lines to and from the light board, and a board that answers wrongly."""

import os
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import DeviceError, LocalProtocolError, RemoteProtocolError
from drivers.lights.lights import Capabilities
from drivers.lights.protocol import board
from drivers.lights.serial_board import SerialLights
from drivers.lights.simulated import PtyBoard, SimulatedBoard

NUMBERS = st.integers(0, board.NUMBERS - 1)
LIGHT = st.none() | st.integers(0, board.MOST_LIGHTS - 1)
CAPABILITIES = st.builds(
    Capabilities, lights=st.integers(1, board.MOST_LIGHTS), settle_ms=st.integers(0, 500)
)
ORDERS = st.builds(board.Hello, NUMBERS) | st.builds(board.Switch, NUMBERS, LIGHT)
ANSWERS = (
    st.builds(board.Present, NUMBERS, CAPABILITIES)
    | st.builds(board.Lit, NUMBERS, LIGHT)
    | st.builds(board.Broken, NUMBERS)
)


def crc(body: bytes) -> int:
    """CRC-16/IBM-3740, bit by bit, as a board without tables computes it."""
    register = 0xFFFF
    for byte in body:
        register ^= byte << 8
        for _ in range(8):
            register = register << 1 ^ (0x1021 if register & 0x8000 else 0)
        register &= 0xFFFF
    return register


def test_the_lines_are_these() -> None:
    assert crc(b"123456789") == 0x29B1  # the published check value
    lines: dict[bytes, board.Order | board.Answer] = {
        b"HELLO 7": board.Hello(7),
        b"SWITCH 8 OFF": board.Switch(8, None),
        b"LIT 8 3": board.Lit(8, 3),
        b"LIGHTS 9 4 5": board.Present(9, Capabilities(4, 5)),
        b"BROKEN 10": board.Broken(10),
    }
    for body, message in lines.items():
        assert board.line(message) == b"%s*%04X\n" % (body, crc(body))


@given(ORDERS)
def test_an_order_arrives_as_it_was_sent(order: board.Order) -> None:
    assert board.order_of(board.line(order)) == order
    assert len(board.line(order)) <= board.LONGEST_LINE


@given(ANSWERS)
def test_an_answer_arrives_as_it_was_sent(answer: board.Answer) -> None:
    assert board.answer_of(board.line(answer)) == answer
    assert len(board.line(answer)) <= board.LONGEST_LINE


@given(ANSWERS, st.data())
def test_one_damaged_byte_is_never_an_answer(answer: board.Answer, data: st.DataObject) -> None:
    sent = bytearray(board.line(answer))
    at = data.draw(st.integers(0, len(sent) - 1))
    sent[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != sent[at]))
    with pytest.raises(RemoteProtocolError):
        board.answer_of(bytes(sent))


@given(st.binary(max_size=80))
def test_rubbish_is_refused_by_both_ends(sent: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        board.answer_of(sent)
    with pytest.raises(RemoteProtocolError):
        board.order_of(sent)


@pytest.mark.parametrize(
    "capabilities", [Capabilities(0, 5), Capabilities(17, 5), Capabilities(4, 501)]
)
def test_a_board_beyond_all_bounds_is_refused(capabilities: Capabilities) -> None:
    with pytest.raises(RemoteProtocolError):
        board.answer_of(board.line(board.Present(1, capabilities)))


def test_the_ends_do_not_take_their_own_words() -> None:
    with pytest.raises(RemoteProtocolError):
        board.answer_of(board.line(board.Hello(1)))
    with pytest.raises(RemoteProtocolError):
        board.order_of(board.line(board.Broken(1)))


@pytest.mark.parametrize("message", [board.Hello(100), board.Switch(1, -1), board.Switch(1, 100)])
def test_a_number_that_cannot_be_said_is_our_own_mistake(message: board.Order) -> None:
    with pytest.raises(LocalProtocolError):
        board.line(message)


def test_a_board_passes_over_a_damaged_order_and_takes_one_in_pieces() -> None:
    simulated = SimulatedBoard(Capabilities(4, 5))
    assert simulated.take(b"SWITCH 1 2*0000\n") == b""
    sent = board.line(board.Switch(2, 3))
    assert simulated.take(sent[:5]) == b""
    assert simulated.take(sent[5:]) == board.line(board.Lit(2, 3))
    assert simulated.on == 3


class Odd(SimulatedBoard):
    """A board that answers as it is told to."""

    def __init__(self, says: Callable[[board.Order], list[board.Answer]]) -> None:
        super().__init__(Capabilities(4, 5))
        self._says = says

    def take(self, chunk: bytes) -> bytes:
        """Answer one whole order."""
        return b"".join(map(board.line, self._says(board.order_of(chunk))))


@contextmanager
def answering(folder: Path, odd: SimulatedBoard) -> Iterator[SerialLights]:
    line = PtyBoard(odd, folder / "lights")
    driver = SerialLights(folder / "lights")
    yield driver
    driver.close()
    line.unplug()


def present(order: board.Order) -> board.Answer:
    return board.Present(order.number, Capabilities(4, 5))


def test_a_late_answer_is_not_taken_for_the_next_one(tmp_path: Path) -> None:
    def late(order: board.Order) -> list[board.Answer]:
        if isinstance(order, board.Hello):
            return [present(order)]
        return [board.Lit(order.number - 1, 3), board.Lit(order.number, order.on)]

    with answering(tmp_path, Odd(late)) as lights:
        lights.switch(1)


def test_another_light_than_the_one_asked_for_is_said(tmp_path: Path) -> None:
    def wrong(order: board.Order) -> list[board.Answer]:
        return [present(order) if isinstance(order, board.Hello) else board.Lit(order.number, 3)]

    with answering(tmp_path, Odd(wrong)) as lights, pytest.raises(DeviceError) as caught:
        lights.switch(1)
    assert caught.value.code == "lights.garbled"


def test_an_answer_to_another_question_is_said(tmp_path: Path) -> None:
    odd = Odd(lambda order: [board.Lit(order.number, None)])
    with answering(tmp_path, odd) as lights, pytest.raises(DeviceError) as caught:
        _ = lights.capabilities
    assert caught.value.code == "lights.garbled"


def test_a_board_that_takes_no_more_bytes_is_given_up(tmp_path: Path) -> None:
    # Nobody reads the other end, and no order is short of filling it for ever.
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    (tmp_path / "lights").symlink_to(os.ttyname(theirs))
    driver = SerialLights(tmp_path / "lights")
    filler = Thread(target=_fill, args=(theirs,))
    filler.start()
    filler.join()
    with pytest.raises(DeviceError) as caught:
        driver.switch(1)
    assert caught.value.code == "lights.timeout"
    driver.close()
    os.close(ours)
    os.close(theirs)


def _fill(end: int) -> None:
    os.set_blocking(end, False)
    try:
        while True:
            os.write(end, b"x" * 4_096)
    except BlockingIOError:
        return
