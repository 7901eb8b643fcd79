"""Boots a Debian root folder: systemd as process 1 in namespaces of its own.

No engine, no nspawn, no virtual machine. What is written in it lies in memory and is gone with it.
Needs root and a cgroup2 hierarchy that may be written to.
"""

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_END = "==== the script has ended"
_MASKED = (
    "systemd-sysctl", "systemd-udevd", "systemd-udev-trigger", "e2scrub_reap", "console-getty",
    "getty@tty1", "systemd-timesyncd", "systemd-networkd", "systemd-resolved", "nftables",
    "seatd", "systemd-logind", "kiosk-provisioning", "usbguard",
    "systemd-repart", "rauc", "kiosk-recovery", "kiosk-slot-good", "kiosk-glass",
)  # fmt: skip
"""What needs hardware, or what is the host's."""
_CONSOLE = """[Unit]
After=multi-user.target dbus.service
[Service]
Type=oneshot
ExecStart=/bin/bash /script
StandardOutput=tty
StandardError=tty
TTYPath=/dev/console
[Install]
WantedBy=default.target
"""
_BOOT = """
set -e
work={work}
mount -t tmpfs tmpfs $work
mkdir -p $work/up $work/wk $work/root
mount -t overlay overlay -o lowerdir={layers},upperdir=$work/up,workdir=$work/wk $work/root
root=$work/root
mount -t proc proc $root/proc
mount --bind $root/proc/sys $root/proc/sys
mount -o remount,bind,ro $root/proc/sys
mount -t sysfs -o ro sysfs $root/sys
mount -t cgroup2 cgroup2 $root/sys/fs/cgroup
for name in run dev tmp; do mount -t tmpfs -o mode=755 tmpfs $root/$name; done
chmod 1777 $root/tmp
for name in null zero full random urandom tty; do
    touch $root/dev/$name
    mount --bind /dev/$name $root/dev/$name
done
mkdir -p $root/dev/pts $root/dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts $root/dev/pts
ln -s pts/ptmx $root/dev/ptmx
mount -t tmpfs tmpfs $root/dev/shm
touch $root/dev/console
mount --bind {console} $root/dev/console
cp {script} $root/script
cp -r {given} $root/given
units=$root/etc/systemd/system
mkdir -p $units/multi-user.target.wants
for unit in {masked}; do ln -sf /dev/null $units/$unit.service; done
cp {unit} $units/script.service
ln -sf ../script.service $units/multi-user.target.wants/script.service
rm -f $root/etc/fstab $root/etc/crypttab
: > $root/etc/machine-id
hostname terminal
ip link set lo up
mkdir -p $root/host
cd $root
pivot_root . host
umount -l /host
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd \\
  --log-target=console --log-level=warning --show-status=0
"""


def why_not() -> str:
    """Return what is missing for a boot here, or an empty text."""
    if os.geteuid() != 0:
        return "booting a container needs root"
    if not shutil.which("unshare"):
        return "no unshare here"
    if _cgroup() is None:
        return "no cgroup2 hierarchy that may be written to"
    return ""


def _cgroup() -> Path | None:
    for place in ("/sys/fs/cgroup/unified", "/sys/fs/cgroup"):
        if (Path(place) / "cgroup.procs").exists() and os.access(place, os.W_OK):
            return Path(place)
    return None


@contextlib.contextmanager
def _group() -> Iterator[Path]:
    parent = _cgroup()
    assert parent is not None
    mine = parent / f"kiosk-boot-{os.getpid()}"
    mine.mkdir()
    try:
        yield mine
    finally:
        # The last process of a group takes a moment to be gone.
        while _occupied(mine):
            select.select([], [], [], 0.05)
        for folder, _, _ in os.walk(mine, topdown=False):
            Path(folder).rmdir()


def _occupied(group: Path) -> bool:
    return "populated 1" in (group / "cgroup.events").read_text()


def boot(layers: Sequence[Path], folder: Path, script: str, *, given: Path, within_s: float) -> str:
    """Boot a root, run the bash script `script` in it; return what was written to the console.

    Args:
        layers: a Debian; of several folders the first lies on top.
        folder: an empty one to work in.
        script: for bash, as root.
        given: a folder that lies at ``/given`` there.
        within_s: how long it may take.

    Raises:
        TimeoutError: it had not ended in time; the text says how far it came.
    """
    (folder / "script").write_text(f"{script}\necho '{_END}'\n")
    (folder / "unit").write_text(_CONSOLE)
    (folder / "work").mkdir()
    ours, theirs = pty.openpty()
    shell = _BOOT.format(
        layers=":".join(str(layer) for layer in layers),
        given=given,
        work=folder / "work",
        console=os.ttyname(theirs),
        script=folder / "script",
        unit=folder / "unit",
        masked=" ".join(_MASKED),
    )
    with _group() as group:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL",
             "unshare", "-m", "-p", "-u", "-i", "-n", "-C", "--fork", "--kill-child",
             "--propagation", "private", "bash", "-c",
             f"echo $$ > {group}/cgroup.procs; exec bash -c '{_quoted(shell)}'"],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        try:
            return _listen(ours, process, within_s)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
            os.close(ours)
            os.close(theirs)


def _quoted(shell: str) -> str:
    return shell.replace("'", "'\\''")


def _listen(console: int, process: "subprocess.Popen[bytes]", within_s: float) -> str:
    deadline, heard = time.monotonic() + within_s, b""
    while time.monotonic() < deadline and process.poll() is None:
        if not select.select([console], [], [], 0.2)[0]:
            continue
        try:
            heard += os.read(console, 65536)
        except OSError:
            break
        if _END.encode() in heard:
            return _plain(heard).partition(_END)[0]
    raise TimeoutError(_plain(heard)[-4000:])


def _plain(heard: bytes) -> str:
    text = heard.decode("utf-8", "replace").replace("\r", "")
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)
