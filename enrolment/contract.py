"""What the API promises beyond what FastAPI can tell from the code: ``openapi.yaml``.

The document is made by ``make catalogues`` from the application, so that it cannot
promise what is not there; a test holds that the file is the application's.
"""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Path
from fastapi.openapi.utils import get_openapi

from wire.guardian import ConsentState
from wire.record import (
    CONTENT_TYPE,
    KEY_ID_HEADER,
    LARGEST_SEALED_BYTES,
    SIGNATURE_TAG,
    SIGNED_FIELDS,
    SUITE_HEADER,
    SealSuite,
    Verdict,
)
from wire.register_keys import CONTENT_TYPE as KEYS_CONTENT_TYPE
from wire.signature import (
    COMPONENTS,
    ED25519,
    INPUT_HEADER,
    LABEL,
    P256,
    SIGNATURE_HEADER,
    WINDOW_S,
)
from wire.trail_head import HEADER as TRAIL_HEADER

DESCRIPTION = f"""The central register's interface for terminals.

**It is our own invention**: no public enrolment interface of iAM Smart exists.

A terminal is known by the certificate of its TLS connection. What it stores it signs as
well (RFC 9421): label `{LABEL}`, the components
{", ".join(f"`{name}`" for name in (*COMPONENTS, *SIGNED_FIELDS))} in this order, then the
parameters `created`, `keyid` (SHA-256 of the certificate, hex), `alg` (`{P256}` or
`{ED25519}`, as the certificate's key is), `nonce` (16 random bytes, hex) and
`tag="{SIGNATURE_TAG}"` in this order. `created` may differ from the register's clock by
{WINDOW_S} seconds; a nonce counts once.

A minor's record (11 to 17) is accepted only with the id of a consent that a guardian gave for
this very record: the terminal asks (`/v1/guardian-consents`), shows `/g/TOKEN` of the phone's
address as a code, and looks every second how it stands.

Every refusal is a problem (RFC 9457) whose `code` is stable. 408, 425, 429, 502, 503, 504 and
all 401 and 403 may be tried again later; 409, 413, 415 and 422 with a `code` never succeed."""

VERSION = "1"
TITLE = "Register of enrolments (our own invention)"


RecordId = Annotated[
    str,
    Path(description="UUID made by the terminal", json_schema_extra={"format": "uuid"}),
]

ConsentId = Annotated[
    str,
    Path(description="UUID made by the terminal", json_schema_extra={"format": "uuid"}),
]


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of `app`."""
    told = get_openapi(
        title=TITLE,
        version=VERSION,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
    )
    return told | {"components": {"schemas": {"Problem": _PROBLEM}}}


def answer(description: str, *, headers: dict[str, Any] | None = None, **content: Any) -> Any:
    """Return an OpenAPI response with a JSON body of these properties."""
    schema = {
        "type": "object",
        "properties": content,
        "required": list(content),
        "additionalProperties": False,
    }
    said: dict[str, Any] = {"description": description}
    if content:
        said["content"] = {"application/json": {"schema": schema}}
    if headers:
        said["headers"] = headers
    return said


_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "A code of docs/failures.md"},
        "server_time": {
            "type": "number",
            "description": "With request.clock_skew: the register's time, seconds since the epoch",
        },
    },
    "required": ["type", "title", "status"],
    "additionalProperties": False,
}
_CODES = {
    HTTPStatus.UNAUTHORIZED: "request.unsigned, .forged, .replayed or .clock_skew",
    HTTPStatus.FORBIDDEN: "terminal.unknown or terminal.revoked",
    HTTPStatus.NOT_FOUND: "This terminal has no such record or request",
    HTTPStatus.REQUEST_TIMEOUT: "The body did not come whole in time",
    HTTPStatus.CONFLICT: "record.conflict, consent.conflict: something else has this id",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "record.too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "record.wrong_type: content type, suite or key",
    HTTPStatus.UNPROCESSABLE_ENTITY: "record.malformed, .unsealable, .key_retired or "
    "consent.malformed",
    HTTPStatus.TOO_MANY_REQUESTS: "request.too_many",
    HTTPStatus.SERVICE_UNAVAILABLE: "register.busy",
}
_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses of these refusals."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        told[status.value] = {
            "description": _CODES[status],
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        if status in _LATER:
            seconds = {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds"}
            told[status.value]["headers"] = {"Retry-After": seconds}
    return told


def _header(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": description,
        "schema": {"type": "string", **schema},
    }


_TRAIL_SCHEMA = {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,14});sha-256=[0-9a-f]{64}$"}
TRAIL = {
    "name": TRAIL_HEADER,
    "in": "header",
    "required": True,
    "description": "Length and last hash of the terminal's audit trail, signed; `0;` and the hash "
    "of zeros if it has none. What is no head anchors nothing, and loses no record",
    "schema": _TRAIL_SCHEMA,
}
TRAIL_KNOWN = {
    TRAIL_HEADER: {
        "schema": _TRAIL_SCHEMA,
        "description": "The head known before, which the one that came has to have grown from",
    }
}
PUT = {
    "parameters": [
        _header("Content-Digest", "RFC 9530, sha-256 of the body"),
        _header(SUITE_HEADER, "HPKE suite (RFC 9180)", enum=[suite.value for suite in SealSuite]),
        _header(KEY_ID_HEADER, "The key it is sealed to", pattern="^[0-9a-f]{16}$"),
        _header(INPUT_HEADER, "RFC 9421, in the profile above"),
        _header(SIGNATURE_HEADER, "RFC 9421; for P-256 r, then s"),
        TRAIL,
    ],
    "requestBody": {
        "required": True,
        "description": "The encapsulated key, then the ciphertext",
        "content": {
            CONTENT_TYPE: {
                "schema": {
                    "type": "string",
                    "format": "binary",
                    "maxLength": LARGEST_SEALED_BYTES,
                }
            }
        },
    },
}
CONSENT_PUT = {
    "requestBody": {
        "required": True,
        "description": "Nothing personal; the token itself is in the QR alone",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "record_id": {
                            "type": "string",
                            "format": "uuid",
                            "description": "Of the minor's record, which is still to come",
                        },
                        "reference": {
                            "type": "string",
                            "pattern": "^[0-9A-Z-]{1,32}$",
                            "description": "The code on the terminal's screen",
                        },
                        "token_digest": {
                            "type": "string",
                            "pattern": "^[0-9a-f]{64}$",
                            "description": "SHA-256 of the token in the QR",
                        },
                        "statement": {
                            "type": "string",
                            "pattern": "^[0-9A-Za-z.-]{1,32}$",
                            "description": "Version of the text that was read",
                        },
                    },
                    "required": ["record_id", "reference", "token_digest", "statement"],
                    "additionalProperties": False,
                }
            }
        },
    },
}
CONSENT_STATE = {"type": "string", "enum": [state.value for state in ConsentState]}
CONSENT_UNTIL = {
    "type": "string",
    "format": "date-time",
    "description": "So long a guardian may answer",
}
RECEIPT = {"type": "string", "description": "Compact JWS (EdDSA) of the receipt"}
VERDICT = {"type": "string", "enum": [verdict.value for verdict in Verdict]}
LINKED = {"type": "boolean", "description": "Whether the citizen's phone has finished"}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "For If-None-Match"}}
KEYS = {
    "description": "Compact JWS (EdDSA): the keys to seal to, the one to use first",
    "headers": ETAG,
    "content": {KEYS_CONTENT_TYPE: {"schema": {"type": "string"}}},
}
NOT_MODIFIED = {"description": "It is the offer with that ETag", "headers": ETAG}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag of the offer that is known",
    "schema": {"type": "string"},
}
