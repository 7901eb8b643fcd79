"""One frame under each of the switched lights, within a second.

Rule 1: a frame counts only if all its light fell on it after its lamp was steady.
Rule 2: the lights are off at the end, whatever happened.
Rule 3: a bounded number of frames is read, and those that do not count are overwritten.
"""

from collections.abc import Callable
from typing import Final

from drivers.camera.camera import Camera, CameraSlow, Frame
from drivers.lights.lights import Lights

LAG_MS: Final = 45
"""From the first light on a frame to `taken_ns`: exposure, transfer, decoding.

27 to 48 ms were measured through the loopback camera on a quiet machine, 80 on a busy one; a
real one has to be measured.
"""
MOST_S: Final = 0.8
MOST_OLD: Final = 8
"""Frames that wait in queues when nobody has read the camera for a moment."""


def take(
    camera: Camera, lights: Lights, *, clock_ns: Callable[[], int], lag_ms: int = LAG_MS
) -> list[Frame]:
    """Return one frame for each light, in their order.

    Args:
        camera: gives frames at its true rate, whether they are read or not.
        lights: off before and after.
        clock_ns: the clock of `Frame.taken_ns`.
        lag_ms: how long before `taken_ns` the exposure of a frame begins at most.

    Raises:
        CameraSlow: not complete after as many frames as come in `MOST_S`. At 30 a second
            and the usual lag, eight lights are possible.
        DeviceError: camera or lights failed; `code` says why (camera.*, lights.*).
    """
    frames_per_s = camera.capabilities.frames_per_s
    frames: list[Frame] = []
    try:
        try:
            known = lights.capabilities
            _catch_up(camera, clock_ns, wait_ns=500_000_000 // frames_per_s)
            left = int(MOST_S * frames_per_s)
            for light in range(known.lights):
                lights.switch(light)
                steady_ns = clock_ns() + (known.settle_ms + lag_ms) * 1_000_000
                frame, reads = _first_since(steady_ns, camera, at_most=left)
                left -= reads
                frames.append(frame)
        finally:
            lights.switch(None)
    except BaseException:
        for frame in frames:
            frame.picture[:] = 0
        raise
    return frames


def _catch_up(camera: Camera, clock_ns: Callable[[], int], *, wait_ns: int) -> None:
    """Read until a frame had to be waited for: what was there already is old."""
    for _ in range(MOST_OLD):
        asked_ns = clock_ns()
        camera.read().picture[:] = 0
        if clock_ns() - asked_ns >= wait_ns:
            return


def _first_since(since_ns: int, camera: Camera, *, at_most: int) -> tuple[Frame, int]:
    """Return the first frame taken at that time or later, and how many were read for it."""
    for reads in range(1, at_most + 1):
        frame = camera.read()
        if frame.taken_ns >= since_ns:
            return frame, reads
        frame.picture[:] = 0
    raise CameraSlow("too few frames for a burst")
