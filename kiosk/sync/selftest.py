"""Look at what can be looked at without touching anything a citizen is using. NO I/O.

What is not known is not in the result: no data is not health.
"""

from collections.abc import Callable, Mapping
from typing import Final

from wire.checkin import Reading
from wire.commands import Check
from wire.message import DeviceState

_DISK_FREE: Final = 0.05
_CERTIFICATE_DAYS: Final = 7
_CLOCK_MS: Final = 2000
_UNSAID: Final = frozenset({DeviceState.UNKNOWN, DeviceState.STARTING})


def checks(reading: Reading, *, trail_holds: bool | None) -> Mapping[Check, bool]:
    """Return what is well and what is not.

    Args:
        reading: how the terminal is now.
        trail_holds: whether the whole trail was verified; None if there is none.
    """
    host, parts = reading.host, reading.parts
    found: dict[Check, bool | None] = {
        Check.TRAIL: trail_holds,
        Check.DISK: _if(host.disk_free, lambda share: share >= _DISK_FREE),
        Check.OUTBOX: reading.set_aside == 0,
        Check.CERTIFICATE: _if(host.certificate_days, lambda days: days >= _CERTIFICATE_DAYS),
        Check.CLOCK: _if(host.clock_offset_ms, lambda off: abs(off) <= _CLOCK_MS),
        Check.READER: _ready(parts.reader),
        Check.FACE_CAMERA: _ready(parts.face_camera),
        Check.DOCUMENT_CAMERA: _ready(parts.document_camera),
        Check.PRINTER: _ready(parts.printer),
    }
    return {check: well for check, well in found.items() if well is not None}


def _ready(state: DeviceState) -> bool | None:
    return None if state in _UNSAID else state is DeviceState.READY


def _if(value: float | None, is_well: Callable[[float], bool]) -> bool | None:
    return None if value is None else is_well(value)
