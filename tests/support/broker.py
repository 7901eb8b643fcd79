"""A department's broker on this machine: it turns a card's token into what the card says.

HTTPS on loopback, with a certificate of its own. A token is the card's name and a MAC over
the terminal's nonce: so the chip proves itself to the broker, and to nobody else.
"""

import datetime as dt
import hashlib
import hmac
import http.server
import ipaddress
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from drivers.card.profile.mediated import (
    APPLICATION,
    NONCE_BYTES,
    build_answer,
    build_files,
    signed_message,
)
from drivers.card.protocol.apdu import CommandApdu
from drivers.errors import DeviceMissing

NAME_BYTES = 8
LONGEST_ANSWER = 1 << 20


class TokenCard:
    """A chip that hands out tokens; a channel."""

    def __init__(self, name: bytes, key: bytes) -> None:
        self._name = name
        self._key = key

    def transmit(self, command: bytes) -> bytes:
        """Answer SELECT and INTERNAL AUTHENTICATE."""
        apdu = CommandApdu.parse(command)
        if apdu.ins == 0xA4:
            return b"\x90\x00" if apdu.data == APPLICATION else b"\x6a\x82"
        mac = hmac.digest(self._key, apdu.data, hashlib.sha256)
        return self._name + mac + b"\x90\x00"


class Records:
    """What the broker knows: each card's key, and what it says."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.cards: dict[bytes, tuple[bytes, bytes, dict[int, bytes]]] = {}
        self.change: Callable[[bytes], bytes] = lambda answer: answer
        """What is wrong with the broker, for tests."""

    def answer(self, request: bytes) -> bytes | None:
        """Return the signed answer to nonce and token; None for a token that does not hold."""
        nonce, token = request[:NONCE_BYTES], request[NONCE_BYTES:]
        name, mac = token[:NAME_BYTES], token[NAME_BYTES:]
        if name not in self.cards:
            return None
        key, sod, groups = self.cards[name]
        if not hmac.compare_digest(hmac.digest(key, nonce, hashlib.sha256), mac):
            return None
        files = build_files(sod, groups)
        return self.change(build_answer(files, self.key.sign(signed_message(token, nonce, files))))


class HttpsBroker:
    """The terminal's end of the transport: `mediated.Broker`."""

    def __init__(self, url: str, certificate: Path) -> None:
        self._url = url
        self._context = ssl.create_default_context(cafile=str(certificate))

    def redeem(self, token: bytes, nonce: bytes) -> bytes:
        """Send nonce and token, return the answer."""
        request = urllib.request.Request(self._url, nonce + token)  # noqa: S310  (https, ours)
        try:
            with urllib.request.urlopen(request, context=self._context, timeout=5) as answer:  # noqa: S310
                content: bytes = answer.read(LONGEST_ANSWER)
                return content
        except urllib.error.HTTPError as refusal:
            refusal.close()
            raise DeviceMissing("the broker knows no such token") from None
        except OSError:
            raise DeviceMissing("no broker answers") from None


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "broker.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "broker.key").write_bytes(private)
    return folder / "broker.pem", folder / "broker.key"


@contextmanager
def running_broker(records: Records, folder: Path) -> Iterator[HttpsBroker]:
    """Serve in the block."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = records.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if answer else 404)
            self.send_header("Content-Length", str(len(answer or b"")))
            self.end_headers()
            self.wfile.write(answer or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    certificate, key = _certificate(folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield HttpsBroker(f"https://127.0.0.1:{server.server_address[1]}/", certificate)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
