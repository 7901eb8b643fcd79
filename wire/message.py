"""What every message is: frozen, tagged with its name, strict about unknown fields."""

from enum import StrEnum

import msgspec


class Message(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A message between two of our processes; `repr` names the type alone.

    Any message may carry personal data, so none prints its fields.
    """

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class DeviceState(StrEnum):
    """How a device is; the same five values as `drivers.health.Health`."""

    STARTING = "starting"
    READY = "ready"
    FAULTY = "faulty"
    MISSING = "missing"
    UNKNOWN = "unknown"
