"""After every way out of every state nothing of the citizen is in the engine or in any file.

The engine's own parts run in a process of their own (`tests.support.engine_alone`), as the
terminal starts them: with memory that is overwritten as it is freed. All that the process
can write to is searched, and its state folder, its log, and shared memory. The same search
finds the citizen before the wipe, and after it in an engine that frees as Python does.
"""

import json
import os
import random
import signal
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.flow.states import Event, State
from kiosk.flow.table import TABLE
from kiosk.session import forgetful
from tests.privacy.test_vault_canaries import memory_of
from tests.support.engine_alone import WAY, masked
from tests.torture.citizens import number_of

SEED = 5
ENDS = (Event.LEFT, Event.TIMED_OUT, Event.ASKED_HELP, Event.SCREEN_LOST)
LOST = (Event.READER_LOST, Event.CAMERA_LOST)
_NO_BRACKETS = str.maketrans("", "", "()")
HOLDS_NOTHING = {
    State.LANGUAGE,
    State.SERVICE,
    State.ELIGIBILITY,
    State.PRIVACY_NOTICE,
    State.PLACE_CARD,
}
HOLDS = [at for at in WAY if at not in HOLDS_NOTHING]
WAYS_OUT = [
    *((at, end) for at in HOLDS for end in (*ENDS, *LOST) if (at, end) in TABLE),
    *((at, Event.LEFT) for at in WAY if at in HOLDS_NOTHING),
]

pytestmark = pytest.mark.slow


def citizen(chance: random.Random) -> dict[str, str]:
    """Return somebody who is nowhere else, neither in the code nor in another test."""

    def letters(count: int) -> str:
        return "".join(chance.choices(string.ascii_uppercase, k=count))

    return {
        # From K on: no hexadecimal text looks like it by chance.
        "number": number_of(chance.randrange(10 * 10**6, 20 * 10**6)).translate(_NO_BRACKETS),
        "name": f"{letters(9)}, {letters(8)}",
        "chinese": "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(4)),
        "birth": f"19{chance.randrange(50, 99)}0{chance.randrange(1, 9)}1{chance.randrange(10)}",
        "sex": "F",
        "first": "201806",
        "issued": f"2019112{chance.randrange(10)}",
        "portrait": "\x7fportrait " + letters(3_000),
        "photo": "\x7fphoto " + letters(5_000),
    }


def canaries(one: dict[str, str]) -> dict[str, bytes]:
    """Return what betrays the citizen: a middle piece of each, as an allocator may begin."""
    found = {name: one[name].encode() for name in ("number", "name", "chinese")}
    found |= {name: one[name].encode()[100:140] for name in ("portrait", "photo")}
    found["chinese in memory"] = one["chinese"].encode("utf-16-le")
    found["number, as typed"] = one["number"][:7].encode()
    return found


class EngineAlone:
    """The process, and everywhere that it can have left something."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        (folder / "state").mkdir(parents=True)
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.engine_alone", str(folder / "state")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment,
            text=True,
        )

    def order(self, **words: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def memory(self, one: dict[str, str]) -> list[str]:
        """Return the canaries that are in the process's memory."""
        try:
            memory = memory_of(self._process.pid)
        except PermissionError:
            pytest.skip("this system lets nobody read a process's memory")
        return [name for name, canary in canaries(one).items() if canary in memory]

    def files(self, one: dict[str, str]) -> list[str]:
        """Return the files of the terminal, and of shared memory, that hold a canary."""
        places = [*(self.folder / "state").rglob("*"), self.folder / "log"]
        places += Path("/dev/shm").rglob("*")  # noqa: S108
        wanted = canaries(one).values()
        held = {
            path.name: path.read_bytes()
            for path in places
            if path.is_file() and os.access(path, os.R_OK)
        }
        return [name for name, content in held.items() if any(one in content for one in wanted)]

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._log.close()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineAlone]:
    alone = EngineAlone(tmp_path_factory.mktemp("engine"), dict(os.environ))
    yield alone
    alone.kill()


@pytest.mark.parametrize(("at", "end"), WAYS_OUT)
def test_nothing_of_the_citizen_stays(engine: EngineAlone, at: State, end: Event) -> None:
    one = citizen(random.Random(f"{SEED} {at} {end}"))
    assert engine.order(walk=at, citizen=masked(json.dumps(one).encode())).split()[0] == at
    if end is Event.LEFT:
        assert bool(engine.memory(one)) is (at not in HOLDS_NOTHING)
    assert engine.order(happen=end) == f"{State.ATTRACT} True"
    assert engine.memory(one) == []
    assert engine.files(one) == []


def test_an_engine_that_frees_as_python_does_keeps_the_citizen(tmp_path: Path) -> None:
    """See the search find: the guard is what makes the difference."""
    code = (
        "from tests.support import engine_alone as e; e.forgetful.ensure = lambda: None; e.main()"
    )
    alone = EngineAlone(tmp_path, forgetful.without(os.environ))
    alone.kill()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "state")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=forgetful.without(os.environ),
        text=True,
    )
    alone._process = process
    one = citizen(random.Random(SEED))
    alone.order(walk=State.RECEIPT, citizen=masked(json.dumps(one).encode()))
    alone.order(happen=Event.LEFT)
    assert alone.memory(one) != []
    process.kill()
    process.communicate()


@pytest.mark.parametrize("at", HOLDS)
def test_a_kill_in_any_state_leaves_nothing_in_any_file(tmp_path: Path, at: State) -> None:
    one = citizen(random.Random(f"{SEED} {at}"))
    alone = EngineAlone(tmp_path, dict(os.environ))
    alone.order(walk=at, citizen=masked(json.dumps(one).encode()))
    os.kill(alone._process.pid, signal.SIGKILL)
    alone.kill()
    assert alone.files(one) == []
    assert not [path.name for path in tmp_path.rglob("*core*")]
