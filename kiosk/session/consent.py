"""The consent record: which text, in which version and language, and what was chosen."""

from datetime import UTC, datetime

from wire.record import Consent
from wire.screen import Language


def consent(
    *, statement: str, language: Language, agreed_at: datetime, keep_template: bool
) -> Consent:
    """Return what goes into the record; the time is UTC, to the second.

    Raises:
        ValueError: `agreed_at` has no zone: nobody could say later when it was.
    """
    if agreed_at.tzinfo is None:
        raise ValueError("a consent needs a time with its zone")
    return Consent(
        statement=statement,
        language=language,
        agreed_at=agreed_at.astimezone(UTC).isoformat(timespec="seconds"),
        keep_template=keep_template,
    )
