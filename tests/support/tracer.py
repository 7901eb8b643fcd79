"""Run a function in a forked child, stop at each of its system calls, and end it at any of them.

The child is killed where a power cut would catch it: before or after any write, sync,
truncation or sending. What it wrote and synced is told, so that a test can also make the
disk that a power cut would leave: synced writes for certain, the others or not.

Source: ptrace(2): PTRACE_TRACEME, PTRACE_SYSCALL, PTRACE_GET_SYSCALL_INFO.
"""

import ctypes
import os
import platform
import signal
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TRACEME, _SYSCALL, _SETOPTIONS, _SYSCALL_INFO = 0, 24, 0x4200, 0x420E
_GOOD, _EXITKILL = 1, 1 << 20
_SYSCALL_STOP = signal.SIGTRAP | 0x80
_ENTRY, _EXIT = 1, 2

NUMBERS = {
    "x86_64": {
        1: "write",
        18: "pwrite64",
        20: "writev",
        44: "sendto",
        74: "fsync",
        75: "fdatasync",
        76: "truncate",
        77: "ftruncate",
        87: "unlink",
    },
    "aarch64": {
        45: "truncate",
        46: "ftruncate",
        64: "write",
        66: "writev",
        68: "pwrite64",
        82: "fsync",
        83: "fdatasync",
        206: "sendto",
        35: "unlink",
    },
}.get(platform.machine(), {})

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class CannotTrace(Exception):
    """This system lets nobody trace his own child."""


@dataclass(frozen=True, slots=True)
class Call:
    """One system call of the child that changes something outside of it."""

    name: str
    path: str
    """Of the file it acts on, as the system names it."""
    offset: int
    """Where it writes, or how long the file becomes."""
    content: bytes
    done: bool
    """False before the call is made, True after it."""


class Traced:
    """A child that stands still at each of its calls until told to go on."""

    def __init__(self, work: Callable[[], None]) -> None:
        """Fork a child that will do `work`.

        Raises:
            CannotTrace: this system does not allow it.
        """
        self.pid = os.fork()
        if self.pid == 0:
            _child(work)
        _, status = os.waitpid(self.pid, 0)
        if not os.WIFSTOPPED(status) or os.WSTOPSIG(status) != signal.SIGSTOP:
            raise CannotTrace
        _libc.ptrace(_SETOPTIONS, self.pid, None, _GOOD | _EXITKILL)
        self.status: int | None = None
        """Exit status, once it has ended."""

    def calls(self) -> Iterator[Call]:
        """Let the child work, and tell each call before and after it is made."""
        begun: Call | None = None
        pending = 0
        while True:
            _libc.ptrace(_SYSCALL, self.pid, None, pending)
            pending = 0
            _, status = os.waitpid(self.pid, 0)
            if not os.WIFSTOPPED(status):
                self.status = os.waitstatus_to_exitcode(status)
                return
            if os.WSTOPSIG(status) != _SYSCALL_STOP:
                pending = os.WSTOPSIG(status)
                continue
            kind, number, arguments = self._info()
            if kind == _ENTRY:
                begun = self._call(NUMBERS.get(number, ""), arguments)
                if begun is not None:
                    yield begun
            elif kind == _EXIT and begun is not None:
                if number >= 0:
                    yield Call(begun.name, begun.path, begun.offset, begun.content, done=True)
                begun = None

    def kill(self) -> None:
        """End the child where it stands."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
            while os.WIFSTOPPED(status):
                _, status = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(status)

    def _info(self) -> tuple[int, int, tuple[int, ...]]:
        buffer = ctypes.create_string_buffer(88)
        _libc.ptrace(_SYSCALL_INFO, self.pid, ctypes.c_void_p(88), buffer)
        kind = buffer.raw[0]
        if kind == _EXIT:
            return kind, struct.unpack_from("<q", buffer.raw, 24)[0], ()
        number, *arguments = struct.unpack_from("<7Q", buffer.raw, 24)
        return kind, number, tuple(arguments)

    def _call(self, name: str, arguments: tuple[int, ...]) -> Call | None:
        if not name:
            return None
        if name in {"unlink", "truncate"}:
            path = self._text(arguments[0])
            return Call(name, path, arguments[1] if name == "truncate" else 0, b"", done=False)
        descriptor = arguments[0]
        path = self._path(descriptor)
        if name == "ftruncate":
            return Call(name, path, arguments[1], b"", done=False)
        if name in {"write", "pwrite64"} and path.startswith("/") and Path(path).is_file():
            content = self._memory(arguments[1], arguments[2])
            at = arguments[3] if name == "pwrite64" else self._position(descriptor, path)
            return Call(name, path, at, content, done=False)
        return Call(name, path, 0, b"", done=False)

    def _path(self, descriptor: int) -> str:
        try:
            return str(Path(f"/proc/{self.pid}/fd/{descriptor}").readlink())
        except OSError:
            return ""

    def _position(self, descriptor: int, path: str) -> int:
        told = Path(f"/proc/{self.pid}/fdinfo/{descriptor}").read_text()
        fields = dict(line.split(":\t", 1) for line in told.splitlines() if ":\t" in line)
        if int(fields["flags"], 8) & os.O_APPEND:
            return Path(path).stat().st_size
        return int(fields["pos"])

    def _memory(self, at: int, length: int) -> bytes:
        with Path(f"/proc/{self.pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(at)
            return memory.read(length)

    def _text(self, at: int) -> str:
        return self._memory(at, 256).split(b"\0", 1)[0].decode()


def _child(work: Callable[[], None]) -> None:
    status = 70
    try:
        if _libc.ptrace(_TRACEME, 0, None, None) != 0:
            os._exit(71)
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
        status = 0
    finally:
        os._exit(status)
