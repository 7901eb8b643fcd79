"""Four corners are touched: the glass is there, and how it lies is kept for libinput.

Source: linux/input.h (struct input_event, EVIOCGABS), linux/input-event-codes.h.
"""

import fcntl
import re
import select
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from provisioning import pictures
from provisioning.acts.touch_corners import (
    CHECK,
    IDENTITY,
    TARGETS,
    TOLERANCE,
    Lie,
    Matrix,
    NoRectangle,
    Point,
    after,
    applied,
    lie,
    off,
)
from provisioning.acts.work import Work
from provisioning.durable import replace_file
from provisioning.people import Taps
from provisioning.report import Shown
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


_IN_FORCE: Final = re.compile(r"^E:LIBINPUT_CALIBRATION_MATRIX=(.+)$", re.MULTILINE)


def touch(work: Work) -> Mapping[str, Figure]:
    """Ask for the four corners; keep how the glass lies.

    On a panel that shows targets, a fifth one is touched: with the matrix that was found, the
    finger must come to lie on it.
    """
    taps = work.people.taps()
    touched = _by_the_glass(work) if taps is None else _by_the_panel(taps)
    try:
        found = lie(touched)
    except NoRectangle as wild:
        raise NotDone(wild.code, touched=_told(touched)) from None
    figures: dict[str, Figure] = {"worst_off": round(found.worst, 3), "swapped": found.swapped}
    figures["mirrored"] = found.mirrored_x or found.mirrored_y
    seen = [applied(found.matrix, point) for point in touched]
    before = IDENTITY
    if taps is not None:
        checked, here = _checked(taps, found, touched)
        figures["check_off"] = round(off(here, CHECK), 3)
        seen.append(here)
        if checked is not None:
            raise NotDone(checked, **figures)
        # What the panel says has gone through the matrix of the last time already.
        before = _in_force(work.root)
    figures["touched"] = _told(seen)
    drawn = pictures.of_touch(_told(seen), work.answers.machine.panel)
    pictures.keep(work.state, Shown.TOUCH, drawn)
    rule = work.root / RULE
    rule.parent.mkdir(parents=True, exist_ok=True)
    replace_file(rule, _rule(after(found.matrix, before)).encode(), mode=0o644)
    return figures


def _by_the_glass(work: Work) -> list[Point]:
    path = _device(work)
    try:
        with path.open("rb", buffering=0) as device:
            ranges = [_range(device, axis) for axis in (_ABS_MT_POSITION_X, _ABS_MT_POSITION_Y)]
            taps = _taps(device, work.wait_s)
            return [_asked(work, number, taps, ranges) for number in range(len(TARGETS))]
    except OSError:
        raise NotDone(Failure.PROVISION_NO_TOUCH.value) from None


def _by_the_panel(taps: Taps) -> list[Point]:
    touched: list[Point] = []
    for target in TARGETS:
        point = taps.tap(target, touched)
        if point is None:
            raise NotDone(Failure.PROVISION_NO_TOUCH.value, corners=len(touched))
        touched.append(point)
    return touched


def _checked(taps: Taps, found: Lie, touched: list[Point]) -> tuple[str | None, Point]:
    """Return the code of what is wrong, and where the finger came to lie."""
    point = taps.tap(CHECK, touched)
    if point is None:
        return Failure.PROVISION_NO_TOUCH.value, (0.0, 0.0)
    here = applied(found.matrix, point)
    return (None if off(here, CHECK) <= TOLERANCE else NoRectangle.code), here


def _told(points: list[Point]) -> str:
    return " ".join(f"{x:.3f},{y:.3f}" for x, y in points)


def _in_force(root: Path) -> Matrix:
    """Return the matrix that libinput uses now."""
    for properties in sorted((root / "run/udev/data").glob("c13:*")):
        text = properties.read_text(errors="replace")
        found = _IN_FORCE.search(text)
        if found is not None and "E:ID_INPUT_TOUCHSCREEN=1" in text:
            numbers = tuple(float(number) for number in found[1].split())
            if len(numbers) == len(IDENTITY):
                return numbers
    return IDENTITY


def _rule(matrix: Matrix) -> str:
    # Nothing added to nothing: no "-0".
    numbers = " ".join(f"{number + 0.0:g}" for number in matrix)
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
