"""The register's settings: ``register.toml`` in its data folder; unknown names are refused.

Without the file every default holds, and the register does not start on file keys:
those are the sandbox's (`enrolment.keys`).
"""

from pathlib import Path

import msgspec


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds on what terminals may ask at once."""

    requests_per_s: float = 5.0
    """For each terminal, steadily."""
    requests_burst: int = 1200
    """For each terminal at once: an outbox after days offline comes in one go."""
    bodies_at_once: int = 64
    """Records being read or opened, over all terminals: each is up to 4 MB of memory."""
    commit_together: int = 500
    """So many records at most share one commit of the database."""
    link_hours: float = 72.0
    """So long after the register took a record its link opens an account on a phone."""
    consent_minutes: float = 10.0
    """So long after a terminal asked a guardian may answer; both stand there meanwhile."""
    body_s: float = 60.0
    """A whole body must have come within this."""


class Hsm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A hardware module, by PKCS#11."""

    module: str
    """The library's path."""
    token: str
    """The token's label."""
    pin_file: str
    """A file with the PIN, such as a systemd credential."""


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how long what names nobody is kept."""

    closed_days: float = 2557.0
    """After an account was closed: seven years, as long as somebody may ask how it was opened.
    Our own assumption; a site sets what its law says."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that can be set."""

    sandbox: bool = False
    """Whether keys may lie in files and synthetic stand-ins may answer."""
    hsm: Hsm | None = None
    """Where the keys are; None for files, in the sandbox alone."""
    limits: Limits = msgspec.field(default_factory=Limits)
    retention: Retention = msgspec.field(default_factory=Retention)


class BadSettings(ValueError):
    """The file is not what this module describes; the message says where."""

    code = "config.bad_value"


def load(folder: Path) -> Settings:
    """Read the settings in `folder`.

    Raises:
        BadSettings: an unknown name or a value of another kind.
    """
    file = folder / "register.toml"
    if not file.exists():
        return Settings()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise BadSettings(f"register.toml: {cause}") from cause
