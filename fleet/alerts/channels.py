"""Ways to tell people: mail over SMTP, and webhooks that their receiver can verify.

Our exception hierarchy::

    NotSent     it could not be handed over; it is tried again

Source: RFC 5321, 5322 by the standard library; the webhook's three headers are those of
the Standard Webhooks proposal: id, time and HMAC-SHA256 over ``id.time.body``.
"""

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

_TIMEOUT_S: Final = 10.0
_TAKEN: Final = range(200, 300)
_LEVELS: Final = ("duty", "deputy", "lead")


class NotSent(Exception):
    """It could not be handed over; carries no content."""


class Channel(Protocol):
    """One way to tell people."""

    def send(self, number: int, body: str, at: int) -> None:
        """Hand over message `number`, made at `at`.

        Raises:
            NotSent: it could not be.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Mail to whoever has the duty at the message's level."""

    host: str
    port: int
    sender: str
    recipients: Mapping[int, str]
    """Level to address; a level without one falls back to the lowest."""
    console: str
    """Beginning of links to the console."""
    tls: ssl.SSLContext | None = field(default_factory=ssl.create_default_context, repr=False)
    """For STARTTLS; None only for a server on this machine."""

    def send(self, number: int, body: str, at: int) -> None:
        """Hand the mail over to the SMTP server."""
        letter = self.letter(number, json.loads(body), at)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S) as server:
                if self.tls is not None:
                    server.starttls(context=self.tls)
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as cause:
            raise NotSent("the mail server did not take it") from cause

    def letter(self, number: int, told: dict[str, Any], at: int) -> EmailMessage:
        """Return the mail that says `told`."""
        alerts, level = told["alerts"], told["level"]
        first, more = alerts[0], len(alerts) - 1
        letter = EmailMessage()
        letter["From"] = self.sender
        letter["To"] = self.recipients.get(level, self.recipients[min(self.recipients)])
        letter["Date"] = datetime.fromtimestamp(at, UTC)
        letter["Message-ID"] = f"<alert-{number}@{self.sender.partition('@')[2]}>"
        others = f" and {more} more in {first['district']}" if more else ""
        letter["Subject"] = f"[{first['severity']}] {first['sentence']}{others}"[:200]
        lines = [f"To: {_LEVELS[level]}", ""]
        for one in alerts:
            lines += [
                f"{one['severity']}: {one['sentence']}",
                f"  where: {one['terminal'] or 'the whole district'}, {one['district']}",
                f"  what to do: {one['runbook']}",
                f"  alert: {self.console}/alerts/{one['id']}",
                "",
            ]
        letter.set_content("\n".join(lines))
        return letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A POST of JSON that carries its own proof."""

    url: str
    secret: bytes = field(repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)

    def send(self, number: int, body: str, at: int) -> None:
        """Post the message."""
        address = urlsplit(self.url)
        content = body.encode()
        headers = {"Content-Type": "application/json"}
        headers |= signed(content, number=number, at=at, secret=self.secret)
        line: http.client.HTTPConnection
        if address.scheme == "https":
            line = http.client.HTTPSConnection(address.netloc, timeout=_TIMEOUT_S, context=self.tls)
        else:
            line = http.client.HTTPConnection(address.netloc, timeout=_TIMEOUT_S)
        try:
            line.request("POST", address.path or "/", content, headers)
            status = line.getresponse().status
        except (OSError, http.client.HTTPException) as cause:
            raise NotSent("the receiver does not answer") from cause
        finally:
            line.close()
        if status not in _TAKEN:
            raise NotSent(f"the receiver answered {status}")


def signed(content: bytes, *, number: int, at: int, secret: bytes) -> dict[str, str]:
    """Return the headers by which a receiver knows that we sent `content`, and when."""
    name = f"message-{number}"
    mac = hmac.digest(secret, f"{name}.{at}.".encode() + content, hashlib.sha256)
    return {
        "Webhook-Id": name,
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": "v1," + base64.b64encode(mac).decode(),
    }
