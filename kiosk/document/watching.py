"""From stills to news: one hint at a time, a reading that two stills agree on, or a failed try.

The same key read twice rules out the slips that a check character does not see
(docs/hkid.md, "Number and check character"). Nothing is delivered twice.
"""

from dataclasses import dataclass
from typing import Final

from wire.document import CardHint, Form, PrintRead, PrintUnreadable

HINT_AFTER_S: Final = 0.6
"""A hint must hold so long: a hand moves through the picture."""
TRY_S: Final = 6.0
"""So long a card may lie there unread; then the try has failed."""

News = CardHint | PrintRead | PrintUnreadable


@dataclass(slots=True)
class Watch:
    """What was seen since the watch began; holds a reading until a second one agrees."""

    _hint: CardHint = CardHint.NOTHING
    _hint_since_s: float | None = None
    _told: CardHint = CardHint.NOTHING
    _lies_since_s: float | None = None
    _first: PrintRead | None = None
    _delivered: tuple[str, ...] | None = None
    """What was delivered: the same card is no news again."""

    def see(self, seen: CardHint | PrintRead, at_s: float) -> list[News]:
        """Take one still; return what is to be said now.

        Args:
            seen: its print, or what stands in the way.
            at_s: when, on any clock that only runs forward.
        """
        news: list[News] = []
        hint = CardHint.READING if isinstance(seen, PrintRead) else seen
        if self._holds(hint, at_s) and hint is not self._told:
            self._told = hint
            if self._delivered is None:
                news.append(hint)
        if hint is CardHint.NOTHING:
            if self._told is CardHint.NOTHING:
                self._forget()
            return news
        if isinstance(seen, PrintRead) and self._agreed(seen) and _key(seen) != self._delivered:
            self._delivered = _key(seen)
            return [*news, seen]
        return news if self._delivered else news + self._tried(at_s)

    def _holds(self, hint: CardHint, at_s: float) -> bool:
        if hint is not self._hint or self._hint_since_s is None:
            self._hint, self._hint_since_s = hint, at_s
        return at_s - self._hint_since_s >= HINT_AFTER_S

    def _agreed(self, seen: PrintRead) -> bool:
        """Say whether the reading before said the same; keep this one for the next."""
        before, self._first = self._first, seen
        told_enough = seen.opens_chip or seen.form is Form.FORM_2003
        return told_enough and before is not None and _key(before) == _key(seen)

    def _tried(self, at_s: float) -> list[News]:
        if self._lies_since_s is None:
            self._lies_since_s = at_s
        if at_s - self._lies_since_s < TRY_S:
            return []
        self._lies_since_s = at_s
        return [PrintUnreadable()]

    def _forget(self) -> None:
        """The card is gone."""
        self._first, self._lies_since_s, self._delivered = None, None, None


def _key(reading: PrintRead) -> tuple[str, ...]:
    """Return what two stills must agree on: of the older form only the birth is used."""
    if reading.form is Form.FORM_2003:
        return reading.form, reading.birth
    return reading.form, reading.number, reading.birth, reading.issued
