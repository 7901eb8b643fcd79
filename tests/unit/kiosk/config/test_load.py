"""The settings file is read strictly."""

from datetime import time
from pathlib import Path

import pytest

from kiosk.config import BadSettings, Settings, load


def written(folder: Path, text: str) -> Path:
    path = folder / "terminal.toml"
    path.write_text(text)
    return path


def refused(folder: Path, text: str) -> BadSettings:
    with pytest.raises(BadSettings) as caught:
        load(written(folder, text))
    return caught.value


def test_without_a_file_there_are_the_defaults() -> None:
    assert load(None) == Settings()


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == Settings()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.toml")


def test_what_the_file_says_replaces_the_default(tmp_path: Path) -> None:
    settings = load(
        written(
            tmp_path,
            """
            [terminal]
            id = "T-7"
            language = "en"
            [hours]
            opens = "09:00"
            closes = 17:30:00
            [paths]
            state = "/srv/state"
            [limits]
            card_attempts = 5
            wait_register_s = 2
            [timeouts]
            factor = 1.5
            """,
        )
    )
    assert settings.terminal.id == "T-7"
    assert settings.terminal.language == "en"
    assert settings.terminal.statement == Settings().terminal.statement
    assert (settings.hours.opens, settings.hours.closes) == (time(9), time(17, 30))
    assert settings.paths.state == Path("/srv/state")
    assert settings.limits.card_attempts == 5
    assert settings.timeouts.factor == 1.5


def test_a_whole_number_will_do_where_seconds_are_wanted(tmp_path: Path) -> None:
    wait = load(written(tmp_path, "[limits]\nwait_register_s = 2")).limits.wait_register_s
    assert (wait, type(wait)) == (2.0, float)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[terminel]", "terminel does not exist; did you mean terminal?"),
        ("[limits]\ncard_atempts = 2", "card_atempts does not exist; did you mean card_attempts?"),
        ("[terminal]\nzzzzz = 1", "terminal.zzzzz does not exist"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_name(
    tmp_path: Path, text: str, said: str
) -> None:
    error = refused(tmp_path, text)
    assert error.code == "config.unknown_key"
    assert str(error).endswith(said)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("terminal = 1", "terminal. must be a table"),
        ("[terminal]\nid = 7", "terminal.id must be str"),
        ("[terminal]\nlanguage = 'fr'", "terminal.language must be one of"),
        ("[limits]\ncard_attempts = true", "limits.card_attempts must be int"),
        ("[limits]\ncard_attempts = 2.0", "limits.card_attempts must be int"),
        ("[limits]\ncard_attempts = 0", "limits.card_attempts must lie between"),
        ("[limits]\noutbox_age_days = 61", "limits.outbox_age_days must lie between"),
        ("[timeouts]\nfactor = nan", "timeouts.factor must lie between"),
        ("[timeouts]\nfactor = inf", "timeouts.factor must lie between"),
        ("[hours]\nopens = 'nine'", "hours.opens must be a time like 09:00"),
        ("[hours]\nopens = '09:00+08:00'", "hours.opens must be a time like 09:00"),
        ("[hours]\nopens = 9", "hours.opens must be time"),
        ("[paths]\nstate = 3", "paths.state must be"),
        ("terminal = [", "terminal.toml"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, text: str, where: str
) -> None:
    error = refused(tmp_path, text)
    assert error.code == "config.bad_value"
    assert where in str(error)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terminal.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadSettings) as caught:
        load(path)
    assert caught.value.code == "config.bad_value"


def test_a_credential_is_a_file_that_systemd_lends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    settings = load(written(tmp_path, "[register]\nkey = 'credential:terminal.key'"))
    assert settings.register.key == tmp_path / "terminal.key"


def test_a_credential_without_systemd_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    error = refused(tmp_path, "[register]\nkey = 'credential:terminal.key'")
    assert error.code == "config.bad_value"


def test_settings_once_read_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Settings().terminal.id = "other"  # type: ignore[misc]


def test_who_signs_nothing_reads_the_same_file_without_a_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    file = written(tmp_path, "[register]\nkey = 'credential:terminal.key'")
    assert not load(file, uses_credentials=False).register.key.exists()
