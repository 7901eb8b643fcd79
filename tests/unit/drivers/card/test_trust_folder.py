"""The folder of trust: what lies there is believed, and what cannot be used is named."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card import trust_folder
from drivers.card.personalise import pki
from drivers.card.personalise.suite import Suite
from drivers.card.protocol.certificate import fingerprint
from drivers.card.protocol.errors import SignerRevoked
from drivers.card.protocol.policy import STRICT
from drivers.card.trust_folder import MOST_FILES, TrustUnusable
from tests.support.certificates import NOW

VALIDITY = (NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1))
CSCA = pki.make_csca()
SIGNER = pki.make_signer(CSCA)
FOREIGN = pki.make_csca(country="FR")


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "csca.pem").write_bytes(_pem(CSCA.certificate))
    return tmp_path


def test_an_empty_folder_or_none_believes_nobody(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert trust_folder.load(folder, now=NOW).authorities == ()


@pytest.mark.parametrize("name", ["a.pem", "a.cer", "a.crt", "a.der", "A.CER"])
@pytest.mark.parametrize("encode", [_der, _pem], ids=["DER", "PEM"])
def test_certificates_are_read(tmp_path: Path, name: str, encode: object) -> None:
    assert callable(encode)
    (tmp_path / name).write_bytes(encode(CSCA.certificate))
    chain = trust_folder.load(tmp_path, now=NOW).check(SIGNER.certificate, now=NOW)
    assert (chain.root, chain.root_source) == (fingerprint(CSCA.certificate), name)


def test_several_certificates_in_one_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "all.pem").write_bytes(_pem(CSCA.certificate) + _pem(FOREIGN.certificate))
    store = trust_folder.load(tmp_path, now=NOW)
    assert store.authorities == (CSCA.certificate, FOREIGN.certificate)


def test_the_first_file_that_holds_a_root_is_its_source(folder: Path) -> None:
    (folder / "again.der").write_bytes(_der(CSCA.certificate))
    store = trust_folder.load(folder, now=NOW)
    assert store.authorities == (CSCA.certificate,)
    assert store.sources == {fingerprint(CSCA.certificate): "again.der"}


def test_a_link_leads_to_a_root(folder: Path) -> None:
    new = pki.make_csca("New", years=(2024, 2045))
    link = pki.make_link(CSCA, new)
    (folder / "link.cer").write_bytes(_der(link))
    signer = pki.make_signer(new, years=(2025, 2035))
    chain = trust_folder.load(folder, now=NOW).check(signer.certificate, now=NOW)
    assert (chain.links, chain.root_source) == ((fingerprint(link),), "csca.pem")


def test_a_master_list_brings_roots(folder: Path) -> None:
    new = pki.make_csca("New", country="FR", years=(2024, 2045))
    link = pki.make_link(FOREIGN, new)
    listed = [_der(FOREIGN.certificate), _der(link), b"\x05\x00"]
    (folder / "list.ml").write_bytes(pki.make_master_list(listed, pki.make_list_signer(CSCA)))
    store = trust_folder.load(folder, now=NOW)
    signer = pki.make_signer(new, country="FR", years=(2025, 2035))
    assert store.check(signer.certificate, now=NOW).root_source == "list.ml"


@pytest.mark.parametrize("pem", [False, True])
def test_a_revocation_list_revokes(folder: Path, pem: bool) -> None:  # noqa: FBT001
    encoded = pki.make_revocation_list(CSCA, [SIGNER.certificate], validity=VALIDITY)
    if pem:
        encoded = x509.load_der_x509_crl(encoded).public_bytes(Encoding.PEM)
    (folder / "csca.crl").write_bytes(encoded)
    with pytest.raises(SignerRevoked):
        trust_folder.load(folder, now=NOW).check(SIGNER.certificate, now=NOW)


def test_a_revocation_list_of_a_listed_authority_is_read(folder: Path) -> None:
    signer = pki.make_list_signer(CSCA)
    (folder / "list.ml").write_bytes(pki.make_master_list([_der(FOREIGN.certificate)], signer))
    (folder / "a.crl").write_bytes(pki.make_revocation_list(FOREIGN, validity=VALIDITY))
    assert len(trust_folder.load(folder, now=NOW).revocation_lists) == 1


def test_a_policy_is_read_and_used_for_what_lies_beside_it(folder: Path) -> None:
    assert trust_folder.load(folder, now=NOW).policy == STRICT
    sha1 = pki.make_csca(suite=Suite(digest="sha1"))
    (folder / "another.der").write_bytes(_der(sha1.certificate))
    with pytest.raises(TrustUnusable, match=r"another\.der: a digest"):
        trust_folder.load(folder, now=NOW)
    (folder / "policy.toml").write_text('[sha1]\ncsca_signatures = "accept"')
    store = trust_folder.load(folder, now=NOW)
    assert store.policy.sha1_csca_signatures
    assert len(store.authorities) == 2


def test_hidden_files_and_folders_are_passed_over(folder: Path) -> None:
    (folder / ".keep").touch()
    (folder / "older").mkdir()
    assert len(trust_folder.load(folder, now=NOW).authorities) == 1


STRANGER = pki.make_csca()
UNUSABLE = {
    "rubbish.pem": b"-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n",
    "rubbish.der": b"rubbish",
    "empty.cer": b"",
    "trailing.der": _der(CSCA.certificate) + b"\0",
    "signer.cer": _der(SIGNER.certificate),
    "rubbish.crl": b"rubbish",
    "rubbish_too.crl": b"-----BEGIN X509 CRL-----\nrubbish\n-----END X509 CRL-----\n",
    "stranger.crl": pki.make_revocation_list(STRANGER, validity=VALIDITY),
    "rubbish.ml": b"rubbish",
    "stranger.ml": pki.make_master_list([], pki.make_list_signer(STRANGER)),
    "policy.toml": b"md5 = true",
    "list.p7b": b"",
    "README": b"",
    "long.ml": bytes((1 << 22) + 1),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(UNUSABLE[name])
    with pytest.raises(TrustUnusable, match=f"^{name}: ."):
        trust_folder.load(folder, now=NOW)


def test_a_policy_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "policy.toml").write_bytes(b"\xff")
    with pytest.raises(TrustUnusable, match=r"^policy\.toml: "):
        trust_folder.load(folder, now=NOW)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.pem").touch()
    with pytest.raises(TrustUnusable, match="files"):
        trust_folder.load(tmp_path, now=NOW)
