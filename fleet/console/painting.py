"""Paint the pages, in a language, with the headers that keep a browser strict."""

import tomllib
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import jinja2
from fastapi import Request, Response

from fleet.console.charts import HEIGHT, WIDTH
from fleet.console.districts import ATTRIBUTION, VIEW_BOX, districts
from fleet.console.sentences import in_language
from fleet.health.hours import HONG_KONG
from wire.screen import Language

_HERE: Final = Path(__file__).parent
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def words() -> dict[Language, dict[str, str]]:
    """Return the words of each language, by text id."""
    return {
        language: tomllib.loads((_HERE / "texts" / f"{language.value}.toml").read_text("utf-8"))
        for language in Language
    }


def language_of(request: Request) -> Language:
    """Return the language asked for, else the browser's first that we speak."""
    asked = request.query_params.get("lang", request.cookies.get("lang", ""))
    if asked in set(Language):
        return Language(asked)
    accepted = request.headers.get("accept-language", "").lower()[:200]
    if accepted.startswith("zh"):
        simplified = accepted.startswith(("zh-cn", "zh-hans", "zh-sg"))
        return Language.ZH_CN if simplified else Language.ZH_HK
    return Language.EN


class Painter:
    """Paints templates."""

    def __init__(self) -> None:
        """Read templates and words once."""
        self._words = words()
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "view_box": VIEW_BOX,
            "attribution": ATTRIBUTION,
            "districts": districts(),
            "chart_width": WIDTH,
            "chart_height": HEIGHT,
        }
        self._environment.filters |= {"clock": clock, "day": day, "since": since}

    def paint(
        self,
        template: str,
        request: Request,
        /,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        **facts: Any,
    ) -> Response:
        """Return a page."""
        language = language_of(request)
        content = self._environment.get_template(template).render(
            t=self._words[language],
            said=lambda sentence: in_language(sentence, language),
            language=language.value,
            languages=self._words,
            path=request.url.path,
            person=getattr(request.state, "person", None),
            **facts,
        )
        answer = Response(content, status, HEADERS, media_type="text/html; charset=utf-8")
        if request.query_params.get("lang") == language.value:
            answer.set_cookie("lang", language.value, samesite="strict", httponly=True)
        return answer


def clock(at: float) -> str:
    """Return a moment as Hong Kong's clocks show it."""
    return f"{datetime.fromtimestamp(at, UTC).astimezone(HONG_KONG):%Y-%m-%d %H:%M}"


def day(at: float) -> str:
    """Return a day, in UTC: that of the audit's heads."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def since(seconds: float) -> str:
    """Return a length of time in its largest unit."""
    seconds = max(0.0, seconds)
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    if seconds < 2 * _DAY:
        return f"{seconds / _HOUR:.0f} h"
    return f"{seconds / _DAY:.0f} d"
