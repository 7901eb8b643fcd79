"""How soon the citizen is looked at again after the vision process crashed.

The real vision process, supervised as the engine does it, on a simulated camera: while a face
is shown it is killed (SIGSEGV), and given the same order again as soon as another says that it
is ready. Timed is from the kill until the preview shows a new frame. Peer: the same without a
spare, which is what restarting a process costs. Limit: one second.

``python -m benchmarks.vision_back [--times 5] [--json]``
"""

import argparse
import json
import mmap
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from drivers.admin import ask
from kiosk.engine.supervised import CALM_S, SPARE_AFTER_S, Supervised
from kiosk.engine.timers import Timers
from kiosk.stage import until
from tests.support.faces import folder_of_pictures
from wire.framing import decode, encode
from wire.preview import PreviewHeader
from wire.vision import FromVision, StartFace, VisionReady, Wake

HEADER: Final = PreviewHeader(1280, 720)
LIMIT_MS: Final = 1000.0
_LOADED_S: Final = 15.0
"""Longer than any process of these takes to load."""


class Bench:
    """A supervised vision process, its events, and the preview it writes."""

    def __init__(self, urls: dict[str, str], *, spare: bool) -> None:
        self._descriptor = os.memfd_create("benchmark-preview")
        os.ftruncate(self._descriptor, HEADER.total_bytes)
        os.pwrite(self._descriptor, HEADER.pack(), 0)
        self._preview = mmap.mmap(self._descriptor, HEADER.total_bytes)
        self._events: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._later_s = 0.0
        self._ready = False
        clock = lambda: time.monotonic() + self._later_s  # noqa: E731
        self._timers = Timers(clock)
        arguments = ["--face", urls["face"], "--document", urls["document"]]
        arguments += ["--preview-fd", str(self._descriptor)]
        self._child = Supervised(
            "vision",
            "kiosk.vision",
            [*arguments, *(["--asleep"] if spare else [])],
            timers=self._timers,
            clock=clock,
            post=self._events.put,
            on_message=self._hear,
            on_end=lambda _: None,
            pass_fds=(self._descriptor,),
            wake=encode(Wake()) if spare else b"",
        )
        self._spare = spare

    def back_ms(self) -> float:
        """Return how long the preview stood still over one crash."""
        self._until_shown()
        # Nothing crashes for so long, and a spare is loaded.
        self._later_s += max(SPARE_AFTER_S, CALM_S)
        self._wait(_LOADED_S if self._spare else 0.0)
        self._ready = False
        os.kill(self._child.pid, signal.SIGSEGV)
        began = time.perf_counter()
        self._until_shown()
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        """End the processes."""
        self._child.close()
        self._preview.close()
        os.close(self._descriptor)

    def _until_shown(self) -> None:
        while not self._ready:
            self._turn(0.05)
        before = HEADER.unpack(self._preview[:]).count
        self._child.send(encode(StartFace()))
        while HEADER.unpack(self._preview[:]).count == before:
            self._turn(0.002)

    def _wait(self, seconds: float) -> None:
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            self._turn(0.05)

    def _turn(self, longest_s: float) -> None:
        self._timers.run_due()
        try:
            self._events.get(timeout=self._timers.wait_s(longest_s))()
        except Empty:
            return

    def _hear(self, body: bytes) -> None:
        self._ready |= isinstance(decode(body, FromVision), VisionReady)


def measure(times: int) -> dict[str, Any]:
    """Return medians in milliseconds, the worst of ours, and the ratio."""
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        admin = Path(folder) / "cameras.sock"
        command = [sys.executable, "-m", "drivers.camera.serve", "--admin", str(admin)]
        cameras = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            urls = until(lambda: ask(admin, "urls"), name="the cameras")
            ask(admin, "show", camera="face", what=str(folder_of_pictures() / "holder_view.jpg"))
            with closing(Bench(urls, spare=True)) as bench:
                ours = [bench.back_ms() for _ in range(times)]
            with closing(Bench(urls, spare=False)) as bench:
                peer = [bench.back_ms() for _ in range(times)]
        finally:
            cameras.kill()
            cameras.wait()
    return {
        "ours_ms": round(statistics.median(ours)),
        "ours_worst_ms": round(max(ours)),
        "peer_ms": round(statistics.median(peer)),
        "ratio": round(statistics.median(peer) / statistics.median(ours), 1),
        "of_limit": round(max(ours) / LIMIT_MS, 2),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.times)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    print(
        f"vision back after a crash: {figures['ours_ms']} ms (worst {figures['ours_worst_ms']}, "
        f"{figures['of_limit']} of the limit), without a spare {figures['peer_ms']}: "
        f"{figures['ratio']} times"
    )


if __name__ == "__main__":
    main()
