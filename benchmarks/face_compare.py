"""Find a face and make its descriptor: our way against `face_recognition` as it comes.

Peer: `face_recognition.face_locations` and `face_encodings` on the full 1280 x 720
frame, which is what its own examples do. Ours: detection on a grey picture of 320
columns, five points, one pass of the same network, in the same process here.

``python -m benchmarks.face_compare [--frames 8] [--json]``
"""

import argparse
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from drivers.camera.camera import Picture
from drivers.camera.simulated import Scene, Still
from kiosk.vision import models
from kiosk.vision.faces import FaceFinder
from tests.support.faces import folder_of_pictures


def frames(count: int) -> list[Picture]:
    """Return frames of the holder before the terminal."""
    scene = Scene()
    view = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    scene.look_at(Still(None if view is None else view.astype(np.uint8), sway_px=6))
    return [scene.at(index / 10) for index in range(count)]


def median_ms(work: Callable[[Picture], Any], pictures: list[Picture]) -> float:
    """Return the median time of `work` over the pictures."""
    work(pictures[0])
    times = []
    for picture in pictures:
        began = time.perf_counter()
        work(picture)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measure(count: int) -> dict[str, Any]:
    """Return medians in milliseconds, the ratio, and how far the descriptors lie apart."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import face_recognition  # noqa: PLC0415  (the peer loads four models at import)
    pictures = frames(count)
    finder, encoder = FaceFinder(), models.encoder()

    def ours(picture: Picture) -> Any:
        chip = finder.chip(picture)
        assert chip is not None
        return np.array(encoder.compute_face_descriptor(chip, num_jitters=1))

    def peer(picture: Picture) -> Any:
        colours = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        places = face_recognition.face_locations(colours)
        return face_recognition.face_encodings(colours, places)[0]

    ours_ms, peer_ms = median_ms(ours, pictures), median_ms(peer, pictures)
    return {
        "frames": count,
        "ours_ms": round(ours_ms, 1),
        "face_recognition_ms": round(peer_ms, 1),
        "ratio": round(peer_ms / ours_ms, 2),
        "descriptor_distance": round(
            float(np.linalg.norm(ours(pictures[0]) - peer(pictures[0]))), 3
        ),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.frames)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    print(
        f"face compare: {figures['ours_ms']} ms a frame, face_recognition on the full frame "
        f"{figures['face_recognition_ms']} ms, {figures['ratio']} times as fast; "
        f"their descriptors lie {figures['descriptor_distance']} apart (0.40 is our limit)"
    )


if __name__ == "__main__":
    main()
