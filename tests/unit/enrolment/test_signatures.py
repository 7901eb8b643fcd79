"""A request counts when the terminal's own key signed exactly it, just now."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from enrolment import intake
from enrolment.intake import Refusal
from enrolment.signatures import Stated, verify
from kiosk.sync.signature import RecordSigner, Signer, load_signer
from tests.support.register import make_data
from wire.record import SIGNATURE_TAG, SIGNED_FIELDS
from wire.signature import INPUT_HEADER, SIGNATURE_HEADER, WINDOW_S, Covered

NOW = 1_790_000_000.0
URL = "https://register.example:8443/v1/enrolments/1"
FIELDS = {
    "Content-Digest": "sha-256=:AAAA:",
    "Content-Type": "application/vnd.kiosk.record.v1",
    "Enc-Suite": "suite",
    "Enc-Key-Id": "0123456789abcdef",
    "Trail-Head": "0;sha-256=0",
}
SEEN = {
    "method": "PUT",
    "authority": "register.example:8443",
    "path": "/v1/enrolments/1",
    "content_type": FIELDS["Content-Type"],
    "content_digest": FIELDS["Content-Digest"],
    "enc-suite": "suite",
    "enc-key-id": "0123456789abcdef",
    "trail-head": "0;sha-256=0",
}


def covered(seen: dict[str, str]) -> Covered:
    """What the register sees of a request."""
    more = tuple((name, seen[name]) for name in SIGNED_FIELDS)
    return Covered(
        method=seen["method"],
        authority=seen["authority"],
        path=seen["path"],
        content_type=seen["content_type"],
        content_digest=seen["content_digest"],
        more=more,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("register"))


def signer(data: Path, *, at: float = NOW) -> RecordSigner:
    signs = load_signer(data / "terminal.pem", data / "terminal.key")
    fixed = Signer(
        x509.load_pem_x509_certificate((data / "terminal.pem").read_bytes()),
        signs._key,
        random_bytes=lambda length: b"\x07" * length,
    )
    return RecordSigner(fixed, clock=lambda: at)


def certificate(data: Path) -> bytes:
    pem = (data / "terminal.pem").read_bytes()
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def judged(
    data: Path,
    *,
    seen: dict[str, str] | None = None,
    at: float = NOW,
    other: dict[str, str] | None = None,
) -> Stated | Refusal:
    signed = signer(data, at=at).sign("PUT", URL, FIELDS) | (other or {})
    return verify(
        covered(SEEN | (seen or {})),
        stated=signed[INPUT_HEADER],
        signed=signed[SIGNATURE_HEADER],
        certificate=certificate(data),
        now=NOW,
    )


def test_what_the_terminal_signed_is_stated(data: Path) -> None:
    stated = judged(data)
    assert isinstance(stated, Stated)
    assert (stated.created, stated.nonce) == (int(NOW), "07" * 16)


@pytest.mark.parametrize("name", SEEN)
def test_any_change_of_what_is_signed_is_forged(data: Path, name: str) -> None:
    assert judged(data, seen={name: SEEN[name] + "x"}) == intake.FORGED


def test_another_terminals_signature_is_forged(data: Path, tmp_path: Path) -> None:
    other = signer(make_data(tmp_path / "other")).sign("PUT", URL, FIELDS)
    assert judged(data, other=other) == intake.FORGED


def test_another_terminals_signature_under_this_ones_name_is_forged(
    data: Path, tmp_path: Path
) -> None:
    mine = signer(data).sign("PUT", URL, FIELDS)
    theirs = signer(make_data(tmp_path / "other")).sign("PUT", URL, FIELDS)
    mixed = {INPUT_HEADER: mine[INPUT_HEADER], SIGNATURE_HEADER: theirs[SIGNATURE_HEADER]}
    assert judged(data, other=mixed) == intake.FORGED


@pytest.mark.parametrize("away_s", [-WINDOW_S - 1, WINDOW_S + 1])
def test_a_signature_of_another_time_is_refused(data: Path, away_s: int) -> None:
    assert judged(data, at=NOW + away_s) == intake.CLOCK_SKEW


@pytest.mark.parametrize("away_s", [-WINDOW_S, WINDOW_S])
def test_a_clock_may_be_a_little_wrong(data: Path, away_s: int) -> None:
    assert isinstance(judged(data, at=NOW + away_s), Stated)


def test_a_forger_is_not_told_that_only_the_time_is_wrong(data: Path) -> None:
    assert judged(data, at=0.0, seen={"method": "GET"}) == intake.FORGED


def test_a_terminal_told_the_registers_time_states_it(data: Path) -> None:
    late = signer(data, at=NOW - 86400)
    late.correct(NOW)
    signed = late.sign("PUT", URL, FIELDS)
    assert f";created={int(NOW)};" in signed[INPUT_HEADER]


@given(text=st.text(max_size=200))
@pytest.mark.parametrize("field", [INPUT_HEADER, SIGNATURE_HEADER])
def test_a_field_that_is_none_is_unsigned(data: Path, field: str, text: str) -> None:
    assert judged(data, other={field: text}) == intake.UNSIGNED


@pytest.mark.parametrize(
    "raw", ["", "AAAA", "A" * 88, "A" * 84 + "===="], ids=["none", "short", "long", "padding"]
)
def test_a_signature_of_another_length_is_none(data: Path, raw: str) -> None:
    refusal = judged(data, other={SIGNATURE_HEADER: f"terminal=:{raw}:"})
    assert refusal in (intake.UNSIGNED, intake.FORGED)


def test_zeros_sign_nothing(data: Path) -> None:
    nothing = f"terminal=:{'A' * 86}==:"
    assert judged(data, other={SIGNATURE_HEADER: nothing}) == intake.FORGED


@pytest.mark.parametrize("name", SEEN)
def test_a_request_that_lacks_what_is_signed_is_unsigned(data: Path, name: str) -> None:
    assert judged(data, seen={name: ""}) == intake.UNSIGNED


def test_a_signature_for_another_purpose_is_forged(data: Path) -> None:
    signs = load_signer(data / "terminal.pem", data / "terminal.key")
    for tag, expected in ((SIGNATURE_TAG, Stated), ("kiosk-checkin-v1", Refusal)):
        fields = signs.signed("PUT", URL, FIELDS, created=int(NOW), tag=tag, more=SIGNED_FIELDS)
        assert isinstance(judged(data, other=fields), expected)


def test_a_signature_that_does_not_cover_the_trails_head_is_unsigned(data: Path) -> None:
    signs = load_signer(data / "terminal.pem", data / "terminal.key")
    fields = signs.signed(
        "PUT", URL, FIELDS, created=int(NOW), tag=SIGNATURE_TAG, more=SIGNED_FIELDS[:-1]
    )
    assert judged(data, other=fields) == intake.UNSIGNED
