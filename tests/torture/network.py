"""A network and a register that fail as the seed says.

The line between terminal and register loses answers, stands half open, is slow, or flips a
bit; the register is too busy for one request in five. TLS is not broken up: what the line
does, it does to bytes that it cannot read.
"""

import asyncio
import random
import socket
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

FAULTS = ("lost answer", "half open", "slow", "corrupt")
_SHARE = 0.12
"""Of the connections, for each fault; the others are sound."""
BUSY_SHARE = 0.1
"""Of the records, for 429 and 503 each."""
_PIECE = 16_384
_SLOW_S = 0.002
_AFTER_HANDSHAKE_BYTES = 2_500
"""A TLS 1.3 server has sent so much before its first answer: two certificates."""


class Line:
    """Carries connections to the register."""

    def __init__(self, port: int, chance: random.Random, told: Callable[[str], None]) -> None:
        self._port = port
        self._chance = chance
        self._told = told

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection, with at most one fault."""
        drawn = self._chance.random() / _SHARE
        fault = FAULTS[int(drawn)] if drawn < len(FAULTS) else ""
        self._told(fault or "sound")
        try:
            if fault == "half open":
                while await reader.read(_PIECE):
                    pass
                return
            there = await asyncio.open_connection("127.0.0.1", self._port)
            await asyncio.wait(
                [
                    asyncio.create_task(self._pump(reader, there[1], fault, answers=False)),
                    asyncio.create_task(self._pump(there[0], writer, fault, answers=True)),
                ],
                return_when=asyncio.FIRST_COMPLETED,
            )
            there[1].close()
        except OSError:
            pass
        finally:
            writer.close()

    async def _pump(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, fault: str, *, answers: bool
    ) -> None:
        carried = 0
        spoilt_at = self._chance.randrange(_PIECE) if fault == "corrupt" else -1
        try:
            while piece := await source.read(512 if fault == "slow" else _PIECE):
                if fault == "lost answer" and answers and carried > _AFTER_HANDSHAKE_BYTES:
                    return
                if carried <= spoilt_at < carried + len(piece):
                    spoilt = bytearray(piece)
                    spoilt[spoilt_at - carried] ^= 1 << self._chance.randrange(8)
                    piece = bytes(spoilt)
                carried += len(piece)
                to.write(piece)
                await to.drain()
                if fault == "slow":
                    await asyncio.sleep(_SLOW_S)
        except OSError:
            return


def run_line(
    listener: socket.socket, port: int, chance: random.Random, told: Callable[[str], None]
) -> None:
    """Carry connections from `listener` to the register at `port` until killed."""

    async def forever() -> None:
        line = Line(port, chance, told)
        server = await asyncio.start_server(line.carry, sock=listener)
        await server.serve_forever()

    asyncio.run(forever())


class TooBusy:
    """A register in front of which one record in five is turned away."""

    def __init__(self, app: ASGIApp, chance: random.Random, told: Callable[[str], None]) -> None:
        self._app = app
        self._chance = chance
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or turn away."""
        drawn = self._chance.random()
        if scope["type"] != "http" or scope["method"] != "PUT" or drawn >= 2 * BUSY_SHARE:
            await self._app(scope, receive, send)
            return
        status = 429 if drawn < BUSY_SHARE else 503
        self._told(str(status))
        while (await receive()).get("more_body", False):
            pass
        headers = [(b"retry-after", b"1")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
