"""Requests as a terminal makes them, and as nobody should."""

import base64
import hashlib
import ssl
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx

from kiosk.sync.signature import RecordSigner
from tests.support.delivery import key_of
from tests.support.register import RunningRegister, signer
from wire.record import CONTENT_TYPE, KEY_ID_HEADER, SUITE, SUITE_HEADER
from wire.trail_head import HEADER as TRAIL_HEADER
from wire.trail_head import NO_TRAIL


def client_context(data: Path) -> ssl.SSLContext:
    """Return TLS as the sandbox terminal speaks it."""
    context = ssl.create_default_context(cafile=str(data / "register_ca.pem"))
    context.load_cert_chain(data / "terminal.pem", data / "terminal.key")
    return context


def fields(body: bytes, data: Path) -> dict[str, str]:
    """Return the fields of a record's PUT before it is signed."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return {
        "Content-Type": CONTENT_TYPE,
        "Content-Digest": f"sha-256=:{digest}:",
        SUITE_HEADER: SUITE,
        KEY_ID_HEADER: key_of(data),
        TRAIL_HEADER: str(NO_TRAIL),
    }


def put(
    register: RunningRegister,
    body: bytes | Iterator[bytes],
    changed: dict[str, str] | None = None,
    *,
    record_id: str = "",
    signs: RecordSigner | None = None,
    after: dict[str, str] | None = None,
) -> httpx.Response:
    """Put `body`, signed.

    Args:
        register: where to.
        body: the sealed bytes.
        changed: fields that are other than a terminal's.
        record_id: a new one if empty.
        signs: who signs; the sandbox terminal by default.
        after: fields that somebody changed after they were signed.
    """
    url = f"{register.url}/v1/enrolments/{record_id or uuid.uuid4()}"
    known = fields(body if isinstance(body, bytes) else b"", register.data) | (changed or {})
    signed = (signs or signer(register.data)).sign("PUT", url, known)
    headers = known | signed | (after or {})
    with httpx.Client(verify=client_context(register.data), trust_env=False) as terminal:
        return terminal.put(url, content=body, headers=headers)
