"""How soon the first frame is there, and how evenly frames follow in preview and fades.

Each part runs in a process of its own, ours and its peer by turns: the same Qt, the same
window size, one bare QML window that does the same with nothing else in it.

- start: from the process's start to its first swapped frame.
- preview: intervals between frames while a camera writes 30 pictures a second; the peer
  counts a number up 30 times a second.
- fade: intervals between frames in the 220 ms after a change of screens; the peer fades a
  rectangle.

Run: ``python -m benchmarks.screen_frames [--seconds 5] [--json]``
"""

import argparse
import json
import mmap
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any, Final

from ui import environment

environment.prepare()
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSize, QTimer  # noqa: E402  (Qt reads its environment)
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtQml import QQmlApplicationEngine  # noqa: E402

from ui import glass  # noqa: E402
from ui.app import Screens  # noqa: E402
from ui.shown import Look  # noqa: E402
from ui.words import Words  # noqa: E402
from wire.framing import encode, frame  # noqa: E402
from wire.preview import HEADER_BYTES, PreviewHeader  # noqa: E402
from wire.screen import Language, Screen, Show  # noqa: E402

SIZE: Final = (1080, 1920)
FRAME_MS: Final = 33
CHANGE_MS: Final = 500
_FADE_S: Final = 0.22
_COUNT_AT: Final = struct.calcsize("<4sHHII")
_PREVIEW: Final = PreviewHeader(1280, 720)
_BARE: Final = b"""
import QtQuick
Window {
    width: %d; height: %d; visible: true; color: "white"
    property int n: 0
    property real shown: 1
    Behavior on shown { NumberAnimation { duration: 220 } }
    Rectangle { anchors.fill: parent; color: "#DCEBE5"; opacity: parent.Window.window.shown }
    Text { anchors.centerIn: parent; text: parent.Window.window.n; font.pixelSize: 60 }
}
"""
Swaps = list[float]


def _began_s() -> float:
    """Return when this process began, on the clock of `time.monotonic`."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return ticks / os.sysconf("SC_CLK_TCK")


class _Ours:
    """The real screens, with an engine's end and a camera in the same process."""

    def __init__(self, folder: Path, swapped: Callable[[], None]) -> None:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(folder / "engine.sock"))
        listener.listen(1)
        glass.prepare_application()
        glass.register_native_types()
        look = Look(px_per_mm=SIZE[0] / 268)
        self.screens = Screens(
            folder / "engine.sock", look, Words(), size=QSize(*SIZE), clock=time.monotonic
        )
        self.window = self.screens.glass.window
        self.window.frameSwapped.connect(swapped)
        self.window.show()
        self._preview = os.memfd_create("preview")
        os.ftruncate(self._preview, _PREVIEW.total_bytes)
        self._memory = mmap.mmap(self._preview, _PREVIEW.total_bytes)
        self._memory[:HEADER_BYTES] = _PREVIEW.pack()
        listener.setblocking(False)
        self._connection = self._met(listener)
        socket.send_fds(self._connection, [b"\0"], [self._preview])
        self._count = self._sequence = 0
        self._path = cycle((Screen.SERVICE, Screen.ELIGIBILITY, Screen.PLACE_CARD))

    @staticmethod
    def _met(listener: socket.socket) -> socket.socket:
        """Let Qt's loop turn until the screens have knocked."""
        while True:
            try:
                return listener.accept()[0]
            except BlockingIOError:
                QGuiApplication.processEvents()

    def show(self, screen: Screen) -> None:
        """Show a screen."""
        self._sequence += 1
        show = Show(sequence=self._sequence, screen=screen, language=Language.ZH_HK)
        self._connection.sendall(frame(encode(show)))

    def write_frame(self) -> None:
        """Publish one more picture, as the camera's process does."""
        self._count += 1
        self._memory[_COUNT_AT : _COUNT_AT + 16] = struct.pack(
            "<QQ", self._count, time.monotonic_ns()
        )

    def change(self) -> None:
        """Go to another screen."""
        self.show(next(self._path))


class _Peer:
    """One bare QML window."""

    def __init__(self, swapped: Callable[[], None]) -> None:
        self._engine = QQmlApplicationEngine()
        self._engine.loadData(_BARE % SIZE)
        window: Any = self._engine.rootObjects()[0]
        self.window = window
        self.window.frameSwapped.connect(swapped)

    def write_frame(self) -> None:
        """Count up."""
        self.window.setProperty("n", self.window.property("n") + 1)

    def change(self) -> None:
        """Fade away, or back."""
        self.window.setProperty("shown", 1 - round(self.window.property("shown")))


def part(what: str, who: str, seconds: float) -> dict[str, Any]:
    """Measure one part in this process."""
    application = QGuiApplication([who])
    with tempfile.TemporaryDirectory() as folder:
        swaps: Swaps = []
        changes: list[float] = []

        def swapped() -> None:
            swaps.append(time.monotonic())

        made: Any = _Ours(Path(folder), swapped) if who == "ours" else _Peer(swapped)
        if what == "start":
            while not swaps:
                application.processEvents()
            return {"ms": round(1_000 * (swaps[0] - _began_s()), 1)}
        timer = QTimer()
        timer.timeout.connect(_turn(made, what, changes))
        if what == "preview" and who == "ours":
            made.show(Screen.TAKING_PHOTO)
        timer.start(FRAME_MS if what == "preview" else CHANGE_MS)
        QTimer.singleShot(int(seconds * 1_000), application.quit)
        application.exec()
        timer.stop()
        return summary(intervals(swaps, changes))


def _turn(made: Any, what: str, changes: list[float]) -> Callable[[], None]:
    def turn() -> None:
        if what == "preview":
            made.write_frame()
        else:
            changes.append(time.monotonic())
            made.change()

    return turn


def intervals(swaps: Swaps, changes: list[float]) -> list[float]:
    """Return the seconds between frames; with changes, only while a fade runs."""
    pairs = list(pairwise(swaps))
    if changes:
        pairs = [(a, b) for a, b in pairs if any(c < a and b < c + _FADE_S for c in changes)]
    return [b - a for a, b in pairs]


def summary(seconds: list[float]) -> dict[str, Any]:
    """Return how many, median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return {
        "frames": len(ordered),
        "p50_ms": round(1_000 * ordered[len(ordered) // 2], 1),
        "p95_ms": round(1_000 * ordered[int(len(ordered) * 0.95)], 1),
    }


def _in_a_process(what: str, who: str, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.screen_frames", "--part", what, "--who", who]
    done = subprocess.run(
        [*command, "--seconds", str(seconds)], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(seconds: float) -> dict[str, Any]:
    """Return every part, ours and its peer by turns; of three starts the median counts."""
    both = ("ours", "peer")
    starts = [[_in_a_process("start", who, 0)["ms"] for who in both] for _ in range(3)]
    found: dict[str, Any] = {
        "start": {
            who: sorted(times)[1]
            for who, times in zip(both, zip(*starts, strict=True), strict=True)
        }
    }
    for what in ("preview", "fade"):
        found[what] = {who: _in_a_process(what, who, seconds) for who in both}
    return found


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.screen_frames")
    reader.add_argument("--seconds", type=float, default=5.0)
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--part", choices=("start", "preview", "fade"))
    reader.add_argument("--who", choices=("ours", "peer"), default="ours")
    options = reader.parse_args()
    if options.part:
        print(json.dumps(part(options.part, options.who, options.seconds)), flush=True)
        # Nothing is left to be kept, and Qt's order of ending is the program's own affair.
        os._exit(0)
    found = measure(options.seconds)
    if options.json:
        print(json.dumps(found))
        return
    start = found["start"]
    print(f"start to first frame: {start['ours'] / start['peer']:.2f} x a bare QML window", end="")
    print(f" ({start['ours']} ms, {start['peer']} ms)")
    for what in ("preview", "fade"):
        ours, peer = found[what]["ours"], found[what]["peer"]
        print(f"{what}: frames {ours['p50_ms']} ms apart, 95 % within {ours['p95_ms']};", end="")
        print(
            f" bare {peer['p50_ms']} and {peer['p95_ms']}: {ours['p95_ms'] / peer['p95_ms']:.2f} x"
        )


if __name__ == "__main__":
    main()
