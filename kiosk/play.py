"""A scene in progress: the stage, the robot, and what must be true (not shipped)."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from drivers.admin import ask
from kiosk.robot import Lost, Robot
from kiosk.stage import Stage, until
from kiosk.sync.backoff import wait_s
from wire.screen import Language

_TRIED: Final = 8
"""So often sync may have tried while a visit lasted; it doubles its waits and draws each."""


@dataclass(slots=True)
class Play:
    """A scene in progress."""

    stage: Stage
    robot: Robot
    language: Language = Language.EN

    def show(self, camera: str, what: str, *, kind: str = "alive") -> None:
        """Let a camera see a picture or a person by name, or nobody."""
        path = what if what == "nobody" else str(self.stage.pictures / what)
        ask(self.stage.cameras, "show", camera=camera, what=path, kind=kind)

    def records(self) -> int:
        """Return how many enrolments the register holds."""
        path = self.stage.keys / "register.db"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as register:
            return int(register.execute("SELECT count(*) FROM records").fetchone()[0])

    def await_record(self) -> None:
        """Wait until a record that waited is at the register, which is up again.

        Raises:
            NotStarted: it does not arrive.
        """
        latest_s = wait_s(_TRIED, chance=1.0)
        until(lambda: self.records() == 1, within_s=latest_s, name="the enrolment at the register")


def expect(holds: bool, what: str) -> None:  # noqa: FBT001  (reads as a sentence)
    """Say that `what` must be true.

    Raises:
        Lost: it is not.
    """
    if not holds:
        raise Lost(f"not so: {what}")
