"""The one way to say which terminals are meant: ``district:sha_tin -state:online kiosk``.

NO I/O. Words are joined by *and*; a word with a minus must not hold; a word without a
label is looked for in name, site and tags. An unknown label is an error, never "all".
"""

from collections.abc import Mapping
from typing import Final

LABELS: Final = ("state", "district", "site", "model", "tag", "name")
MOST_WORDS: Final = 12
LONGEST: Final = 200


class BadSelection(ValueError):
    """What was written selects nothing that could be meant; the message says why."""


def selects(text: str, labels: Mapping[str, str]) -> bool:
    """Say whether a terminal with `labels` is meant by `text`.

    Raises:
        BadSelection: too long, or an unknown label.
    """
    return all(_holds(word, labels) for word in words(text))


def words(text: str) -> list[str]:
    """Return the words of a selection.

    Raises:
        BadSelection: too long, or an unknown label.
    """
    if len(text) > LONGEST:
        raise BadSelection(f"longer than {LONGEST} letters")
    found = text.casefold().split()
    if len(found) > MOST_WORDS:
        raise BadSelection(f"more than {MOST_WORDS} words")
    for word in found:
        label, colon, value = word.removeprefix("-").partition(":")
        if colon and label not in LABELS:
            raise BadSelection(f"{label}: is none of {', '.join(LABELS)}")
        if colon and not value:
            raise BadSelection(f"{label}: of what?")
    return found


def _holds(word: str, labels: Mapping[str, str]) -> bool:
    wanted = not word.startswith("-")
    label, colon, value = word.removeprefix("-").partition(":")
    if not colon:
        everywhere = (labels.get(name, "").casefold() for name in ("name", "site", "tag"))
        return wanted is any(label in one for one in everywhere)
    have = labels.get(label, "").casefold()
    return wanted is (value in have.split() if label == "tag" else have == value)
