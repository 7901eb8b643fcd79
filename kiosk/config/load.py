"""Read the settings file strictly: an unknown key is a typing error, say so."""

import dataclasses
import difflib
import os
import tomllib
from datetime import time
from pathlib import Path
from typing import Any

from kiosk.config.overlay import NotTheFleets, read
from kiosk.config.settings import Settings

_CREDENTIAL = "credential:"
_NOT_LENT = "/run/credentials/not-lent"
_RANGES: dict[str, tuple[float, float]] = {
    "limits.outbox_records": (1, 100_000),
    "limits.outbox_age_days": (1, 60),
    "limits.print_attempts": (1, 10),
    "limits.card_attempts": (1, 10),
    "limits.photo_attempts": (1, 10),
    "limits.wait_register_s": (0, 60),
    "register.answer_s": (0.5, 120),
    "timeouts.factor": (0.05, 10),
    "update.bytes_per_s": (1_000, 1e9),
    "update.every_s": (10, 86_400),
}
_CHOICES = {
    "terminal.language": ("zh_HK", "zh_CN", "en"),
    "terminal.mode": ("self_service", "counter", "mobile"),
}


class BadSettings(ValueError):
    """The settings cannot be used; `code` says which way, the message where."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def load(
    path: Path | None, *, uses_credentials: bool = True, overlay: Path | None = None
) -> Settings:
    """Return the defaults, overlaid with the file at `path` if one is given.

    Args:
        path: the settings file.
        overlay: folder of what the fleet set (`kiosk.config.overlay`), laid over that file.
        uses_credentials: whether systemd lends this program what it is to sign with. The
            engine has the same file as sync and no use for the key: its path leads nowhere.

    Raises:
        BadSettings: an unknown key (config.unknown_key), an unusable value
            (config.bad_value), or an overlay that sets what it may not (config.not_the_fleets).
        OSError: the file cannot be read.
    """
    tables: dict[str, Any] = {}
    if path is not None:
        try:
            tables = tomllib.loads(path.read_text())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadSettings("config.bad_value", f"{path}: {error}") from error
    groups = {f.name: f for f in dataclasses.fields(Settings)}
    _known(tables, list(groups), "")
    if overlay is not None:
        tables = _laid_over(tables, overlay)
    lent = os.environ.get("CREDENTIALS_DIRECTORY") if uses_credentials else _NOT_LENT
    return Settings(**{name: _group(groups[name], table, lent) for name, table in tables.items()})


def check_overlay(folder: Path) -> None:
    """Hold a bundle of settings against what the fleet may set, and to which values.

    Raises:
        BadSettings: see `load`.
    """
    load(None, overlay=folder)


def _laid_over(tables: dict[str, Any], overlay: Path) -> dict[str, Any]:
    try:
        over = read(overlay)
    except NotTheFleets as refused:
        raise BadSettings("config.not_the_fleets", str(refused)) from None
    return tables | {name: tables.get(name, {}) | table for name, table in over.items()}


def _known(table: Any, names: list[str], where: str) -> None:
    """Refuse what is no table, and keys that do not exist."""
    if not isinstance(table, dict):
        raise BadSettings("config.bad_value", f"{where} must be a table")
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise BadSettings("config.unknown_key", f"{where}{key} does not exist{hint}")


def _group(group: dataclasses.Field[Any], table: Any, lent: str | None) -> Any:
    kind: Any = group.default_factory
    fields = {f.name: f for f in dataclasses.fields(kind)}
    _known(table, list(fields), f"{group.name}.")
    values = {
        key: _value(f"{group.name}.{key}", fields[key].default, value, lent)
        for key, value in table.items()
    }
    return kind(**values)


def _value(where: str, default: Any, value: Any, lent: str | None) -> Any:
    """Return `value` in the type of `default`, if it can be that and lies in its range."""
    if isinstance(default, Path) and isinstance(value, str):
        return _resolved(where, value, lent)
    if isinstance(default, time) and isinstance(value, str):
        return _local_time(where, value)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(default):
        raise BadSettings("config.bad_value", f"{where} must be {type(default).__name__}")
    low, high = _RANGES.get(where, (None, None))
    if low is not None and high is not None and not low <= value <= high:
        raise BadSettings("config.bad_value", f"{where} must lie between {low} and {high}")
    if value not in _CHOICES.get(where, (value,)):
        raise BadSettings("config.bad_value", f"{where} must be one of {_CHOICES[where]}")
    return value


def _local_time(where: str, value: str) -> time:
    """Return a time of the day; one with a zone could not be compared with the wall clock."""
    try:
        moment = time.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise BadSettings("config.bad_value", f"{where} must be a time like 09:00")
    return moment


def _resolved(where: str, value: str, lent: str | None) -> Path:
    """Return a path; `credential:NAME` is a file that systemd lends this program."""
    if not value.startswith(_CREDENTIAL):
        return Path(value)
    if lent is None:
        raise BadSettings("config.bad_value", f"{where}: systemd lends no credentials here")
    return Path(lent) / value.removeprefix(_CREDENTIAL)
