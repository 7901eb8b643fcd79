"""Ask the register for a guardian's consent, and look how it stands until it is answered.

It is for a citizen who stands there: an answer is seen within a second, and a register
that cannot be reached is said at once and tried again, not queued.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from kiosk.sync import answers
from kiosk.sync.answers import Again
from kiosk.sync.guardian_slip import Asked, GuardianSlip
from kiosk.sync.transport import RegisterError, Transport
from wire.guardian import ConsentStanding

EVERY_S: Final = 1.0


class GuardianPost:
    """Carries one request at a time; for one thread."""

    def __init__(
        self, slip: GuardianSlip, transport: Transport, *, steady: Callable[[], float]
    ) -> None:
        """Begin.

        Args:
            slip: what is asked, and where the answer goes.
            transport: the way to the register.
            steady: seconds on a clock that never goes back.
        """
        self._slip = slip
        self._transport = transport
        self._steady = steady
        self._last = ""
        self._next_at = 0.0

    def look(self) -> bool:
        """Ask if it is time to; say whether the register was called.

        Raises:
            OutboxError: the slip cannot be read or written.
        """
        asked = self._slip.asked()
        if asked is None or (asked.consent_id == self._last and self._steady() < self._next_at):
            return False
        told = self._exchanged(asked)
        self._last = asked.consent_id
        self._next_at = self._steady() + EVERY_S
        if isinstance(told, ConsentStanding):
            self._slip.note(asked.consent_id, told)
        else:
            self._slip.failed(asked.consent_id, told.code)
            self._next_at = self._steady() + max(EVERY_S, told.asked_s)
        return True

    def _exchanged(self, asked: Asked) -> ConsentStanding | Again:
        try:
            if asked.state is None:
                body = msgspec.json.encode(asked.request)
                answer = self._transport.ask_consent(asked.consent_id, body)
            else:
                answer = self._transport.consent(asked.consent_id)
        except RegisterError as failure:
            return Again(failure.code)
        return answers.consent(answer)
