"""A register that misbehaves, for journeys and tests. Not shipped.

``python -m enrolment.sandbox_faults --data FOLDER --port N --phone-port M --mode MODE``
answers with the same TLS identity, database and phone pages as the real one. Modes::

    down      does not listen: every call is refused
    slow      stores the record, and answers after --delay seconds
    drip      answers one byte at a time, for ever
    rubbish   answers 200 with bytes that are no answer
    flood     answers 200 with more bytes than any answer has
    forged    stores the record, and signs the receipt with another key
    refuse    refuses every record for good: 422 record.malformed
    unknown   knows no terminal: 403
    busy      503 with Retry-After
    refer     stores the record with the verdict REFER
    die       stores the first record, and is killed before it answers

To change the mode, start it anew: the records are in the database.
"""

import asyncio
import base64
import os
import signal
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp, Message, Receive, Scope
from starlette.types import Send as AsgiSend

from enrolment import journal
from enrolment.__main__ import opened
from enrolment.__main__ import parser as real_parser
from enrolment.app import create_api, create_phone
from enrolment.intake import MALFORMED, NO_TERMINAL, Refusal
from enrolment.matching import Decision, PlausibilityMatching, Reason
from enrolment.problems import problem
from enrolment.receipts import sign
from enrolment.serve import Door, serve
from enrolment.settings import Limits
from wire.record import Receipt, Record, Verdict

MODES = (
    "down",
    "slow",
    "drip",
    "rubbish",
    "flood",
    "forged",
    "refuse",
    "unknown",
    "busy",
    "refer",
    "die",
)
_FLOOD_BYTES = 1 << 20
_DRIP_EVERY_S = 0.05


class _Referring:
    """Refers whoever comes."""

    def decide(self, record: Record, *, is_enrolled: bool) -> Decision:
        del record, is_enrolled
        return Decision(Verdict.REFER, Reason.FACE_UNCLEAR)


async def _slow(
    app: ASGIApp, delay_s: float, scope: Scope, receive: Receive, send: AsgiSend
) -> None:
    async def later(message: Message) -> None:
        if message["type"] == "http.response.start":
            await asyncio.sleep(delay_s)
        await send(message)

    await app(scope, receive, later)


async def _die(app: ASGIApp, scope: Scope, receive: Receive, send: AsgiSend) -> None:
    async def killed(message: Message) -> None:
        del message
        os.kill(os.getpid(), signal.SIGKILL)

    await app(scope, receive, killed if scope["method"] == "PUT" else send)


async def _forged(app: ASGIApp, scope: Scope, receive: Receive, send: AsgiSend) -> None:
    another = Ed25519PrivateKey.generate()

    async def resigned(message: Message) -> None:
        if message["type"] == "http.response.body" and scope["method"] == "PUT":
            payload = msgspec.json.decode(message["body"])["receipt"].split(".")[1]
            content = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
            receipt = msgspec.json.decode(content, type=Receipt)
            forged = msgspec.json.encode({"receipt": sign(receipt, another.sign)})
            # An Ed25519 signature has one length, so Content-Length still holds.
            message = {**message, "body": forged}
        await send(message)

    await app(scope, receive, resigned)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Gives one answer to whatever is asked."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    async def __call__(self, _: Scope, receive: Receive, send: AsgiSend) -> None:
        await _read_all(receive)
        head = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(head)
        await send({"type": "http.response.body", "body": self.body})


def _fixed_problem(refusal: Refusal) -> _Fixed:
    answer = problem(refusal.status, refusal.code)
    return _Fixed(answer.status_code, answer.raw_headers, bytes(answer.body))


async def _drip(_: Scope, receive: Receive, send: AsgiSend) -> None:
    await _read_all(receive)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b" ", "more_body": True})
        await asyncio.sleep(_DRIP_EVERY_S)


async def _read_all(receive: Receive) -> None:
    while (await receive()).get("more_body", False):
        pass


def _misbehaving(mode: str, app: ASGIApp, delay_s: float) -> ASGIApp:
    kinds: dict[str, ASGIApp] = {
        "slow": partial(_slow, app, delay_s),
        "drip": _drip,
        "rubbish": _Fixed(200, [], b"\x00\xffno answer at all{"),
        "flood": _Fixed(200, [], b" " * _FLOOD_BYTES),
        "forged": partial(_forged, app),
        "refuse": _fixed_problem(MALFORMED),
        "unknown": _fixed_problem(NO_TERMINAL),
        "busy": _Fixed(503, [(b"retry-after", b"2")], b""),
        "die": partial(_die, app),
    }
    return kinds.get(mode, app)


def _listener(host: str, port: int, *, listens: bool) -> socket.socket:
    if listens:
        return socket.create_server((host, port))
    # Bound and deaf: nobody else can take the port meanwhile.
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    deaf.bind((host, port))
    return deaf


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and misbehave until told to stop."""
    flags = real_parser()
    flags.prog, flags.description = "python -m enrolment.sandbox_faults", __doc__
    flags.add_argument("--mode", choices=MODES, required=True)
    flags.add_argument("--delay", type=float, default=30.0, help="seconds, for slow")
    asked = flags.parse_args(arguments)
    data: Path = asked.data
    matching = _Referring() if asked.mode == "refer" else PlausibilityMatching()
    served = opened(data, database=asked.database, matching=matching)
    terminals = _listener(asked.host, asked.port, listens=asked.mode != "down")
    phones = socket.create_server((asked.host, asked.phone_port))
    api = _misbehaving(asked.mode, create_api(served.register, Limits()), asked.delay)
    doors = [
        Door(
            create_phone(served.citizens, served.guardians),
            phones,
            data if asked.phone_tls else None,
        )
    ]
    if asked.mode != "down":
        doors.append(Door(api, terminals, data, asks_certificate=True))
    ports = {"port": terminals.getsockname()[1], "phone_port": phones.getsockname()[1]}
    asyncio.run(serve(doors, lambda: journal.ready(**ports)))


if __name__ == "__main__":
    main()
