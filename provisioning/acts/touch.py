"""Four corners are touched: the glass is there, and how it lies is kept for libinput.

Source: linux/input.h (struct input_event, EVIOCGABS), linux/input-event-codes.h.
"""

import fcntl
import select
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from provisioning.acts.touch_corners import TARGETS, NoRectangle, Point, lie
from provisioning.acts.work import Work
from provisioning.durable import replace_file
from provisioning.runner import NotDone
from provisioning.steps import Figure
from wire.failures import Failure

_EVENT = struct.Struct("@llHHi")
_ABS_INFO = struct.Struct("@6i")
_EV_KEY, _EV_ABS = 1, 3
_BTN_TOUCH: Final = 0x14A
_ABS_MT_POSITION_X, _ABS_MT_POSITION_Y = 0x35, 0x36
_EVIOCGABS: Final = 0x8018_4540
RULE: Final = "etc/udev/rules.d/91-kiosk-touch.rules"


def touch(work: Work) -> Mapping[str, Figure]:
    """Ask for the four corners; keep how the glass lies."""
    path = _device(work)
    try:
        with path.open("rb", buffering=0) as device:
            ranges = [_range(device, axis) for axis in (_ABS_MT_POSITION_X, _ABS_MT_POSITION_Y)]
            taps = _taps(device, work.wait_s)
            touched = [_asked(work, number, taps, ranges) for number in range(len(TARGETS))]
    except OSError:
        raise NotDone(Failure.PROVISION_NO_TOUCH.value) from None
    try:
        found = lie(touched)
    except NoRectangle as wild:
        raise NotDone(wild.code) from None
    rule = work.root / RULE
    rule.parent.mkdir(parents=True, exist_ok=True)
    replace_file(rule, _rule(found.matrix).encode(), mode=0o644)
    return {"worst_off": round(found.worst, 3), "swapped": found.swapped}


def _rule(matrix: tuple[float, ...]) -> str:
    numbers = " ".join(f"{number:g}" for number in matrix)
    return (
        "# Made by provisioning: how the glass lies on the panel.\n"
        'ACTION=="add|change", KERNEL=="event[0-9]*", ENV{ID_INPUT_TOUCHSCREEN}=="1", '
        f'ENV{{LIBINPUT_CALIBRATION_MATRIX}}="{numbers}"\n'
    )


def _device(work: Work) -> Path:
    named = work.answers.devices.touch
    if named:
        return Path(named)
    for properties in sorted((work.root / "run/udev/data").glob("c13:*")):
        if "E:ID_INPUT_TOUCHSCREEN=1" in properties.read_text(errors="replace"):
            minor = int(properties.name.partition(":")[2])
            return work.root / f"dev/input/event{minor - 64}"
    raise NotDone(Failure.PROVISION_NO_TOUCH.value)


def _asked(work: Work, number: int, taps: Iterator[Point], ranges: list[tuple[int, int]]) -> Point:
    work.people.told(f"touch_corner_{number}")
    try:
        raw = next(taps)
    except StopIteration:
        raise NotDone(Failure.PROVISION_NO_TOUCH.value, corners=number) from None
    x, y = ((value - low) / (high - low) for value, (low, high) in zip(raw, ranges, strict=True))
    return x, y


def _range(device: Any, axis: int) -> tuple[int, int]:
    told = bytearray(_ABS_INFO.size)
    fcntl.ioctl(device, _EVIOCGABS + axis, told)
    _, low, high, *_ = _ABS_INFO.unpack(told)
    if high <= low:
        raise OSError("an axis without a range")
    return low, high


def _taps(device: Any, wait_s: float) -> Iterator[Point]:
    """Yield where each finger came down; end when none comes in time."""
    deadline = time.monotonic() + wait_s
    x = y = None
    down = False
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([device], [], [], left)
        if not ready:
            return
        content = device.read(_EVENT.size * 64)
        for start in range(0, len(content) - _EVENT.size + 1, _EVENT.size):
            _, _, kind, code, value = _EVENT.unpack_from(content, start)
            if kind == _EV_ABS and code == _ABS_MT_POSITION_X:
                x = value
            elif kind == _EV_ABS and code == _ABS_MT_POSITION_Y:
                y = value
            elif kind == _EV_KEY and code == _BTN_TOUCH:
                if down and not value and x is not None and y is not None:
                    yield float(x), float(y)
                    deadline = time.monotonic() + wait_s
                down = bool(value)
