"""Security objects of every kind, good and bad: each part can be changed before signing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from drivers.card.personalise.suite import pss_parameters
from drivers.card.protocol import tlv
from drivers.card.protocol.cms import SECURITY_OBJECT
from drivers.card.protocol.security_object import LdsSecurityObject

Change = Callable[[dict[str, Any]], object]
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303  (to see it refused)
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def _nothing(_: dict[str, Any]) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a security object is made; the changes get a part's fields before it is built."""

    digest: str = "sha256"
    scheme: str = "ecdsa"
    """ecdsa, rsa (with the digest in its name), plain_rsa (without), or pss."""
    lds: Change = _nothing
    content: Callable[[bytes], bytes] = bytes
    """Gets the encoded hashes as they are signed."""
    attributes: Change = _nothing
    """Gets content_type and message_digest."""
    more_attributes: tuple[dict[str, Any], ...] = ()
    signer: Change = _nothing
    signed: Change = _nothing


def _algorithm(recipe: Recipe) -> dict[str, Any]:
    names = {"plain_rsa": "rsassa_pkcs1v15", "pss": "rsassa_pss"}
    algorithm: dict[str, Any] = {
        "algorithm": names.get(recipe.scheme, f"{recipe.digest}_{recipe.scheme}")
    }
    if recipe.scheme == "pss":
        algorithm["parameters"] = pss_parameters(recipe.digest)
    return algorithm


def _sign(recipe: Recipe, key: Any, message: bytes) -> bytes:
    algorithm = HASHES[recipe.digest]
    signature: bytes
    if isinstance(key, ec.EllipticCurvePrivateKey):
        signature = key.sign(message, ec.ECDSA(algorithm))
    else:
        assert isinstance(key, rsa.RSAPrivateKey)
        pss = padding.PSS(padding.MGF1(algorithm), 32)
        how = pss if recipe.scheme == "pss" else padding.PKCS1v15()
        signature = key.sign(message, how, algorithm)
    return signature


def build(
    groups: dict[int, bytes], certificate: x509.Certificate, key: Any, recipe: Recipe | None = None
) -> bytes:
    """Return EF.SOD over `groups`."""
    recipe = recipe or Recipe()
    lds: dict[str, Any] = {
        "version": 0,
        "algorithm": {"algorithm": recipe.digest},
        "hashes": [
            {"number": number, "digest": hashlib.new(recipe.digest, file).digest()}
            for number, file in sorted(groups.items())
        ],
    }
    recipe.lds(lds)
    content = recipe.content(LdsSecurityObject(lds).dump())
    attributes: dict[str, Any] = {
        "content_type": [SECURITY_OBJECT],
        "message_digest": [hashlib.new(recipe.digest, content).digest()],
    }
    recipe.attributes(attributes)
    encoded = cms.CMSAttributes(
        [*({"type": t, "values": v} for t, v in attributes.items()), *recipe.more_attributes]
    )
    inside = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    signer: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            name="issuer_and_serial_number",
            value={"issuer": inside.issuer, "serial_number": inside.serial_number},
        ),
        "digest_algorithm": {"algorithm": recipe.digest},
        "signed_attrs": encoded,
        "signature_algorithm": _algorithm(recipe),
        "signature": _sign(recipe, key, encoded.dump(force=True)),
    }
    recipe.signer(signer)
    signed: dict[str, Any] = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": recipe.digest}],
        "encap_content_info": {
            "content_type": SECURITY_OBJECT,
            "content": core.ParsableOctetString(content),
        },
        "certificates": [cms.CertificateChoices(name="certificate", value=inside)],
        "signer_infos": [cms.SignerInfo(signer)],
    }
    recipe.signed(signed)
    info = {"content_type": "signed_data", "content": cms.SignedData(signed)}
    return tlv.build(0x77, cms.ContentInfo(info).dump(force=True))
