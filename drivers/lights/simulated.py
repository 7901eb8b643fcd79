"""Switched lights without hardware: a board, in process or behind a pty.

The board reads its orders strictly and answers as the language says; what is wrong with
it is set from outside. What shines is what a simulated camera asks for.
"""

import os
import select
import threading
import time
import tty
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.health import DeviceStatus, Health
from drivers.lights.errors import LightsFaulty, LightsGarbled, LightsMissing, LightsSilent
from drivers.lights.lights import Capabilities
from drivers.lights.protocol import board

_LOOK_S = 0.05


class Fault(StrEnum):
    """What can be wrong with the board."""

    NONE = "none"
    MUTE = "mute"
    RUBBISH = "rubbish"
    BROKEN = "broken"
    UNPLUGGED = "unplugged"


class SimulatedBoard:
    """The board's own end of the line: bytes in, answers out, one light on."""

    def __init__(
        self,
        capabilities: Capabilities,
        *,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.capabilities = capabilities
        self.fault = Fault.NONE
        self._clock_ns = clock_ns
        self._pending = bytearray()
        self._on: int | None = None
        self._until_ns = 0

    @property
    def on(self) -> int | None:
        """Which light shines; a board without current has none."""
        dark = self.fault is Fault.UNPLUGGED or self._clock_ns() >= self._until_ns
        return None if dark else self._on

    def shine(self, on: int | None) -> None:
        """Switch."""
        self._on = on
        self._until_ns = self._clock_ns() + board.HOLD_MS * 1_000_000

    def take(self, chunk: bytes) -> bytes:
        """Take bytes from the line and return the answers."""
        self._pending += chunk
        answers = b""
        while (end := self._pending.find(b"\n") + 1) > 0:
            answers += self._answer(bytes(self._pending[:end]))
            del self._pending[:end]
        return answers

    def _answer(self, sent: bytes) -> bytes:
        try:
            order = board.order_of(sent)
        except RemoteProtocolError:
            return b""
        match self.fault:
            case Fault.MUTE | Fault.UNPLUGGED:
                return b""
            case Fault.RUBBISH:
                return b"\xff\0LIT*" * 12
            case Fault.BROKEN:
                return board.line(board.Broken(order.number))
        if isinstance(order, board.Hello):
            return board.line(board.Present(order.number, self.capabilities))
        self.shine(order.on)
        return board.line(board.Lit(order.number, order.on))


class SimulatedLights:
    """The lights of a board in the same process, without a line."""

    def __init__(self, simulated: SimulatedBoard) -> None:
        self._board = simulated
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What the lights can do.

        Raises:
            DeviceError: they cannot be asked; `code` says why (lights.*).
        """
        self._check()
        return self._board.capabilities

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._thread = threading.Thread(target=self._watch, args=(on_event,), daemon=True)
        self._thread.start()

    def switch(self, on: int | None) -> None:
        """Let one light shine alone, or none; return when it is done.

        Raises:
            LocalProtocolError: there is no light of that number.
            DeviceError: it was not done; `code` says why (lights.*).
        """
        self._check()
        if on is not None and not 0 <= on < self._board.capabilities.lights:
            raise LocalProtocolError("no light of that number")
        self._board.shine(on)

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        last: DeviceStatus | None = None
        while not self._stop.is_set():
            status = self._status()
            if status != last:
                last = status
                on_event(status)
            self._stop.wait(_LOOK_S)

    def _status(self) -> DeviceStatus:
        try:
            self._check()
        except LightsMissing as error:
            return DeviceStatus(Health.MISSING, error.code)
        except (LightsSilent, LightsGarbled, LightsFaulty) as error:
            return DeviceStatus(Health.FAULTY, error.code)
        return DeviceStatus(Health.READY)

    def _check(self) -> None:
        match self._board.fault:
            case Fault.UNPLUGGED:
                raise LightsMissing("unplugged")
            case Fault.MUTE:
                raise LightsSilent("no answer")
            case Fault.RUBBISH:
                raise LightsGarbled("nothing but rubbish")
            case Fault.BROKEN:
                raise LightsFaulty("a lamp draws no current")


class PtyBoard:
    """A board behind a pty; `link` names the port as a driver would open it."""

    def __init__(self, simulated: SimulatedBoard, link: Path) -> None:
        """Plug in."""
        self._board = simulated
        self._link = link
        self._thread: threading.Thread | None = None
        self._pulled = threading.Event()
        self.plug()

    def plug(self) -> None:
        """Plug in again; plugged in already is no error."""
        if self._thread is not None:
            return
        self._pulled.clear()
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        self._thread = threading.Thread(target=self._serve, args=(ours, theirs), daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable; the driver sees its port go away, and the light goes out."""
        if self._thread is None:
            return
        self._link.unlink(missing_ok=True)
        self._pulled.set()
        self._thread.join()
        self._thread = None

    def fail(self, fault: Fault) -> None:
        """Set or end a fault; a board that is unplugged loses its port too."""
        self._board.fault = fault
        (self.unplug if fault is Fault.UNPLUGGED else self.plug)()

    def _serve(self, ours: int, theirs: int) -> None:
        # Our own hold on the driver's end keeps the line up while nobody has it open.
        # Only this thread closes them: their numbers are no other file's meanwhile.
        try:
            while not self._pulled.is_set():
                if select.select([ours], [], [], _LOOK_S)[0]:
                    os.write(ours, self._board.take(os.read(ours, 4_096)))
        finally:
            os.close(ours)
            os.close(theirs)
