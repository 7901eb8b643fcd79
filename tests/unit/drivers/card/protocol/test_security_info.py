"""EF.CardAccess and DG14: ways in, and the chip's key."""

from typing import Any

import pytest
from asn1crypto.core import Integer
from asn1crypto.keys import ECDomainParameters, PublicKeyInfo, SpecifiedECDomain
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.curves import BY_PARAMETER_ID
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.security_info import (
    CHIP_KEY_ECDH,
    PaceInfo,
    SecurityInfos,
    chip_key,
    pace_infos,
    security_infos_of_dg14,
)
from tests.support.certificates import explicit

GM_128, GM_192, GM_256 = (f"0.4.0.127.0.7.2.2.4.2.{last}" for last in (2, 3, 4))
CAM_128 = "0.4.0.127.0.7.2.2.4.6.2"
CHIP_128, CHIP_256 = "0.4.0.127.0.7.2.2.3.2.2", "0.4.0.127.0.7.2.2.3.2.4"
CHIP_3DES = "0.4.0.127.0.7.2.2.3.2.1"


def _info(protocol: str, required: Any, optional: int | None = None) -> dict[str, Any]:
    info = {"protocol": protocol, "required": required}
    return info if optional is None else {**info, "optional": Integer(optional)}


def _pace(protocol: str, parameter_id: int | None, version: int = 2) -> dict[str, Any]:
    return _info(protocol, Integer(version), parameter_id)


def _public(key: Any) -> PublicKeyInfo:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return PublicKeyInfo.load(key.public_key().public_bytes(serialization.Encoding.DER, form))


def _infos(*infos: dict[str, Any]) -> bytes:
    encoded: bytes = SecurityInfos(list(infos)).dump(force=True)
    return encoded


P256_KEY = ec.generate_private_key(ec.SECP256R1())
BRAINPOOL_KEY = ec.generate_private_key(ec.BrainpoolP256R1())


def test_every_way_in_that_we_know_is_found_and_others_are_passed_over() -> None:
    encoded = _infos(
        _pace(GM_128, 12),
        _pace(GM_192, 16),
        _pace(GM_256, 13),
        _pace(CAM_128, 13),
        _pace(GM_128, 2),
    )
    assert set(pace_infos(encoded)) == {
        PaceInfo(GM_128, 12),
        PaceInfo(GM_192, 16),
        PaceInfo(GM_256, 13),
    }


def test_a_way_in_has_a_name_for_the_record() -> None:
    assert PaceInfo(GM_128, 12).name == "PACE-ECDH-GM-AES-CBC-CMAC-128/P-256"
    assert PaceInfo(GM_256, 13).name == "PACE-ECDH-GM-AES-CBC-CMAC-256/brainpoolP256r1"


def test_another_version_of_pace_is_passed_over() -> None:
    assert pace_infos(_infos(_pace(GM_128, 12, version=1))) == []


def test_pace_without_domain_parameters_is_refused() -> None:
    with pytest.raises(CardUnreadable):
        pace_infos(_infos(_pace(GM_128, None)))


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"\x31\x00\x00",
        b"\x30\x00",
        _infos(_pace(GM_128, 12))[:-3],
        _infos(_pace(GM_128, 12)).replace(b"\x02\x01\x02", b"\x04\x01\x02"),
        _infos(_pace(GM_128, 12)).replace(b"\x02\x01\x0c", b"\x05\x01\x0c"),
        _infos(_pace(GM_128, 12)).replace(b"\x02\x01\x0c", b"\x01\x01\xff"),
    ],
    ids=["nothing", "left over", "no set", "cut", "a text as version", "null", "truth as number"],
)
def test_malformed_infos_are_refused(encoded: bytes) -> None:
    with pytest.raises(CardUnreadable):
        pace_infos(encoded)


@pytest.mark.parametrize(("key", "parameter_id"), [(P256_KEY, 12), (BRAINPOOL_KEY, 13)])
def test_the_chips_key_is_found_with_its_protocol(key: Any, parameter_id: int) -> None:
    found = chip_key(_infos(_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, _public(key))))
    assert (found.protocol, found.key_id, found.key_bytes) == (CHIP_128, None, 16)
    assert found.curve is BY_PARAMETER_ID[parameter_id]
    numbers = key.public_key().public_numbers()
    assert found.public[1:33] == numbers.x.to_bytes(32, "big")


def test_the_chips_key_may_spell_its_curve_out() -> None:
    public = _public(BRAINPOOL_KEY)
    public["algorithm"]["parameters"] = ECDomainParameters(
        name="specified", value=SpecifiedECDomain(explicit(BY_PARAMETER_ID[13]))
    )
    found = chip_key(_infos(_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, public)))
    assert found.curve is BY_PARAMETER_ID[13]


def test_of_several_keys_the_one_named_by_the_protocol_is_taken() -> None:
    found = chip_key(
        _infos(
            _info(CHIP_256, Integer(1), 7),
            _info(CHIP_KEY_ECDH, _public(P256_KEY), 3),
            _info(CHIP_KEY_ECDH, _public(BRAINPOOL_KEY), 7),
        )
    )
    assert (found.key_id, found.key_bytes, found.curve.name) == (7, 32, "brainpoolP256r1")


OFF_THE_CURVE = _public(P256_KEY)
OFF_THE_CURVE["public_key"] = b"\x04" + bytes(63) + b"\x01"


@pytest.mark.parametrize(
    "infos",
    [
        [],
        [_info(CHIP_128, Integer(1))],
        [_info(CHIP_KEY_ECDH, _public(P256_KEY))],
        [_info(CHIP_128, Integer(1), 1), _info(CHIP_KEY_ECDH, _public(P256_KEY), 2)],
        [_info(CHIP_128, Integer(2)), _info(CHIP_KEY_ECDH, _public(P256_KEY))],
        [_info(CHIP_3DES, Integer(1)), _info(CHIP_KEY_ECDH, _public(P256_KEY))],
        [
            _info(CHIP_128, Integer(1)),
            _info(CHIP_KEY_ECDH, _public(rsa.generate_private_key(65537, 2048))),
        ],
        [
            _info(CHIP_128, Integer(1)),
            _info(CHIP_KEY_ECDH, _public(ec.generate_private_key(ec.SECP521R1()))),
        ],
        [_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, OFF_THE_CURVE)],
        [_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, Integer(1))],
    ],
    ids=[
        "nothing",
        "no key",
        "no protocol",
        "a key of another name",
        "another version",
        "3DES",
        "an RSA key",
        "a curve that we do not know",
        "a point off its curve",
        "a number as key",
    ],
)
def test_without_a_chip_key_that_we_know_there_is_no_chip_authentication(infos: list[Any]) -> None:
    with pytest.raises(CardUnreadable):
        chip_key(_infos(*infos))


def test_dg14_wraps_the_infos() -> None:
    assert security_infos_of_dg14(tlv.build(0x6E, b"\x31\x00")) == b"\x31\x00"
    with pytest.raises(CardUnreadable):
        security_infos_of_dg14(tlv.build(0x6F, b"\x31\x00"))


GOOD = _infos(
    _pace(GM_128, 12), _info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, _public(P256_KEY))
)


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_whatever_comes_only_our_own_errors_leave(position: int, put: bytes, taken: int) -> None:
    changed = GOOD[:position] + put + GOOD[position + taken :]
    for parse in (pace_infos, chip_key):
        try:
            parse(changed)
        except CardUnreadable:
            continue
