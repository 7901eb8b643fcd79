"""Paint the phone's pages in its language, and read what its forms send."""

from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jinja2
from fastapi import Request, Response

from enrolment import bodies, journal
from enrolment.activation import Fault, Link
from enrolment.intake import TOO_LARGE
from enrolment.phone.languages import chosen, texts
from enrolment.problems import Refused
from wire.screen import Language

_HONG_KONG = timezone(timedelta(hours=8))
HERE = Path(__file__).parent
_LARGEST_FORM_BYTES = 4096
_MOST_FIELDS = 8
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_CALM = {
    Link.USED: ("used", HTTPStatus.GONE),
    Link.EXPIRED: ("expired", HTTPStatus.GONE),
    Link.UNKNOWN: ("unknown", HTTPStatus.NOT_FOUND),
}
_CODE_HEADER = {"X-Failure-Code": "activation.unknown"}


def local(moment: str) -> str:
    """Return a kept time as it was in Hong Kong, which keeps one time all year."""
    return f"{datetime.fromisoformat(moment).astimezone(_HONG_KONG):%Y-%m-%d %H:%M}"


class Pages:
    """Paints the templates in a language."""

    def __init__(self) -> None:
        self._words = texts()
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
        )
        self._environment.filters["local"] = local

    def paint(
        self,
        page: str,
        language: Language,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
        **facts: Any,
    ) -> Response:
        """Return a page from its template."""
        content = self._environment.get_template(page).render(
            t=self._words[language], languages=self._words, language=language, **facts
        )
        return Response(
            content, status, HEADERS | (headers or {}), media_type="text/html; charset=utf-8"
        )

    def calm(
        self, language: Language, kind: str, *, status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        """Return a page that asks for nothing."""
        headers = {}
        if status is not HTTPStatus.OK:
            journal.note(journal.Event.PHONE_REFUSED, status=status)
            headers = _CODE_HEADER
        return self.paint("calm.html", language, status=status, headers=headers, kind=kind)

    def link(self, language: Language, link: Link) -> Response:
        """Say that a link leads nowhere any more."""
        kind, status = _CALM[link]
        return self.calm(language, kind, status=status)

    def form(
        self, language: Language, reference: str, filled: dict[str, str], fault: Fault | None
    ) -> Response:
        """Return the form of an activation, as far as it was filled in."""
        status = HTTPStatus.OK if fault is None else HTTPStatus.UNPROCESSABLE_ENTITY
        return self.paint(
            "open.html",
            language,
            status=status,
            reference=reference,
            fault=fault.value if fault else None,
            has_biometrics=filled.get("biometrics") == "yes",
            email=filled.get("email", ""),
            product=filled.get("product", "iam_smart"),
        )


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form; none if it is not ours."""
    try:
        body = await bodies.read(request, at_most=_LARGEST_FORM_BYTES)
    except bodies.BodyTooLarge:
        raise Refused(TOO_LARGE) from None
    try:
        fields = parse_qs(body.decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:
        # Not our form; as if it had been sent empty.
        return {}
    return {name: values[0] for name, values in fields.items()}


def language_of(request: Request, asked: str | None = None) -> Language:
    """Return the language the phone is answered in."""
    return chosen(
        asked or request.query_params.get("lang"), request.headers.get("accept-language", "")
    )
