"""Which camera stands behind a device file, after what the kernel says of it.

A terminal's cameras are screwed in: vendor, product, serial number and socket stay. This
finds out a camera that was swapped, and refuses a program that poses as one; a board made
to lie about its numbers is not found out.

Source: Linux, Documentation/ABI/stable/sysfs-bus-usb; drivers/media/v4l2-core/v4l2-dev.c
(`name`), where a loopback device has no parent and so lies under ``devices/virtual``.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drivers import usb
from drivers.camera.camera import CameraMissing

CAMERAS: Final = Path("/sys/class/video4linux")
_DRAWN: Final = {"v4l2loopback", "vivid", "vimc"}
"""Drivers whose pictures come from a program or a formula."""
_UNSAID: Final = "-"


@dataclass(frozen=True, slots=True)
class Device:
    """What the kernel says of a camera."""

    identity: str
    """The same for as long as it is the same device in the same socket."""
    virtual: bool
    """A program poses as a camera."""


def of(path: str, cameras: Path = CAMERAS) -> Device:
    """Return what stands behind a device file, ``/dev/v4l/by-id`` and ``by-path`` included.

    Raises:
        CameraMissing: nothing.
    """
    node = cameras / Path(path).resolve().name
    if not node.is_dir():
        raise CameraMissing("no such camera")
    lies = node.resolve()
    name = usb.said(node / "name") or _UNSAID
    driver = (node / "device" / "driver").resolve().name
    virtual = "virtual" in lies.parts or driver in _DRAWN
    device = usb.behind(lies)
    if device is not None:
        numbers = ":".join(
            word or _UNSAID for word in (device.vendor, device.product, device.serial)
        )
        return Device(f"usb {device.port} {numbers} {name}", virtual)
    return Device(f"{lies.parent.parent.name} {name}", virtual)
