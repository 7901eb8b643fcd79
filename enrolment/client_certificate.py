"""Hand the client's certificate of a TLS connection to the application.

uvicorn ends TLS without telling the application who called. Its protocol class is
replaced by this one, which puts the certificate (DER) into
``scope["extensions"]["tls"]["client_certificate"]``. Behind a proxy that ends TLS,
this file is what changes.
"""

import asyncio
import ssl
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class ClientCertificateProtocol(H11Protocol):
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
