"""What lies in the vault reaches no log, no trail, no name and no error text.

A canary is put into every slot, handed to `note` in every field of every event, and
looked for, in the spellings it could take, in everything the terminal tells.
"""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import log, note
from kiosk.audit.trail import Trail
from kiosk.session.vault import Slot, SlotEmpty, Vault
from wire.audit_events import FIELDS, AuditEvent

NUMBER = "A1234563"
SPELLINGS = (NUMBER, NUMBER.encode().hex(), repr(list(NUMBER.encode()))[1:-1])

Impostor = StrEnum("Impostor", {"NAME": NUMBER})


class Text(str):
    """A text that says it is something else."""

    __slots__ = ()


CANARIES: list[object] = [
    NUMBER,
    NUMBER.encode(),
    bytearray(NUMBER.encode()),
    memoryview(NUMBER.encode()),
    list(NUMBER),
    {NUMBER: NUMBER},
    Text(NUMBER),
    Impostor.NAME,
    ValueError(NUMBER),
]


def proper(kind: Any) -> Any:
    """Return something that a field of this type takes."""
    return next(iter(kind)) if issubclass(kind, StrEnum) else kind(1)


def tells(text: str) -> bool:
    return any(spelling in text for spelling in SPELLINGS)


@pytest.fixture
def vault() -> Vault:
    vault = Vault()
    for slot in Slot:
        vault.put(slot, NUMBER.encode())
    return vault


@pytest.fixture
def trail(tmp_path: Path) -> Any:
    kept = Trail(tmp_path / "trail.jsonl", now=lambda: datetime(2026, 11, 23, tzinfo=UTC))
    log.keep_trail(kept)
    yield tmp_path / "trail.jsonl"
    log.leave_trail(kept)
    kept.close()


def test_the_search_finds_a_canary() -> None:
    assert all(tells(f"card.read name={spelling}") for spelling in SPELLINGS)


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: type(canary).__name__)
@pytest.mark.parametrize("event", AuditEvent)
def test_no_event_takes_a_canary_in_any_field(
    event: AuditEvent, canary: object, trail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = {name: proper(kind) for name, kind in FIELDS[event].items()}
    wrong: list[dict[str, Any]] = [{name: canary} for name in [*right, "name"]]
    for one in [*wrong, {NUMBER: True}]:
        fields = right | one
        with pytest.raises(TypeError) as caught:
            note(event, **fields)
        assert not tells(str(caught.value) + repr(caught.value))
    assert capsys.readouterr() == ("", "")
    assert trail.read_bytes() == b""


def test_a_vault_tells_nothing_of_what_it_holds(vault: Vault) -> None:
    assert not tells(f"{vault} {vault!r}")


@pytest.mark.parametrize("slot", Slot)
def test_an_error_over_a_slot_tells_nothing_of_the_others(vault: Vault, slot: Slot) -> None:
    vault.wipe()
    for other in set(Slot) - {slot}:
        vault.put(other, NUMBER.encode())
    with pytest.raises(SlotEmpty) as caught, vault.use(slot):
        pass
    assert not tells(str(caught.value) + repr(caught.value))


@pytest.mark.parametrize("slot", Slot)
def test_a_dead_view_tells_nothing(vault: Vault, slot: Slot) -> None:
    with vault.use(slot) as view:
        pass
    with pytest.raises(ValueError, match="released") as caught:
        bytes(view)
    assert not tells(str(caught.value) + repr(view))
