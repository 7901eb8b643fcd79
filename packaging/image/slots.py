#!/usr/bin/python3 -I
"""Which of two systems the firmware starts: RAUC's boot loader backend, by EFI variables alone.

There is no boot loader: each slot's kernel image is a program that the firmware starts by
itself, and what it is to start lies in the firmware's variables, never in a file that a power cut
could leave half written.

- A slot that was just written is started once (BootNext). It stays only if the system in it says
  that it is good; a kernel that hangs or panics comes up as the old one, by no act of ours.
- A slot that is good comes first (BootOrder), the other one behind it.
- A slot that is bad is in neither.

``slots get-primary | get-current | get-state SLOT | set-primary SLOT | set-state SLOT good|bad``,
with SLOT ``a`` or ``b``: RAUC, "Custom Bootloader Backend".
"""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SLOTS = ("a", "b")
_FILE = r"\EFI\BOOT\BOOTX64.EFI"
_ENTRY = re.compile(r"^Boot([0-9A-F]{4})\*? terminal-([ab])\b")
_MOST_S = 60.0


@dataclass(frozen=True)
class Firmware:
    """What the firmware's variables say."""

    entries: dict[str, str] = field(default_factory=dict)
    """Number of each slot's entry."""
    order: tuple[str, ...] = ()
    next: str = ""

    def slot_of(self, number: str) -> str:
        """Return whose entry that is; empty if it is nobody's of ours."""
        return next((slot for slot, own in self.entries.items() if own == number), "")

    def primary(self) -> str:
        """Return the slot that the next start tries first; empty if that is not ours to know."""
        tried = ([self.next] if self.next else []) + list(self.order)
        return next((slot for number in tried if (slot := self.slot_of(number))), "")

    def state(self, slot: str) -> str:
        """Return ``good`` or ``bad``."""
        return "good" if self.entries.get(slot) in self.order else "bad"

    def order_with(self, slot: str) -> tuple[str, ...]:
        """Return the order in which `slot` comes first."""
        mine = self.entries[slot]
        return (mine, *(number for number in self.order if number != mine))

    def order_without(self, slot: str) -> tuple[str, ...]:
        """Return the order in which `slot` does not come."""
        return tuple(number for number in self.order if number != self.entries.get(slot))


def read(said: str) -> Firmware:
    """Return what efibootmgr said."""
    entries: dict[str, str] = {}
    for line in said.splitlines():
        if found := _ENTRY.match(line):
            entries.setdefault(found[2], found[1])
    order = re.search(r"^BootOrder: ([0-9A-F,]+)$", said, re.MULTILINE)
    following = re.search(r"^BootNext: ([0-9A-F]{4})$", said, re.MULTILINE)
    return Firmware(
        entries,
        tuple(order[1].split(",")) if order else (),
        following[1] if following else "",
    )


def changes(firmware: Firmware, slot: str, wanted: str) -> list[list[str]]:
    """Return what efibootmgr is to be told so that `slot` is ``primary``, ``good`` or ``bad``."""
    if wanted == "primary":
        return [["--bootnext", firmware.entries[slot]]]
    if wanted == "good":
        return [["--bootorder", ",".join(firmware.order_with(slot))]]
    told = []
    if firmware.next and firmware.slot_of(firmware.next) == slot:
        told.append(["--delete-bootnext"])
    left = firmware.order_without(slot)
    if left != firmware.order:
        told.append(["--bootorder", ",".join(left)] if left else ["--delete-bootorder"])
    return told


def efibootmgr(*words: str) -> str:
    """Run the program; return what it says.

    Raises:
        subprocess.CalledProcessError: the firmware does not do it.
    """
    command = ["efibootmgr", *words]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=_MOST_S, check=True)
    return ended.stdout


def place(slot: str, devices: Path = Path("/dev/disk/by-partlabel")) -> tuple[str, str]:
    """Return the disk of a slot's kernel, and the number of its partition there."""
    partition = (devices / f"kernel-{slot}").resolve().name
    node = (Path("/sys/class/block") / partition).resolve()
    return f"/dev/{node.parent.name}", (node / "partition").read_text().strip()


def running(mapped: Path = Path("/dev/mapper/root")) -> str:
    """Return the slot of the root that runs; empty if it runs from none."""
    device = Path("/sys/class/block") / mapped.resolve().name / "slaves"
    for partition in device.iterdir():
        for slot in SLOTS:
            if Path(f"/dev/disk/by-partlabel/root-{slot}").resolve().name == partition.name:
                return slot
    return ""


def known(tell: Callable[..., str] = efibootmgr) -> Firmware:
    """Return what the firmware says, once it knows both slots.

    An image that was written to a disk comes up by the firmware's own search; from then on
    each slot has an entry. One that was just made is in no order.
    """
    firmware = read(tell())
    for slot in SLOTS:
        if slot not in firmware.entries:
            disk, number = place(slot)
            what = ["--disk", disk, "--part", number, "--label", f"terminal-{slot}"]
            tell("--create-only", *what, "--loader", _FILE)
    return read(tell())


def main(words: Sequence[str]) -> int:
    """Do one act of a backend."""
    match words:
        case ["get-current"]:
            print(running())
        case ["get-primary"]:
            # Before anything was said to be good: the firmware's own search, which found us.
            print(known().primary() or running())
        case ["get-state", slot] if slot in SLOTS:
            print(known().state(slot))
        case ["set-primary", slot] if slot in SLOTS:
            _tell(changes(known(), slot, "primary"))
        case ["set-state", slot, ("good" | "bad") as state] if slot in SLOTS:
            _tell(changes(known(), slot, state))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def _tell(orders: Sequence[Sequence[str]]) -> None:
    for order in orders:
        efibootmgr(*order)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
