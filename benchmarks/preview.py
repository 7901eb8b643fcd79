"""Preview frames in shared memory against the camera's own frames.

The real vision process reads a simulated camera of 30 frames a second over loopback;
this process reads the preview memory as the screens do. Limit: the camera's rate.

``python -m benchmarks.preview [--seconds 5] [--json]``
"""

import argparse
import json
import mmap
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from drivers.admin import ask
from drivers.camera.sensor import FRAMES_PER_S
from drivers.host import Child
from kiosk.stage import until
from wire.framing import decode, encode
from wire.preview import PreviewHeader
from wire.vision import CameraChanged, FromVision, StartFace

HEADER = PreviewHeader(1280, 720)
_LOOK_S = 0.004


def measure(seconds: float) -> dict[str, Any]:
    """Return frames delivered, their share of the camera's, and the longest gap."""
    descriptor = os.memfd_create("benchmark-preview")
    os.ftruncate(descriptor, HEADER.total_bytes)
    os.pwrite(descriptor, HEADER.pack(), 0)
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        admin = Path(folder) / "cameras.sock"
        command = [sys.executable, "-m", "drivers.camera.serve", "--admin", str(admin)]
        cameras = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            urls = until(lambda: ask(admin, "urls"), name="the cameras")
            # An empty room: no photograph is taken, so the preview goes on.
            ask(admin, "show", camera="face", what="nobody")
            return _watch(urls, descriptor, seconds)
        finally:
            cameras.kill()
            cameras.wait()


def _watch(urls: dict[str, str], descriptor: int, seconds: float) -> dict[str, Any]:
    said: SimpleQueue[Any] = SimpleQueue()
    arguments = ["--face", urls["face"], "--document", urls["document"]]
    vision = Child(
        "kiosk.vision",
        [*arguments, "--preview-fd", str(descriptor)],
        on_message=lambda body: said.put(decode(body, FromVision)),
        on_end=lambda _: None,
        pass_fds=(descriptor,),
    )
    try:
        while not isinstance(said.get(timeout=30), CameraChanged):
            continue
        memory = mmap.mmap(descriptor, HEADER.total_bytes, prot=mmap.PROT_READ)
        view = memoryview(memory)
        vision.send(encode(StartFace()))
        seen, gaps, last_ns = 0, [0.0], 0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            header = PreviewHeader.unpack(view)
            if header.captured_ns != last_ns:
                gaps.append((header.captured_ns - last_ns) / 1e6 if last_ns else 0.0)
                seen, last_ns = seen + 1, header.captured_ns
            time.sleep(_LOOK_S)
    finally:
        vision.close()
    expected = FRAMES_PER_S * seconds
    return {
        "delivered": seen,
        "camera_frames": round(expected),
        "ratio": round(seen / expected, 3),
        "longest_gap_ms": round(max(gaps), 1),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.seconds)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    print(
        f"preview: {figures['delivered']} frames of the camera's {figures['camera_frames']} "
        f"in the memory, ratio {figures['ratio']}; longest gap {figures['longest_gap_ms']} ms"
    )


if __name__ == "__main__":
    main()
