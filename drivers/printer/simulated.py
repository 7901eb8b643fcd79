"""A printer without hardware: a pty with a paper roll behind it that becomes PNGs.

It parses what it is sent strictly and answers as the command set says; what is wrong
with it is set from outside. A command it does not know makes it faulty: the
driver's mistakes must not pass unseen. Like a real one it holds what it has not
printed yet, through an empty roll and a pulled cable, and prints it when it can.
"""

import os
import select
import threading
import time
import tty
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

_ROWS_PER_CUT_FEED = 24
_NEAR_END_ROWS = 1600
"""About 20 cm of paper: one more slip."""
_CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))
_CLEARED = bytes((0x37, 0x25, 0))


class PaperRoll:
    """The printer's own end of the line: bytes in, answers out, paper out."""

    def __init__(self, folder: Path, *, rows_per_s: float = float("inf")) -> None:
        """Lay each finished receipt into `folder` as ``receipt-N.png``."""
        self._folder = folder
        self._lock = threading.Lock()
        self._pending = bytearray()
        self._waiting: deque[bytes] = deque()
        self._next_row_at = 0.0
        self._rows: list[bytes] = []
        self._width = 72
        self.rows_per_s = rows_per_s
        self.rows_left: int | None = None
        """Rows until the paper runs out; None for a long roll."""
        self.after_rows: tuple[int, Callable[[], None]] | None = None
        """What happens to the printer after so many more rows."""
        self.cover_open = False
        self.jammed = False
        self.mute = False
        self.deaf = False
        """Takes no more bytes from the line."""
        self.faulty = False
        """Was sent a command that it does not know."""
        self.receipts: list[Path] = []

    @property
    def paper_out(self) -> bool:
        """Whether no row is left."""
        return self.rows_left == 0

    @property
    def near_end(self) -> bool:
        """Whether the roll is nearly used up."""
        return self.rows_left is not None and self.rows_left < _NEAR_END_ROWS

    @property
    def printing(self) -> bool:
        """Whether rows wait for their turn."""
        return bool(self._waiting) and not self._stuck

    @property
    def _stuck(self) -> bool:
        return self.paper_out or self.cover_open or self.jammed or self.faulty

    def take(self, chunk: bytes) -> bytes:
        """Take bytes from the line, go on with the work and return the answers."""
        with self._lock:
            if self.mute:
                return b""
            self._pending += chunk
            answers = self._clear()
            while self._lay_rows() and (used := self._command()):
                answers += self._answer
                del self._pending[:used]
            answers += self._real_time()
            return b"" if self.mute else answers

    def tear(self) -> None:
        """Pull at the paper: what is printed comes off, cut or not."""
        with self._lock:
            self._finish()

    def lose_power(self) -> None:
        """Forget all that waits; what is printed stays on the paper."""
        with self._lock:
            self._pending.clear()
            self._waiting.clear()

    def _clear(self) -> bytes:
        """Obey the order to forget, wherever it comes: it overtakes everything."""
        end = self._pending.rfind(_CLEAR) + len(_CLEAR)
        if end < len(_CLEAR):
            return b""
        del self._pending[:end]
        self._waiting.clear()
        return _CLEARED

    def _lay_rows(self) -> bool:
        """Print what waits; say whether the next command may run."""
        while self._waiting and not self._stuck and not self.mute:
            now = time.monotonic()
            if now < self._next_row_at:
                break
            self._next_row_at = max(self._next_row_at, now - 0.1) + 1 / self.rows_per_s
            self._rows.append(self._waiting.popleft())
            self._count()
        return not (self._waiting or self._stuck or self.mute)

    def _count(self) -> None:
        if self.rows_left is not None:
            self.rows_left -= 1
        if self.after_rows is not None:
            rows, happen = self.after_rows
            self.after_rows = (rows - 1, happen) if rows > 1 else None
            if rows <= 1:
                happen()

    def _real_time(self) -> bytes:
        """Answer status requests, which overtake what waits."""
        answers = b""
        while (at := self._pending.find(b"\x10\x04", self._picture_end())) >= 0:
            if len(self._pending) < at + 3:
                break
            answers += bytes((self._status(self._pending[at + 2]),))
            del self._pending[at : at + 3]
        return answers

    def _picture_end(self) -> int:
        """Where a waiting picture ends: its own bytes are no requests."""
        return self._raster_end() if self._pending.startswith(b"\x1dv0") else 0

    def _raster_end(self) -> int:
        width = int.from_bytes(self._pending[4:6], "little")
        return 8 + width * int.from_bytes(self._pending[6:8], "little")

    def _status(self, what: int) -> int:
        error = self.jammed or self.faulty
        bits = {
            1: 0b1000 * self._stuck,
            2: 0b100 * self.cover_open | 0b10_0000 * self.paper_out | 0b100_0000 * error,
            3: 0b1000 * self.jammed | 0b10_0000 * self.faulty,
            4: 0b1100 * self.near_end | 0b110_0000 * self.paper_out,
        }
        return 0b0001_0010 | bits.get(what, 0)

    def _command(self) -> int:
        """Execute the first whole command; return how many bytes it was, 0 for none yet."""
        self._answer = b""
        pending = bytes(self._pending)
        if len(pending) < 2:
            return 0
        match pending[:2]:
            case b"\x1b@":
                used = 2
            case b"\x1da":
                used = self._unasked(pending)
            case b"\x1bJ":
                used = self._feed(pending)
            case b"\x1dr":
                used = self._fence(pending)
            case b"\x1dV":
                used = self._cut(pending)
            case b"\x1dv":
                used = self._raster(pending)
            case b"\x10\x04" | b"\x10\x14":
                used = 0
            case _:
                self.faulty = True
                used = 0
        return used

    def _unasked(self, pending: bytes) -> int:
        if len(pending) < 3:
            return 0
        self.faulty = pending[2] != 0
        return 3

    def _fence(self, pending: bytes) -> int:
        if len(pending) < 3:
            return 0
        self._answer = b"\x03" if self.near_end else b"\0"
        return 3

    def _feed(self, pending: bytes) -> int:
        if len(pending) < 3:
            return 0
        self._rows += [bytes(self._width)] * pending[2]
        return 3

    def _cut(self, pending: bytes) -> int:
        if len(pending) < 4:
            return 0
        self._rows += [bytes(self._width)] * _ROWS_PER_CUT_FEED
        self._finish()
        return 4

    def _raster(self, pending: bytes) -> int:
        if len(pending) < 8 or len(pending) < self._raster_end():
            return 0
        self._width = int.from_bytes(pending[4:6], "little")
        rows = range(8, self._raster_end(), self._width)
        self._waiting.extend(pending[start : start + self._width] for start in rows)
        return self._raster_end()

    def _finish(self) -> None:
        """Lay the piece down; a piece without a black dot is no receipt."""
        rows, self._rows = self._rows, []
        if not any(map(any, rows)):
            return
        packed = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, self._width)
        white = 255 * (1 - np.unpackbits(packed, axis=1))
        path = self._folder / f"receipt-{len(self.receipts) + 1}.png"
        Image.fromarray(white.astype(np.uint8)).save(path)
        self.receipts.append(path)


class SimulatedPrinter:
    """A paper roll behind a pty; `link` names the port as a driver would open it."""

    def __init__(self, folder: Path, link: Path, *, rows_per_s: float = float("inf")) -> None:
        """Plug in."""
        folder.mkdir(parents=True, exist_ok=True)
        self.roll = PaperRoll(folder, rows_per_s=rows_per_s)
        self._link = link
        self._thread: threading.Thread | None = None
        self._pulled = threading.Event()
        self.plug()

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return self._thread is not None and not self._pulled.is_set()

    def plug(self) -> None:
        """Plug in again; plugged in already is no error."""
        if self.plugged:
            return
        self._end()
        self._pulled.clear()
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        self._thread = threading.Thread(target=self._serve, args=(ours, theirs), daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable; the driver sees its port go away."""
        self._link.unlink(missing_ok=True)
        self._pulled.set()
        self._end()

    def _end(self) -> None:
        """Wait until the line is down, unless it is the line that asks."""
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None

    def _serve(self, ours: int, theirs: int) -> None:
        # Our own hold on the driver's end keeps the line up while nobody has it open.
        # Only this thread closes them: their numbers are no other file's meanwhile.
        try:
            while not self._pulled.is_set():
                poll_s = 0.005 if self.roll.printing else 0.05
                heard = [] if self.roll.deaf else [ours]
                ready = select.select(heard, [], [], poll_s)[0]
                answer = self.roll.take(os.read(ours, 65_536) if ready else b"")
                if answer and not self._pulled.is_set():
                    os.write(ours, answer)
        finally:
            os.close(ours)
            os.close(theirs)
