"""Trees as the kernel shows devices, and /dev beside them."""

from pathlib import Path

USB = "devices/pci0000:00/0000:00:14.0/usb1/1-2"
READER = "devices/pci0000:00/0000:00:14.0/usb1/1-3"
PORT = "devices/pci0000:00/0000:00:14.0/usb1/1-4"


class Machine:
    """One tree."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cameras = root / "class" / "video4linux"
        self.cameras.mkdir(parents=True)
        (root / "dev").mkdir()

    def plug(
        self, node: str, *, serial: str | None = "A1B2", port: str = USB, name: bytes = b"Cam\n"
    ) -> str:
        """Plug a USB camera in and return its device file."""
        usb = self.root / port
        interface = usb / f"{usb.name}:1.0"
        lies = interface / "video4linux" / node
        lies.mkdir(parents=True)
        (usb / "idVendor").write_text("046d\n")
        (usb / "idProduct").write_text("085e\n")
        if serial is not None:
            (usb / "serial").write_text(f"{serial}\n")
        driver = self.root / "bus/usb/drivers/uvcvideo"
        driver.mkdir(parents=True, exist_ok=True)
        (interface / "driver").symlink_to(driver)
        (lies / "device").symlink_to(interface)
        return self._appear(node, lies, name)

    def pose(self, node: str, *, driver: str = "", name: bytes = b"Cam\n") -> str:
        """Let a program pose as a camera, under `devices/virtual` or by a drawing driver."""
        where = f"devices/platform/{driver}.0" if driver else "devices/virtual"
        lies = self.root / where / "video4linux" / node
        lies.mkdir(parents=True)
        if driver:
            (self.root / "bus" / driver).mkdir(parents=True)
            (self.root / where / "driver").symlink_to(self.root / "bus" / driver)
            (lies / "device").symlink_to(self.root / where)
        return self._appear(node, lies, name)

    def wire(self, node: str) -> str:
        """Connect a camera to the board itself, not over USB."""
        lies = self.root / "devices/platform/soc/fe801000.csi/video4linux" / node
        lies.mkdir(parents=True)
        (lies / "device").symlink_to(lies.parent.parent)
        return self._appear(node, lies, b"unicam\n")

    def plug_reader(self, *, serial: str = "RR1", port: str = READER, class_: str = "0b") -> Path:
        """Plug a USB card reader in and return its folder."""
        folder = self._usb(port, "072f", "223b", serial, "ACR1252 Dual Reader")
        interface = folder / f"{folder.name}:1.0"
        interface.mkdir(exist_ok=True)
        (interface / "bInterfaceClass").write_text(f"{class_}\n")
        bus = self.root / "bus/usb/devices"
        bus.mkdir(parents=True, exist_ok=True)
        for node in (folder, interface):
            (bus / node.name).symlink_to(node)
        return folder

    def plug_port(self, node: str, *, serial: str = "A10K", port: str = PORT) -> str:
        """Plug a USB serial port in and return its device file."""
        folder = self._usb(port, "0403", "6001", serial, "FT232R USB UART")
        lies = folder / f"{folder.name}:1.0" / node / "tty" / node
        lies.mkdir(parents=True)
        ports = self.root / "class" / "tty"
        ports.mkdir(parents=True, exist_ok=True)
        (ports / node).symlink_to(lies)
        device = self.root / "dev" / node
        device.touch()
        return str(device)

    def _usb(self, port: str, vendor: str, product: str, serial: str, name: str) -> Path:
        folder = self.root / port
        folder.mkdir(parents=True, exist_ok=True)
        for file, said in (
            ("idVendor", vendor),
            ("idProduct", product),
            ("serial", serial),
            ("product", name),
        ):
            (folder / file).write_text(f"{said}\n")
        return folder

    def by_id(self, device: str) -> str:
        """Return a stable name for a device file, as udev makes it."""
        link = self.root / "dev" / "usb-Cam-index0"
        link.symlink_to(device)
        return str(link)

    def _appear(self, node: str, lies: Path, name: bytes) -> str:
        (lies / "name").write_bytes(name)
        (self.cameras / node).symlink_to(lies)
        device = self.root / "dev" / node
        device.touch()
        return str(device)
