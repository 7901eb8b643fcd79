"""An ESC/POS printer on a serial port.

Rule 1: after each band waits a fence, so a stuck printer is noticed within
`ANSWER_S`, and what it complains of is asked in real time.
Rule 2: nothing blocks for ever: writes and reads have time-outs.
Rule 3: what a torn print left in the printer is dropped, and what it left on the
paper is cut off, before anything else is printed: a slip links to its citizen.
"""

import contextlib
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

import serial

from drivers.errors import DeviceError
from drivers.health import DeviceStatus, Health
from drivers.port_watch import PortWatch
from drivers.printer.errors import PrinterMissing, PrinterSilent
from drivers.printer.printer import Bitmap, Capabilities
from drivers.printer.protocol import escpos
from drivers.printer.protocol.escpos import Ask

ANSWER_S = 3.0
"""A band of 48 rows takes under 0.1 s; a cutter less than 1 s."""
_STATUS_S = 0.5
_BAUD = 115_200
_PORT_ERRORS = (serial.SerialException, OSError, termios.error)


class EscposSerialPrinter:
    """One printer behind one port."""

    def __init__(self, port: Path) -> None:
        """Name the port; it is opened when it is needed and again after it was lost."""
        self._path = port
        self._port: serial.Serial | None = None
        self._fences = bytearray()
        # At the start too: a terminal that lost its power may have left half a slip.
        self._torn = True
        self._lock = threading.Lock()
        # Staff stand before a printer they have just put right: the rest of a torn slip is
        # cut off for them, not for the next citizen.
        self._watching = PortWatch(lambda: self._status_of(self._check_and_mend))

    @property
    def capabilities(self) -> Capabilities:
        """What the printer can do."""
        return Capabilities()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._watching.start(on_event)

    def print_bitmap(self, bitmap: Bitmap) -> None:
        """Print and cut; return when the paper is out of the printer.

        Raises:
            DeviceError: it did not; `code` says why.
        """
        bands = list(escpos.bands(bitmap))
        with self._lock:
            self._check_and_mend()
            self._torn = True
            self._send(escpos.BEGIN)
            for band in bands:
                self._send_and_wait(band)
            self._cut()

    def close(self) -> None:
        """Stop watching and let the port go."""
        self._watching.stop()
        with self._lock:
            self._hang_up()

    def status(self) -> DeviceStatus:
        """Ask the printer how it is; nothing on it moves."""
        return self._status_of(self._check)

    def _status_of(self, look: Callable[[], None]) -> DeviceStatus:
        with self._lock:
            try:
                look()
            except PrinterMissing as error:
                return DeviceStatus(Health.MISSING, error.code)
            except DeviceError as error:
                return DeviceStatus(Health.FAULTY, error.code)
        return DeviceStatus(Health.READY)

    def _check_and_mend(self) -> None:
        """Raise what the printer complains of; put a torn print behind it."""
        if self._torn:
            self._drop()
        self._check()
        if self._torn:
            self._send(escpos.BEGIN)
            self._cut()

    def _drop(self) -> None:
        """Drop what waits on the line and in the printer."""
        port = self._open()
        try:
            port.reset_output_buffer()
            port.reset_input_buffer()
            port.write(escpos.CLEAR)
            # A printer without this command stays silent; then the cut has to do.
            port.read(len(escpos.CLEARED))
        except serial.SerialTimeoutException:
            raise PrinterSilent("takes no request") from None
        except _PORT_ERRORS:
            raise self._lost() from None

    def _cut(self) -> None:
        self._send_and_wait(escpos.feed(24) + escpos.CUT)
        self._torn = False

    def _check(self) -> None:
        """Raise what the printer complains of, if anything."""
        self._listen()
        offline, error, paper = (self._ask(what) for what in Ask)
        complaint = escpos.fault(offline, error, paper)
        if complaint is not None:
            raise complaint

    def _listen(self) -> None:
        """Hear what has come already, lest a late answer be taken for the next one."""
        try:
            waiting = self._open().in_waiting
        except _PORT_ERRORS:
            raise self._lost() from None
        for _ in range(waiting):
            self._read()

    def _ask(self, what: Ask) -> int:
        self._send(escpos.ask(what))
        until = time.monotonic() + _STATUS_S
        while time.monotonic() < until:
            answer = self._read()
            if answer is not None and escpos.is_status(answer):
                return answer
        raise PrinterSilent("no status for an answer")

    def _send_and_wait(self, order: bytes) -> None:
        self._fences.clear()
        self._send(order + escpos.FENCE)
        until = time.monotonic() + ANSWER_S
        while not self._fences:
            if time.monotonic() > until:
                raise PrinterSilent("does not finish what it was sent")
            if self._read() is None:
                self._check()
        complaint = escpos.fence_fault(self._fences[0])
        if complaint is not None:
            raise complaint

    def _send(self, order: bytes) -> None:
        try:
            self._open().write(order)
        except serial.SerialTimeoutException:
            raise PrinterSilent("takes no more bytes") from None
        except _PORT_ERRORS:
            raise self._lost() from None

    def _read(self) -> int | None:
        """Return one byte, None after `_STATUS_S`; a fence is kept, whoever hears it."""
        try:
            answer = self._open().read(1)
        except _PORT_ERRORS:
            raise self._lost() from None
        if not answer:
            return None
        if escpos.is_fence(answer[0]):
            self._fences += answer
        return answer[0]

    def _open(self) -> serial.Serial:
        if self._port is None:
            try:
                self._port = serial.Serial(
                    str(self._path),
                    _BAUD,
                    timeout=_STATUS_S,
                    write_timeout=ANSWER_S,
                    exclusive=True,
                )
            except (serial.SerialException, OSError, ValueError):
                raise PrinterMissing("the port cannot be opened") from None
        return self._port

    def _lost(self) -> PrinterMissing:
        self._hang_up()
        return PrinterMissing("the port went away")

    def _hang_up(self) -> None:
        if self._port is not None:
            # The kernel would wait half a minute for a stuck printer to take the rest.
            with contextlib.suppress(*_PORT_ERRORS):
                self._port.reset_output_buffer()
            self._port.close()
            self._port = None
