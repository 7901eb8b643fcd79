"""A program that overwrites what it frees starts itself so, and its children only if they shall."""

import os
import subprocess
import sys

from kiosk.session import forgetful

FREED = """
import ctypes, sys
from kiosk.session import forgetful
forgetful.ensure()
text = "".join(map(chr, range(65, 91))) * 2
address = id(text) + text.__sizeof__() - len(text) - 1
assert ctypes.string_at(address, 4) == b"ABCD"
length = len(text)
del text
print(*sys.argv[1:], ctypes.string_at(address + 16, length - 16).count(b"A"))
"""


def freed(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-c", FREED, *arguments]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
    return done.stdout.strip()


def test_a_freed_text_is_overwritten_and_the_program_keeps_its_arguments() -> None:
    assert freed(forgetful.without(os.environ), "one", "two") == "one two 0"


def test_a_program_that_was_started_so_is_not_started_anew() -> None:
    environment = {**os.environ, **forgetful.ENVIRONMENT}
    assert forgetful.is_so(environment)
    assert freed(environment) == "0"


def test_a_child_that_works_on_pictures_is_spared() -> None:
    environment = {"HOME": "/", **forgetful.ENVIRONMENT}
    assert forgetful.without(environment) == {"HOME": "/"}
    assert not forgetful.is_so({"HOME": "/"})
