"""A printer without hardware: a pty with a paper roll behind it that becomes PNGs.

It parses what it is sent strictly and answers as the command set says; what is wrong
with it is set from outside. A command it does not know makes it faulty: the
driver's mistakes must not pass unseen.
"""

import os
import select
import threading
import tty
from pathlib import Path

import numpy as np
from PIL import Image

_ROWS_PER_CUT_FEED = 24


class PaperRoll:
    """The printer's own end of the line: bytes in, answers out, paper out."""

    def __init__(self, folder: Path) -> None:
        """Lay each finished receipt into `folder` as ``receipt-N.png``."""
        self._folder = folder
        self._pending = bytearray()
        self._rows: list[bytes] = []
        self._width = 72
        self.rows_left: int | None = None
        """Rows until the paper runs out; None for a long roll."""
        self.cover_open = False
        self.mute = False
        self.faulty = False
        self.receipts: list[Path] = []

    @property
    def paper_out(self) -> bool:
        """Whether no row is left."""
        return self.rows_left == 0

    @property
    def _stuck(self) -> bool:
        return self.paper_out or self.cover_open or self.faulty

    def take(self, chunk: bytes) -> bytes:
        """Take bytes from the line and return the answers."""
        if self.mute:
            return b""
        self._pending += chunk
        answers = b""
        while not self._stuck and (used := self._command()):
            answers += self._answer
            del self._pending[:used]
        return answers + self._real_time()

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
        offline = 0b100 * self.cover_open | 0b10_0000 * self.paper_out | 0b100_0000 * self.faulty
        bits = {2: offline, 3: 0b10_0000 * self.faulty, 4: 0b110_0000 * self.paper_out}
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
            case b"\x1bJ":
                used = self._feed(pending)
            case b"\x1dr":
                used = self._fence(pending)
            case b"\x1dV":
                used = self._cut(pending)
            case b"\x1dv":
                used = self._raster(pending)
            case b"\x10\x04":
                used = 0
            case _:
                self.faulty = True
                used = 0
        return used

    def _fence(self, pending: bytes) -> int:
        if len(pending) < 3:
            return 0
        self._answer = b"\x0c" if self.paper_out else b"\0"
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
        for start in range(8, self._raster_end(), self._width):
            if self.rows_left is not None:
                if self.rows_left == 0:
                    return self._raster_end()
                self.rows_left -= 1
            self._rows.append(pending[start : start + self._width])
        return self._raster_end()

    def _finish(self) -> None:
        packed = np.frombuffer(b"".join(self._rows), dtype=np.uint8).reshape(-1, self._width)
        white = 255 * (1 - np.unpackbits(packed, axis=1))
        path = self._folder / f"receipt-{len(self.receipts) + 1}.png"
        Image.fromarray(white.astype(np.uint8)).save(path)
        self.receipts.append(path)
        self._rows.clear()


class SimulatedPrinter:
    """A paper roll behind a pty; `link` names the port as a driver would open it."""

    def __init__(self, folder: Path, link: Path) -> None:
        """Plug in."""
        folder.mkdir(parents=True, exist_ok=True)
        self.roll = PaperRoll(folder)
        self._link = link
        self._plugged: tuple[int, threading.Thread] | None = None
        self.plug()

    def plug(self) -> None:
        """Plug in again; plugged in already is no error."""
        if self._plugged is not None:
            return
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        thread = threading.Thread(target=self._serve, args=(ours, theirs), daemon=True)
        self._plugged = (ours, thread)
        thread.start()

    def unplug(self) -> None:
        """Pull the cable; the driver sees its port go away."""
        if self._plugged is None:
            return
        self._link.unlink(missing_ok=True)
        ours, thread = self._plugged
        self._plugged = None
        os.close(ours)
        thread.join()

    def _serve(self, ours: int, theirs: int) -> None:
        # Our own hold on the driver's end keeps the line up while nobody has it open.
        poll_s = 0.05
        try:
            while self._plugged is not None and self._plugged[0] == ours:
                if not select.select([ours], [], [], poll_s)[0]:
                    continue
                answer = self.roll.take(os.read(ours, 65_536))
                if answer:
                    os.write(ours, answer)
        except (OSError, ValueError):
            # The cable was pulled.
            return
        finally:
            os.close(theirs)
