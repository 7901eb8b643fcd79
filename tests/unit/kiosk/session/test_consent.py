"""A consent says which text, in which language, when, and what was chosen."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kiosk.session.consent import consent
from wire.screen import Language


@pytest.mark.parametrize("keep", [True, False])
def test_a_consent_says_what_was_agreed_to(keep: bool) -> None:  # noqa: FBT001
    moment = datetime(2026, 11, 23, 9, 30, 1, 999, tzinfo=timezone(timedelta(hours=8)))
    given = consent(
        statement="2026-11", language=Language.ZH_HK, agreed_at=moment, keep_template=keep
    )
    assert given.statement == "2026-11"
    assert given.language is Language.ZH_HK
    assert given.agreed_at == "2026-11-23T01:30:01+00:00"
    assert given.keep_template is keep


def test_a_time_without_its_zone_is_refused() -> None:
    naive = datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        consent(statement="1", language=Language.EN, agreed_at=naive, keep_template=False)
