"""Read a request's body, bounded in size and time."""

import asyncio

from fastapi import Request
from starlette.requests import ClientDisconnect

_WHOLE_S = 30.0


class BodyTooLarge(Exception):
    """The body is larger than it may be; the rest was not read."""


class BodyCutShort(Exception):
    """The other side went away, or took too long."""


async def read(request: Request, *, at_most: int) -> bytes:
    """Return the whole body.

    As much again is read and dropped before a body is called too large: whoever is
    answered while still sending sees a broken connection instead of the answer.

    Raises:
        BodyTooLarge: it is longer than `at_most` bytes.
        BodyCutShort: it did not come whole, or not in time.
    """
    body = bytearray()
    length = 0
    try:
        async with asyncio.timeout(_WHOLE_S):
            async for piece in request.stream():
                length += len(piece)
                if length <= at_most:
                    body += piece
                elif length > 2 * at_most:
                    break
    except (ClientDisconnect, TimeoutError) as cause:
        raise BodyCutShort("did not come whole") from cause
    if length > at_most:
        raise BodyTooLarge("longer than it may be")
    return bytes(body)
