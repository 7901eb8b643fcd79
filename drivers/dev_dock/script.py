"""What was pressed on the dock and when, as JSON lines, and the same again.

A line is ``{"after_s": 1.5, "label": …, "simulator": …, "verb": …, "arguments": {…}}``: so many
seconds after the line before. A path below the pictures begins with PICTURES, so that a
script recorded on one machine is replayed on another.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from drivers.dev_dock.orders import Order

PICTURES: Final = "PICTURES/"


class BadScript(Exception):
    """A line is no order; the message names it."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An order, and how long after the one before."""

    after_s: float
    order: Order


class Recorder:
    """Writes what is pressed, at once: a dock that crashes loses nothing."""

    def __init__(self, path: Path, pictures: Path, *, clock: Callable[[], float]) -> None:
        """Begin a new script at `path`."""
        self._path = path
        self._pictures = pictures
        self._clock = clock
        self._before = clock()
        path.write_text("")

    def add(self, order: Order) -> None:
        """Write one order."""
        now = self._clock()
        after_s, self._before = round(now - self._before, 2), now
        arguments = {name: _portable(one, self._pictures) for name, one in order.arguments.items()}
        line = {"after_s": after_s, **asdict(order), "arguments": arguments}
        with self._path.open("a") as script:
            script.write(json.dumps(line) + "\n")


def read(lines: Iterable[str], pictures: Path) -> Iterator[Recorded]:
    """Give what was recorded.

    Raises:
        BadScript: a line is no order.
    """
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
            after_s = float(told.pop("after_s"))
            told["arguments"] = {
                name: _here(one, pictures) for name, one in told["arguments"].items()
            }
            recorded = Recorded(after_s, Order(**told))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadScript(f"line {number}: {error}") from None
        yield recorded


def replay(
    script: Iterable[Recorded],
    press: Callable[[Order], str],
    *,
    wait: Callable[[float], None],
    faster: float = 1.0,
) -> list[str]:
    """Press everything again, in its time, and return what was said about it.

    Args:
        script: what was recorded.
        press: carries out one order.
        wait: waits so many seconds.
        faster: waits are divided by this.
    """
    said = []
    for one in script:
        wait(one.after_s / faster)
        said.append(press(one.order))
    return said


def _portable(value: Any, pictures: Path) -> Any:
    if isinstance(value, str) and value.startswith(f"{pictures}/"):
        return PICTURES + value.removeprefix(f"{pictures}/")
    return value


def _here(value: Any, pictures: Path) -> Any:
    if isinstance(value, str) and value.startswith(PICTURES):
        return str(pictures / value.removeprefix(PICTURES))
    return value
