"""A camera on this machine's own HTTP: where it streams, and how it is controlled.

``http://127.0.0.1:PORT/NAME`` streams MJPEG; ``…/NAME/control`` says which camera it is
(GET) and takes orders (POST), both JSON. Other machines are refused: a terminal's picture
comes from the terminal.
"""

import re
import socket
from typing import Final, Self

import msgspec

from drivers.camera.camera import CameraMissing, CameraUncontrolled

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:(\d{1,5})(/[\w-]+)", re.ASCII)
_TIMEOUT_S: Final = 2.0
_LONGEST: Final = 4_096
LEAST, MOST = 0.1, 10.0
"""Exposure over the locked one."""


class Standing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the camera says of itself."""

    serial: str
    locked: bool
    factor: float


class Order(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the camera is told."""

    locked: bool
    factor: float = 1.0


class LoopbackControls:
    """The controls behind an address."""

    def __init__(self, address: str) -> None:
        """Ask which camera it is, and let it follow the light.

        Raises:
            CameraMissing: not an address of this machine, or nobody answers.
            CameraUncontrolled: what is there has no controls.
        """
        found = matched(address)
        self._port, self._path = int(found[1]), f"{found[2]}/control"
        self.serial = self._ask("GET").serial
        self._tell(Order(locked=False))
        self._locked = False

    def lock(self, *, on: bool) -> None:
        """Hold exposure and white balance where they are, or let them follow the light.

        Raises:
            DeviceError: the camera does not (camera.*).
        """
        self._tell(Order(locked=on))
        self._locked = on

    def expose(self, factor: float) -> None:
        """Set the exposure to so many times what it was locked at.

        Raises:
            DeviceError: not locked, or the camera does not (camera.*).
        """
        if not self._locked:
            raise CameraUncontrolled("the exposure is not locked")
        self._tell(Order(locked=True, factor=factor))

    def _tell(self, order: Order) -> None:
        said = self._ask("POST", msgspec.json.encode(order))
        if (said.locked, said.factor) != (order.locked, order.factor):
            raise CameraUncontrolled("the camera is not as it was told")

    def _ask(self, method: str, body: bytes = b"") -> Standing:
        head = f"{method} {self._path} HTTP/1.0\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self._port), _TIMEOUT_S) as line:
                line.sendall(head.encode() + body)
                answer = _Answer.read(line)
        except OSError:
            raise CameraMissing("nobody answers") from None
        if answer.status == b"503":
            raise CameraMissing("unplugged")
        if answer.status != b"200":
            raise CameraUncontrolled("no controls there")
        try:
            return msgspec.json.decode(answer.body, type=Standing)
        except msgspec.DecodeError:
            raise CameraUncontrolled("no controls there") from None


def matched(address: str) -> re.Match[str]:
    """Return port and path of a camera's address.

    Raises:
        CameraMissing: not an address of this machine.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found[1]) > 0xFFFF:
        raise CameraMissing("not a camera's address on this machine")
    return found


class _Answer(msgspec.Struct, frozen=True):
    status: bytes
    body: bytes

    @classmethod
    def read(cls, line: socket.socket) -> Self:
        """Read until the other side closes, or has said too much."""
        said = b""
        while len(said) <= _LONGEST and (more := line.recv(_LONGEST)):
            said += more
        head, _, body = said.partition(b"\r\n\r\n")
        return cls(head.split(b" ")[1] if b" " in head else b"", body)
