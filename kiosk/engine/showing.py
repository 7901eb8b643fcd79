"""Look into the session for one screen; what is lent here is masked by the view."""

from collections.abc import Callable
from datetime import datetime, time

from kiosk.content import catalogue
from kiosk.content.bundle import Content
from kiosk.document.typed import is_whole
from kiosk.engine.session import Session
from kiosk.flow.degraded import Lack
from kiosk.flow.states import State
from kiosk.flow.view import Seen
from kiosk.session.vault import Slot
from wire.card import CardContents
from wire.framing import decode
from wire.guardian import guardian_path
from wire.record import activation_path
from wire.screen import Facts


def look_outside(*, lacks: dict[Lack, str], code: str, opens: time, headline: str) -> Seen:
    """Return what screens outside a session draw from."""
    return Seen(
        code=code,
        opens=f"{opens:%H:%M}",
        receipt_on_screen=Lack.PRINTER in lacks,
        headline=headline,
    )


def look(
    state: State,
    session: Session,
    *,
    statement: str,
    photo_tries: int,
    phone_url: str,
    card_in: bool,
    content: Facts,
) -> Seen:
    """Return what the screen of `state` draws from; personal data only where it is shown."""
    contents = _contents(session) if state is State.CHECK_DETAILS else None
    typed = session.typed(session.field) if state is State.TYPE_DETAILS else ""
    return Seen(
        code=session.code,
        reference=session.reference,
        link=_shown_link(state, session, phone_url),
        statement=statement,
        keep_template=session.keep_template,
        field=session.field,
        typed=typed,
        complete=is_whole(session.field, typed),
        wrong=session.wrong,
        name=contents.name if contents else "",
        chinese=contents.chinese if contents else "",
        number=contents.number if contents else "",
        birth=contents.birth if contents else "",
        sex=contents.sex if contents else "",
        guardian_known=session.guardian_known,
        attempt=session.tally.photo_tries + 1,
        attempts=photo_tries,
        paper=session.paper,
        sent=session.sent,
        outcome=session.outcome,
        card_in=card_in,
        content=content,
    )


def browsed(state: State, session: Session, content: Content, now: datetime) -> Facts:
    """Return what a screen without an account shows of the public content."""
    where, language = session.browsing, session.language
    tell: dict[State, Callable[[], Facts]] = {
        State.BROWSE: lambda: catalogue.hub(content, now),
        State.INFORMATION: lambda: catalogue.news(content, where, now, language),
        State.CATALOGUE: lambda: catalogue.groups(content, language),
        State.SEARCH: lambda: catalogue.searching(content, where, language),
        State.SERVICES: lambda: catalogue.listed(content, where, language),
        State.ONE_SERVICE: lambda: catalogue.one(content, where, language),
    }
    return tell[state]() if state in tell else {}


def _contents(session: Session) -> CardContents:
    with session.vault.use(Slot.CARD) as card:
        contents: CardContents = decode(bytes(card), CardContents)
    return contents


def _shown_link(state: State, session: Session, phone_url: str) -> str:
    """Return what the QR on the screen of `state` says; empty where there is none yet."""
    root = phone_url.rstrip("/")
    if state in {State.LINK_PHONE, State.RECEIPT}:
        with session.vault.use(Slot.RECORD_TOKEN) as token:
            return root + activation_path(bytes(token))
    if state is State.GUARDIAN and session.guardian_known:
        with session.vault.use(Slot.GUARDIAN_TOKEN) as token:
            return root + guardian_path(bytes(token))
    return ""
