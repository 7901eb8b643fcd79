"""The server's settings: one TOML file, read strictly; without one nobody is told anything.

::

    [mail]
    host = "mail.example"
    port = 587
    sender = "fleet@ops.example"
    recipients = ["duty@ops.example", "deputy@ops.example", "lead@ops.example"]
    console = "https://fleet.example"

    [webhook]
    url = "https://desk.example/hook"
    secret = "/etc/fleet/webhook_secret.bin"

    [dead_man]
    url = "https://watch.example/fleet"

    [claims]
    server = "fleet.example:8444"

    [releases]
    repository = "/var/lib/fleet/repository"
    key = "file2:/etc/fleet/online.pem"
    public = "/etc/fleet/online.json"

    [people]
    issuer = "https://login.example"
    client_id = "fleet"
    secret = "/etc/fleet/people_secret"
    redirect = "https://fleet.example/sign-in/back"

    [[people.rule]]
    group = "fleet-operators-sha-tin"
    role = "operator"
    where = "district:sha_tin"
"""

import ssl
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from fleet.access.provider import Client, Provider
from fleet.access.roles import Rule
from fleet.alerts.channels import Channel, Mail, Webhook
from fleet.release.keys import signer
from fleet.release.repository import Repository
from fleet.rollout.plan import PLANS, Plans
from fleet.selection import words
from fleet.waves.publishing import Publishing

_SHORTEST_SECRET = 24


class BadSettings(ValueError):
    """The settings cannot be used; `code` is that of wire/failures.toml."""

    code = "config.bad_value"


class MailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where mail goes; one address for each level of escalation."""

    host: str
    port: Annotated[int, Meta(ge=1, le=65_535)]
    sender: Annotated[str, Meta(pattern="^[^@\\s]+@[^@\\s]+$")]
    recipients: Annotated[list[str], Meta(min_length=1, max_length=3)]
    console: str
    starttls: bool = True


class WebhookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a webhook goes, and the file of the secret it is signed with."""

    url: Annotated[str, Meta(pattern="^https?://")]
    secret: str


class DeadManSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who hears from the server each minute, and raises the alarm when they do not."""

    url: Annotated[str, Meta(pattern="^https?://")]


class PeopleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where people sign in, and what each of the provider's groups may do."""

    issuer: str
    client_id: Annotated[str, Meta(min_length=1)]
    secret: str
    """The file of the client's secret."""
    redirect: Annotated[str, Meta(pattern="^https?://[^?#]+/sign-in/back$")]
    rule: Annotated[list[Rule], Meta(min_length=1)]
    groups_claim: str = "groups"
    ca: str = ""
    """A file, where the provider's certificate is none of a public authority."""


class ReleaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed repository, the fleet's own key to it, and how rollouts go on."""

    repository: str
    key: str
    """As securesystemslib names it: a file, a token, or a cloud's key service."""
    public: str
    """The file of its public half."""
    plans: Plans = PLANS


class ClaimSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where machines find the door for claims: what a slip's code says."""

    server: Annotated[str, Meta(pattern="^[a-z0-9.-]{1,120}:[0-9]{1,5}$")]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    mail: MailSettings | None = None
    webhook: WebhookSettings | None = None
    people: PeopleSettings | None = None
    dead_man: DeadManSettings | None = None
    releases: ReleaseSettings | None = None
    claims: ClaimSettings | None = None

    def publishing(self, now: Callable[[], datetime]) -> Publishing | None:
        """Return the fleet's hand on the signed repository; None if it has none.

        Args:
            now: the time, with its zone.

        Raises:
            BadSettings: the key cannot be used.
            OSError: a file cannot be read.
        """
        if self.releases is None:
            return None
        named = self.releases
        try:
            key = signer(named.key, Path(named.public))
        except (ValueError, KeyError) as cause:
            raise BadSettings(f"releases: {cause}") from cause
        folder = Path(named.repository)
        return Publishing(folder, Repository(folder, now, [key]), now)

    def provider(self) -> Provider | None:
        """Return where people sign in; None if only the break-glass token opens.

        Raises:
            BadSettings: a place cannot be understood, or an address is not https.
            OSError: the secret cannot be read.
        """
        if self.people is None:
            return None
        named = self.people
        try:
            for rule in named.rule:
                words(rule.where)
            return Provider(
                Client(
                    issuer=named.issuer,
                    client_id=named.client_id,
                    secret=Path(named.secret).read_text().strip(),
                    redirect=named.redirect,
                    groups_claim=named.groups_claim,
                    ca=Path(named.ca) if named.ca else None,
                ),
                tuple(named.rule),
            )
        except ValueError as cause:
            raise BadSettings(f"people: {cause}") from cause

    def channels(self) -> dict[str, Channel]:
        """Return the ways to tell people.

        Raises:
            BadSettings: the secret is too short.
            OSError: its file cannot be read.
        """
        made: dict[str, Channel] = {}
        if self.mail is not None:
            mail = self.mail
            made["mail"] = Mail(
                host=mail.host,
                port=mail.port,
                sender=mail.sender,
                recipients=dict(enumerate(mail.recipients)),
                console=mail.console.rstrip("/"),
                tls=ssl.create_default_context() if mail.starttls else None,
            )
        if self.webhook is not None:
            secret = Path(self.webhook.secret).read_bytes()
            if len(secret) < _SHORTEST_SECRET:
                raise BadSettings(f"a webhook's secret has at least {_SHORTEST_SECRET} bytes")
            made["webhook"] = Webhook(url=self.webhook.url, secret=secret)
        return made


def load(path: Path) -> Settings:
    """Read the file at `path`; the defaults if there is none.

    Raises:
        BadSettings: an unknown key, or an unusable value.
    """
    if not path.exists():
        return Settings()
    try:
        return msgspec.convert(tomllib.loads(path.read_text()), Settings)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as cause:
        raise BadSettings(f"{path.name}: {cause}") from cause
