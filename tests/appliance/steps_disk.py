"""What is done to the disk: kernels and blocks that are refused, an update, and the way back."""

import contextlib
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from tests.appliance.machine import Machine
from tests.appliance.parts import Parts, copied
from tests.appliance.walk import KERNEL_A, ROOT_A, ROOT_B, Walk, alter, write

_BUNDLE = "/var/lib/kiosk-versions/update.raucb"
_OFFERED = "/dev/disk/by-id/virtio-bundle"
_SLOTS = "/usr/lib/kiosk/slots"


def _fresh(walk: Walk, name: str) -> Parts:
    """Return a machine of its own that begins where the one that was kept stands."""
    walk.pull_mains()
    walk.take_starting_pace()
    return copied(walk.as_kept, walk.out / name)


def _refused(walk: Walk, name: str, kernel: Path) -> str:
    """Boot `kernel`; the firmware must not start it."""
    parts = _fresh(walk, name)
    write(parts.disk, kernel, KERNEL_A)
    machine = walk.switch_on(name, parts)
    walk.see(f"10-{name}", "BdsDxe", within_s=120)
    shown = " ".join(line.text for line in walk.see(f"10-{name}", "failed to", within_s=120))
    assert "BdsDxe: starting" not in machine.console
    walk.pull_mains()
    why = "Access Denied" if "Access Denied" in shown else shown
    return f"refused after {machine.age_s:.0f} s: {why[:200]}"


def unsigned(walk: Walk) -> str:
    """A kernel without a signature does not start."""
    return _refused(walk, "unsigned", _unsigned_kernel(walk))


def _unsigned_kernel(walk: Walk) -> Path:
    """Return a kernel partition, or a stick, with our kernel in it that nobody signed."""
    bare = walk.out / "unsigned.efi"
    shutil.copy(walk.image / "bench.efi", bare)
    subprocess.run(["sbattach", "--remove", str(bare)], check=True, capture_output=True)
    return _partition(walk, bare)


def altered_kernel(walk: Walk) -> str:
    """A signed kernel in which one word of the command line is another does not start."""
    changed = walk.out / "altered.efi"
    content = (walk.image / "bench.efi").read_bytes()
    assert content.count(b"panic-on-corruption") == 1
    changed.write_bytes(content.replace(b"panic-on-corruption", b"ignore-corruption  "))
    return _refused(walk, "altered", _partition(walk, changed))


def _partition(walk: Walk, kernel: Path) -> Path:
    """Return a kernel partition with that program in it."""
    made = walk.out / f"{kernel.stem}.img"
    shutil.copy(walk.image / "bench.img", made)
    command = ["mcopy", "-o", "-i", str(made), str(kernel), "::/EFI/BOOT/BOOTX64.EFI"]
    subprocess.run(command, check=True, capture_output=True)
    return made


def started_from_stick(walk: Walk) -> str:
    """Somebody's system on a stick that the firmware tries first: refused, and ours starts."""
    parts = _fresh(walk, "stick")
    stick = _unsigned_kernel(walk)
    words = (
        *("-drive", f"file={stick},if=none,id=stick,format=raw,readonly=on"),
        *("-device", "usb-storage,bus=usb.0,drive=stick,bootindex=0"),
    )
    machine = walk.switch_on("stick", replace(parts, extra=words))
    machine.wait_for("Access Denied", within_s=120)
    refused_s = machine.age_s
    machine.tried("true", within_s=300)
    root = machine.run("findmnt -no SOURCE,OPTIONS /")
    assert "/dev/mapper/root ro" in root, root
    walk.pull_mains()
    return f"refused after {refused_s:.0f} s, ours started after {machine.age_s:.0f} s"


def altered_block(walk: Walk) -> str:
    """One block of the root that is not as it was: the kernel stops at it."""
    parts = _fresh(walk, "block")
    alter(parts.disk, ROOT_A)
    machine = walk.switch_on("block", parts)
    machine.wait_for("corrupted", within_s=240)
    walk.pull_mains()
    return f"stopped after {machine.age_s:.0f} s"


def other_machine(walk: Walk) -> str:
    """The disk in another machine, with another TPM: nothing opens, and the glass says so."""
    parts = _fresh(walk, "stolen")
    machine = walk.switch_on("stolen", replace(parts, tpm=walk.out / "stolen" / "other-tpm"))
    walk.see("11-stolen", "OUT OF SERVICE", within_s=500)
    walk.pull_mains()
    return f"shut after {machine.age_s:.0f} s"


def recovery(walk: Walk) -> str:
    """Operations open the same disk with the key that lies sealed in its own header."""
    walk.pull_mains()
    raw, part = walk.out / "carried.raw", walk.out / "data.img"
    convert = ["qemu-img", "convert", "-O", "raw", str(walk.as_kept.disk), str(raw)]
    subprocess.run(convert, check=True)
    said = subprocess.run(
        ["sfdisk", "--dump", str(raw)], check=True, capture_output=True, text=True
    )
    (line,) = [one for one in said.stdout.splitlines() if 'name="data"' in one]
    at = int(line.partition("start=")[2].partition(",")[0])
    cut = ["dd", f"if={raw}", f"of={part}", "bs=1M", f"skip={at // 2048}", "conv=sparse"]
    subprocess.run(cut, check=True, capture_output=True)
    raw.unlink()
    keys = walk.image / "keys"
    command = ["sh", "packaging/image/open_storage.sh", str(part), str(keys / "recovery.key")]
    opened = subprocess.run([*command, "--test"], check=False, capture_output=True, text=True)
    part.unlink()
    assert opened.returncode == 0, opened.stderr
    return "opened by operations' key"


def update(walk: Walk) -> str:
    """A bundle is installed into the other slot and starts once; it is good, and stays."""
    with contextlib.ExitStack() as broken:
        broken.callback(walk.pull_mains)
        machine = _with_bundle(walk, "update")
        began = time.monotonic()
        machine.run(f"rauc install {_BUNDLE}", within_s=600)
        took_s = time.monotonic() - began
        machine.restart()
        machine.tried("true", within_s=400)
        assert _slot(machine) == "b"
        good = f"until [ $({_SLOTS} get-primary) = b ]; do sleep 1; done"
        machine.run(good, within_s=60)
        # One that holds is left on, with the bundle, for the way back.
        broken.pop_all()
    return f"installed in {took_s:.0f} s, running from b"


def rollback(walk: Walk) -> str:
    """A bundle whose root does not hold is installed: its kernel stops, and the old one is back."""
    machine = _with_bundle(walk, "rollback")
    ours = _slot(machine)
    machine.run(f"rauc install {_BUNDLE}", within_s=600)
    machine.run("sync")
    walk.pull_mains()
    alter(walk.parts.disk, ROOT_B if ours == "a" else ROOT_A)
    machine = walk.switch_on("rollback-start")
    machine.wait_for("corrupted", within_s=300)
    machine.tried("true", within_s=400)
    # Both slots hold the same now: the old kernel finds its own root at once.
    assert machine.console.count("is corrupted") == 1
    assert _slot(machine) == ours
    walk.pull_mains()
    return f"back after {machine.age_s:.0f} s"


def _with_bundle(walk: Walk, name: str) -> Machine:
    """Return our machine with a bundle on its disk; one that is on and is offered one goes on."""
    machine = walk.machine
    if machine is None or machine.tried(f"test -e {_OFFERED}")[0]:
        machine = walk.start_anew(name)
    if walk.slot is not None:
        walk.unplug_all()
    machine.run("systemctl is-system-running --wait || true", within_s=400)
    size = walk.bundle.stat().st_size
    copy = f"test -e {_BUNDLE} || head -c {size} {_OFFERED} > {_BUNDLE}"
    machine.run(copy, within_s=300)
    return machine


def _slot(machine: Machine) -> str:
    return machine.run(f"{_SLOTS} get-current").strip()
