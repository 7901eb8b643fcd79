"""EF.CardAccess and DG14: ways in, and the chip's key."""

from typing import Any

import pytest
from asn1crypto.core import Integer, ObjectIdentifier
from asn1crypto.keys import ECDomainParameters, PublicKeyInfo, SpecifiedECDomain
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.protocol import tlv
from drivers.card.protocol.curves import Curve
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.keys import AES_128, AES_256
from drivers.card.protocol.security_info import (
    CHIP_KEY_ECDH,
    ChipKey,
    PaceInfo,
    SecurityInfos,
    parse,
    parse_dg14,
    preferred,
)
from drivers.card.protocol.standard_curves import BY_PARAMETER_ID
from tests.support import known_chip_mapping
from tests.support.certificates import explicit

GM_128, GM_192, GM_256 = (f"0.4.0.127.0.7.2.2.4.2.{last}" for last in (2, 3, 4))
CAM_128, CAM_3DES = "0.4.0.127.0.7.2.2.4.6.2", "0.4.0.127.0.7.2.2.4.6.1"
IM_128, IM_3DES = "0.4.0.127.0.7.2.2.4.4.2", "0.4.0.127.0.7.2.2.4.4.1"
GM_3DES, DH_GM_128 = "0.4.0.127.0.7.2.2.4.2.1", "0.4.0.127.0.7.2.2.4.1.2"
CHIP_128, CHIP_256 = "0.4.0.127.0.7.2.2.3.2.2", "0.4.0.127.0.7.2.2.3.2.4"
CHIP_3DES = "0.4.0.127.0.7.2.2.3.2.1"


def _info(protocol: str, required: Any, optional: int | None = None) -> dict[str, Any]:
    info = {"protocol": protocol, "required": required}
    return info if optional is None else {**info, "optional": Integer(optional)}


def _pace(protocol: str, parameter_id: int | None, version: int = 2) -> dict[str, Any]:
    return _info(protocol, Integer(version), parameter_id)


def _pace_infos(encoded: bytes) -> list[PaceInfo]:
    return list(parse(encoded).pace)


def _chip_key(encoded: bytes) -> ChipKey | None:
    return parse(encoded).chip


def _signature(encoded: bytes) -> str | None:
    return parse(encoded).signature


def _mapping_key(encoded: bytes, parameter_id: int) -> tuple[Curve, bytes]:
    return parse(encoded).mapping_key(parameter_id)


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
        _pace(IM_3DES, 17),
        _pace(GM_128, 2),
        _pace(CAM_3DES, 13),
        _pace(DH_GM_128, 12),
    )
    assert set(_pace_infos(encoded)) == {
        PaceInfo(GM_128, 12),
        PaceInfo(GM_192, 16),
        PaceInfo(GM_256, 13),
        PaceInfo(CAM_128, 13),
        PaceInfo(IM_3DES, 17),
    }


def test_the_best_way_in_is_aes_and_proves_the_chip() -> None:
    ranked = [PaceInfo(p, 13) for p in (CAM_128, GM_256, IM_128, GM_3DES, IM_3DES)]
    for start in range(len(ranked)):
        assert preferred((*ranked[:start:-1], ranked[start])) == ranked[start]
    with pytest.raises(CardUnreadable, match="no way in"):
        preferred(())


def test_a_way_in_has_a_name_for_the_record() -> None:
    assert PaceInfo(GM_128, 12).name == "PACE-ECDH-GM-AES-CBC-CMAC-128/P-256"
    assert PaceInfo(GM_256, 13).name == "PACE-ECDH-GM-AES-CBC-CMAC-256/brainpoolP256r1"


def test_another_version_of_pace_is_passed_over() -> None:
    assert _pace_infos(_infos(_pace(GM_128, 12, version=1))) == []


def test_pace_without_domain_parameters_is_refused() -> None:
    with pytest.raises(CardUnreadable):
        _pace_infos(_infos(_pace(GM_128, None)))


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
        _pace_infos(encoded)


@pytest.mark.parametrize(("key", "parameter_id"), [(P256_KEY, 12), (BRAINPOOL_KEY, 13)])
def test_the_chips_key_is_found_with_its_protocol(key: Any, parameter_id: int) -> None:
    found = _chip_key(_infos(_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, _public(key))))
    assert found is not None
    assert (found.protocol, found.key_id, found.cipher) == (CHIP_128, None, AES_128)
    assert found.name.startswith("CA-ECDH-AES-CBC-CMAC-128/")
    assert found.curve is BY_PARAMETER_ID[parameter_id]
    numbers = key.public_key().public_numbers()
    assert found.public[1:33] == numbers.x.to_bytes(32, "big")


def test_the_chips_key_may_spell_its_curve_out() -> None:
    public = _public(BRAINPOOL_KEY)
    public["algorithm"]["parameters"] = ECDomainParameters(
        name="specified", value=SpecifiedECDomain(explicit(BY_PARAMETER_ID[13]))
    )
    found = _chip_key(_infos(_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, public)))
    assert found is not None
    assert found.curve is BY_PARAMETER_ID[13]


def test_of_several_keys_the_one_named_by_the_protocol_is_taken() -> None:
    found = _chip_key(
        _infos(
            _info(CHIP_256, Integer(1), 7),
            _info(CHIP_KEY_ECDH, _public(P256_KEY), 3),
            _info(CHIP_KEY_ECDH, _public(BRAINPOOL_KEY), 7),
        )
    )
    assert found is not None
    assert (found.key_id, found.cipher, found.curve.name) == (7, AES_256, "brainpoolP256r1")


OFF_THE_CURVE = _public(P256_KEY)
OFF_THE_CURVE["public_key"] = b"\x04" + bytes(63) + b"\x01"


@pytest.mark.parametrize(
    "infos",
    [
        [_info(CHIP_128, Integer(1))],
        [_info(CHIP_128, Integer(1), 1), _info(CHIP_KEY_ECDH, _public(P256_KEY), 2)],
        [
            _info(CHIP_128, Integer(1)),
            _info(CHIP_KEY_ECDH, _public(rsa.generate_private_key(65537, 2048))),
        ],
        [
            _info(CHIP_128, Integer(1)),
            _info(CHIP_KEY_ECDH, _public(ec.generate_private_key(ec.SECP224R1()))),
        ],
        [_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, OFF_THE_CURVE)],
        [_info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, Integer(1))],
    ],
    ids=[
        "no key",
        "a key of another name",
        "an RSA key",
        "a curve that we do not know",
        "a point off its curve",
        "a number as key",
    ],
)
def test_chip_authentication_without_its_key_is_refused(infos: list[Any]) -> None:
    with pytest.raises(CardUnreadable):
        _chip_key(_infos(*infos))


@pytest.mark.parametrize(
    "infos",
    [
        [],
        [_info(CHIP_KEY_ECDH, _public(P256_KEY))],
        [_info(CHIP_128, Integer(2)), _info(CHIP_KEY_ECDH, _public(P256_KEY))],
    ],
    ids=["nothing", "a key alone", "another version"],
)
def test_a_card_may_have_no_chip_authentication(infos: list[Any]) -> None:
    assert _chip_key(_infos(*infos)) is None


def test_aes_is_taken_before_3des() -> None:
    key = _info(CHIP_KEY_ECDH, _public(P256_KEY))
    both = _chip_key(_infos(_info(CHIP_3DES, Integer(1)), _info(CHIP_128, Integer(1)), key))
    assert both is not None
    assert both.protocol == CHIP_128
    only = _chip_key(_infos(_info(CHIP_3DES, Integer(1)), key))
    assert only is not None
    assert only.protocol == CHIP_3DES


def test_the_mapping_key_of_the_standards_example_is_found_by_its_number() -> None:
    infos = tlv.build(0x31, known_chip_mapping.KEY_INFO)
    curve, public = _mapping_key(infos, 13)
    assert (curve.name, public) == ("brainpoolP256r1", known_chip_mapping.STATIC_POINT)
    with pytest.raises(CardUnreadable):
        _mapping_key(infos, 12)


def test_a_mapping_key_on_another_curve_than_its_number_says_is_refused() -> None:
    with pytest.raises(CardUnreadable):
        _mapping_key(_infos(_info(CHIP_KEY_ECDH, _public(P256_KEY), 13)), 13)


@pytest.mark.parametrize(
    ("old", "new"), [("02010D034200", "02010E034200"), ("04187270", "05187270")]
)
def test_a_standardised_key_that_we_do_not_take_is_refused(old: str, new: str) -> None:
    changed = known_chip_mapping.KEY_INFO.hex().upper().replace(old, new)
    with pytest.raises(CardUnreadable):
        _mapping_key(tlv.build(0x31, bytes.fromhex(changed)), 13)


def test_the_signature_of_active_authentication_is_named() -> None:
    algorithm = ObjectIdentifier("0.4.0.127.0.7.1.1.4.1.3")
    info = {"protocol": "2.23.136.1.1.5", "required": Integer(1), "optional": algorithm}
    assert _signature(_infos(info)) == "0.4.0.127.0.7.1.1.4.1.3"
    assert _signature(_infos(_pace(GM_128, 12))) is None


GOOD = _infos(
    _pace(GM_128, 12), _info(CHIP_128, Integer(1)), _info(CHIP_KEY_ECDH, _public(P256_KEY))
)


def test_dg14_wraps_the_infos() -> None:
    assert parse_dg14(tlv.build(0x6E, GOOD)) == parse(GOOD)
    with pytest.raises(CardUnreadable):
        parse_dg14(tlv.build(0x6F, b"\x31\x00"))


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_whatever_comes_only_our_own_errors_leave(position: int, put: bytes, taken: int) -> None:
    changed = GOOD[:position] + put + GOOD[position + taken :]
    try:
        parse(changed)
    except CardUnreadable:
        return
