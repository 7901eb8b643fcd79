"""The one way to say which terminals are meant: ``district:sha_tin -state:online kiosk``.

NO I/O. Words are joined by *and*; a word with a minus must not hold; a word without a
label is looked for in name, site, tags and serial numbers of devices. ``group:pilots`` stands
for a selection that was saved under that name. An unknown label or group is an error, never
"all".
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

LABELS: Final = (
    "state",
    "district",
    "site",
    "model",
    "version",
    "serial",
    "tag",
    "name",
    "group",
)
MOST_WORDS: Final = 12
LONGEST: Final = 200
NO_GROUPS: Final[Mapping[str, str]] = MappingProxyType({})
_ANYWHERE: Final = ("name", "site", "tag", "serial")
_SEVERAL: Final = ("tag", "serial")
"""Labels of which a terminal has several, separated by spaces."""

Holds = Callable[[Mapping[str, str]], bool]


class BadSelection(ValueError):
    """What was written selects nothing that could be meant; the message says why."""


def selects(text: str, labels: Mapping[str, str]) -> bool:
    """Say whether a terminal with `labels` is meant by `text`, which names no group.

    Raises:
        BadSelection: too long, an unknown label, or a group.
    """
    return meant(text)(labels)


def meant(text: str, groups: Mapping[str, str] = NO_GROUPS) -> Holds:
    """Return what says of a terminal's labels whether it is meant.

    Args:
        text: the selection.
        groups: selections by the names they were saved under.

    Raises:
        BadSelection: too long, an unknown label or group, or a group within a group.
    """
    tests = [_test(word, groups) for word in words(text)]
    return lambda labels: all(holds(labels) for holds in tests)


def expanded(text: str, groups: Mapping[str, str]) -> str:
    """Return a selection that means the same without naming a group.

    Raises:
        BadSelection: a group that there is not, or one that must not hold.
    """
    found = []
    for word in words(text):
        if word.startswith("-group:"):
            raise BadSelection("a place is no group's outside")
        found.append(_group(word, groups) if word.startswith("group:") else word)
    return " ".join(found)


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


def _group(word: str, groups: Mapping[str, str]) -> str:
    name = word.removeprefix("-").removeprefix("group:")
    if name not in groups:
        raise BadSelection(f"there is no group {name}")
    return groups[name]


def _test(word: str, groups: Mapping[str, str]) -> Holds:
    wanted = not word.startswith("-")
    label, colon, value = word.removeprefix("-").partition(":")
    if not colon:
        return lambda labels: (
            wanted is any(label in labels.get(name, "").casefold() for name in _ANYWHERE)
        )
    if label == "group":
        inside = meant(_group(word, groups))
        return lambda labels: wanted is inside(labels)
    if label in _SEVERAL:
        return lambda labels: wanted is (value in labels.get(label, "").casefold().split())
    return lambda labels: wanted is (labels.get(label, "").casefold() == value)
