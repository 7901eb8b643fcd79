"""What is out right now, gathered for the flow to judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from kiosk.flow.degraded import Lack
from kiosk.flow.preconditions import is_open
from wire.failures import Failure
from wire.message import DeviceState


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """How one device is."""

    state: DeviceState
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The terminal at one moment."""

    reader: DeviceReport
    face_camera: DeviceReport
    document_camera: DeviceReport
    printer: DeviceReport
    vision_ready: bool
    outbox_has_room: bool
    clock_trusted: bool
    ordered_out: bool = False
    """Whether operations want no visit to begin."""
    power_low: bool = False
    in_service: bool = True
    """Staff has not taken the terminal out of service."""

    @property
    def starting(self) -> bool:
        """Whether something has not said yet how it is."""
        devices = (self.reader, self.face_camera, self.printer)
        return any(device.state is DeviceState.STARTING for device in devices)

    def lacks(self) -> dict[Lack, str]:
        """Return what is out, with the failure code that says why."""
        devices: Mapping[Lack, tuple[DeviceReport, Failure]] = {
            Lack.READER: (self.reader, Failure.READER_MISSING),
            Lack.FACE_CAMERA: (self.face_camera, Failure.CAMERA_MISSING),
            Lack.DOCUMENT_CAMERA: (self.document_camera, Failure.CAMERA_MISSING),
            Lack.PRINTER: (self.printer, Failure.PRINTER_MISSING),
        }
        found = {
            lack: report.code or str(otherwise)
            for lack, (report, otherwise) in devices.items()
            if report.state is not DeviceState.READY
        }
        if not self.vision_ready:
            found.setdefault(Lack.FACE_CAMERA, str(Failure.VISION_CRASHED))
        if not self.outbox_has_room:
            found[Lack.OUTBOX_ROOM] = str(Failure.OUTBOX_FULL)
        if not self.clock_trusted:
            found[Lack.TRUSTED_CLOCK] = str(Failure.CLOCK_UNTRUSTED)
        if self.power_low:
            found[Lack.POWER] = str(Failure.POWER_LOW)
        if not self.in_service:
            found[Lack.SERVICE] = str(Failure.STAFF_OUT_OF_SERVICE)
        return found


def within_hours(now: datetime, opens: time, closes: time) -> bool:
    """Say whether the local time of `now` lies in the opening hours."""
    return is_open(now.time(), opens, closes)
