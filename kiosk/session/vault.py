"""The vault: the one holder of everything personal in a session.

Rule 1: what is personal lies in a slot, and each kind of thing has its own slot;
adding one is a visible act (docs/privacy.md).
Rule 2: a value is lent for one block and dead after it.
Rule 3: `wipe` overwrites in place before it lets go. What Python copied on the way
is listed in docs/privacy.md, not promised away here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


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


class SlotEmpty(LookupError):
    """Nothing lies in the slot."""


class Vault:
    """Slots of bytes that can be overwritten."""

    def __init__(self) -> None:
        self._slots: dict[Slot, bytearray] = {}

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
        copy = bytearray(value)
        self._drop(slot)
        self._slots[slot] = copy

    @contextmanager
    def use(self, slot: Slot) -> Iterator[memoryview]:
        """Lend what lies in `slot`, read-only, until the end of the block.

        Raises:
            SlotEmpty: nothing lies there.
        """
        if slot not in self._slots:
            raise SlotEmpty(slot.value)
        with memoryview(self._slots[slot]) as whole, whole.toreadonly() as view:
            yield view

    def wipe(self) -> int:
        """Overwrite and empty every slot; return how many there were."""
        held = list(self._slots)
        for slot in held:
            self._drop(slot)
        return len(held)

    def _drop(self, slot: Slot) -> None:
        value = self._slots.pop(slot, None)
        if value is not None:
            value[:] = bytes(len(value))
