"""Test what can be tested, and hand a diagnostics bundle over when the fleet asks for one.

The bundle holds figures and catalogue words only (`wire.diagnostics`): no file is copied.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final

import msgspec

from drivers.errors import DeviceError
from kiosk.audit.follow import Mark, Told, follow
from kiosk.audit.trail import TrailBroken
from kiosk.sync.checkin import Reporter, entry_of
from kiosk.sync.selftest import checks
from kiosk.sync.signature import Signer
from kiosk.sync.system import System
from kiosk.sync.transport import RegisterError, Transport
from wire.checkin import MOST_ENTRIES
from wire.commands import Check, Program
from wire.diagnostics import CONTENT_TYPE, PATH, SIGNATURE_TAG, Bundle
from wire.failures import Failure

_AT_ONCE: Final = 5000


class Diagnostics:
    """Looks at one terminal; for the reporter's thread."""

    def __init__(
        self,
        reporter: Reporter,
        system: System,
        *,
        trail: Path,
        waiting: Callable[[], int],
        url: str,
        transport: Transport,
        signer: Signer,
    ) -> None:
        """Look by `reporter` and `system`; hand over to the fleet at `url`."""
        self._reporter = reporter
        self._system = system
        self._trail = trail
        self._waiting = waiting
        self._url = url.rstrip("/") + PATH
        self._transport = transport
        self._signer = signer

    def checks(self) -> Mapping[Check, bool]:
        """Return what a self-test finds now.

        Raises:
            OSError: the trail is there and cannot be read.
            OutboxError: the outbox cannot be read.
        """
        holds, _ = walked(self._trail)
        return checks(self._reporter.reading(), trail_holds=holds)

    def hand_over(self, number: int) -> Failure | None:
        """Send the bundle that command `number` asked for; None if the fleet has it.

        Raises:
            OSError: the trail is there and cannot be read.
            OutboxError: the outbox cannot be read.
        """
        holds, told = walked(self._trail)
        reading = self._reporter.reading()
        bundle = Bundle(
            number,
            reading,
            tuple(filter(None, map(entry_of, told))),
            checks(reading, trail_holds=holds),
            {program: self._system.unit(program) for program in Program},
            self._waiting(),
        )
        body = msgspec.msgpack.encode(bundle)
        created = self._reporter.created()
        try:
            fields = self._signer.sign(
                "POST", self._url, CONTENT_TYPE, body, created=created, tag=SIGNATURE_TAG
            )
            answer = self._transport.post(PATH, body, fields)
        except DeviceError as refused:
            return Failure(refused.code)
        except RegisterError:
            return Failure.FLEET_UNREACHABLE
        return None if answer.status == HTTPStatus.NO_CONTENT else Failure.FLEET_REFUSED


def walked(trail: Path) -> tuple[bool | None, list[Told]]:
    """Return whether the whole trail holds, and its last entries; None if there is none.

    Raises:
        OSError: it is there and cannot be read.
    """
    mark, last = Mark(), list[Told]()
    if not trail.exists():
        return None, last
    try:
        while True:
            told, mark = follow(trail, mark, most=_AT_ONCE)
            last = (last + told)[-MOST_ENTRIES:]
            if len(told) < _AT_ONCE:
                return True, last
    except TrailBroken:
        # What could be read of it is worth the more.
        return False, last
