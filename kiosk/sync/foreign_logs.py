"""Follow foreign logs: read on, mine, and say which templates were said how often."""

from typing import Final

import msgspec
from msgspec.structs import replace

from kiosk.sync.drain import Group, Miner
from kiosk.sync.journal import Journal
from wire.checkin import MOST_NOTICED, Noticed

MOST_LINES: Final = 2000
"""At one look; a flood is read on at the next ones."""


class Followed(msgspec.Struct, frozen=True):
    """How far the logs were read, and what was mined; holds no line and no part of one."""

    cursor: str = ""
    lines: int = 0
    groups: tuple[Group, ...] = ()


def follow(journal: Journal, followed: Followed) -> Followed:
    """Return what is mined after reading on.

    Raises:
        OSError: the logs cannot be read.
    """
    read = journal.after(followed.cursor, most=MOST_LINES)
    miner = Miner((replace(group) for group in followed.groups), lines=followed.lines)
    for line in read.lines:
        miner.add(line.source, line.text)
    return Followed(read.cursor, miner.lines, miner.groups())


def noticed(followed: Followed) -> tuple[tuple[Noticed, ...], Followed]:
    """Return what the fleet is to be told next, and `followed` with that told.

    What was never told comes first, then what grew most; the rest waits for the next reading.
    """
    changed = sorted(
        (index for index, one in enumerate(followed.groups) if one.times != one.told),
        key=lambda index: _less_urgent(followed.groups[index]),
    )[:MOST_NOTICED]
    groups = list(followed.groups)
    for index in changed:
        groups[index] = replace(groups[index], told=groups[index].times)
    told = tuple(
        Noticed(one.source, one.words, one.times) for one in map(groups.__getitem__, changed)
    )
    return told, replace(followed, groups=tuple(groups))


def _less_urgent(group: Group) -> tuple[bool, int]:
    return group.told > 0, group.told - group.times
