"""A USB touchscreen in Python: one finger on the glass, as Linux' own hid-multitouch hears it.

A mouse would not do: USB rules refuse it, and compositors take another way for a touch.
Source: HID 1.11, section 6 and 7; HID usage tables, digitizer page (0x0D).
"""

import struct
import time
from pathlib import Path
from typing import Final

from tests.appliance.usb import Device, Setup, Stalled, configuration, device_descriptor

_LARGEST: Final = 32_767
_HELD_S: Final = 0.1
"""In the machine's time."""
_ENDPOINT: Final = 0x81
_FINGER = (
    "0922 A102 0942 1500 2501 7501 9501 8102 7507 9501 8103 "
    "0951 257F 7508 9501 8102 0501 26FF7F 7510 5500 6500 0930 9501 8102 0931 8102 C0"
)
_REPORT: Final = bytes.fromhex(
    f"050D 0904 A101 8501 {_FINGER} 050D 0954 257F 7508 9501 8102 0955 8502 2501 7508 9501 B102 C0"
)
_GET_REPORT, _SET_REPORT, _SET_IDLE, _GET_DESCRIPTOR = 0x01, 0x09, 0x0A, 0x06
_DESCRIPTION, _FEATURE = 0x22, 0x03


class Glass:
    """What the device is; `usb.Device` plugs it in."""

    def __init__(self) -> None:
        """Make it."""
        self.device = device_descriptor((0, 0, 0), 0x1D6B, 0x0103)
        hid = struct.pack("<BBHBBBH", 9, 0x21, 0x0111, 0, 1, _DESCRIPTION, len(_REPORT))
        interface = bytes((9, 4, 0, 0, 1, 3, 0, 0, 0))
        endpoint = bytes((7, 5, _ENDPOINT, 3)) + struct.pack("<HB", 64, 4)
        self.configuration = configuration(1, interface, hid, endpoint)
        self.strings: tuple[str, ...] = ("Bench", "Touchscreen", "T1")

    def control(self, setup: Setup) -> bytes:
        """Say what the reports mean, and that there is one finger at a time."""
        if setup.request == _GET_DESCRIPTOR and setup.value >> 8 == _DESCRIPTION:
            return _REPORT
        if setup.request == _GET_REPORT and setup.value >> 8 == _FEATURE:
            return bytes((2, 1))
        if setup.request in {_SET_IDLE, _SET_REPORT}:
            return b""
        raise Stalled

    def bulk_in(self, length: int) -> bytes:
        """Return nothing: there is no such endpoint."""
        return b""[:length]


class Touchscreen:
    """A finger on a machine's glass."""

    def __init__(self, path: Path, *, slower: int = 1) -> None:
        """Plug the glass in where QEMU listens; a second in the machine lasts `slower` of ours."""
        self._held_s = _HELD_S * slower
        self._device = Device(path, Glass())

    def touch(self, x: float, y: float) -> None:
        """Press and let go, at a share of width and height."""
        for down in (True, True, False):
            self._device.interrupt(_ENDPOINT, report(x, y, down=down))
            time.sleep(self._held_s / 2)


def report(x: float, y: float, *, down: bool) -> bytes:
    """Return what the glass says of a finger."""
    place = (round(x * _LARGEST), round(y * _LARGEST))
    return struct.pack("<BBBHHB", 1, down, 0, *place, 1)
