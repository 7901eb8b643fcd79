"""Master lists: believed under a root, and good even where a certificate inside is not."""

import pytest
from asn1crypto.core import Any as AnyValue
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.personalise import pki
from drivers.card.personalise.signed_data import sign_content
from drivers.card.personalise.suite import KeyKind, Suite
from drivers.card.protocol import cms, master_list
from drivers.card.protocol.certificate import fingerprint
from drivers.card.protocol.errors import (
    CardUnreadable,
    SignatureBad,
    SignerRevoked,
    SignerUnknown,
)
from drivers.card.protocol.master_list import MOST_CERTIFICATES, CscaMasterList
from drivers.card.protocol.revocation import parse
from drivers.card.protocol.trust import TrustStore
from tests.support.certificates import NOW

CSCA = pki.make_csca()
SIGNER = pki.make_list_signer(CSCA)
TRUST = TrustStore((CSCA.certificate,))
OLD, NEW = pki.make_csca("Old", country="FR"), pki.make_csca("New", country="FR")
LINK = pki.make_link(OLD, NEW)
SPELT = pki.make_csca(suite=Suite(key=KeyKind.BRAINPOOL_384, explicit=True))


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _signed(content: bytes) -> bytes:
    return sign_content(
        content,
        content_type=cms.MASTER_LIST,
        certificate=SIGNER.certificate,
        key=SIGNER.key,
        suite=SIGNER.suite,
    )


def test_roots_and_links_are_told_apart() -> None:
    file = pki.make_master_list([_der(c) for c in (OLD.certificate, LINK)], SIGNER)
    found = master_list.parse(file, TRUST, now=NOW)
    assert (found.authorities, found.links) == ((OLD.certificate,), (LINK,))
    assert found.skipped == ()
    assert found.chain.root == fingerprint(CSCA.certificate)


def test_an_authority_that_spells_its_curve_out_is_taken() -> None:
    file = pki.make_master_list([_der(SPELT.certificate)], SIGNER)
    assert master_list.parse(file, TRUST, now=NOW).authorities == (SPELT.certificate,)


def test_what_cannot_be_used_is_counted_with_its_reason() -> None:
    sha1 = pki.make_csca(suite=Suite(digest="sha1"))
    trailing = _der(OLD.certificate)
    trailing = b"\x30\x82" + len(trailing[4:] + b"\0\0").to_bytes(2, "big") + trailing[4:] + b"\0\0"
    unusable = [
        b"\x05\x00",
        trailing,
        _der(sha1.certificate),
        _der(pki.make_signer(OLD).certificate),
    ]
    file = pki.make_master_list([*unusable, _der(OLD.certificate)], SIGNER)
    found = master_list.parse(file, TRUST, now=NOW)
    assert found.authorities == (OLD.certificate,)
    assert dict(found.skipped) == {
        "malformed ASN.1": 1,
        "ASN.1 that is not DER": 1,
        "a digest that we do not take": 1,
        "a certificate that may not issue others": 1,
    }


def test_the_order_of_certificates_does_not_matter() -> None:
    parts = sorted([_der(OLD.certificate), _der(NEW.certificate)], reverse=True)
    content = CscaMasterList({"version": 0, "certificates": [AnyValue.load(p) for p in parts]})
    both = b"".join(parts)
    unsorted = content.dump().replace(b"".join(sorted(parts)), both)
    assert both in unsorted
    assert len(master_list.parse(_signed(unsorted), TRUST, now=NOW).authorities) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x30\x00",
        CscaMasterList({"version": 1, "certificates": []}).dump(),
        CscaMasterList({"version": 0, "certificates": []}).dump() + b"\0",
        b"\x30\x81\x05\x02\x01\x00\x31\x00",
        b"\x30\x06\x02\x02\x00\x00\x31\x00",
        CscaMasterList(
            {"version": 0, "certificates": [AnyValue.load(b"\x05\x00")] * (MOST_CERTIFICATES + 1)}
        ).dump(),
    ],
    ids=[
        "nothing",
        "empty",
        "version",
        "trailing",
        "length",
        "number",
        "too many",
    ],
)
def test_content_of_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(CardUnreadable):
        master_list.parse(_signed(content), TRUST, now=NOW)


def test_a_changed_list_is_told() -> None:
    file = pki.make_master_list([_der(OLD.certificate)], SIGNER)
    with pytest.raises(SignatureBad):
        master_list.parse(file[:-1] + bytes((file[-1] ^ 1,)), TRUST, now=NOW)


def test_a_list_cannot_vouch_for_itself() -> None:
    stranger = pki.make_csca()
    file = pki.make_master_list(
        [_der(stranger.certificate)],
        pki.make_list_signer(stranger),
        others=[stranger.certificate],
    )
    with pytest.raises(SignerUnknown):
        master_list.parse(file, TRUST, now=NOW)


def test_a_revoked_signer_s_list_is_not_believed() -> None:
    validity = (NOW, NOW)
    revoked = parse(pki.make_revocation_list(CSCA, [SIGNER.certificate], validity=validity))
    trust = TrustStore((CSCA.certificate,), revocation_lists=(revoked,))
    with pytest.raises(SignerRevoked):
        master_list.parse(pki.make_master_list([], SIGNER), trust, now=NOW)
