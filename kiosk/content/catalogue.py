"""Where somebody is in the catalogue, and what its screens show: pure, from data alone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from kiosk.content.bundle import Content
from kiosk.content.model import Kind, Notice, Service
from wire.screen import Facts, Language

SERVICES_PER_PAGE: Final = 4
NOTICES_PER_PAGE: Final = 2
WORDS_SHOWN: Final = 24
"""As many as stand on one screen in large text."""
LONGEST_SEARCH: Final = 12
_URGENT: Final = list(Kind)


@dataclass(frozen=True, slots=True)
class Browsing:
    """What was chosen so far; nothing personal."""

    group: str = ""
    """Id of a theme or an age group."""
    word: str = ""
    """Id of a word that was chosen."""
    typed: str = ""
    """Letters that were typed."""
    page: int = 0
    number: int = 0
    """The service that is looked at."""

    def grouped(self, group: str) -> "Browsing":
        """Look at a theme or an age group."""
        return Browsing(group=group)

    def worded(self, word: str) -> "Browsing":
        """Look at what a word finds."""
        return Browsing(word=word)

    def pressed(self, key: str) -> "Browsing":
        """Type a letter or delete one; anything else changes nothing."""
        if key == "delete":
            return Browsing(typed=self.typed[:-1])
        is_letter = len(key) == 1 and "A" <= key <= "Z"
        fits = is_letter and len(self.typed) < LONGEST_SEARCH
        return Browsing(typed=self.typed + key) if fits else self

    def turned(self, by: int, pages: int) -> "Browsing":
        """Turn a page; the first and the last one stay where they are."""
        return replace(self, page=min(max(self.page + by, 0), max(pages - 1, 0)))


START: Final = Browsing()
"""Nothing chosen yet."""


def found(content: Content, browsing: Browsing, language: Language) -> list[Service]:
    """Return the services that are looked for, in the order of their numbers."""
    everything = sorted(content.services.services, key=lambda service: service.number)
    if browsing.group:
        return [s for s in everything if browsing.group in {*s.themes, *s.ages}]
    if browsing.word:
        return [s for s in everything if browsing.word in s.words]
    return [s for s in everything if _matches(content, s, browsing.typed, language)]


def _matches(content: Content, service: Service, typed: str, language: Language) -> bool:
    """Say whether any word of what the service is called begins with what was typed."""
    said = [
        service.name.en,
        service.name.to(language),
        content.services.departments[service.department].en,
        *(content.services.words[word].en for word in service.words),
    ]
    wanted = typed.casefold()
    return any(word.startswith(wanted) for text in said for word in _split(text))


def _split(text: str) -> list[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return plain.split()


def service(content: Content, number: int) -> Service | None:
    """Return the service of that number."""
    return next((one for one in content.services.services if one.number == number), None)


def words(content: Content) -> list[str]:
    """Return the ids of the words to search by that are used most, the most used first."""
    used = [word for one in content.services.services for word in one.words]
    return sorted(content.services.words, key=lambda word: (-used.count(word), word))[:WORDS_SHOWN]


def fresh(content: Content, now: datetime) -> list[Notice]:
    """Return the notices that may be shown, the most urgent and then the newest first."""
    notices = [notice for notice in content.information.notices if notice.is_fresh(now)]
    return sorted(notices, key=lambda one: (_URGENT.index(one.kind), now - one.issued_at))


def pages(things: int, per_page: int) -> int:
    """Return how many pages there are; an empty one counts."""
    return max(1, -(-things // per_page))


# what each screen is told


def hub(content: Content, now: datetime) -> Facts:
    """Return what BROWSE shows."""
    return {
        "link": content.services.site,
        "services": len(content.services.services),
        "notices": len(fresh(content, now)),
    }


def headline(content: Content, now: datetime, language: Language) -> str:
    """Return the warning that everybody should see, or nothing."""
    warnings = [one for one in fresh(content, now) if one.kind is Kind.WARNING]
    return warnings[0].title.to(language) if warnings else ""


def groups(content: Content, language: Language) -> Facts:
    """Return what CATALOGUE shows."""
    themes, ages = content.services.themes, content.services.ages
    return {
        "themes": [group.id for group in themes],
        "theme_names": [group.name.to(language) for group in themes],
        "ages": [group.id for group in ages],
        "age_names": [group.name.to(language) for group in ages],
    }


def searching(content: Content, browsing: Browsing, language: Language) -> Facts:
    """Return what SEARCH shows: letters in English, words to touch in Chinese."""
    ids = words(content)
    return {
        "typed": browsing.typed,
        "found": len(found(content, browsing, language)) if browsing.typed else 0,
        "words": [] if language is Language.EN else ids,
        "word_names": []
        if language is Language.EN
        else [content.services.words[word].to(language) for word in ids],
    }


def listed(content: Content, browsing: Browsing, language: Language) -> Facts:
    """Return what SERVICES shows."""
    all_found = found(content, browsing, language)
    count = pages(len(all_found), SERVICES_PER_PAGE)
    page = min(browsing.page, count - 1)
    here = all_found[page * SERVICES_PER_PAGE : (page + 1) * SERVICES_PER_PAGE]
    return {
        "heading": _heading(content, browsing, language),
        "numbers": [str(one.number) for one in here],
        "names": [one.brief(language) for one in here],
        "departments": [content.services.departments[one.department].to(language) for one in here],
        "page": page + 1,
        "pages": count,
        "found": len(all_found),
    }


def _heading(content: Content, browsing: Browsing, language: Language) -> str:
    groups_of = (*content.services.themes, *content.services.ages)
    for group in groups_of:
        if group.id == browsing.group:
            return group.name.to(language)
    if browsing.word in content.services.words:
        return content.services.words[browsing.word].to(language)
    return browsing.typed


def one(content: Content, browsing: Browsing, language: Language) -> Facts:
    """Return what ONE_SERVICE shows."""
    chosen = service(content, browsing.number)
    if chosen is None:
        return {"name": "", "department": "", "link": content.services.site, "own_link": False}
    return {
        "name": chosen.name.to(language),
        "department": content.services.departments[chosen.department].to(language),
        "link": chosen.link or content.services.site,
        "own_link": chosen.link is not None,
    }


def news(content: Content, browsing: Browsing, now: datetime, language: Language) -> Facts:
    """Return what INFORMATION shows."""
    notices = fresh(content, now)
    count = pages(len(notices), NOTICES_PER_PAGE)
    page = min(browsing.page, count - 1)
    here = notices[page * NOTICES_PER_PAGE : (page + 1) * NOTICES_PER_PAGE]
    return {
        "kinds": [one.kind.value for one in here],
        "titles": [one.title.to(language) for one in here],
        "texts": [one.text.to(language) for one in here],
        "sources": [one.source.to(language) for one in here],
        "minutes": [str((now - one.issued_at) // timedelta(minutes=1)) for one in here],
        "page": page + 1,
        "pages": count,
    }
