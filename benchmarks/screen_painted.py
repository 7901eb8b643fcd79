"""How long from the engine's event until its screen is on the glass.

Measured: `Show` written to the real socket of a real ``python -m ui`` until `Painted`
comes back. Against: the same machine, the same window size, one bare QML window, from a
property change until its frame is swapped; nothing that draws by QML can be quicker.

Run: ``python -m benchmarks.screen_painted [--changes 200] [--json]``
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from ui import environment

environment.prepare()
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop  # noqa: E402  (Qt reads its environment)
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtQml import QQmlApplicationEngine  # noqa: E402

from ui.samples import SAMPLES  # noqa: E402
from wire.framing import Splitter, decode, encode, frame  # noqa: E402
from wire.preview import PreviewHeader  # noqa: E402
from wire.screen import FromScreens, Language, Painted, Screen, Show  # noqa: E402

SIZE: Final = (1080, 1920)
_IN: Final = Language.ZH_HK
_SHOWN: Final = [(one.screen, one.facts) for one in SAMPLES if isinstance(one.screen, Screen)]
"""The flow's; those of provisioning are seen by no citizen."""
WARM_UP: Final = len(_SHOWN)
"""The first time each screen is compiled; a citizen meets that once after a start."""
_BARE: Final = b"""
import QtQuick
Window {
    width: %d; height: %d; visible: true; color: "white"
    property int n: 0
    Text { anchors.centerIn: parent; text: "screen " + parent.Window.window.n; font.pixelSize: 60 }
}
"""


def bare(changes: int) -> list[float]:
    """Return the seconds from a property change to the swapped frame, for each change."""
    application = QGuiApplication(["bare"])
    engine = QQmlApplicationEngine()
    engine.loadData(_BARE % SIZE)
    window = engine.rootObjects()[0]
    loop = QEventLoop()
    window.frameSwapped.connect(loop.quit)  # type: ignore[attr-defined]
    loop.exec()
    seconds = []
    for n in range(1, changes + WARM_UP + 1):
        began = time.perf_counter()
        window.setProperty("n", n)
        loop.exec()
        seconds.append(time.perf_counter() - began)
    del window, engine, loop
    application.shutdown()
    return seconds[WARM_UP:]


def painted(changes: int) -> list[float]:
    """Return the seconds from `Show` to `Painted` over `changes` screen changes."""
    with _screens() as (send, receive):
        return [
            _change(send, receive, Show(sequence=number, screen=screen, language=_IN, facts=told))
            for number, (screen, told) in enumerate(
                islice(cycle(_SHOWN), changes + WARM_UP), start=1
            )
        ][WARM_UP:]


def _change(send: Callable[[Show], None], receive: Callable[[], FromScreens], show: Show) -> float:
    began = time.perf_counter()
    send(show)
    while receive() != Painted(sequence=show.sequence):
        continue
    return time.perf_counter() - began


@contextmanager
def _screens() -> Iterator[tuple[Callable[[Show], None], Callable[[], FromScreens]]]:
    """Run the screens' program, and hold the engine's end of its socket."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "engine.sock"
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        listener.listen(1)
        size = "{}x{}".format(*SIZE)
        program = subprocess.Popen(
            [sys.executable, "-m", "ui", "--engine", str(path), "--size", size],
            stderr=subprocess.DEVNULL,
        )
        connection, _ = listener.accept()
        preview = os.memfd_create("preview")
        os.pwrite(preview, PreviewHeader(64, 48, slots=1).pack().ljust(64 * 48 * 4 + 64), 0)
        socket.send_fds(connection, [b"\0"], [preview])
        said = _said(connection)
        try:
            yield lambda show: connection.sendall(frame(encode(show))), lambda: next(said)
        finally:
            program.terminate()
            program.wait()
            for thing in (connection, listener):
                thing.close()
            os.close(preview)


def _said(connection: socket.socket) -> Iterator[FromScreens]:
    splitter = Splitter()
    while chunk := connection.recv(65_536):
        for body in splitter.feed(chunk):
            yield decode(body, FromScreens)


def summary(seconds: list[float]) -> dict[str, float]:
    """Return median and 99th percentile in milliseconds."""
    ordered = sorted(seconds)
    return {
        "p50_ms": round(1_000 * ordered[len(ordered) // 2], 2),
        "p99_ms": round(1_000 * ordered[int(len(ordered) * 0.99)], 2),
    }


def measure(changes: int) -> dict[str, Any]:
    """Return both measurements and their ratio."""
    ours, peer = summary(painted(changes)), summary(bare(changes))
    return {
        "name": "engine event to screen painted",
        "against": "bare QML window, property change to frame swapped",
        "changes": changes,
        "ours": ours,
        "peer": peer,
        "ratio_p50": round(ours["p50_ms"] / peer["p50_ms"], 2),
        "ratio_p99": round(ours["p99_ms"] / peer["p99_ms"], 2),
    }


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.screen_painted")
    reader.add_argument("--changes", type=int, default=200)
    reader.add_argument("--json", action="store_true")
    options = reader.parse_args()
    result = measure(options.changes)
    if options.json:
        print(json.dumps(result))
        return
    ours, peer = result["ours"], result["peer"]
    print(f"{result['name']}: {result['ratio_p50']} x (p50), {result['ratio_p99']} x (p99)")
    print(f"  ours {ours['p50_ms']} ms, p99 {ours['p99_ms']} ms; {result['against']}:", end=" ")
    print(f"{peer['p50_ms']} ms, p99 {peer['p99_ms']} ms; {result['changes']} changes")


if __name__ == "__main__":
    main()
