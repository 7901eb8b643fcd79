"""The rounds: what runs, what is killed, and when; all drawn from one seed."""

import contextlib
import os
import random
import select
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.postgres import Cluster
from tests.support.register import make_data
from tests.support.tracer import NUMBERS, CannotTrace, Traced
from tests.torture import network, work
from tests.torture.ledger import Ledger
from tests.torture.work import Site

LONGEST_S = 0.35
"""A random kill comes within this: a citizen takes a tenth of it when nothing fails."""
CLOCKS_OFF_S = (0.0, 0.0, 3_600.0, -3_600.0, 400 * 86_400.0, -400 * 86_400.0)
_SYNCS = {"fsync", "fdatasync"}


class Torture:
    """A terminal and a register in one folder, and whoever kills them."""

    def __init__(self, folder: Path, seed: int, cluster: Cluster | None = None) -> None:
        """Begin in an empty folder.

        Args:
            folder: for everything but a cluster's own files.
            seed: decides what is killed, and when.
            cluster: where the register keeps its records; None for SQLite in the folder.
        """
        self._seed = seed
        self._cluster = cluster
        self.kills: Counter[str] = Counter()
        self.boundaries: Counter[str] = Counter()
        """Kills right before or after a call, by the call and the file."""
        state = folder / "state"
        state.mkdir()
        data = make_data(folder / "register")
        self._errors = folder / "errors"
        self._register_at = socket.create_server(("127.0.0.1", 0))
        self._line_at = socket.create_server(("127.0.0.1", 0))
        url = cluster.new_database() if cluster else f"sqlite:///{data / 'register.db'}"
        self._direct = Site(state, data, self._register_at.getsockname()[1], url)
        self._site = Site(state, data, self._line_at.getsockname()[1], url)
        self.ledger = Ledger(self._site)
        self._pipe = os.pipe()
        os.set_blocking(self._pipe[0], False)
        self._citizens = 0
        self._sweep: Counter[str] = Counter()
        self._register = 0
        self._line = 0

    def __enter__(self) -> Self:
        self._line = self._child(
            lambda: network.run_line(
                self._line_at,
                self._direct.port,
                random.Random(f"{self._seed} line"),
                lambda word: self._tell(f"line {word}"),
            )
        )
        self._start_register()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pid in (self._line, self._register):
            _end(pid)
        for descriptor in self._pipe:
            os.close(descriptor)
        self._register_at.close()
        self._line_at.close()

    def run(self, kills: int, progress: Callable[[int], None] = lambda _: None) -> None:
        """Kill so often, and check after each time."""
        number = 0
        while sum(self.kills.values()) < kills and not self.ledger.wrong:
            chance = random.Random(f"{self._seed} {number}")
            number += 1
            drawn = chance.random()
            if drawn < 0.30 and NUMBERS:
                self._at_a_boundary("the way of a record", self._whole_way())
            elif drawn < 0.40 and NUMBERS:
                self._enrol_one()
                self._at_a_boundary("the register", self._taking)
            elif drawn < 0.48:
                self._random_register(chance)
            elif drawn < 0.54:
                self._full_disk(chance)
            elif drawn < 0.62 and self._cluster:
                self._random_database(self._cluster, chance)
            else:
                self._random_terminal(chance)
            progress(sum(self.kills.values()))

    def drain(self) -> dict[str, int]:
        """Let everything be delivered by a sound register on a sound line; return the counts."""
        _end(self._register)
        before = self.ledger.told["register up"]
        self._start_register(sound=True)
        while self.ledger.told["register up"] == before:
            self._listen(0.05)
        last = self._child(lambda: work.send(self._direct, self._tell, until_empty=True))
        while os.waitpid(last, os.WNOHANG) == (0, 0):
            self._listen(0.05)
        self._listen(0)
        return self.ledger.close(self._errors)

    def _whole_way(self) -> Callable[[], None]:
        first = self._next_citizens(1)

        def walk() -> None:
            work.quiet(self._errors)
            work.whole_way(self._direct, self._tell, first=first)

        return walk

    def _next_citizens(self, count: int) -> int:
        """Return the first of `count` citizens whom no other round enrols."""
        self._citizens += count
        return self._citizens - count

    def _taking(self) -> None:
        work.quiet(self._errors)
        work.take_one(self._direct, self._tell)

    def _at_a_boundary(self, name: str, what: Callable[[], None]) -> None:
        """Kill at the next boundary: one after the other, before and after each call."""
        try:
            traced = Traced(what)
        except CannotTrace:
            NUMBERS.clear()
            return
        lasting = (call for call in traced.calls() if not call.path.endswith("-shm"))
        for index, call in enumerate(lasting):
            if index == self._sweep[name]:
                side = "after" if call.done else "before"
                where = Path(call.path).suffix or Path(call.path.split(":", maxsplit=1)[0]).name
                self.boundaries[f"{side} {call.name} {where}"] += 1
                traced.kill()
                self.kills[f"{name}, {'sync' if call.name in _SYNCS else 'other'} boundary"] += 1
                self._sweep[name] += 1
                break
        else:
            # The whole way was gone without a kill: begin anew.
            self._sweep[name] = 0
        self._checked(name)

    def _enrol_one(self) -> None:
        first = self._next_citizens(1)
        one = self._child(
            lambda: work.enrol(self._site, self._tell, first=first, clock_off_s=0.0, many=False)
        )
        os.waitpid(one, 0)

    def _random_terminal(self, chance: random.Random) -> None:
        first, off_s = self._next_citizens(1_000), chance.choice(CLOCKS_OFF_S)
        engine = self._child(
            lambda: work.enrol(self._site, self._tell, first=first, clock_off_s=off_s)
        )
        sync = self._child(lambda: work.send(self._site, self._tell))
        victims = {"engine": engine, "sync": sync}
        order = chance.sample(sorted(victims), 2)
        together = chance.random() < 0.4
        for at, name in enumerate(order):
            if at == 0 or not together:
                # The engine is quick: give it less time, or thousands wait.
                longest = LONGEST_S / 8 if name == "engine" else LONGEST_S
                self._listen(chance.uniform(0, longest))
            _end(victims[name])
            self.kills[f"{name}, any moment" + (", both at once" if together else "")] += 1
        self._checked("a kill at any moment")

    def _random_register(self, chance: random.Random) -> None:
        self._enrol_one()
        sync = self._child(lambda: work.send(self._site, self._tell))
        self._listen(chance.uniform(0, LONGEST_S))
        _end(self._register)
        self.kills["register, any moment"] += 1
        self._start_register()
        self._listen(chance.uniform(0, LONGEST_S))
        _end(sync)
        self.kills["sync, any moment"] += 1
        self._checked("a kill of the register")

    def _random_database(self, cluster: Cluster, chance: random.Random) -> None:
        """Kill one of the database's own processes: all connections break, it recovers its log."""
        self._enrol_one()
        sync = self._child(lambda: work.send(self._site, self._tell))
        self._listen(chance.uniform(0, LONGEST_S))
        victim = chance.choice(cluster.children())
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        self.kills["a process of the database"] += 1
        self._listen(chance.uniform(0, LONGEST_S))
        _end(sync)
        self.kills["sync, any moment"] += 1
        cluster.answers()
        self._checked("a kill of the database")

    def _full_disk(self, chance: random.Random) -> None:
        first, room = self._next_citizens(1_000), chance.randrange(60_000)
        engine = self._child(
            lambda: work.enrol_on_a_full_disk(self._site, self._tell, first=first, room=room)
        )
        self._listen(chance.uniform(0, LONGEST_S / 4))
        _end(engine)
        self.kills["engine, disk full or nearly"] += 1
        self._checked("a full disk")

    def _start_register(self, *, sound: bool = False) -> None:
        chance = random.Random(f"{self._seed} register {self.kills.total()}")
        self._register = self._child(
            lambda: work.register(
                self._direct,
                self._register_at,
                chance,
                lambda word: self._tell(f"register {word}"),
                sound=sound,
            )
        )

    def _checked(self, after: str) -> None:
        self._listen(0)
        self.ledger.check(after)

    def _child(self, what: Callable[[], None]) -> int:
        return work.child(what, self._errors)

    def _tell(self, word: str) -> None:
        os.write(self._pipe[1], f"{word}\n".encode())

    def _listen(self, seconds: float) -> None:
        """Take what the children tell for so long."""
        until = time.monotonic() + seconds
        while True:
            left = max(0.0, until - time.monotonic())
            if not select.select([self._pipe[0]], [], [], left)[0]:
                return
            self._words(os.read(self._pipe[0], 65_536))
            if not left and seconds:
                return

    def _words(self, said: bytes) -> None:
        text = said.decode()
        kept = [line for line in text.splitlines() if not line.startswith(("line ", "register "))]
        for line in text.splitlines():
            if line.startswith(("line ", "register ")):
                self.ledger.told[line] += 1
        self.ledger.take("\n".join(kept))


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
