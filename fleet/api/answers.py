"""How the API answers: pages with a cursor, and tags by which nothing is sent twice.

Source: RFC 9110, 8.8.3 (ETag) and 13.1.2 (If-None-Match).
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final, TypeVar

import msgspec
from fastapi import Request, Response

from fleet.door.problems import Refused
from wire.failures import Failure

MOST: Final = 500
USUAL: Final = 100
_LONGEST_CURSOR: Final = 200
T = TypeVar("T")


def page(request: Request, items: Sequence[T], key: Callable[[T], str | int]) -> dict[str, Any]:
    """Return the asked part of `items`, which are in order of `key`, and where to go on.

    Raises:
        Refused: ``limit`` or ``after`` is none of ours.
    """
    limit = limit_of(request)
    after = request.query_params.get("after", "")
    begin = 0
    if after:
        last = _read(after)
        ends = (index + 1 for index, item in enumerate(items) if key(item) == last)
        begin = next(ends, -1)
        if begin < 0:
            raise unusable()
    part = items[begin : begin + limit]
    more = begin + limit < len(items)
    return {"items": part, "next": cursor(key(part[-1])) if more else None}


def limit_of(request: Request) -> int:
    """Return how many are asked for.

    Raises:
        Refused: it is no number, or too large.
    """
    asked = request.query_params.get("limit", str(USUAL))
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= MOST):
        raise unusable()
    return int(asked[:6])


def cursor(key: str | int) -> str:
    """Return a place in a list, as callers hand it back."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def tagged(request: Request, content: Any) -> Response:
    """Return `content` as JSON with its tag; 304 without it if the caller has it."""
    body = msgspec.json.encode(content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    asked = request.headers.get("if-none-match", "")
    if tag in {one.strip().removeprefix("W/") for one in asked.split(",")}:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})


def unusable() -> Refused:
    """Return the refusal of what cannot be meant."""
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, Failure.FORM_MALFORMED)


def missing() -> Refused:
    """Return the refusal of what is not there, or not for this caller."""
    return Refused(HTTPStatus.NOT_FOUND, Failure.FORM_MALFORMED)


def _read(after: str) -> str | int:
    try:
        raw = base64.urlsafe_b64decode(after[:_LONGEST_CURSOR] + "=" * (-len(after) % 4))
        return msgspec.json.decode(raw, type=str | int)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        raise unusable() from None
