"""Let go of receipts and dead letters that were kept for as long as the settings say.

The time is the register's, carried on by the steady clock: a wall clock that was set ahead
erases nothing early. Until the register has told its time since the machine started,
nothing is let go of.
"""

from kiosk.audit import note
from kiosk.config.settings import Retention
from kiosk.flow.clock_trust import Reading
from kiosk.sync.outbox import Outbox
from wire.audit_events import AuditEvent

EVERY_S = 3_600.0
_SECONDS_A_DAY = 86_400


def apply(outbox: Outbox, keep: Retention, now: Reading) -> bool:
    """Let go of what is due; False if the time is not known.

    Raises:
        OutboxWriteFailed: the disk refuses it.
    """
    told = outbox.register_time()
    if told is None or told.boot != now.boot:
        return False
    time_s = told.register_s + now.steady_s - told.steady_s
    receipts, dead_letters = outbox.expire(
        receipts_before=time_s - keep.receipts_days * _SECONDS_A_DAY,
        dead_letters_before=time_s - keep.dead_letters_days * _SECONDS_A_DAY,
    )
    if receipts or dead_letters:
        note(AuditEvent.RETENTION_APPLIED, receipts=receipts, dead_letters=dead_letters)
    return True
