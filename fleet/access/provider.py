"""Sign people in at an OpenID Connect provider: authorization code with PKCE.

Our exception hierarchy::

    NotSignedIn         carries a stable `code`
    ├── ProviderSilent      the provider did not answer, or not in the agreed form
    └── ProviderRefused     it, or what it signed, does not let this person in

Source: OpenID Connect Core 1.0, 3.1; Discovery 1.0; RFC 7636 (PKCE); RFC 9207 (issuer in
the answer). Tokens are verified by Authlib and joserfc; nothing of them is kept.
"""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from fleet.access.roles import Person, Rule, granted

_TIMEOUT_S: Final = 10.0
_LEEWAY_S: Final = 60
_ALGORITHMS: Final = ("RS256", "PS256", "ES256")
"""Asymmetric ones: a key of ours that is public must not sign in our name."""
_SCOPE: Final = "openid profile email"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST_NAME: Final = 120


class NotSignedIn(Exception):
    """Nobody was signed in; carries no content of what came."""

    code = "access.refused"


class ProviderSilent(NotSignedIn):
    """The provider did not answer, or not in the agreed form."""

    code = "access.provider_silent"


class ProviderRefused(NotSignedIn):
    """The provider, or what it signed, does not let this person in."""


class _Discovered(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """How this server is known to the provider."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    redirect: str
    """Where the provider sends people back to: ``https://…/sign-in/back``."""
    groups_claim: str = "groups"
    ca: Path | None = None
    """Who issued the provider's certificate; None for the public authorities."""


@dataclass(frozen=True, slots=True)
class Begun:
    """One way to the provider and back; `verifier` and `nonce` never leave this server."""

    url: str
    state: str
    nonce: str
    verifier: str = field(repr=False)


class Provider:
    """One provider; any thread may ask."""

    def __init__(self, client: Client, rules: tuple[Rule, ...]) -> None:
        """Know people by `client`'s provider, and what they may do by `rules`.

        Raises:
            ValueError: the issuer or the way back is not https; a test's may be on loopback.
        """
        for url in (client.issuer, client.redirect):
            if not _is_safe(url):
                raise ValueError("provider and way back are reached by https only")
        self.client = client
        self._rules = rules
        self._lock = threading.Lock()
        self._known: tuple[_Discovered, KeySet] | None = None

    def begin(self) -> Begun:
        """Return where to send somebody's browser.

        Raises:
            ProviderSilent: the provider cannot be asked where.
        """
        where, _ = self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        with self._session() as session:
            url, _ = session.create_authorization_url(
                where.authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier
            )
        return Begun(url, state, nonce, verifier)

    def finish(self, code: str, issuer: str, *, nonce: str, verifier: str, now: float) -> Person:
        """Return who came back with `code`.

        Args:
            code: what the provider gave.
            issuer: who the answer says it is from; empty if it does not say (RFC 9207).
            nonce: that of `begin`.
            verifier: that of `begin`.
            now: seconds since 1970.

        Raises:
            ProviderRefused: the code, or what it buys, is not good, or gives no role.
            ProviderSilent: the provider cannot be asked.
        """
        if issuer and issuer != self.client.issuer:
            raise ProviderRefused("an answer of another provider")
        where, keys = self._discovered()
        token = self._token(where, code, verifier)
        try:
            claims = self._claims(token, keys, nonce, now)
        except (JoseError, ValueError):
            # Keys change; they are asked for once more.
            _, keys = self._discovered(anew=True)
            try:
                claims = self._claims(token, keys, nonce, now)
            except (JoseError, ValueError) as cause:
                raise ProviderRefused("what the provider signed is not good") from cause
        return self._person(claims)

    def _session(self) -> Any:
        session = OAuth2Session(
            self.client.client_id,
            self.client.secret,
            scope=_SCOPE,
            redirect_uri=self.client.redirect,
            code_challenge_method="S256",
            default_timeout=_TIMEOUT_S,
        )
        # No proxies, no .netrc, no CA bundle from the environment.
        session.trust_env = False
        session.verify = str(self.client.ca) if self.client.ca else True
        return session

    def _discovered(self, *, anew: bool = False) -> tuple[_Discovered, KeySet]:
        with self._lock:
            if self._known is None or anew:
                self._known = self._discover()
            return self._known

    def _discover(self) -> tuple[_Discovered, KeySet]:
        with self._session() as session:
            try:
                well_known = self.client.issuer.rstrip("/") + "/.well-known/openid-configuration"
                where = msgspec.json.decode(_got(session, well_known), type=_Discovered)
                if where.issuer != self.client.issuer or not all(
                    map(
                        _is_safe,
                        (where.authorization_endpoint, where.token_endpoint, where.jwks_uri),
                    )
                ):
                    raise ProviderSilent("the provider describes another one")
                return where, KeySet.import_key_set(
                    msgspec.json.decode(_got(session, where.jwks_uri))
                )
            except (OSError, msgspec.DecodeError, JoseError, ValueError) as cause:
                raise ProviderSilent("the provider does not say how to reach it") from cause

    def _token(self, where: _Discovered, code: str, verifier: str) -> Mapping[str, Any]:
        with self._session() as session:
            try:
                token: Mapping[str, Any] = session.fetch_token(
                    where.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    allow_redirects=False,
                )
            except OAuthError as cause:
                raise ProviderRefused("the provider does not take its code back") from cause
            except (OSError, ValueError) as cause:
                raise ProviderSilent("the provider does not answer") from cause
        return token

    def _claims(
        self, token: Mapping[str, Any], keys: KeySet, nonce: str, now: float
    ) -> Mapping[str, Any]:
        text = token.get("id_token")
        if not isinstance(text, str):
            raise ProviderRefused("the provider does not say who it is")
        read = jwt.decode(text, keys, algorithms=list(_ALGORITHMS))
        claims = CodeIDToken(
            read.claims,
            read.header,
            options={
                "iss": {"essential": True, "value": self.client.issuer},
                "aud": {"essential": True, "value": self.client.client_id},
            },
            params={
                "nonce": nonce,
                "client_id": self.client.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(now), leeway=_LEEWAY_S)
        checked: Mapping[str, Any] = claims
        return checked

    def _person(self, claims: Mapping[str, Any]) -> Person:
        groups = claims.get(self.client.groups_claim, [])
        if not isinstance(groups, list) or not all(isinstance(one, str) for one in groups):
            raise ProviderRefused("groups are a list of names")
        grants = granted(groups, self._rules)
        if not grants:
            raise ProviderRefused("this person has no role here")
        subject = str(claims["sub"])
        shown = (claims.get(name) for name in ("preferred_username", "email", "name"))
        name = next((one for one in shown if isinstance(one, str) and one.strip()), subject)
        return Person(f"oidc:{subject}"[:200], name.strip()[:_LONGEST_NAME], grants)


def _got(session: Any, url: str) -> bytes:
    answer = session.get(url, withhold_token=True, allow_redirects=False)
    if answer.status_code != HTTPStatus.OK:
        raise ProviderSilent("the provider does not answer as agreed")
    content: bytes = answer.content
    return content


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
