"""How a device is: five values, and unknown is never a reason to restart."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a device is."""

    STARTING = "starting"
    READY = "ready"
    FAULTY = "faulty"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """A health with its reason."""

    health: Health
    code: str = ""
    """A code of wire/failures.toml, empty while ready."""
