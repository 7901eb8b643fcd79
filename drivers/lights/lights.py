"""What any set of switched lights must do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from drivers.health import DeviceStatus


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the lights can do."""

    lights: int
    """They are numbered from 0, clockwise as the camera sees the tray; 0 stands at its top."""
    settle_ms: int
    """After `switch` has returned, until the light is steady."""


class Lights(Protocol):
    """Some lights around one tray, one of them on at a time; one thread at a time.

    A light that nobody switches off goes out by itself: its program may have died.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What the lights can do.

        Raises:
            DeviceError: they cannot be asked; `code` says why (lights.*).
        """

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change.

        The calls come on a thread of the lights' own.
        """

    def switch(self, on: int | None) -> None:
        """Let one light shine alone, or none; return when it is done.

        Raises:
            LocalProtocolError: there is no light of that number.
            DeviceError: it was not done; `code` says why (lights.*).
        """

    def close(self) -> None:
        """Stop watching and let the port go."""
