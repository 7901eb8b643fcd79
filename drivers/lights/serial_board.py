"""Our light board on a serial port.

Rule 1: an order counts as obeyed only when its own answer, by number, has said so.
Rule 2: nothing blocks for ever: rubbish without end is given up like silence.
"""

import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

import serial

from drivers.errors import DeviceError, LocalProtocolError, RemoteProtocolError
from drivers.health import DeviceStatus, Health
from drivers.lights.errors import LightsFaulty, LightsGarbled, LightsMissing, LightsSilent
from drivers.lights.lights import Capabilities
from drivers.lights.protocol import board
from drivers.port_watch import PortWatch

ANSWER_S = 0.25
"""32 bytes at 115,200 baud take 3 ms; the rest is for a busy machine."""
_BAUD = 115_200
_PORT_ERRORS = (serial.SerialException, OSError, termios.error)


class SerialLights:
    """One board behind one port."""

    def __init__(self, port: Path) -> None:
        """Name the port; it is opened when it is needed and again after it was lost."""
        self._path = port
        self._port: serial.Serial | None = None
        self._capabilities: Capabilities | None = None
        self._number = 0
        self._lock = threading.Lock()
        self._watching = PortWatch(self._status)

    @property
    def capabilities(self) -> Capabilities:
        """What the lights can do; the board is asked once.

        Raises:
            DeviceError: it cannot be asked; `code` says why (lights.*).
        """
        with self._lock:
            return self._capabilities or self._hello()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._watching.start(on_event)

    def switch(self, on: int | None) -> None:
        """Let one light shine alone, or none; return when it is done.

        Raises:
            LocalProtocolError: there is no light of that number.
            DeviceError: it was not done; `code` says why (lights.*).
        """
        with self._lock:
            known = self._capabilities or self._hello()
            if on is not None and not 0 <= on < known.lights:
                raise LocalProtocolError("no light of that number")
            answer = self._exchange(board.Switch(self._next(), on))
            if answer != board.Lit(self._number, on):
                raise LightsGarbled("another light than the one that was asked for")

    def close(self) -> None:
        """Stop watching and let the port go."""
        self._watching.stop()
        with self._lock:
            self._hang_up()

    def _status(self) -> DeviceStatus:
        with self._lock:
            try:
                self._hello()
            except LightsMissing as error:
                return DeviceStatus(Health.MISSING, error.code)
            except DeviceError as error:
                return DeviceStatus(Health.FAULTY, error.code)
        return DeviceStatus(Health.READY)

    def _hello(self) -> Capabilities:
        answer = self._exchange(board.Hello(self._next()))
        if not isinstance(answer, board.Present):
            raise LightsGarbled("an answer to another question")
        self._capabilities = answer.capabilities
        return answer.capabilities

    def _next(self) -> int:
        self._number = (self._number + 1) % board.NUMBERS
        return self._number

    def _exchange(self, order: board.Order) -> board.Answer:
        """Send an order and return the answer to it, passing over what answers others."""
        failure: DeviceError = LightsSilent("no answer")
        try:
            port = self._open()
            # Half a line of rubbish would spoil the answer that follows it.
            port.reset_input_buffer()
            port.write(board.line(order))
            until = time.monotonic() + ANSWER_S
            while time.monotonic() < until:
                sent = port.read_until(b"\n", board.LONGEST_LINE)
                if not sent:
                    continue
                try:
                    answer = board.answer_of(sent)
                except RemoteProtocolError:
                    failure = LightsGarbled("nothing but rubbish")
                    continue
                if answer.number == order.number:
                    return self._sound(answer)
        except serial.SerialTimeoutException:
            raise LightsSilent("takes no order") from None
        except _PORT_ERRORS:
            self._hang_up()
            raise LightsMissing("the port went away") from None
        raise failure

    def _sound(self, answer: board.Answer) -> board.Answer:
        if isinstance(answer, board.Broken):
            raise LightsFaulty("a lamp draws no current")
        return answer

    def _open(self) -> serial.Serial:
        if self._port is None:
            try:
                self._port = serial.Serial(
                    str(self._path),
                    _BAUD,
                    timeout=ANSWER_S,
                    write_timeout=ANSWER_S,
                    exclusive=True,
                )
            except (serial.SerialException, OSError, ValueError):
                raise LightsMissing("the port cannot be opened") from None
        return self._port

    def _hang_up(self) -> None:
        self._capabilities = None
        if self._port is not None:
            self._port.close()
            self._port = None
