"""An ESC/POS printer on a serial port.

Rule 1: after each band waits a fence, so a stuck printer is noticed within
`ANSWER_S`, and what it complains of is asked in real time.
Rule 2: nothing blocks for ever: writes and reads have time-outs.
"""

import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

import serial

from drivers.errors import DeviceError
from drivers.health import DeviceStatus, Health
from drivers.printer.errors import PrinterMissing, PrinterSilent
from drivers.printer.printer import Bitmap, Capabilities
from drivers.printer.protocol import escpos
from drivers.printer.protocol.escpos import Ask

ANSWER_S = 3.0
"""A band of 64 rows takes 0.1 s; a cutter less than 1 s."""
_STATUS_S = 0.5
_WATCH_S = 1.0
_BAUD = 115_200
_PORT_ERRORS = (serial.SerialException, OSError, termios.error)


class EscposSerialPrinter:
    """One printer behind one port."""

    def __init__(self, port: Path) -> None:
        """Name the port; it is opened when it is needed and again after it was lost."""
        self._path = port
        self._port: serial.Serial | None = None
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What the printer can do."""
        return Capabilities()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._thread = threading.Thread(target=self._watch, args=(on_event,), daemon=True)
        self._thread.start()

    def print_bitmap(self, bitmap: Bitmap) -> None:
        """Print and cut; return when the paper is out of the printer.

        Raises:
            DeviceError: it did not; `code` says why.
        """
        with self._lock:
            self._check()
            self._send(escpos.RESET)
            for band in escpos.bands(bitmap):
                self._send_and_wait(band)
            self._send_and_wait(escpos.feed(24) + escpos.CUT)

    def close(self) -> None:
        """Stop watching and let the port go."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            self._hang_up()

    def status(self) -> DeviceStatus:
        """Ask the printer how it is."""
        with self._lock:
            try:
                self._check()
            except PrinterMissing as error:
                return DeviceStatus(Health.MISSING, error.code)
            except DeviceError as error:
                return DeviceStatus(Health.FAULTY, error.code)
        return DeviceStatus(Health.READY)

    def _watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        last: DeviceStatus | None = None
        while not self._stop.is_set():
            status = self.status()
            if status != last:
                last = status
                on_event(status)
            self._stop.wait(_WATCH_S)

    def _check(self) -> None:
        """Raise what the printer complains of, if anything."""
        offline, error, paper = (self._ask(what) for what in Ask)
        complaint = escpos.fault(offline, error, paper)
        if complaint is not None:
            raise complaint

    def _ask(self, what: Ask) -> int:
        port = self._open()
        try:
            port.reset_input_buffer()
            port.timeout = _STATUS_S
            port.write(escpos.ask(what))
            answer = port.read(1)
        except serial.SerialTimeoutException:
            raise PrinterSilent("takes no request") from None
        except _PORT_ERRORS:
            raise self._lost() from None
        if not answer or not escpos.is_status(answer[0]):
            raise PrinterSilent("no status for an answer")
        return answer[0]

    def _send(self, order: bytes) -> None:
        try:
            self._open().write(order)
        except serial.SerialTimeoutException:
            raise PrinterSilent("takes no more bytes") from None
        except _PORT_ERRORS:
            raise self._lost() from None

    def _send_and_wait(self, order: bytes) -> None:
        self._send(order + escpos.FENCE)
        port, until = self._open(), time.monotonic() + ANSWER_S
        while time.monotonic() < until:
            try:
                port.timeout = _STATUS_S
                answer = port.read(1)
            except _PORT_ERRORS:
                raise self._lost() from None
            if answer and escpos.is_fence(answer[0]):
                return
            if not answer:
                self._check()
        raise PrinterSilent("does not finish what it was sent")

    def _open(self) -> serial.Serial:
        if self._port is None:
            try:
                self._port = serial.Serial(
                    str(self._path), _BAUD, timeout=_STATUS_S, write_timeout=ANSWER_S
                )
            except (serial.SerialException, OSError, ValueError):
                raise PrinterMissing("the port cannot be opened") from None
        return self._port

    def _lost(self) -> PrinterMissing:
        self._hang_up()
        return PrinterMissing("the port went away")

    def _hang_up(self) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None
