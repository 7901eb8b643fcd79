"""A USB device in Python, plugged into QEMU: the machine's own controller and driver find it.

`Device` answers what every device answers; a kind of device says what it is and what its
endpoints do. Wire: usbredir 0.7, little-endian. Source: usbredir,
``docs/usb-redirection-protocol.md``; USB 2.0, chapter 9.
"""

import contextlib
import struct
import threading
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final, Protocol

from tests.appliance.ends import exactly, let_go, reached

_HELLO_HEAD: Final = struct.Struct("<III")
_HEAD: Final = struct.Struct("<IIQ")
"""Every other message: this kind of controller wants long numbers."""
_CONTROL: Final = struct.Struct("<BBBBHHH")
_BULK: Final = struct.Struct("<BBHIH")
"""The upper half of the length stands at the end."""
_INTERRUPT: Final = struct.Struct("<BBH")
_NO_ENDPOINT: Final = 255
_SLOTS: Final = 32
_TO_HOST: Final = 0x80
_OF_A_CLASS: Final = 0x60
_CAPABILITIES: Final = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6
"""Version of the device with its connection, packet sizes with its endpoints; long numbers and
lengths. QEMU takes nothing less on an xHCI."""


class Message(IntEnum):
    """What a message is about; those that are used here."""

    HELLO = 0
    DEVICE_CONNECT = 1
    INTERFACE_INFO = 4
    EP_INFO = 5
    SET_CONFIGURATION = 6
    GET_CONFIGURATION = 7
    CONFIGURATION_STATUS = 8
    SET_ALT_SETTING = 9
    GET_ALT_SETTING = 10
    ALT_SETTING_STATUS = 11
    START_INTERRUPT = 15
    STOP_INTERRUPT = 16
    INTERRUPT_STATUS = 17
    CONTROL = 100
    BULK = 101
    INTERRUPT = 103


class Status(IntEnum):
    """How a transfer ended."""

    SUCCESS = 0
    STALL = 4


class Request(IntEnum):
    """Standard requests that come as control transfers."""

    GET_STATUS = 0
    CLEAR_FEATURE = 1
    GET_DESCRIPTOR = 6


class DescriptorKind(IntEnum):
    """Kinds of descriptors."""

    DEVICE = 1
    CONFIGURATION = 2
    STRING = 3


class Stalled(Exception):
    """The device does not do that."""


@dataclass(frozen=True, slots=True)
class Setup:
    """A control transfer."""

    kind: int
    request: int
    value: int
    index: int
    length: int
    data: bytes
    """What the machine sends along."""


class Kind(Protocol):
    """What a device is."""

    device: bytes
    """Device descriptor."""
    configuration: bytes
    """Configuration descriptor with all that follows it."""
    strings: tuple[str, ...]

    def control(self, setup: Setup) -> bytes:
        """Answer a class request or a descriptor of the class.

        Raises:
            Stalled: there is none like it.
        """

    def bulk_in(self, length: int) -> bytes:
        """Return what the endpoint gives for a request of `length` bytes; may wait."""


class Device:
    """A device that is plugged in as soon as QEMU listens at `path`."""

    def __init__(self, path: Path, kind: Kind) -> None:
        """Plug it in."""
        self._kind = kind
        self._configured = 0
        self._socket = reached(path)
        self._sending = threading.Lock()
        self._asked = threading.Condition()
        self._bulk: list[tuple[int, int, int]] = []
        self._gone = False
        hello = struct.pack("<64sI", b"appliance test", _CAPABILITIES)
        self._socket.sendall(_HELLO_HEAD.pack(Message.HELLO, len(hello), 0) + hello)
        for work in (self._listen, self._stream):
            threading.Thread(target=work, name="usb", daemon=True).start()

    def interrupt(self, endpoint: int, report: bytes) -> None:
        """Hand in a report of an interrupt endpoint."""
        head = _INTERRUPT.pack(endpoint, Status.SUCCESS, len(report))
        self._send(Message.INTERRUPT, head + report)

    def close(self) -> None:
        """Pull it."""
        with self._asked:
            self._gone = True
            self._asked.notify_all()
        let_go(self._socket)

    def _listen(self) -> None:
        with contextlib.suppress(OSError, EOFError):
            _, length, _ = _HELLO_HEAD.unpack(exactly(self._socket, _HELLO_HEAD.size))
            exactly(self._socket, length)
            self._describe()
            self._send(Message.DEVICE_CONNECT, self._connection())
            while True:
                message, length, number = _HEAD.unpack(exactly(self._socket, _HEAD.size))
                self._obey(message, number, exactly(self._socket, length))

    def _obey(self, message: int, number: int, body: bytes) -> None:
        if message == Message.SET_CONFIGURATION:
            self._configured = body[0]
            self._describe()
            self._send(Message.CONFIGURATION_STATUS, bytes([Status.SUCCESS, body[0]]), number)
        elif message == Message.GET_CONFIGURATION:
            said = bytes([Status.SUCCESS, self._configured])
            self._send(Message.CONFIGURATION_STATUS, said, number)
        elif message == Message.SET_ALT_SETTING:
            said = bytes([Status.SUCCESS, body[0], body[1]])
            self._send(Message.ALT_SETTING_STATUS, said, number)
        elif message == Message.GET_ALT_SETTING:
            self._send(Message.ALT_SETTING_STATUS, bytes([Status.SUCCESS, body[0], 0]), number)
        elif message in {Message.START_INTERRUPT, Message.STOP_INTERRUPT}:
            self._send(Message.INTERRUPT_STATUS, bytes([Status.SUCCESS, body[0]]), number)
        elif message == Message.CONTROL:
            self._control(number, body)
        elif message == Message.BULK:
            endpoint, _, length, _, high = _BULK.unpack_from(body)
            with self._asked:
                self._bulk.append((number, endpoint, high << 16 | length))
                self._asked.notify_all()

    def _control(self, number: int, body: bytes) -> None:
        endpoint, request, kind, _, value, index, length = _CONTROL.unpack_from(body)
        setup = Setup(kind, request, value, index, length, body[_CONTROL.size :])
        try:
            said, status = self._answer(setup)[:length], Status.SUCCESS
        except Stalled:
            said, status = b"", Status.STALL
        told = len(said) if kind & _TO_HOST else len(setup.data)
        head = _CONTROL.pack(endpoint, request, kind, status, value, index, told)
        self._send(Message.CONTROL, head + said, number)

    def _answer(self, setup: Setup) -> bytes:
        if setup.kind == _TO_HOST and setup.request == Request.GET_DESCRIPTOR:
            which, number = setup.value >> 8, setup.value & 0xFF
            if which == DescriptorKind.DEVICE:
                return self._kind.device
            if which == DescriptorKind.CONFIGURATION:
                return self._kind.configuration
            if which == DescriptorKind.STRING:
                return _string(self._kind.strings, number)
            raise Stalled
        if setup.kind & _OF_A_CLASS == 0 and setup.request == Request.GET_STATUS:
            return b"\0\0"
        if setup.kind & _OF_A_CLASS == 0 and setup.request == Request.CLEAR_FEATURE:
            return b""
        return self._kind.control(setup)

    def _stream(self) -> None:
        """Answer what the machine asks of a bulk endpoint, in order."""
        with contextlib.suppress(OSError):
            while True:
                with self._asked:
                    self._asked.wait_for(lambda: self._bulk or self._gone)
                    if self._gone:
                        return
                    number, endpoint, length = self._bulk.pop(0)
                said = self._kind.bulk_in(length) if endpoint & _TO_HOST else b""
                told = len(said) if endpoint & _TO_HOST else length
                head = _BULK.pack(endpoint, Status.SUCCESS, told & 0xFFFF, 0, told >> 16)
                self._send(Message.BULK, head + said, number)

    def _connection(self) -> bytes:
        class_, subclass, protocol = self._kind.device[4:7]
        vendor, product, version = struct.unpack_from("<HHH", self._kind.device, 8)
        return struct.pack("<BBBBHHH", 2, class_, subclass, protocol, vendor, product, version)

    def _describe(self) -> None:
        """Tell QEMU of interfaces and endpoints, which it does not read by itself."""
        interfaces = bytearray(4 * _SLOTS)
        kinds = bytearray([_NO_ENDPOINT] * _SLOTS)
        kinds[0] = kinds[16] = 0
        intervals, owners, sizes = bytearray(_SLOTS), bytearray(_SLOTS), [0] * _SLOTS
        count = owner = 0
        for part in descriptors(self._kind.configuration):
            if part[1] == 4 and part[3] == 0:
                owner = part[2]
                for row, at in enumerate((2, 5, 6, 7)):
                    interfaces[row * _SLOTS + count] = part[at]
                count += 1
            elif part[1] == 5:
                slot = (part[2] & _TO_HOST) >> 3 | part[2] & 0x0F
                kinds[slot], intervals[slot], owners[slot] = part[3] & 3, part[6], owner
                sizes[slot] = int.from_bytes(part[4:6], "little")
        self._send(Message.INTERFACE_INFO, struct.pack("<I", count) + bytes(interfaces))
        told = bytes(kinds + intervals + owners) + struct.pack(f"<{_SLOTS}H", *sizes)
        self._send(Message.EP_INFO, told)

    def _send(self, message: Message, body: bytes, number: int = 0) -> None:
        with self._sending:
            self._socket.sendall(_HEAD.pack(message, len(body), number) + body)


def descriptors(configuration: bytes) -> list[bytes]:
    """Return the parts of a configuration descriptor."""
    parts, at = [], 0
    while at < len(configuration):
        parts.append(configuration[at : at + configuration[at]])
        at += configuration[at]
    return parts


def _string(strings: tuple[str, ...], number: int) -> bytes:
    if number == 0:
        return bytes((4, DescriptorKind.STRING)) + struct.pack("<H", 0x0409)
    if number > len(strings):
        raise Stalled
    text = strings[number - 1].encode("utf-16-le")
    return bytes((2 + len(text), DescriptorKind.STRING)) + text


def device_descriptor(class_: tuple[int, int, int], vendor: int, product: int) -> bytes:
    """Return the descriptor of a device with three strings: maker, product, serial number."""
    head = bytes((18, DescriptorKind.DEVICE)) + struct.pack("<H", 0x0200)
    numbers = struct.pack("<HHH", vendor, product, 0x0100)
    return head + bytes((*class_, 64)) + numbers + bytes((1, 2, 3, 1))


def configuration(interfaces: int, *parts: bytes) -> bytes:
    """Return a configuration descriptor with `parts` behind it."""
    body = b"".join(parts)
    head = bytes((9, DescriptorKind.CONFIGURATION)) + struct.pack("<H", 9 + len(body))
    return head + bytes((interfaces, 1, 0, 0x80, 250)) + body
