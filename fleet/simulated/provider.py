"""A small OpenID Connect provider: people to choose from, real signatures. Not shipped.

It stands beside the real one for tests and for `make fleet-demo`. What it can do wrong
is set by `faults`; tests try each of them.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636.
"""

import base64
import contextlib
import hashlib
import html
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "fleet", "a-secret-of-the-demo"


@dataclass
class LocalProvider:
    """One provider on loopback."""

    people: Mapping[str, tuple[str, ...]]
    """Name to groups."""
    clock: Callable[[], float]
    faults: dict[str, Any] = field(default_factory=dict)
    """Claims that are other than they should be, or ``alg``, ``key``, ``status`` and the like."""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "1"}))
    issuer: str = ""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.faults.get("described_issuer", self.issuer),
            "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token",
            "jwks_uri": self.issuer + "/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        }

    def back(self, asked: Mapping[str, str], name: str) -> str:
        """Return where the browser goes once somebody has said who they are."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = dict(asked) | {"name": name}
        answer = {"code": code, "state": asked.get("state", "")}
        answer["iss"] = self.faults.get("iss_answer", self.issuer)
        return asked["redirect_uri"] + "?" + urlencode(answer)

    def token(self, form: Mapping[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Return status and answer of the token endpoint."""
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {expected}":
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or not _proves(asked, form):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(24)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self._id(asked)}

    def _id(self, asked: Mapping[str, str]) -> str:
        now = int(self.clock())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": hashlib.sha256(asked["name"].encode()).hexdigest()[:16],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
            "preferred_username": asked["name"],
            "groups": list(self.people.get(asked["name"], ())),
        }
        claims |= {name: v for name, v in self.faults.items() if name in claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.faults.get("alg", "ES256"), "kid": "1"}
        key = self.faults.get("key", self.key)
        return jwt.encode(header, claims, key, algorithms=[header["alg"]])


def _proves(asked: Mapping[str, str], form: Mapping[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        asked.get("code_challenge_method") == "S256"
        and asked.get("code_challenge") == challenge
        and form.get("redirect_uri") == asked.get("redirect_uri")
    )


@contextlib.contextmanager
def running_provider(
    people: Mapping[str, tuple[str, ...]], clock: Callable[[], float]
) -> Iterator[LocalProvider]:
    """Run a provider on a free port of this machine until the block ends."""
    provider = LocalProvider(people, clock)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(provider: LocalProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if provider.faults.get("status"):
                self._answer(provider.faults["status"], b"{}", "application/json")
            elif parts.path == "/.well-known/openid-configuration":
                self._json(200, provider.described())
            elif parts.path == "/keys":
                self._json(200, {"keys": [provider.key.as_dict(private=False)]})
            elif parts.path == "/authorize" and "as" in asked:
                self.send_response(302)
                self.send_header("Location", provider.back(asked, asked["as"]))
                self.end_headers()
            else:
                self._answer(200, _choice(provider, self.path).encode(), "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*provider.token(form, self.headers.get("Authorization", "")))

        def _json(self, status: int, content: Any) -> None:
            self._answer(status, json.dumps(content).encode(), "application/json")

        def _answer(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


def _choice(provider: LocalProvider, path: str) -> str:
    links = "".join(
        f'<p><a href="{html.escape(path)}&amp;as={html.escape(name)}">{html.escape(name)}</a>'
        f" {html.escape(', '.join(groups))}</p>"
        for name, groups in provider.people.items()
    )
    return f"<!doctype html><html lang=en><title>Who are you?</title><h1>Who are you?</h1>{links}"
