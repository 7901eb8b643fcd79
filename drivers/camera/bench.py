"""``python -m drivers camera``: which camera is there, and whether it gives frames that count."""

import argparse
import json
import sys
from typing import Any, Final

from drivers.camera.v4l2 import OpencvCamera
from drivers.errors import DeviceError

FAILED: Final = 1


def add(devices: Any) -> None:
    """Add the camera's command to a program's parser."""
    about = "say which camera is there, its size, pace and controls"
    parser = devices.add_parser("camera", help=about, description=about)
    parser.add_argument("device", help="/dev/v4l/by-path/… or http://127.0.0.1:PORT/NAME")
    parser.add_argument("--identity", default="", help="what it must be, as printed before")
    parser.add_argument("--frames", type=int, default=60, help="so many, at least 2, are read")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=look)


def look(options: argparse.Namespace) -> int:
    """Read frames and say what gave them; status 1 when it fails, with the code."""
    frames = max(options.frames, 2)
    camera = OpencvCamera(options.device, known_as=options.identity)
    try:
        first = last = camera.read()
        for _ in range(frames - 1):
            last = camera.read()
        controls = camera.capabilities.controls_exposure
    except DeviceError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return FAILED
    finally:
        camera.close()
    rows, columns = first.picture.shape[:2]
    found = {
        "identity": camera.identity,
        "width_px": columns,
        "height_px": rows,
        "frames_per_s": round((frames - 1) * 1e9 / (last.taken_ns - first.taken_ns), 1),
        "controls_exposure": controls,
    }
    lines = (f"{name:18} {value}" for name, value in found.items())
    sys.stdout.write((json.dumps(found) if options.json else "\n".join(lines)) + "\n")
    return 0
