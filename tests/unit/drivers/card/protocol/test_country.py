"""Which issuing state of an MRZ is which country of a certificate."""

import pytest

from drivers.card.protocol.country import agree


@pytest.mark.parametrize(
    ("issuing_state", "country"),
    [
        ("UTO", "UT"),
        ("D<<", "DE"),
        ("D", "DE"),
        ("DEU", "DE"),
        ("CHN", "CN"),
        ("HKG", "HK"),
        ("GBN", "GB"),
        ("RKS", "KS"),
        ("ZWE", "ZW"),
    ],
)
def test_the_same_state_agrees(issuing_state: str, country: str) -> None:
    assert agree(issuing_state, country)


@pytest.mark.parametrize(
    ("issuing_state", "country"),
    [("CHN", "HK"), ("AUT", "AU"), ("XXX", "XX"), ("", ""), ("<<<", ""), ("UTO", "ut")],
)
def test_another_state_or_an_unknown_code_does_not(issuing_state: str, country: str) -> None:
    assert not agree(issuing_state, country)
