"""What the steps of the appliance test share: the machine, what stands around it, and patience.

A terminal that invites citizens can be kept whole, with its memory, and gone on with another day.
"""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import cv2

from tests.appliance import eyes
from tests.appliance.accelerator import STARTS_SLOWER, TCG, Accelerator
from tests.appliance.card import CardSlot
from tests.appliance.machine import Machine, NotSeen
from tests.appliance.parts import Parts, new_disk
from tests.appliance.stand import Stand
from tests.appliance.touchscreen import Touchscreen

_LOOK_S: Final = 0.15
_HEARD_S: Final = 0.8
_AIM_S: Final = 0.5
"""In the machine's time; a page takes no touch in its first 0.4 s (ui/shown.py)."""
_MIB: Final = 1 << 20
_FILLED: Final = 64 * _MIB
KERNEL_A, ROOT_A, KERNEL_B, ROOT_B = _MIB, 193 * _MIB, 1793 * _MIB, 1985 * _MIB
"""Where the partitions of the slots begin (packaging/image/disk.sh)."""
_TAG: Final = "invites"
_SAYS: Final = "journalctl --namespace=kiosk --no-pager -n 200"
_DEVICES: Final = ("reader.changed", "printer.changed", "camera=face", "camera=document")
_DEVICE: Final = "^[0-9]*-[1-9]"
"""As the kernel names a USB device that is no root hub."""
_OWN: Final = ("disk.qcow2", "variables.qcow2", "tpm")


@dataclass
class Walk:
    """What the steps share."""

    image: Path
    out: Path
    stand: Stand
    by: Accelerator = TCG
    parts: Parts = field(init=False)
    machine: Machine | None = None
    slot: CardSlot | None = None
    glass: Touchscreen = field(init=False)
    _asked: Accelerator = field(init=False)
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __post_init__(self) -> None:
        """Make the machine's own files, as they come from the factory."""
        folder = self.out / "machine"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        disk, variables, tpm = (folder / name for name in _OWN)
        command = ["qemu-img", "convert", "-f", "raw", "-O", "qcow2"]
        subprocess.run([*command, self.image / "variables.fd", variables], check=True)
        new_disk(self.image / "terminal.raw", disk)
        code = self.image / "firmware.fd"
        self.parts = Parts(disk, code, variables, tpm, self.by, self.stand.pace)
        self._asked = self.by

    def keep(self, kept: Path) -> None:
        """Keep the machine that invites, with what its servers know; devices are unplugged."""
        self.unplug_all()
        # A bus that is kept before its driver has heard of that stands still when it goes on.
        self.on.run(f"while ls /sys/bus/usb/devices | grep -q '{_DEVICE}'; do sleep 0.2; done")
        self.see("00-without", "Out of service", within_s=120)
        self.on.keep(_TAG)
        self.pull_mains()
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        _carry(self.parts.disk.parent, kept)
        self.stand.keep(kept / "stand")
        shutil.copy(self.image / "root.hash", kept)

    def take(self, kept: Path) -> None:
        """Make our machine the one that was kept, and leave it switched off.

        Raises:
            NotSeen: none was kept of this image.
        """
        hash_ = kept / "root.hash"
        if not hash_.exists() or hash_.read_bytes() != (self.image / "root.hash").read_bytes():
            raise NotSeen("no machine of this image was kept: do the first steps once")
        self.pull_mains()
        _carry(kept, self.parts.disk.parent)

    def go_on(self, kept: Path) -> None:
        """Let a machine that was kept go on where it was.

        Raises:
            NotSeen: none was kept of this image.
        """
        self.take(kept)
        self.switch_on("kept", replace(self.parts, extra=("-loadvm", _TAG)))
        self.plug_all()
        # It was kept without a reader, and says so until it has heard of this one.
        self.see("00-without", "Out of service", within_s=60)
        self.see("00-kept", "Touch to begin", within_s=120)
        self.hear_devices()

    def go_back(self, kept: Path) -> None:
        """Let machine and servers be as they were kept: nobody has registered yet.

        Raises:
            NotSeen: none was kept of this image.
        """
        self._take_pace(self._asked.slower)
        self.stand.go_back(kept / "stand", self.by.slower)
        self.go_on(kept)

    def start_anew(self, name: str) -> Machine:
        """Switch our machine on after the mains were pulled, with a bundle in reach."""
        self.pull_mains()
        self.take_starting_pace()
        bundle = (
            *("-drive", f"file={self.bundle},if=none,id=bundle,format=raw,readonly=on"),
            *("-device", "virtio-blk-pci,drive=bundle,serial=bundle"),
        )
        machine = self.switch_on(name, replace(self.parts, extra=bundle))
        self.plug_all()
        return machine

    @property
    def bundle(self) -> Path:
        """An update for the bench."""
        return self.image / "bench.raucb"

    @property
    def as_kept(self) -> Parts:
        """The machine that was kept, not to be written to."""
        disk, variables, tpm = (self.out / "kept" / name for name in _OWN)
        return replace(self.parts, disk=disk, variables=variables, tpm=tpm)

    def take_starting_pace(self) -> None:
        """Let time go as fast as a machine that starts can bear; none is switched on."""
        slower = min(self.by.slower, STARTS_SLOWER)
        if slower != self.by.slower:
            self._take_pace(slower)
            self.stand.go(slower)

    def _take_pace(self, slower: int) -> None:
        self.by = replace(self.by, slower=slower)
        self.parts = replace(self.parts, by=self.by)

    @property
    def on(self) -> Machine:
        """The machine that is switched on."""
        assert self.machine is not None
        return self.machine

    def switch_on(self, name: str, parts: Parts | None = None) -> Machine:
        """Switch a machine on; the one before is switched off by the mains."""
        self.pull_mains()
        folder = self.out / "run"
        self.machine = self.stack.enter_context(Machine(parts or self.parts, folder, name))
        return self.machine

    def pull_mains(self) -> None:
        """Pull the mains."""
        self.stack.close()
        self.stack = contextlib.ExitStack()
        self.machine = self.slot = None

    def journal(self) -> str:
        """Return what the terminal said last, if a shell still hears."""
        if self.machine is None:
            return ""
        with contextlib.suppress(NotSeen, OSError):
            return self.machine.tried("journalctl --namespace=* --no-pager -n 300", within_s=20)[1]
        return ""

    def hear_devices(self) -> None:
        """Wait until the terminal has every device.

        Raises:
            NotSeen: one is missing.
        """
        for device in _DEVICES:
            self.hear(device, "ready")

    def hear(self, device: str, state: str) -> None:
        """Wait until that is the last state of a device in the terminal's journal.

        Raises:
            NotSeen: it is another.
        """
        last = f"{_SAYS} | grep -F '{device} ' | tail -n 1"
        self.on.run(f"until {last} | grep -qF 'state={state}'; do sleep 0.2; done")

    def wait(self, seconds: float) -> float:
        """Return how long to wait here for what takes `seconds` on a quiet machine."""
        return seconds * self.by.patience

    def picture(self, name: str) -> Path:
        """Keep a picture of the panel."""
        return self.on.picture(self.out / f"{name}.png")

    def see(self, name: str, *words: str, within_s: float) -> list[eyes.Line]:
        """Wait until the panel shows all `words`; keep a picture of it as `name`.

        Raises:
            NotSeen: it shows something else.
        """
        deadline = time.monotonic() + self.wait(within_s)
        lines: list[eyes.Line] = []
        before: bytes | None = None
        while True:
            path = self.picture(name)
            content = path.read_bytes()
            # Reading takes longer than looking: only what changed is read.
            if content != before:
                before, lines = content, eyes.read(path)
                if all(eyes.find(lines, each) for each in words):
                    return lines
            if time.monotonic() > deadline:
                shown = " | ".join(line.text for line in lines)
                raise NotSeen(f"never on the panel: {' / '.join(words)}; there was: {shown[:800]}")
            time.sleep(self.wait(_LOOK_S))

    def shows(self, name: str, words: str) -> bool:
        """Whether the panel shows `words` right now; keep a picture of it as `name`."""
        return eyes.find(eyes.read(self.picture(name)), words) is not None

    def press(self, name: str, words: str, *, then: tuple[str, ...], within_s: float = 60) -> None:
        """Press what says `words`, and wait until the panel says `then`.

        Raises:
            NotSeen: there is none, or it does nothing.
        """
        deadline = time.monotonic() + self.wait(within_s)
        found = eyes.find(self.see(f"{name}-before", words, within_s=within_s), words)
        assert found is not None
        while True:
            time.sleep(_AIM_S * self.by.slower)
            if self.shows(name, words):
                self.glass.touch(found.x, found.y)
            try:
                self.see(name, *then, within_s=_HEARD_S)
            except NotSeen:
                if time.monotonic() > deadline:
                    raise
            else:
                return

    def until(self, holds: Callable[[], Any], what: str, *, within_s: float) -> Any:
        """Wait until `holds` is true; return what it says.

        Raises:
            NotSeen: it does not become true.
        """
        deadline = time.monotonic() + self.wait(within_s)
        while not (said := holds()):
            if time.monotonic() > deadline:
                raise NotSeen(f"never: {what}")
            time.sleep(self.wait(_LOOK_S))
        return said

    def read_qr(self) -> str:
        """Return what the code on the panel says.

        Raises:
            NotSeen: there is none.
        """

        def read() -> str:
            picture = cv2.imread(str(self.picture("code")))
            return "" if picture is None else cv2.QRCodeDetector().detectAndDecode(picture)[0]

        return str(self.until(read, "a code on the panel", within_s=30))

    @property
    def in_slot(self) -> CardSlot:
        """The slot of the reader that is plugged in."""
        assert self.slot is not None
        return self.slot

    def unplug_all(self) -> None:
        """Pull every device."""
        self.in_slot.close()
        self.stand.unplug_all(self.on)
        self.slot = None

    def plug_all(self) -> None:
        """Plug every device in, as field staff left them."""
        self.stand.walk_away()
        self.glass = self.stand.plug_glass(self.on)
        self.stand.plug_cameras(self.on)
        self.slot = self.stand.plug_reader(self.on)
        self.stand.plug_printer(self.on)


def write(disk: Path, kernel: Path, at: int) -> None:
    """Write a kernel partition to a place on a disk; behind its first part it is empty."""
    with kernel.open("rb") as file:
        file.seek(_FILLED)
        assert not any(file.read().lstrip(b"\0")), "a kernel that is larger than that"
    order = f"write -q -s {kernel} {at} {_FILLED}"
    subprocess.run(["qemu-io", "-c", order, str(disk)], check=True, capture_output=True)


def alter(disk: Path, at: int) -> None:
    """Alter a sector on a disk."""
    order = f"write -q -P 0x5a {at} 512"
    subprocess.run(["qemu-io", "-c", order, str(disk)], check=True, capture_output=True)


def _carry(source: Path, to: Path) -> None:
    """Put what is the machine's own into another folder, in the place of what is there."""
    for name in _OWN:
        if (source / name).is_dir():
            shutil.rmtree(to / name, ignore_errors=True)
            shutil.copytree(source / name, to / name)
        else:
            shutil.copy(source / name, to / name)
