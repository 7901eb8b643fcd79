"""What the fleet may ask a terminal to do, and what the terminal answers.

Rule 1: orders are few and typed. There is no text, no path, no program of the asker's choice.
Rule 2: each order ends: done, failed with a code of ours, or expired.
Rule 3: nothing personal fits in: numbers, switches and words of our catalogues only.

Orders travel in the answer to a check-in, outcomes in the next check-in, a diagnostics
bundle by a request of its own. Structs travel as msgpack arrays without field names.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from wire.failures import Failure

MOST_AT_ONCE: Final = 8
Number = Annotated[int, Meta(ge=1, le=2**53)]
_Moment = Annotated[int, Meta(ge=0, le=2**53)]


class Order(StrEnum):
    """All that can be asked for."""

    OUT_OF_SERVICE = "out_of_service"
    """Begin no visit until IN_SERVICE; who stands there finishes."""
    IN_SERVICE = "in_service"
    RESTART = "restart"
    """Start one of the terminal's programs anew, once nobody stands there."""
    REBOOT = "reboot"
    """Once nobody stands there."""
    SELF_TEST = "self_test"
    DIAGNOSTICS = "diagnostics"
    ROTATE_CERTIFICATE = "rotate_certificate"
    DRAIN_QUEUE = "drain_queue"
    """Try every record that waits at once, whatever its back-off."""


class Program(StrEnum):
    """Which program RESTART means."""

    ENGINE = "engine"
    SCREENS = "screens"
    SYNC = "sync"


class Progress(StrEnum):
    """How far a terminal has come with an order."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Check(StrEnum):
    """What a self-test looks at."""

    TRAIL = "trail"
    DISK = "disk"
    OUTBOX = "outbox"
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    READER = "reader"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    PRINTER = "printer"


class _Figures(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    pass


class Command(_Figures, frozen=True):
    """One order to one terminal."""

    number: Number
    """Given once; a terminal that has seen it does nothing again."""
    order: Order
    expires_at: _Moment
    """Milliseconds since 1970 by the fleet's clock; not begun later."""
    program: Program | None = None
    """For RESTART alone."""

    def __post_init__(self) -> None:
        """Refuse a restart of nothing, and a program for another order.

        Raises:
            ValueError: one of the two.
        """
        if (self.order is Order.RESTART) is not (self.program is not None):
            raise ValueError("a program belongs to a restart")


class Outcome(_Figures, frozen=True):
    """What has become of an order."""

    number: Number
    progress: Progress
    failure: Failure | None = None
    """Why, if it failed."""
    checks: Mapping[Check, bool] = {}
    """What a self-test found; what could not be looked at is not there."""
