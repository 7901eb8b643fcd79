"""Many threads may be the first to decode a message."""

import subprocess
import sys

_PROGRAM = """
import sys, threading
import msgspec
from wire.structs import settle

sys.setswitchinterval(1e-6)
for number in range(30):
    inner = msgspec.defstruct(f"Inner{number}", [(f"field{at}", int) for at in range(30)])
    outer = msgspec.defstruct(f"Outer{number}", [("one", inner), ("more", list[inner])])
    one = {f"field{at}": at for at in range(30)}
    body = msgspec.json.encode({"one": one, "more": [one]})
    settle()
    together = threading.Barrier(12)

    def decode() -> None:
        together.wait()
        msgspec.json.decode(body, type=outer)

    threads = [threading.Thread(target=decode) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_a_type_that_was_settled_may_first_be_decoded_by_many_threads_at_once() -> None:
    # In a program of its own: without `settle` it ends by SIGSEGV.
    assert subprocess.run([sys.executable, "-c", _PROGRAM], check=False).returncode == 0
