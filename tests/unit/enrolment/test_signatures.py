"""A request counts when the terminal's own key signed exactly it, just now."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from enrolment import intake
from enrolment.intake import Refusal
from enrolment.signatures import verify
from kiosk.sync.signing import Signer
from tests.support.register import make_data
from wire import record_signature as signature
from wire.record_signature import COMPONENTS, INPUT_HEADER, SIGNATURE_HEADER, WINDOW_S, Stated

NOW = 1_790_000_000.0
URL = "https://register.example:8443/v1/enrolments/1"
FIELDS = {
    "Content-Digest": "sha-256=:AAAA:",
    "Content-Type": "application/vnd.kiosk.record.v1",
    "Enc-Suite": "suite",
    "Enc-Key-Id": "0123456789abcdef",
}
SEEN = {name.lower(): value for name, value in FIELDS.items()} | {
    "@method": "PUT",
    "@authority": "register.example:8443",
    "@path": "/v1/enrolments/1",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("register"))


def signer(data: Path, *, at: float = NOW) -> Signer:
    return Signer(
        data / "terminal.pem",
        data / "terminal.key",
        clock=lambda: at,
        random_bytes=lambda length: b"\x07" * length,
    )


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
        SEEN | (seen or {}),
        stated=signed[INPUT_HEADER],
        signed=signed[SIGNATURE_HEADER],
        certificate=certificate(data),
        now=NOW,
    )


def test_what_the_terminal_signed_is_stated(data: Path) -> None:
    stated = judged(data)
    assert isinstance(stated, Stated)
    assert (stated.created, stated.nonce) == (int(NOW), "07" * 16)


@pytest.mark.parametrize("name", COMPONENTS)
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
    assert judged(data, at=0.0, seen={"@method": "GET"}) == intake.FORGED


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
def test_a_signature_of_another_length_is_unsigned(data: Path, raw: str) -> None:
    assert judged(data, other={SIGNATURE_HEADER: f"terminal=:{raw}:"}) == intake.UNSIGNED


def test_zeros_sign_nothing(data: Path) -> None:
    nothing = f"terminal=:{'A' * 86}==:"
    assert judged(data, other={SIGNATURE_HEADER: nothing}) == intake.FORGED


@given(
    st.integers(0, 10**12 - 1),
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=16, max_size=16),
)
def test_what_is_stated_is_read_as_it_was_written(created: int, key: bytes, nonce: bytes) -> None:
    stated = Stated(created, key.hex(), nonce.hex())
    assert signature.parse(f"terminal={signature.parameters(stated)}") == stated


def test_the_base_is_as_the_standard_lays_it_out() -> None:
    stated = Stated(created=1, key="ab" * 32, nonce="cd" * 16)
    lines = signature.base(SEEN, stated).decode().split("\n")
    assert lines[0] == '"@method": PUT'
    assert lines[-1] == f'"@signature-params": {signature.parameters(stated)}'
    assert len(lines) == len(COMPONENTS) + 1


def test_one_profile_and_no_other_is_understood() -> None:
    stated = Stated(created=1, key="ab" * 32, nonce="cd" * 16)
    good = f"terminal={signature.parameters(stated)}"
    assert signature.parse(good) == stated
    for old, new in (
        ('"@method" ', ""),
        ("ecdsa-p256", "hmac"),
        ("terminal=", "sig1="),
        ("1;", "-1;"),
    ):
        assert signature.parse(good.replace(old, new)) is None
