"""Everything that decides who somebody is and what they may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fleet.access.break_glass import BROKEN_GLASS, BreakGlass
from fleet.access.provider import Provider
from fleet.access.roles import Person
from fleet.access.sessions import Sessions
from fleet.access.tokens import Tokens
from fleet.alerts.book import Book
from fleet.audit.book import Audit

_ITSELF = Person("fleet", "fleet", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How people come in, and where it is kept what they do."""

    sessions: Sessions
    tokens: Tokens
    audit: Audit
    provider: Provider | None
    break_glass: BreakGlass | None

    @property
    def secure(self) -> bool:
        """Say whether browsers reach the console by https, so that cookies travel by it alone."""
        return self.provider is not None and self.provider.client.redirect.startswith("https://")

    def by_itself(
        self, clock: Callable[[], float]
    ) -> Callable[[str, str, Mapping[str, str]], None]:
        """Return what puts into the audit what the fleet does by itself."""

        def told(act: str, subject: str, detail: Mapping[str, str]) -> None:
            self.audit.add(_ITSELF, act, subject, detail, now=int(clock()))

        return told

    def tidy(self, book: Book, now: int) -> None:
        """Sign yesterday's head; resolve the alert once nobody is in by the token any more."""
        self.audit.sign_yesterday(now=now)
        if not self.sessions.glass_is_broken(now=now):
            book.found((), [BROKEN_GLASS.fingerprint], now=now)
