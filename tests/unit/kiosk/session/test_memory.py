"""A guarded process leaves no core and lets nobody trace it."""

import subprocess
import sys

import pytest

CHILD = """
import ctypes, resource
from kiosk.session.memory import guard
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
guards = guard(lock={lock})
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
locked = int(status["VmLck"].split()[0]) > 0
print(before, dumpable, *resource.getrlimit(resource.RLIMIT_CORE), locked,
      guards.no_core, guards.no_trace, guards.locked)
"""


@pytest.fixture(params=[True, False], ids=["lock", "no_lock"])
def answer(request: pytest.FixtureRequest) -> list[str]:
    """Guard a child process: the guards cannot be taken off again."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(lock=request.param)],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return [*done.stdout.split(), str(request.param)]


def test_a_guarded_process_leaves_no_core_and_is_not_traced(answer: list[str]) -> None:
    before, dumpable, soft, hard = answer[:4]
    assert before == "1"
    assert dumpable == "0"
    assert (soft, hard) == ("0", "0")
    assert answer[5:7] == ["True", "True"]


def test_what_is_said_of_the_lock_is_what_the_system_did(answer: list[str]) -> None:
    locked, said, asked = answer[4], answer[7], answer[8]
    assert locked == said
    assert asked == "True" or said == "False"
