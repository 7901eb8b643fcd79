"""What a frame costs the preview while faces are followed, looked at and embedded.

Ours: the vision process's own loop, in this process: each frame of 1280 x 720 is written to
the preview memory, its face followed by landmarks, and handed to the looking thread, which
detects, measures and has faces embedded as a trial wants it. Timed is what passes between a
frame given to the loop and the loop asking for the next one, at 30 frames a second.
Peer: `face_recognition.face_locations` and `face_encodings` on the full frame, in this process.

Also: frames over 33 ms while the embedding process is kept busy without a pause; and from the
order to compare until its answer, over the time of one embedding; the middle of five.

``python -m benchmarks.preview_loop [--seconds 10] [--json]``
"""

import argparse
import json
import os
import secrets
import statistics
import sys
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing import Pipe
from queue import SimpleQueue
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.face_compare import frames
from drivers.camera.camera import CameraMissing, Capabilities, Frame, Picture
from drivers.health import DeviceStatus, Health
from kiosk.face.match import compare
from kiosk.vision import models
from kiosk.vision.__main__ import SWITCH_S
from kiosk.vision.attempt import Attempt
from kiosk.vision.embedding import Embedder
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import TrainedLandmarks
from kiosk.vision.preview import PreviewWriter
from kiosk.vision.process import Vision
from tests.support.faces import folder_of_pictures
from wire.document import CardHint, CopyCheck
from wire.framing import decode
from wire.preview import PreviewHeader
from wire.vision import Camera, Compare, Compared, FromVision, Photo, StartFace

FRAME_S: Final = 1 / 30
LIMIT_MS: Final = 33.0
_HEADER: Final = PreviewHeader(1280, 720)
_PEER_FRAMES: Final = 12
_MATCHES: Final = 5


class Paced:
    """A camera of 30 frames a second that notes how long the loop kept each frame."""

    def __init__(self, pictures: list[Picture]) -> None:
        self._pictures = pictures
        self._given = 0
        self._given_at = 0.0
        self._due = time.perf_counter()
        self.kept_ms: list[float] = []

    capabilities = Capabilities()
    identity = "benchmark"

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Say that all is well."""
        on_event(DeviceStatus(Health.READY))

    def read(self) -> Frame:
        """Return the next frame when it is due."""
        now = time.perf_counter()
        if self._given:
            self.kept_ms.append((now - self._given_at) * 1000)
        self._due = max(self._due + FRAME_S, now)
        time.sleep(self._due - now)
        picture = self._pictures[self._given % len(self._pictures)].copy()
        self._given += 1
        self._given_at = time.perf_counter()
        return Frame(picture, time.monotonic_ns())

    def kept_for(self, seconds: float) -> list[float]:
        """Return how long each of the next frames is kept, in milliseconds."""
        self.kept_ms.clear()
        time.sleep(seconds)
        return list(self.kept_ms)

    def lock(self, *, on: bool) -> None:
        """Have nothing to lock."""

    def expose(self, factor: float) -> None:
        """Have nothing to expose."""

    def close(self) -> None:
        """Have nothing to close."""


class Nothing(Paced):
    """A camera that is not there."""

    def read(self) -> Frame:
        """Raise CameraMissing."""
        raise CameraMissing("none")


def peer_ms(pictures: list[Picture]) -> list[float]:
    """Return the times of plain `face_recognition` on full frames."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import face_recognition  # noqa: PLC0415  (the peer loads four models at import)
    times = []
    for picture in pictures[:_PEER_FRAMES]:
        began = time.perf_counter()
        colours = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        face_recognition.face_encodings(colours, face_recognition.face_locations(colours))
        times.append((time.perf_counter() - began) * 1000)
    return times[1:]


def measure(seconds: float) -> dict[str, Any]:
    """Return times in milliseconds and ratios."""
    sys.setswitchinterval(SWITCH_S)
    cv2.setNumThreads(1)
    pictures = frames(60)
    with ExitStack() as stack:
        embedder = stack.enter_context(Embedder())
        camera = Paced(pictures)
        vision, said = _vision(stack, camera, embedder)
        busy = threading.Event()
        embedding_ms: list[float] = []
        chip = FaceFinder().chip(pictures[0])
        assert chip is not None

        def embed_always() -> None:
            while not busy.is_set():
                began = time.perf_counter()
                embedder.embed(chip)
                embedding_ms.append((time.perf_counter() - began) * 1000)

        vision.obey(StartFace())
        kept = camera.kept_for(seconds)
        thread = threading.Thread(target=embed_always)
        thread.start()
        vision.obey(StartFace())
        kept_busy = camera.kept_for(seconds)
        busy.set()
        thread.join()
        match_ms = statistics.median(_match_ms(vision, said) for _ in range(_MATCHES))
    peer = peer_ms(pictures)
    ours_p95, peer_p95 = (float(np.quantile(times, 0.95)) for times in (kept, peer))
    return {
        "frames": len(kept_busy),
        "ours_p50_ms": round(statistics.median(kept), 2),
        "ours_p95_ms": round(ours_p95, 2),
        "peer_p50_ms": round(statistics.median(peer), 1),
        "peer_p95_ms": round(peer_p95, 1),
        "ratio_p50": round(statistics.median(peer) / statistics.median(kept), 1),
        "ratio_p95": round(peer_p95 / ours_p95, 1),
        "frames_over_33_ms": sum(one > LIMIT_MS for one in kept_busy),
        "embedding_ms": round(statistics.median(embedding_ms), 1),
        "match_ms": round(match_ms, 1),
        "match_over_embedding": round(match_ms / statistics.median(embedding_ms), 2),
    }


def _match_ms(vision: Vision, said: "SimpleQueue[Any]") -> float:
    """Have a photograph taken, and return how long its comparison takes, in milliseconds."""
    portrait = (folder_of_pictures() / "holder_chip.jpg").read_bytes()
    vision.obey(StartFace(gentle=True))
    while not isinstance(said.get(timeout=60), Photo):
        continue
    began = time.perf_counter()
    vision.obey(Compare(portrait))
    while not isinstance(said.get(timeout=60), Compared):
        continue
    return (time.perf_counter() - began) * 1000


def _vision(
    stack: ExitStack, camera: Paced, embedder: Embedder
) -> tuple[Vision, "SimpleQueue[Any]"]:
    """Return a vision process in this one, and what it says."""
    descriptor = os.memfd_create("benchmark-preview")
    os.ftruncate(descriptor, _HEADER.total_bytes)
    os.pwrite(descriptor, _HEADER.pack(), 0)
    ours, theirs = Pipe()
    said: SimpleQueue[Any] = SimpleQueue()

    def listen() -> None:
        try:
            while True:
                said.put(decode(ours.recv_bytes(), FromVision))
        except (EOFError, OSError):
            return

    threading.Thread(target=listen, daemon=True).start()
    cohort, policy = models.cohort(), models.match_policy()
    finder, find = FaceFinder(), TrainedLandmarks()
    vision = Vision(
        cameras={Camera.FACE: camera, Camera.DOCUMENT: Nothing([])},
        preview=PreviewWriter(descriptor),
        embed=embedder.embed,
        judge=lambda chip, live: compare(chip, live, cohort, policy),
        begin=lambda _, gentle: Attempt(
            finder=finder,
            find=find,
            embed=embedder.embed,
            below=secrets.randbelow,
            camera=lambda: "",
            exposes=lambda: False,
            gentle=gentle,
            clock=time.monotonic,
        ),
        finder=FaceFinder(),
        read_print=lambda _: CardHint.NOT_A_CARD,
        check_copy=lambda _: CopyCheck.NOT_MADE,
        channel=theirs,
    )
    stack.callback(theirs.close)
    stack.callback(vision.close)
    return vision, said


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.seconds)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    print(
        f"preview loop: {figures['ours_p50_ms']} ms a frame (95 % below {figures['ours_p95_ms']}), "
        f"face_recognition on the full frame {figures['peer_p50_ms']} "
        f"({figures['peer_p95_ms']}): {figures['ratio_p50']} and {figures['ratio_p95']} times; "
        f"{figures['frames_over_33_ms']} of {figures['frames']} frames over 33 ms while embedding; "
        f"a match takes {figures['match_over_embedding']} embeddings"
    )


if __name__ == "__main__":
    main()
