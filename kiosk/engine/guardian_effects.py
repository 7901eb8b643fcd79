"""Ask a minor's guardian for consent, through the register, and wait for the answer.

Rule 1: the token of the guardian's page lies in the vault and on the screen alone; the
program with the network has its digest.
Rule 2: the code is shown when the register knows of it: no phone meets an unknown page.
"""

import hashlib
import secrets
import uuid
from typing import Final

from kiosk.audit import note
from kiosk.engine.engine import Engine
from kiosk.engine.parts import Devices
from kiosk.flow.states import Event
from kiosk.session.vault import Slot
from kiosk.sync.guardian_slip import Told
from kiosk.sync.stored import OutboxError
from wire.audit_events import AuditEvent
from wire.failures import Failure
from wire.guardian import ConsentRequest, ConsentState

_TIMER: Final = "guardian"
_POLL_S: Final = 0.5
_UNREACHABLE_S: Final = 25.0
"""Longest that a register may not know of the request; the minor is told that it takes a while."""
_TOKEN_BYTES: Final = 16
_REFUSED: Final = {
    ConsentState.DECLINED: Failure.GUARDIAN_DECLINED,
    ConsentState.EXPIRED: Failure.GUARDIAN_EXPIRED,
    ConsentState.WITHDRAWN: Failure.GUARDIAN_WITHDRAWN,
}


class GuardianEffects:
    """The effects around a guardian's consent."""

    _engine: Engine
    _devices: Devices

    def ask_guardian(self) -> None:
        """Make a request for this record and this visit, and look for its answer."""
        engine, visit = self._engine, self._engine.visit
        token = secrets.token_bytes(_TOKEN_BYTES)
        visit.vault.put(Slot.GUARDIAN_TOKEN, token)
        visit.guardian_request = str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
        visit.guardian_known, visit.guardian_consent = False, ""
        request = ConsentRequest(
            record_id=visit.record_id,
            reference=visit.reference,
            token_digest=hashlib.sha256(token).hexdigest(),
            statement=engine.world.settings.terminal.statement,
        )
        try:
            self._devices.guardian.ask(visit.guardian_request, request)
        except OutboxError:
            engine.happen(Event.GUARDIAN_REFUSED, Failure.GUARDIAN_UNREACHABLE)
            return
        note(AuditEvent.GUARDIAN_ASKED)
        give_up_at = engine.world.clock() + _UNREACHABLE_S
        engine.world.timers.set(_TIMER, _POLL_S, lambda: self._look(give_up_at))

    def drop_guardian(self) -> None:
        """Nobody waits for the answer any more."""
        self._engine.world.timers.cancel(_TIMER)
        try:
            self._devices.guardian.drop()
        except OutboxError:
            # What stays there names nobody, and the next request takes its place.
            note(AuditEvent.GUARDIAN_NOT_DROPPED)

    def _look(self, give_up_at: float) -> None:
        engine, visit = self._engine, self._engine.visit
        try:
            told = self._devices.guardian.told(visit.guardian_request)
        except (KeyError, OutboxError):
            engine.happen(Event.GUARDIAN_REFUSED, Failure.GUARDIAN_UNREACHABLE)
            return
        if told.state is not None and told.state.is_final:
            self._answered(told.state)
            return
        if self._is_unreachable(told, give_up_at):
            engine.happen(Event.GUARDIAN_REFUSED, Failure.GUARDIAN_UNREACHABLE)
            return
        engine.world.timers.set(_TIMER, _POLL_S, lambda: self._look(give_up_at))
        if told.state is ConsentState.WAITING and not visit.guardian_known:
            visit.guardian_known = True
            engine.happen(Event.GUARDIAN_KNOWN)
            engine.restart_time()
            engine.display()

    def _is_unreachable(self, told: Told, give_up_at: float) -> bool:
        return told.state is None and self._engine.world.clock() >= give_up_at

    def _answered(self, state: ConsentState) -> None:
        engine, visit = self._engine, self._engine.visit
        note(AuditEvent.GUARDIAN_ANSWERED, state=state)
        if state is ConsentState.GIVEN:
            visit.guardian_consent = visit.guardian_request
            engine.happen(Event.GUARDIAN_CONSENTED)
        else:
            engine.happen(Event.GUARDIAN_REFUSED, _REFUSED[state])
