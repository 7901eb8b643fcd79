"""The vault: the one holder of everything personal in a session.

Rule 1: what is personal lies in a slot, and each kind of thing has its own slot;
adding one is a visible act (docs/privacy.md).
Rule 2: a value is lent for one block and dead after it.
Rule 3: `wipe` overwrites in place before it lets go. What Python copied on the way
is listed in docs/privacy.md, not promised away here.
Rule 4: a slot has pages of its own (`kiosk.session.pages`): locked where the system
lets us, in no core dump, and zeros in a forked child.
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from kiosk.session import pages


class Slot(StrEnum):
    """What a session may hold."""

    PRINT = "print"
    """`wire.document.PrintRead` as a message body: what the camera read, or the citizen typed."""
    TYPED_NUMBER = "typed_number"
    TYPED_BIRTH = "typed_birth"
    TYPED_ISSUED = "typed_issued"
    CARD = "card"
    """`wire.card.CardContents` as a message body: fields and portrait."""
    PHOTO = "photo"
    """The photograph, JPEG."""
    RECORD_TOKEN = "record_token"  # noqa: S105  (the name of a slot)
    """The activation token that only receipt and phone may know."""
    GUARDIAN_TOKEN = "guardian_token"  # noqa: S105  (the name of a slot)
    """The token in the QR that a guardian's phone opens, `wire.guardian`."""
    SERVICE_PIN = "service_pin"
    """What staff types, until the service card has answered."""


class SlotEmpty(LookupError):
    """Nothing lies in the slot."""


class Vault:
    """Slots of bytes that can be overwritten."""

    def __init__(self) -> None:
        self._slots: dict[Slot, tuple[mmap.mmap, int]] = {}

    def __repr__(self) -> str:
        return f"<Vault {' '.join(sorted(self._slots)) or 'empty'}>"

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is held."""
        return not self._slots

    def holds(self, slot: Slot) -> bool:
        """Say whether something lies in `slot`."""
        return slot in self._slots

    def put(self, slot: Slot, value: bytes | bytearray | memoryview) -> None:
        """Lay a copy of `value` into `slot`; what lay there is overwritten.

        `value` may be a part of what the slot just lent: it is copied first.
        """
        length = len(value)
        copy = pages.take(length)
        copy[:length] = value
        self._drop(slot)
        self._slots[slot] = copy, length

    @contextmanager
    def use(self, slot: Slot) -> Iterator[memoryview]:
        """Lend what lies in `slot`, read-only, until the end of the block.

        Raises:
            SlotEmpty: nothing lies there.
        """
        if slot not in self._slots:
            raise SlotEmpty(slot.value)
        held, length = self._slots[slot]
        with memoryview(held) as whole, whole[:length] as part, part.toreadonly() as view:
            yield view

    def drop(self, slot: Slot) -> None:
        """Overwrite and empty one slot; an empty one is no error."""
        self._drop(slot)

    def wipe(self) -> int:
        """Overwrite and empty every slot; return how many there were."""
        held = list(self._slots)
        for slot in held:
            self._drop(slot)
        return len(held)

    def _drop(self, slot: Slot) -> None:
        held = self._slots.pop(slot, None)
        if held is not None:
            pages.give_back(held[0])
