"""The engine's child processes, by name."""

from enum import StrEnum


class ChildName(StrEnum):
    """Which child."""

    CARD_HOST = "card_host"
    VISION = "vision"
