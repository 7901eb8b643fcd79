"""Run native code in a child process that can be killed when it hangs.

dlib, PC/SC and OpenCV may block for ever or crash; a child keeps that from the
citizen's session. Messages are bytes over a socket pair, framed by the standard
library's `multiprocessing.connection`; what they mean is their sender's affair.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection

LONGEST_MESSAGE_BYTES = 4 << 20
CHANNEL_ARGUMENT = "--channel-fd"
_POLL_S = 0.1
_GRACE_S = 0.5


class Child:
    """One child process; its messages arrive on a thread of their own."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str] = (),
        *,
        on_message: Callable[[bytes], None],
        on_end: Callable[[int], None],
        pass_fds: Sequence[int] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start ``python -m module *arguments --channel-fd N``.

        Args:
            module: what to run.
            arguments: its own arguments.
            on_message: called with each message, on the child's thread.
            on_end: called once with the exit status (negative: the signal) after
                the last message, also when it was killed.
            pass_fds: descriptors the child inherits under the same numbers.
            environment: the child's whole environment; None for ours.
        """
        ours, theirs = Pipe(duplex=True)
        self._channel: Connection = ours
        self._on_message = on_message
        self._on_end = on_end
        self._within_s: float | None = None
        self._deadline: float | None = None
        self._sending = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments, CHANNEL_ARGUMENT, str(theirs.fileno())],
            pass_fds=(*pass_fds, theirs.fileno()),
            env=None if environment is None else dict(environment),
        )
        theirs.close()
        self._thread = threading.Thread(target=self._listen, name=f"child {module}", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def send(self, body: bytes) -> None:
        """Send one message; a child that is gone reports by `on_end`, not here."""
        with self._sending:
            try:
                self._channel.send_bytes(body)
            except OSError:
                return

    def expect(self, within_s: float | None) -> None:
        """Kill the child unless a message comes within `within_s` seconds.

        Every message starts the time anew; None ends the expectation.
        """
        self._deadline = None if within_s is None else time.monotonic() + within_s
        self._within_s = within_s

    def kill(self) -> None:
        """End the child at once (SIGKILL)."""
        self._process.kill()

    def close(self) -> None:
        """Kill the child and wait until its last message and end were reported."""
        self.kill()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _listen(self) -> None:
        try:
            while True:
                if self._channel.poll(_POLL_S):
                    body = self._channel.recv_bytes(LONGEST_MESSAGE_BYTES)
                    if self._deadline is not None and self._within_s is not None:
                        self._deadline = time.monotonic() + self._within_s
                    self._on_message(body)
                elif self._deadline is not None and time.monotonic() > self._deadline:
                    self._deadline = None
                    self.kill()
        except (EOFError, OSError):
            # Closed, or a message longer than allowed: either way this child is over.
            self._on_end(self._status())
        self._channel.close()

    def _status(self) -> int:
        """Return the child's own status if it ends by itself now, else end it."""
        try:
            return self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()


def channel_of_parent(arguments: Sequence[str]) -> Connection:
    """Open the channel a child was started with; `arguments` is its ``sys.argv[1:]``.

    Raises:
        ValueError: it was not started by `Child`.
    """
    position = list(arguments).index(CHANNEL_ARGUMENT)
    return Connection(int(arguments[position + 1]))
