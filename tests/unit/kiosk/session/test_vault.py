"""What is lent dies with its block; what is wiped is overwritten where it lay."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.vault import Slot, SlotEmpty, Vault

CANARY = b"A1234563"


def held() -> Vault:
    vault = Vault()
    vault.put(Slot.TYPED_NUMBER, CANARY)
    return vault


@given(st.sampled_from(Slot), st.binary())
def test_what_was_put_is_lent(slot: Slot, value: bytes) -> None:
    vault = Vault()
    vault.put(slot, value)
    with vault.use(slot) as view:
        assert bytes(view) == value
    assert vault.holds(slot)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_the_vault_keeps_its_own_copy(kind: type) -> None:
    source = bytearray(CANARY)
    vault = Vault()
    vault.put(Slot.CARD, source if kind is bytearray else kind(source))
    source[:] = bytes(len(source))
    with vault.use(Slot.CARD) as view:
        assert bytes(view) == CANARY


@pytest.mark.parametrize("kept", [slice(0, 8), slice(0, 3), slice(2, 6)])
def test_a_slot_may_be_given_a_part_of_what_it_lent(kept: slice) -> None:
    vault = held()
    with vault.use(Slot.TYPED_NUMBER) as view:
        vault.put(Slot.TYPED_NUMBER, view[kept])
    with vault.use(Slot.TYPED_NUMBER) as view:
        assert bytes(view) == CANARY[kept]


def test_a_lent_view_is_dead_after_its_block() -> None:
    vault = held()
    with vault.use(Slot.TYPED_NUMBER) as view:
        pass
    with pytest.raises(ValueError, match="released"):
        bytes(view)


def test_a_lent_view_is_dead_after_its_block_fails() -> None:
    vault, kept = held(), []
    with pytest.raises(RuntimeError), vault.use(Slot.TYPED_NUMBER) as view:  # noqa: PT012
        kept.append(view)
        raise RuntimeError
    with pytest.raises(ValueError, match="released"):
        bytes(kept[0])


def test_a_lent_view_cannot_be_written() -> None:
    with held().use(Slot.TYPED_NUMBER) as view, pytest.raises(TypeError):
        view[0] = 0


def test_a_slice_kept_past_its_block_reads_zeros_after_the_wipe() -> None:
    vault = held()
    with vault.use(Slot.TYPED_NUMBER) as view:
        kept = view[2:6]
    vault.wipe()
    assert bytes(kept) == bytes(4)


@pytest.mark.parametrize("end", ["wipe", "put"])
def test_what_lay_in_a_slot_is_overwritten_in_place(end: str) -> None:
    vault = held()
    pages, length = vault._slots[Slot.TYPED_NUMBER]
    with memoryview(pages) as memory:
        assert bytes(memory[:length]) == CANARY
        if end == "wipe":
            vault.wipe()
        else:
            vault.put(Slot.TYPED_NUMBER, b"")
        assert bytes(memory) == bytes(len(memory))


def test_an_empty_slot_lends_nothing() -> None:
    vault = held()
    with pytest.raises(SlotEmpty), vault.use(Slot.PHOTO):
        pass
    assert not vault.holds(Slot.PHOTO)


def test_after_the_wipe_nothing_is_held() -> None:
    vault = Vault()
    for slot in Slot:
        vault.put(slot, CANARY)
    assert vault.wipe() == len(Slot)
    assert vault.is_empty
    assert not any(vault.holds(slot) for slot in Slot)
    assert vault.wipe() == 0


def test_a_vault_is_empty_until_something_is_put_in() -> None:
    assert Vault().is_empty
    assert not held().is_empty


def test_a_vault_shows_the_names_of_its_slots_alone() -> None:
    assert repr(Vault()) == "<Vault empty>"
    vault = held()
    vault.put(Slot.CARD, CANARY)
    assert repr(vault) == "<Vault card typed_number>"
    assert str(vault) == repr(vault)


@pytest.mark.parametrize(("one", "other"), [p for p in product(Slot, Slot) if p[0] < p[1]])
def test_slots_do_not_share(one: Slot, other: Slot) -> None:
    vault = Vault()
    vault.put(one, b"one")
    vault.put(other, b"other")
    with vault.use(one) as first, vault.use(other) as second:
        assert (bytes(first), bytes(second)) == (b"one", b"other")
