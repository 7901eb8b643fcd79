"""Serve several applications in one process until told to stop."""

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

from fleet import journal
from fleet.door.certificate import ClientCertificateProtocol

_KEEP_ALIVE_S = 120
"""Longer than terminals are silent, or each check-in would be a new TLS handshake."""
_ALIVE_EVERY_TICKS = 50
"""uvicorn ticks ten times a second."""


@dataclass(frozen=True, slots=True)
class Tls:
    """How a door ends TLS itself."""

    certificate: Path
    key: Path
    terminal_ca: Path | None = None
    """Who issued the callers' certificates; None: callers need none."""
    revoked: Path | None = None
    """That authority's revocation list; a second line behind the database."""


@dataclass(frozen=True, slots=True)
class Door:
    """An application, the socket it answers on, and how."""

    app: Any
    listener: socket.socket
    tls: Tls | None = None
    name: str = "port"
    """What its port is told as once everything answers."""


class Server(uvicorn.Server):
    """Answers at one door; leaves signals to whoever runs it."""

    def __init__(self, door: Door) -> None:
        super().__init__(_config(door))
        self.door = door
        self.answers = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        # Several servers in one process: each would take the others' signals away.
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say once it answers."""
        await super().startup(sockets=sockets)
        self.answers.set()

    async def on_tick(self, counter: int) -> bool:
        """Say that the program is alive."""
        if counter % _ALIVE_EVERY_TICKS == 0:
            journal.watchdog()
        return await super().on_tick(counter)


async def serve(doors: list[Door], on_ready: Callable[[], None]) -> None:
    """Answer on all `doors` until SIGTERM or SIGINT; call `on_ready` once all answer."""
    servers = [Server(door) for door in doors]

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
        "http": ClientCertificateProtocol,
        "ws": "none",
        "interface": "asgi3",
        "lifespan": "off",
        # uvicorn's own log would carry paths and addresses.
        "log_config": None,
        "log_level": "critical",
        "access_log": False,
        "server_header": False,
        # A header is believed where `fleet.door.certificate` says so, and nowhere else.
        "proxy_headers": False,
        "timeout_keep_alive": _KEEP_ALIVE_S,
        # What is under way takes milliseconds; an idle terminal never says goodbye.
        "timeout_graceful_shutdown": 2,
    }
    tls = door.tls
    if tls is not None:
        options |= {"ssl_certfile": tls.certificate, "ssl_keyfile": tls.key}
        if tls.terminal_ca is not None:
            options |= {
                "ssl_ca_certs": str(tls.terminal_ca),
                "ssl_cert_reqs": ssl.CERT_REQUIRED,
            }
    config = uvicorn.Config(**options)
    config.load()
    if tls is not None and tls.terminal_ca is not None and tls.revoked is not None:
        assert config.ssl is not None
        config.ssl.load_verify_locations(cafile=tls.revoked)
        config.ssl.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_LEAF
    return config
