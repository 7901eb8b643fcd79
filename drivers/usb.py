"""Which USB device stands behind a node, and what it says of itself.

Only read, and never believed for more than what it is: a board made to lie about its numbers
is not found out.

Source: Linux, Documentation/ABI/stable/sysfs-bus-usb (idVendor, idProduct, serial, product);
Documentation/ABI/testing/sysfs-bus-usb (bInterfaceClass).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEVICES: Final = Path("/sys/bus/usb/devices")
SMART_CARD: Final = 0x0B
"""Class of an interface: a card reader (CCID)."""
_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """What a device says of itself; empty where it says nothing."""

    port: str
    """Where it is plugged in, as the kernel numbers it."""
    vendor: str
    product: str
    serial: str
    name: str

    @property
    def model(self) -> str:
        """Return its numbers and the name it goes by."""
        return f"{self.vendor}:{self.product} {self.name}".strip()


def behind(node: Path) -> UsbDevice | None:
    """Return the device that a node of sysfs belongs to; None if it hangs on no USB."""
    folder = node.resolve()
    while folder.name not in {"devices", ""}:
        if (folder / "idVendor").is_file():
            return _device(folder)
        folder = folder.parent
    return None


def with_interface(class_: int, devices: Path = DEVICES) -> Iterator[UsbDevice]:
    """Yield the devices that have an interface of a class, in the order of their ports."""
    found: dict[Path, None] = {}
    for interface in sorted(devices.glob("*:*")):
        if said(interface / "bInterfaceClass").lower() == f"{class_:02x}":
            found.setdefault(interface.resolve().parent)
    for folder in found:
        yield _device(folder)


def said(path: Path) -> str:
    """Return a word of a device's own as a plain one; empty if it says none."""
    try:
        raw = path.read_bytes()[:_LONGEST]
    except OSError:
        return ""
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "?" for byte in raw.strip())


def _device(folder: Path) -> UsbDevice:
    return UsbDevice(
        port=folder.name,
        vendor=said(folder / "idVendor"),
        product=said(folder / "idProduct"),
        serial=said(folder / "serial"),
        name=said(folder / "product"),
    )
