"""Mutated security objects, certificates and lists: never believed, and only our own errors."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.protocol import certificate, master_list, revocation, security_object
from drivers.card.protocol.certificate import fingerprint
from drivers.card.protocol.certificate_profile import profile
from drivers.card.protocol.errors import SignatureBad
from drivers.card.protocol.trust import TrustStore
from drivers.errors import DeviceError
from tests.support import authenticity_corpus as corpus
from tests.support.certificates import NOW

CSCA = certificate.load(corpus.read("csca.der"))
TRUST = TrustStore((CSCA,))
SECURITY_OBJECT = corpus.read("security_object.bin")
REVOCATION_LIST = corpus.read("revocation_list.crl")
MASTER_LIST = corpus.read("master_list.ml")
fuzzed = settings(max_examples=300, derandomize=True)
"""The same mutations every time."""


def edits(of: bytes) -> st.SearchStrategy[bytes]:
    """Return `of` with up to four stretches of it taken out, put in or replaced."""
    edit = st.tuples(st.integers(0, len(of)), st.binary(max_size=4), st.integers(0, 4))

    def apply(changes: list[tuple[int, bytes, int]]) -> bytes:
        changed = of
        for position, put, taken in changes:
            changed = changed[:position] + put + changed[position + taken :]
        return changed

    return st.lists(edit, min_size=1, max_size=4).map(apply).filter(lambda changed: changed != of)


def authenticate(file: bytes) -> None:
    signed = security_object.parse(file)
    TRUST.check(signed.signer, now=NOW, issuing_state="UTO", document_code="ID")
    for number, group in corpus.GROUPS.items():
        signed.check(number, group)


def use_certificate(encoded: bytes) -> None:
    found = certificate.load(encoded)
    certificate.public_key(found)
    profile(found)
    master_list.is_root(found, TRUST.policy)


def use_master_list(file: bytes) -> None:
    master_list.parse(file, TRUST, now=NOW)


def use_revocation_list(file: bytes) -> None:
    found = revocation.parse(file)
    if not found.signed_by(CSCA):
        raise SignatureBad("a list that is well-formed and nobody's")


USES = [
    (SECURITY_OBJECT, authenticate),
    (corpus.read("csca.der"), use_certificate),
    (MASTER_LIST, use_master_list),
    (REVOCATION_LIST, use_revocation_list),
]
NAMES = ["security object", "certificate", "master list", "revocation list"]


@pytest.mark.parametrize(("specimen", "use"), USES, ids=NAMES)
def test_the_specimens_themselves_are_good(specimen: bytes, use: Callable[[bytes], None]) -> None:
    use(specimen)


def believed(specimen: bytes, use: Callable[[bytes], None], bits: int) -> list[int]:
    """Return the places where a flip of `bits` still leaves everything as it should be."""
    found = []
    for position in range(len(specimen)):
        changed = bytearray(specimen)
        changed[position] ^= bits
        try:
            use(bytes(changed))
        except DeviceError:
            continue
        found.append(position)
    return found


@pytest.mark.parametrize("bits", [0x01, 0x20, 0x80])
def test_no_byte_of_a_security_object_can_be_changed(bits: int) -> None:
    assert believed(SECURITY_OBJECT, authenticate, bits) == []


@pytest.mark.parametrize("use", USES[2:], ids=NAMES[2:])
def test_no_byte_of_a_list_can_be_changed(use: tuple[bytes, Callable[[bytes], None]]) -> None:
    assert believed(*use, 0x01) == []


@pytest.mark.night
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("bits", [*range(1, 256)])
def test_no_byte_of_a_security_object_can_be_any_other(bits: int) -> None:
    assert believed(SECURITY_OBJECT, authenticate, bits) == []


@fuzzed
@given(edits(SECURITY_OBJECT))
def test_no_edited_security_object_is_believed(file: bytes) -> None:
    with pytest.raises(DeviceError) as caught:
        authenticate(file)
    assert caught.value.code.startswith("card.")


@fuzzed
@given(edits(MASTER_LIST))
def test_no_edited_master_list_is_believed(file: bytes) -> None:
    with pytest.raises(DeviceError):
        use_master_list(file)


@fuzzed
@given(edits(REVOCATION_LIST))
def test_no_edited_revocation_list_is_believed(file: bytes) -> None:
    with pytest.raises(DeviceError):
        use_revocation_list(file)


@fuzzed
@given(edits(corpus.read("csca.der")))
def test_an_edited_certificate_is_refused_or_another_one(encoded: bytes) -> None:
    try:
        use_certificate(encoded)
    except DeviceError as error:
        assert error.code == "card.unreadable"  # noqa: PT017  (most are refused, not all)
    else:
        assert fingerprint(certificate.load(encoded)) != fingerprint(CSCA)


@fuzzed
@given(st.binary(max_size=300))
def test_any_bytes_give_only_our_own_errors(encoded: bytes) -> None:
    for _, use in USES:
        with pytest.raises(DeviceError):
            use(encoded)
