"""Serve both applications in one process until told to stop."""

import asyncio
import contextlib
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from enrolment import journal
from enrolment.client_certificate import ClientCertificateProtocol

_KEEP_ALIVE_S = 120
"""Longer than terminals are silent, or each call would be a new TLS handshake."""
_AT_ONCE = 512
_ALIVE_EVERY_TICKS = 50
"""uvicorn ticks ten times a second."""


@dataclass(frozen=True, slots=True)
class Door:
    """An application, the socket it answers on, and how."""

    app: Any
    listener: socket.socket
    identity: Path | None
    """Folder with register.pem and register.key; None for plain HTTP."""
    asks_certificate: bool = False


class _Server(uvicorn.Server):
    def __init__(self, door: Door) -> None:
        super().__init__(_config(door))
        self.door = door
        self.answers = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Two servers in one process: each would take the other's signals away.
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.answers.set()

    async def on_tick(self, counter: int) -> bool:
        if counter % _ALIVE_EVERY_TICKS == 0:
            journal.watchdog()
        return await super().on_tick(counter)


async def serve(doors: list[Door], on_ready: Callable[[], None]) -> None:
    """Answer on all `doors` until SIGTERM or SIGINT; call `on_ready` once all answer."""
    servers = [_Server(door) for door in doors]

    def stop(_: object = None) -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    async with asyncio.TaskGroup() as tasks:
        for server in servers:
            tasks.create_task(server.serve(sockets=[server.door.listener])).add_done_callback(stop)
        for server in servers:
            await server.answers.wait()
        on_ready()


def _config(door: Door) -> uvicorn.Config:
    options: dict[str, Any] = {
        "app": door.app,
        "http": ClientCertificateProtocol if door.asks_certificate else "h11",
        "ws": "none",
        "interface": "asgi3",
        "lifespan": "off",
        # uvicorn's own log would carry paths, and a path can carry an activation token.
        "log_config": None,
        "log_level": "critical",
        "access_log": False,
        "server_header": False,
        "timeout_keep_alive": _KEEP_ALIVE_S,
        "limit_concurrency": _AT_ONCE,
        # What is under way takes milliseconds; an idle terminal never says goodbye.
        "timeout_graceful_shutdown": 2,
    }
    if door.identity is not None:
        options |= {
            "ssl_certfile": door.identity / "register.pem",
            "ssl_keyfile": door.identity / "register.key",
        }
    if door.asks_certificate and door.identity is not None:
        options |= {
            "ssl_ca_certs": str(door.identity / "terminal_ca.pem"),
            "ssl_cert_reqs": ssl.CERT_REQUIRED,
        }
    return uvicorn.Config(**options)
