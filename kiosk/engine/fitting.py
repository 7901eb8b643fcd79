"""Leave in the state folder which devices stand in the terminal's places, for sync to tell.

Sync touches no device and sees none; the engine sees them and has no network. What is left is
what the devices say of themselves to the kernel: nothing is opened, and nothing of a visit is
known here.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from drivers import usb
from kiosk.config.settings import Devices
from kiosk.engine.staff_memory import replace_file
from wire.devices import FILE, Fitted, Place, Report, fitted

_FOR_SYNC: Final = 0o640


class Fitting:
    """Looks from the engine's thread; a look takes some milliseconds."""

    def __init__(self, devices: Devices, state: Path, *, sys: Path = Path("/sys")) -> None:
        """Look for `devices` in the kernel's tree at `sys`; leave what is found in `state`."""
        self._devices = devices
        self._file = state / FILE
        self._sys = sys
        self._left: Report | None = None

    def look(self) -> None:
        """Look, and leave what is there if it is not what was left last."""
        report = Report(tuple(self._found()))
        if report == self._left:
            return
        # A full disk costs nothing but this: it is tried again at the next look.
        with contextlib.suppress(OSError):
            replace_file(self._file, msgspec.json.encode(report), mode=_FOR_SYNC)
            self._left = report

    def _found(self) -> Iterator[Fitted]:
        devices = self._devices
        yield from _told(Place.READER, self._reader())
        for place, source in (
            (Place.FACE_CAMERA, devices.face_camera),
            (Place.DOCUMENT_CAMERA, devices.document_camera),
        ):
            yield from _told(place, self._at("video4linux", source))
        for place, port in (
            (Place.PRINTER, str(devices.printer)),
            (Place.LIGHTS, devices.lights),
        ):
            yield from _told(place, self._at("tty", port) if port else None)

    def _reader(self) -> tuple[str, str] | None:
        """Return what the one reader that is meant says; None if several could be."""
        there = list(usb.with_interface(usb.SMART_CARD, self._sys / "bus/usb/devices"))
        named = self._devices.reader
        meant = [one for one in there if one.name and one.name in named] if named else there
        return (meant[0].model, meant[0].serial) if len(meant) == 1 else None

    def _at(self, kind: str, device: str) -> tuple[str, str] | None:
        """Return model and serial number of what stands behind a device file."""
        node = self._sys / "class" / kind / Path(device).resolve().name
        if not node.is_dir():
            return None
        found = usb.behind(node)
        # On the board itself: a name of the kernel's, and no number.
        return (found.model, found.serial) if found else (usb.said(node / "name"), "")


def _told(place: Place, found: tuple[str, str] | None) -> Iterator[Fitted]:
    one = fitted(place, *found) if found else None
    if one:
        yield one
