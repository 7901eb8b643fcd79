"""What a screen shows: facts per state, personal data masked here and nowhere else.

Rule 1: a fact that is not listed for a state does not reach its screen.
Rule 2: name and whole number never stand on one screen (PCPD Code of Practice on
the Identity Card Number, docs/hkid.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as empty
from types import MappingProxyType
from typing import Final

from kiosk.flow.states import BROWSING, STAFF, State
from wire.screen import Facts


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Seen:
    """All that screens may draw from, lent by the session for one look."""

    code: str = ""
    """Failure code behind a referral, a card problem or being out of service."""
    opens: str = ""
    receipt_on_screen: bool = False
    link: str = ""
    reference: str = ""
    statement: str = ""
    keep_template: bool = False
    field: str = ""
    typed: str = ""
    complete: bool = False
    wrong: str = ""
    name: str = ""
    chinese: str = ""
    """Name in Chinese characters; empty where the holder has none."""
    number: str = ""
    """Compact, whole; masked before it is shown."""
    birth: str = ""
    """``YYYYMMDD``; masked before it is shown."""
    sex: str = ""
    guardian_known: bool = False
    """The register has the request for a guardian's consent."""
    attempt: int = 1
    attempts: int = 1
    paper: str = "none"
    """``printing``, ``printed`` or ``none``."""
    sent: bool = False
    outcome: str = "left"
    """``done``, ``left``, ``timed_out`` or ``referred``."""
    card_in: bool = False
    may_retry: bool = True
    content: Facts = empty(default_factory=dict)
    """What a screen without an account shows of the public content."""
    staff: Facts = empty(default_factory=dict)
    """What a screen of staff mode shows; nothing of any citizen."""
    headline: str = ""
    """A warning in force that everybody should see."""


def masked_number(compact: str) -> str:
    """Show the letters and the first two digits; hide four digits and the check character."""
    return f"{compact[:-5]}••••(•)"


def masked_birth(birth: str) -> str:
    """Show the year alone, in the order the card prints a date."""
    return f"••-••-{birth[:4]}"


def _details(seen: Seen) -> Facts:
    return {
        "name": seen.name,
        "chinese": seen.chinese,
        "number": masked_number(seen.number),
        "birth": masked_birth(seen.birth),
        "sex": seen.sex,
    }


def _typing(seen: Seen) -> Facts:
    return {
        "field": seen.field,
        "typed": seen.typed,
        "complete": seen.complete,
        "wrong": seen.wrong,
        "reason": "key_refused" if seen.code == "card.key_refused" else "",
    }


FACTS: Final[Mapping[State, Callable[[Seen], Facts]]] = MappingProxyType(
    {
        State.OUT_OF_SERVICE: lambda seen: {"code": seen.code},
        State.CLOSED: lambda seen: {"opens": seen.opens},
        State.ATTRACT: lambda seen: {
            "receipt_on_screen": seen.receipt_on_screen,
            "headline": seen.headline,
        },
        **dict.fromkeys(BROWSING, lambda seen: seen.content),
        State.PRIVACY_NOTICE: lambda seen: {
            "statement": seen.statement,
            "keep_template": seen.keep_template,
        },
        State.TYPE_DETAILS: _typing,
        State.CARD_PROBLEM: lambda seen: {"code": seen.code, "may_retry": seen.may_retry},
        State.CHECK_DETAILS: _details,
        State.TAKING_PHOTO: lambda seen: {"attempt": seen.attempt, "attempts": seen.attempts},
        State.GUARDIAN: lambda seen: {
            "link": seen.link,
            "reference": seen.reference,
            "known": seen.guardian_known,
        },
        State.LINK_PHONE: lambda seen: {"link": seen.link, "reference": seen.reference},
        State.RECEIPT: lambda seen: {
            "reference": seen.reference,
            "link": seen.link,
            "paper": seen.paper,
            "sent": seen.sent,
        },
        State.REFERRAL: lambda seen: {"code": seen.code, "reference": seen.reference},
        State.TAKE_CARD: lambda seen: {"outcome": seen.outcome, "card_in": seen.card_in},
        State.WIPING: lambda seen: {"outcome": seen.outcome},
        State.CONFIRM: lambda seen: seen.staff,
        **dict.fromkeys(STAFF, lambda seen: seen.staff),
    }
)
"""What each screen is told; a state that is not here is told nothing."""


def facts(state: State, seen: Seen) -> Facts:
    """Return what the screen of `state` shows of `seen`."""
    tell = FACTS.get(state)
    return tell(seen) if tell else {}
