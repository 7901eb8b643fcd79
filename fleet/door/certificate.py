"""Which certificate a caller has shown, whoever ended the TLS connection.

Two ways, never both on one door: the server itself ends TLS and this protocol class
puts the certificate into the request's scope; or a proxy does, and writes it into
headers. Headers are believed only on a socket that nobody but the proxy can reach.

Source: nginx, ngx_http_ssl_module, $ssl_client_verify and $ssl_client_escaped_cert.
"""

import asyncio
import ssl
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import Request
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

VERIFIED_HEADER = "x-client-verify"
CERTIFICATE_HEADER = "x-client-certificate"
_VERIFIED = "SUCCESS"
_MOST_REMEMBERED = 20_000


class ClientCertificateProtocol(HttpToolsProtocol):
    """HTTP/1.1 over TLS, with the client's certificate in each request's scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember who called."""
        super().connection_made(transport)
        connection: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
        certificate = connection.getpeercert(binary_form=True) if connection else None
        application = self.app

        async def told(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})["tls"] = {"client_certificate": certificate}
            await application(scope, receive, send)

        self.app = told


def shown_here(request: Request) -> bytes | None:
    """Return the certificate (DER) of the request's own TLS connection."""
    certificate: bytes | None = (
        request.scope.get("extensions", {}).get("tls", {}).get("client_certificate")
    )
    return certificate


def shown_to_proxy(request: Request) -> bytes | None:
    """Return the certificate (DER) that the proxy verified; None if it did not."""
    if request.headers.get(VERIFIED_HEADER) != _VERIFIED:
        return None
    return _unescaped(request.headers.get(CERTIFICATE_HEADER, ""))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _unescaped(escaped: str) -> bytes | None:
    try:
        certificate = x509.load_pem_x509_certificate(unquote_to_bytes(escaped))
    except ValueError:
        return None
    return certificate.public_bytes(Encoding.DER)
