"""What a terminal takes beyond the strictest reading, each by its administrator's word.

Rule: without a word everything is strict; a word that is not known is an error, not a
default.
Source: ICAO Doc 9303-12, 4.1.6 (algorithms), 6 (revocation); the least RSA length is
that of a document signer there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from drivers.card.protocol.signature import SHA_1, SHA_2

_SHA_1_WORDS: Final = {"refuse": False, "accept": True}
_REVOCATION_WORDS: Final = {"if_known": False, "required": True}
_SHORTEST_RSA, _LONGEST_RSA = 1024, 4096


class BadPolicy(ValueError):
    """A policy that cannot be used; the message names the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is taken."""

    sha1_lds_hashes: bool = False
    """SHA-1 as hash of data groups in a security object."""
    sha1_signer_signatures: bool = False
    """SHA-1 in what a document signer or a master list signer signs."""
    sha1_csca_signatures: bool = False
    """SHA-1 in what a CSCA signs: certificates and revocation lists."""
    revocation_required: bool = False
    """No document signer without a fresh revocation list of its CSCA."""
    minimum_rsa_bits: int = 2048

    @property
    def lds_digests(self) -> frozenset[str]:
        """Names of digests for data groups."""
        return SHA_2 | SHA_1 if self.sha1_lds_hashes else SHA_2

    @property
    def signer_digests(self) -> frozenset[str]:
        """Names of digests for what a signer signs."""
        return SHA_2 | SHA_1 if self.sha1_signer_signatures else SHA_2

    @property
    def csca_digests(self) -> frozenset[str]:
        """Names of digests for what a CSCA signs."""
        return SHA_2 | SHA_1 if self.sha1_csca_signatures else SHA_2


STRICT: Final = Policy()


def parse(text: str) -> Policy:
    """Read a policy file.

    It is TOML: ``revocation`` ("if_known" or "required"), ``minimum_rsa_bits``, and a
    table ``sha1`` of ``lds_hashes``, ``signer_signatures`` and ``csca_signatures``, each
    "refuse" or "accept". What is left out is strict.

    Raises:
        BadPolicy: no TOML, an unknown key, or a value that is none of these.
    """
    try:
        keys = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy(str(error)) from error
    sha1 = keys.pop("sha1", {})
    if not isinstance(sha1, dict):
        raise BadPolicy("sha1 must be a table")
    words: dict[str, Any] = {
        f"sha1_{name}": _word(f"sha1.{name}", sha1.pop(name), _SHA_1_WORDS)
        for name in ("lds_hashes", "signer_signatures", "csca_signatures")
        if name in sha1
    }
    if "revocation" in keys:
        word = keys.pop("revocation")
        words["revocation_required"] = _word("revocation", word, _REVOCATION_WORDS)
    if "minimum_rsa_bits" in keys:
        words["minimum_rsa_bits"] = _rsa_bits(keys.pop("minimum_rsa_bits"))
    unknown = [*keys, *(f"sha1.{name}" for name in sha1)]
    if unknown:
        raise BadPolicy(f"{unknown[0]} does not exist")
    return Policy(**words)


def _word(key: str, value: Any, words: Mapping[str, bool]) -> bool:
    if not isinstance(value, str) or value not in words:
        raise BadPolicy(f"{key} must be one of {', '.join(words)}")
    return words[value]


def _rsa_bits(value: Any) -> int:
    if type(value) is not int or not _SHORTEST_RSA <= value <= _LONGEST_RSA:
        raise BadPolicy(f"minimum_rsa_bits must lie between {_SHORTEST_RSA} and {_LONGEST_RSA}")
    return value
