"""Times as the register keeps them."""

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """Return a time as it is kept: UTC, ISO 8601 to the second; texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
