"""What an administrator may allow, and how a word that is not known is answered."""

import pytest

from drivers.card.protocol.policy import STRICT, BadPolicy, Policy, parse

EVERYTHING = """
revocation = "required"
minimum_rsa_bits = 3072
[sha1]
lds_hashes = "accept"
signer_signatures = "accept"
csca_signatures = "accept"
"""
WORDS = Policy(
    sha1_lds_hashes=True,
    sha1_signer_signatures=True,
    sha1_csca_signatures=True,
    revocation_required=True,
    minimum_rsa_bits=3072,
)


def test_what_is_left_out_is_strict() -> None:
    assert parse("") == parse("[sha1]") == STRICT
    assert not STRICT.revocation_required
    assert STRICT.minimum_rsa_bits == 2048


def test_every_word_is_understood() -> None:
    assert parse(EVERYTHING) == WORDS
    strict = EVERYTHING.replace("accept", "refuse").replace("required", "if_known")
    assert parse(strict.replace("3072", "2048")) == STRICT


@pytest.mark.parametrize(
    ("key", "digests"),
    [
        ("lds_hashes", "lds_digests"),
        ("signer_signatures", "signer_digests"),
        ("csca_signatures", "csca_digests"),
    ],
)
def test_sha_1_is_accepted_only_where_it_is_said(key: str, digests: str) -> None:
    policy = parse(f'[sha1]\n{key} = "accept"')
    every = {"lds_digests", "signer_digests", "csca_digests"}
    assert [name for name in every if "sha1" in getattr(policy, name)] == [digests]
    assert all({"sha224", "sha256", "sha384", "sha512"} <= getattr(policy, name) for name in every)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('revocation = "never"', "revocation"),
        ("revocation = true", "revocation"),
        ("minimum_rsa_bits = 512", "minimum_rsa_bits"),
        ("minimum_rsa_bits = 8192", "minimum_rsa_bits"),
        ("minimum_rsa_bits = true", "minimum_rsa_bits"),
        ('minimum_rsa_bits = "2048"', "minimum_rsa_bits"),
        ('sha1 = "accept"', "sha1"),
        ('[sha1]\nlds_hashes = "yes"', r"sha1\.lds_hashes"),
        ("[sha1]\ncsca_signatures = []", r"sha1\.csca_signatures"),
        ('[sha1]\nhashes = "accept"', r"sha1\.hashes"),
        ('md5 = "accept"', "md5"),
        ("revocation", "Expected"),
    ],
)
def test_an_error_names_the_key(text: str, key: str) -> None:
    with pytest.raises(BadPolicy, match=key):
        parse(text)
