"""Pages and modules that are made from data are what the data says now."""

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = generator()
TARGETS: Mapping[str, Callable[[], str]] = GENERATE.TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_made_from_data_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text() == GENERATE.formatted(name, TARGETS[name]())
