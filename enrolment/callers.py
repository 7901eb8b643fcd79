"""Who calls, how often, and how many at once.

A terminal is known by the certificate of its connection.

Source: the ASGI TLS extension for `client_certificate`.
"""

import random
import time

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from enrolment import bodies, intake
from enrolment.intake import Refusal
from enrolment.pace import Pace
from enrolment.problems import Refused
from enrolment.register import Register
from enrolment.settings import Limits


class Callers:
    """Knows who calls, how often, and how many at once."""

    def __init__(self, register: Register, limits: Limits) -> None:
        self._register = register
        self._limits = limits
        self._pace = Pace(per_s=limits.requests_per_s, burst=limits.requests_burst)
        self._bodies = 0

    async def terminal(self, request: Request) -> tuple[str, bytes]:
        """Return the name of the terminal that calls, and its certificate (DER)."""
        tls = request.scope.get("extensions", {}).get("tls", {})
        certificate: bytes | None = tls.get("client_certificate")
        if certificate is None:
            raise Refused(intake.NO_TERMINAL)
        found = await run_in_threadpool(self._register.terminal, certificate)
        if found is None:
            raise Refused(intake.NO_TERMINAL)
        if not found.in_service:
            raise Refused(intake.REVOKED)
        wait_s = self._pace.wait_s(found.name, time.monotonic())
        if wait_s:
            raise Refused(intake.too_many(wait_s))
        return found.name, certificate

    async def __aenter__(self) -> None:
        if self._bodies >= self._limits.bodies_at_once:
            raise Refused(busy())
        self._bodies += 1

    async def __aexit__(self, *_: object) -> None:
        self._bodies -= 1

    async def body(self, request: Request, refusal: Refusal | None, *, at_most: int) -> bytes:
        """Return the whole body; a refusal waits until it has come."""
        try:
            body = await bodies.read(request, at_most=at_most, within_s=self._limits.body_s)
        except bodies.BodyTooLarge:
            raise Refused(refusal or intake.TOO_LARGE) from None
        if refusal is not None:
            raise self.refused(refusal)
        return body

    def refused(self, refusal: Refusal) -> Refused:
        """Return the end of a request; whose clock is wrong is told the time."""
        if refusal is intake.CLOCK_SKEW:
            return Refused(refusal, server_time=self._register.now())
        return Refused(refusal)


def busy() -> Refusal:
    """Return the refusal of a register that has enough to do."""
    return intake.busy(random.random())  # noqa: S311  spreads those who wait, hides nothing
