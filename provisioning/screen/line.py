"""A line of text while it is typed at the panel. NO I/O."""

from dataclasses import dataclass
from typing import Final, Self

LONGEST: Final = 400
_KEYS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/: ")
_WHOLE: Final = frozenset({"https://"})
"""Keys that type more than one letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed so far."""

    text: str = ""

    def after(self, key: str) -> Self:
        """Return the line after one more key; the same for a key that there is not."""
        if key == "delete":
            return type(self)(self.text[:-1])
        if key == "clear":
            return type(self)()
        known = key in _WHOLE or (len(key) == 1 and key in _KEYS)
        if not known or len(self.text) + len(key) > LONGEST:
            return self
        return type(self)(self.text + key)
