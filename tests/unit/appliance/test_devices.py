"""The devices of the appliance test keep to what a USB controller and a card reader expect."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.card.personalise.card import VirtualCard
from tests.appliance import card as card_
from tests.appliance.ends import exactly
from tests.appliance.eyes import Line, find
from tests.appliance.touchscreen import Glass, report
from tests.appliance.usb import Device, Message, Setup, descriptors
from tests.appliance.webcam import Webcam

_HELLO, _HEAD = struct.Struct("<III"), struct.Struct("<IIQ")


class Host:
    """QEMU's end of a plug."""

    def __init__(self, path: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._listener.settimeout(20)
        self.line = self._listener

    def accept(self) -> None:
        with self._listener:
            self.line, _ = self._listener.accept()
        self.line.settimeout(20)

    def greet(self) -> int:
        """Hear and say hello; return what the device says that it can."""
        kind, length, _ = _HELLO.unpack(exactly(self.line, _HELLO.size))
        assert kind == Message.HELLO
        said = exactly(self.line, length)
        hello = bytes(64) + said[64:]
        self.line.sendall(_HELLO.pack(Message.HELLO, len(hello), 0) + hello)
        return int.from_bytes(said[64:], "little")

    def send(self, message: int, body: bytes = b"", number: int = 0) -> None:
        self.line.sendall(_HEAD.pack(message, len(body), number) + body)

    def heard(self) -> tuple[int, int, bytes]:
        message, length, number = _HEAD.unpack(exactly(self.line, _HEAD.size))
        return message, number, exactly(self.line, length)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path / "plug")
    yield made
    made.line.close()


def test_descriptors_say_their_own_lengths() -> None:
    whole = Webcam("S1", lambda: b"").configuration
    parts = descriptors(whole)
    assert int.from_bytes(whole[2:4], "little") == len(whole) == sum(map(len, parts))
    control = [part for part in parts if part[1] == 0x24]
    assert int.from_bytes(control[0][5:7], "little") == sum(len(part) for part in control[:3])
    assert int.from_bytes(control[3][4:6], "little") == sum(len(part) for part in control[3:])


def test_a_frame_ends_with_a_short_piece_also_where_it_fills_the_last() -> None:
    camera = Webcam("S1", lambda: b"J" * 14)
    pieces = [camera.bulk_in(8) for _ in range(3)]
    assert [len(piece) for piece in pieces] == [8, 8, 0]
    first, second = pieces[0][1], camera.bulk_in(64)[1]
    assert first ^ second == 1, "the frame's bit turns over"


def test_a_device_tells_what_it_is_and_answers_what_is_asked(host: Host, tmp_path: Path) -> None:
    device = Device(tmp_path / "plug", Webcam("S1", lambda: b"JPEG"))
    host.accept()
    assert host.greet() & 0x70 == 0x70, "QEMU's xHCI wants packet sizes, long numbers and lengths"
    assert [host.heard()[0] for _ in range(3)] == [
        Message.INTERFACE_INFO,
        Message.EP_INFO,
        Message.DEVICE_CONNECT,
    ]
    serial = struct.pack("<BBBBHHH", 0x80, 6, 0x80, 0, 0x0303, 0x0409, 255)
    host.send(Message.CONTROL, serial, 7)
    message, number, body = host.heard()
    assert (message, number) == (Message.CONTROL, 7)
    assert body[10:] == bytes((6, 3)) + "S1".encode("utf-16-le")
    host.send(Message.BULK, struct.pack("<BBHIH", 0x81, 0, 512, 0, 0), 8)
    message, number, body = host.heard()
    assert (message, number, body[10:][2:]) == (Message.BULK, 8, b"JPEG")
    unknown = struct.pack("<BBBBHHH", 0x80, 0x77, 0xA1, 0, 0, 0, 4)
    host.send(Message.CONTROL, unknown, 9)
    assert host.heard()[2][3] != 0, "what it does not do it refuses"
    device.close()


def test_a_card_answers_by_the_reader_until_it_is_taken_out(host: Host, tmp_path: Path) -> None:
    head = struct.Struct(">III")

    def heard() -> tuple[int, bytes]:
        kind, _, length = head.unpack(exactly(host.line, head.size))
        return kind, exactly(host.line, length)

    slot = card_.CardSlot(tmp_path / "plug")
    host.accept()
    assert heard() == (card_.Message.INIT, b"VSCD" + struct.pack(">II", 2, 0))
    slot.insert(VirtualCard(files={}, secrets={}))
    assert heard()[0] == card_.Message.ATR
    host.line.sendall(head.pack(card_.Message.APDU, 0, 5) + bytes.fromhex("00A4000000"))
    kind, answer = heard()
    assert kind == card_.Message.APDU
    assert len(answer) == 2
    slot.remove()
    assert heard() == (card_.Message.CARD_REMOVE, b"")
    slot.insert(VirtualCard(files={}, secrets={}), torn_under=1)
    assert heard()[0] == card_.Message.ATR
    host.line.sendall(head.pack(card_.Message.APDU, 0, 5) + bytes.fromhex("00A4000000"))
    assert heard()[0] == card_.Message.ERROR
    assert heard() == (card_.Message.CARD_REMOVE, b"")
    assert slot.wait_torn(within_s=20)
    slot.close()


def test_words_are_found_however_they_are_set_and_the_button_is_the_shortest() -> None:
    lines = [Line("To continue, touch Continue below.", 0.5, 0.2), Line("CONTINUE >", 0.5, 0.9)]
    found = find(lines, "Continue")
    assert found is not None
    assert found.y == 0.9
    assert find(lines, "Cancel") is None


def test_a_finger_is_told_in_the_report_that_the_glass_describes() -> None:
    glass = Glass()
    (hid,) = [part for part in descriptors(glass.configuration) if part[1] == 0x21]
    said = glass.control(Setup(0x81, 6, 0x2200, 0, 255, b""))
    assert int.from_bytes(hid[7:9], "little") == len(said)
    # Its fields are eight bytes: tip and padding, number, two places, count; before them its id.
    assert report(1.0, 0.5, down=True) == bytes.fromhex("0101 00 FF7F 0040 01")
    assert report(0.0, 0.0, down=False)[1] == 0


def test_words_are_found_over_two_lines_and_with_a_space_overlooked() -> None:
    lines = [Line("Look straight at the", 0.4, 0.636), Line("screen", 0.2, 0.684)]
    found = find(lines, "straight at the screen")
    assert found is not None
    assert found.text == "Look straight at the"
    assert find([Line("Come alittle closer", 0.4, 0.68)], "a little closer") is not None
    assert find([lines[0], Line("screen", 0.2, 0.9)], "straight at the screen") is None
