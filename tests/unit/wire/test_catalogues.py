"""Codes are told apart, and what belongs together stays together."""

import tomllib
from pathlib import Path

from drivers.health import Health
from kiosk.session.vault import Slot
from wire.audit_events import FIELDS, AuditEvent
from wire.card import ReadStep
from wire.child import ChildName
from wire.failures import Failure
from wire.message import DeviceState
from wire.versions import SOFTWARE

ROOT = Path(__file__).resolve().parents[3]


def test_every_event_says_what_may_be_noted_with_it() -> None:
    assert set(FIELDS) == set(AuditEvent)


def test_a_device_has_the_same_five_states_on_both_sides() -> None:
    assert {state.value for state in DeviceState} == {health.value for health in Health}


def test_a_code_is_words_and_a_dot() -> None:
    for code in [*Failure, *AuditEvent]:
        assert all(word.isidentifier() for word in code.split("."))


def test_the_software_names_the_version_that_is_built() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"{project['name']}/{project['version']}" == SOFTWARE


def test_names_are_words_of_their_own() -> None:
    for names in (ChildName, ReadStep, Slot):
        assert len({name.value for name in names}) == len(names)
