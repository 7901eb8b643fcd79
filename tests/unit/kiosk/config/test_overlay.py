"""What the fleet may set: a short list, held to types and ranges; never who the terminal is."""

import dataclasses
from datetime import time
from pathlib import Path

import pytest

from kiosk.config import BadSettings, Settings, check_overlay, load
from kiosk.config.__main__ import main
from kiosk.config.overlay import LONGEST_BYTES, MAY_SET, SETTINGS

FILE = '[terminal]\nid = "t17"\n[hours]\nopens = "09:00"\ncloses = "18:00"\n'
NEVER = ("id", "mode", "site", "statement", "url", "phone_url", "ca", "certificate", "key", "trust")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "terminal.toml"
    place.write_text(FILE)
    return place


def test_what_the_fleet_set_lies_over_the_terminals_own_file(bundle: Path, file: Path) -> None:
    (bundle / SETTINGS).write_text('[hours]\ncloses = "20:00"\n[limits]\ncard_attempts = 5\n')
    settings = load(file, overlay=bundle)
    assert (settings.hours.opens, settings.hours.closes) == (time(9), time(20))
    assert settings.limits.card_attempts == 5
    assert settings.terminal.id == "t17"
    assert settings.timeouts == Settings().timeouts


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('[terminal]\nid = "other"\n', "config.not_the_fleets"),
        ('[register]\nseal_key = "/tmp/mine"\n', "config.not_the_fleets"),
        ('[register]\nurl = "https://mine.example"\n', "config.not_the_fleets"),
        ('[update]\nroot = "/tmp/mine"\n', "config.not_the_fleets"),
        ("[retention]\nreceipts_days = 3000\n", "config.not_the_fleets"),
        ('[paths]\ncontent_key = "/tmp/mine"\n', "config.not_the_fleets"),
        ("[hours]\nsunday = 1\n", "config.not_the_fleets"),
        ("timeouts = 2\n", "config.not_the_fleets"),
        ("not toml", "config.not_the_fleets"),
        ("#" * (LONGEST_BYTES + 1), "config.not_the_fleets"),
        ("[timeouts]\nfactor = 1000\n", "config.bad_value"),
        ("[limits]\nprint_attempts = 0\n", "config.bad_value"),
        ('[limits]\ncard_attempts = "3"\n', "config.bad_value"),
        ('[hours]\nopens = "nine"\n', "config.bad_value"),
        ('[terminal]\nlanguage = "fr"\n', "config.bad_value"),
    ],
)
def test_what_is_not_the_fleets_to_set_is_refused_whole(
    content: str, code: str, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bundle / SETTINGS).write_text(content)
    with pytest.raises(BadSettings) as refused:
        check_overlay(bundle)
    assert refused.value.code == code
    assert main([str(bundle)]) == 2
    assert code in capsys.readouterr().err


def test_a_bundle_without_settings_and_one_that_leads_elsewhere_are_refused(
    bundle: Path, file: Path
) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        check_overlay(bundle)
    (bundle / SETTINGS).symlink_to(file)
    with pytest.raises(BadSettings, match="link"):
        check_overlay(bundle)


def test_every_setting_on_the_list_exists_and_none_is_identity_key_address_or_promise() -> None:
    groups = {one.name: one.default_factory for one in dataclasses.fields(Settings)}
    known = {
        f"{name}.{one.name}"
        for name, made in groups.items()
        for one in dataclasses.fields(made)  # type: ignore[arg-type]
    }
    assert known >= MAY_SET
    assert not {name.partition(".")[2] for name in MAY_SET} & set(NEVER)
    assert {name.partition(".")[0] for name in MAY_SET} == {
        "terminal", "hours", "limits", "timeouts"
    }  # fmt: skip


def test_every_number_on_the_list_is_held_to_a_range(bundle: Path) -> None:
    numbers = [name for name in MAY_SET if name.startswith(("limits.", "timeouts."))]
    for name in numbers:
        group, _, key = name.partition(".")
        for value in (-1, 10**9):
            (bundle / SETTINGS).write_text(f"[{group}]\n{key} = {value}\n")
            with pytest.raises(BadSettings, match="must lie between"):
                check_overlay(bundle)


def test_a_bundle_that_is_good_is_said_to_be(bundle: Path) -> None:
    (bundle / SETTINGS).write_text("[timeouts]\nfactor = 2\n")
    assert main([str(bundle)]) == 0
