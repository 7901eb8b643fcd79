"""Work every message type out before a second thread may decode one.

msgspec works a `Struct` out when it is first decoded, and guards that by nothing: two threads
that are the first at once end the process with SIGSEGV (msgspec 0.22). A register died of it
under the first calls after its start.
"""

from collections.abc import Iterator

import msgspec


def settle() -> None:
    """Work out each `Struct` that is imported by now; before the first thread is started.

    Raises:
        Exception: what msgspec raises for a type that it cannot decode.
    """
    for one in _below(msgspec.Struct):
        msgspec.json.Decoder(one)


def _below(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
