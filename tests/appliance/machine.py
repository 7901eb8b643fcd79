"""One machine in QEMU: firmware with secure boot, a TPM, a panel, USB.

What is done to it from outside is what hands can do: plug and unplug, pull the mains,
look. A shell exists only where the kernel was built for the bench
(`packaging/image/kernel.sh` with words of its own): it comes in as a credential, which a shipped
kernel does not take.
"""

import base64
import contextlib
import json
import select
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Final, Self

import cv2
from cv2.typing import MatLike

from tests.appliance.accelerator import MACHINE, SECURE, Accelerator
from tests.appliance.parts import Parts

_LOOK_S: Final = 0.2
_PIECE: Final = 3000
"""A line of a terminal takes 4095 bytes."""
_QUICKLY: Final = (cv2.IMWRITE_PNG_COMPRESSION, 1)
_END: Final = "==bench=="
_AWAKE: Final = "awake"
_ASK_AGAIN_S: Final = 5.0
_BENCH: Final = """[Unit]
Description=Shell of the bench
DefaultDependencies=no
ConditionPathExists=!/etc/initrd-release
[Service]
ExecStart=/bin/bash --norc --noprofile
Environment=PS1= PS2= TERM=dumb PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8
StandardInput=tty
StandardOutput=tty
StandardError=tty
TTYPath=/dev/hvc0
Restart=always
"""
_WANTED: Final = "[Unit]\nWants=bench.service\n"


class NotSeen(AssertionError):
    """What was waited for did not come; the text says what was there instead."""


class Machine:
    """A context manager: in the block it is switched on; at the end the mains are pulled."""

    def __init__(self, parts: Parts, folder: Path, name: str) -> None:
        """Prepare; `folder` is for sockets and logs, `name` is what the run is called there."""
        self._parts = parts
        self._folder = folder
        self._name = name
        self._stack = contextlib.ExitStack()
        self._qmp: socket.socket | None = None
        self._answers: Any = None
        self._ordering = threading.Lock()
        self._shell: socket.socket | None = None
        self._began = 0.0
        self._is_awake = False

    def __enter__(self) -> Self:
        """Switch it on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob("*.sock"):
            left.unlink()
        self._start_tpm()
        self._began = time.monotonic()
        with (self._folder / "qemu.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(), stdout=log, stderr=log, env=self._parts.pace.machine()
            )
        self._stack.callback(self._end)
        self._qmp = self._reached("qmp")
        self._answers = self._qmp.makefile("r")
        json.loads(self._answers.readline())
        self.order("qmp_capabilities")
        self._shell = self._reached("shell")
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def by(self) -> Accelerator:
        """How it is carried out."""
        return self._parts.by

    @property
    def folder(self) -> Path:
        """Where its sockets are."""
        return self._folder

    @property
    def age_s(self) -> float:
        """Return how long it has been on."""
        return time.monotonic() - self._began

    @property
    def console(self) -> str:
        """Return what the kernel has said on its serial line."""
        path = self._folder / f"{self._name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def order(self, what: str, **arguments: Any) -> Any:
        """Give QEMU an order; return its answer.

        Raises:
            NotSeen: it refuses.
        """
        assert self._qmp is not None
        message = {"execute": what} | ({"arguments": arguments} if arguments else {})
        # A citizen looks at the panel while a step waits for a word on it.
        with self._ordering:
            self._qmp.sendall(json.dumps(message).encode() + b"\n")
            while line := self._answers.readline():
                answer = json.loads(line)
                if "error" in answer:
                    raise NotSeen(f"{what}: {answer['error'].get('desc')}")
                if "return" in answer:
                    return answer["return"]
        raise NotSeen(f"{what}: QEMU has ended: {self._said()}")

    def look(self, name: str) -> MatLike:
        """Return what is on the panel; `name` tells apart who looks at once.

        Raises:
            NotSeen: QEMU gives no picture.
        """
        # The machine stands still while QEMU writes, and a PNG takes long.
        raw = self._folder / f"{name}.ppm"
        self.order("screendump", filename=str(raw))
        seen = cv2.imread(str(raw))
        raw.unlink()
        if seen is None:
            raise NotSeen("no picture of the panel")
        return seen

    def picture(self, path: Path) -> Path:
        """Keep what is on the panel as a PNG.

        Raises:
            NotSeen: QEMU gives no picture.
        """
        cv2.imwrite(str(path), self.look(path.stem), _QUICKLY)
        return path

    def keep(self, tag: str) -> None:
        """Keep all that it is at this moment in its disk, under `tag`; it goes on.

        Raises:
            NotSeen: QEMU does not; a device is plugged in that it cannot keep.
        """
        said = self.order("human-monitor-command", **{"command-line": f"savevm {tag}"})
        if said:
            raise NotSeen(f"not kept: {said}")

    def plug(self, driver: str, name: str, **properties: Any) -> None:
        """Plug a device into the USB controller."""
        self.order("device_add", driver=driver, id=name, bus="usb.0", **properties)

    def unplug(self, name: str) -> None:
        """Pull a device."""
        self.order("device_del", id=name)

    def cut(self, line: str, *, within_s: float = 30.0) -> None:
        """Take away the line of a device that was pulled; QEMU lets go of it a moment later.

        Raises:
            NotSeen: it does not.
        """
        deadline = time.monotonic() + within_s
        while True:
            try:
                self.order("chardev-remove", id=line)
            except NotSeen:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_LOOK_S)
            else:
                return

    def run(self, command: str, *, within_s: float = 120.0) -> str:
        """Run a command in the bench's shell; return what it says.

        Raises:
            NotSeen: it did not end in time, or with another status than 0.
        """
        status, said = self.tried(command, within_s=within_s)
        if status != 0:
            raise NotSeen(f"status {status} of {command}: {said[-1500:]}")
        return said

    def tried(self, command: str, *, within_s: float = 120.0) -> tuple[int, str]:
        """Run a command in the bench's shell; return its status and what it says.

        Raises:
            NotSeen: it did not end in time.
        """
        assert self._shell is not None
        self._wake(within_s)
        mark = f"{time.monotonic_ns()}"
        # The mark is made by the shell out of two pieces: an echo of the line is not its end.
        line = f"stty -echo; echo '{_END}''{mark}<'; {command}\necho '{_END}''{mark}>'$?:\n"
        self._shell.sendall(line.encode())
        heard = ""
        deadline = time.monotonic() + within_s * self._parts.by.patience
        while time.monotonic() < deadline:
            self._must_run()
            if select.select([self._shell], [], [], _LOOK_S)[0]:
                heard += self._shell.recv(65536).decode(errors="replace").replace("\r", "")
            said, found, after = heard.partition(f"{_END}{mark}>")
            if found and ":" in after:
                return int(after.partition(":")[0]), said.partition(f"{_END}{mark}<\n")[2]
        raise NotSeen(f"no end of {command} after {within_s:.0f} s: {heard[-1500:]}")

    def _wake(self, within_s: float) -> None:
        """Wait until somebody listens: what is said before the shell starts, nobody hears."""
        assert self._shell is not None
        deadline = time.monotonic() + within_s * self._parts.by.patience
        heard = ""
        while not self._is_awake:
            self._must_run()
            if time.monotonic() > deadline:
                raise NotSeen(f"no shell after {within_s:.0f} s: {heard[-600:]}")
            # An echo of the line is no answer. No quotes: half a line, which a full buffer leaves,
            # would open one for good.
            self._shell.sendall(f"echo {_AWAKE}\\{_AWAKE}\n".encode())
            if select.select([self._shell], [], [], _ASK_AGAIN_S)[0]:
                heard += self._shell.recv(65536).decode(errors="replace")
            self._is_awake = _AWAKE + _AWAKE in heard

    def restart(self) -> None:
        """Restart in good order, by the bench's shell; it listens again once the new one does.

        Raises:
            NotSeen: it does not go down.
        """
        self.tried("(sleep 1; systemctl reboot) & true")
        self.wait_for("reboot: Restarting system", within_s=120)
        self._is_awake = False

    def send(self, path: str, content: bytes) -> None:
        """Put a small file into the machine, by the bench's shell."""
        text = base64.b64encode(content).decode()
        self.run(f": > {path}.part")
        for at in range(0, len(text), _PIECE):
            self.run(f"printf %s {text[at : at + _PIECE]} >> {path}.part")
        self.run(f"base64 -d {path}.part > {path} && rm {path}.part")

    def wait_for(self, text: str, *, within_s: float) -> None:
        """Wait until the kernel's serial line has said `text`.

        Raises:
            NotSeen: it does not.
        """
        deadline = time.monotonic() + within_s * self._parts.by.patience
        while text not in self.console:
            if time.monotonic() > deadline:
                raise NotSeen(f"never on the console: {text}; last: {self.console[-600:]}")
            self._must_run()
            time.sleep(_LOOK_S)

    def wait_off(self, *, within_s: float) -> None:
        """Wait until it has switched itself off."""
        self._process.wait(within_s * self._parts.by.patience)

    def _must_run(self) -> None:
        if self._process.poll() is not None:
            raise NotSeen(f"QEMU has ended: {self._said()}")

    def _said(self) -> str:
        return (self._folder / "qemu.log").read_text(errors="replace")[-1500:]

    def _command(self) -> list[str]:
        parts, at = self._parts, self._folder
        width, height = parts.panel
        sockets = {
            name: f"socket,id={name},path={at / name}.sock,server=on,wait=off"
            for name in ("qmp", "shell", "card")
        }
        return [
            *("qemu-system-x86_64", "-nodefaults", "-display", "none", "-no-user-config"),
            *MACHINE,
            *SECURE,
            *parts.by.words,
            *("-m", "2560", "-rtc", "base=utc"),
            *("-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={parts.code}"),
            # A flash keeps what is written: QEMU's own tables of a file that was kept do not.
            *("-drive", f"if=pflash,unit=1,format=qcow2,cache=writethrough,file={parts.variables}"),
            *("-drive", f"if=none,id=disk,format=qcow2,cache=unsafe,file={parts.disk}"),
            *("-device", "virtio-blk-pci,drive=disk,bootindex=1"),
            *("-device", f"virtio-vga,xres={width},yres={height}"),
            *("-device", "qemu-xhci,id=usb,p2=8,p3=2"),
            *("-chardev", sockets["card"]),
            *("-chardev", f"socket,id=tpm,path={at / 'tpm.sock'}"),
            *("-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device", "tpm-crb,tpmdev=tpm0"),
            *("-nic", "user,model=virtio-net-pci"),
            *("-device", "virtio-serial-pci", "-chardev", sockets["shell"]),
            *("-device", "virtconsole,chardev=shell"),
            *("-chardev", f"file,id=console,path={at / self._name}.log"),
            *("-serial", "chardev:console", "-device", "i6300esb"),
            *("-object", "rng-random,id=rng,filename=/dev/urandom"),
            *("-device", "virtio-rng-pci,rng=rng"),
            *("-chardev", sockets["qmp"], "-mon", "chardev=qmp,mode=control"),
            *_credential("systemd.extra-unit.bench.service", _BENCH),
            *_credential("systemd.unit-dropin.sysinit.target", _WANTED),
            *parts.extra,
        ]  # fmt: skip

    def _start_tpm(self) -> None:
        self._parts.tpm.mkdir(parents=True, exist_ok=True)
        control = self._folder / "tpm.sock"
        command = [
            *("swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self._parts.tpm}"),
            *("--ctrl", f"type=unixio,path={control}", "--terminate"),
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(_ended, process)
        while not control.exists():
            if process.poll() is not None:
                raise NotSeen("the software TPM did not start")
            time.sleep(_LOOK_S)

    def _reached(self, name: str) -> socket.socket:
        path = str(self._folder / f"{name}.sock")
        while True:
            self._must_run()
            line = socket.socket(socket.AF_UNIX)
            with contextlib.suppress(OSError):
                line.connect(path)
                self._stack.callback(line.close)
                return line
            line.close()
            time.sleep(_LOOK_S)

    def _end(self) -> None:
        _ended(self._process)


def _ended(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def _credential(name: str, content: str) -> tuple[str, str]:
    encoded = base64.b64encode(content.encode()).decode()
    return "-smbios", f"type=11,value=io.systemd.credential.binary:{name}={encoded}"
