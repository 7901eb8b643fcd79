"""The kept inputs of the fuzz targets: ``python -m tests.support.corpus`` writes them anew.

One good specimen of everything that a card, an issuer or a file of trust gives us, made by
our own issuing side; inputs that once broke a parser are kept beside them by hand.
"""

from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import ChipProofKind, Spec
from drivers.card.protocol.card_files import build_com
from drivers.card.protocol.data_groups import JPEG, build_dg2
from drivers.card.protocol.details import (
    DocumentDetails,
    HolderDetails,
    build_dg11,
    build_dg12,
)
from drivers.card.protocol.iso39794 import STANDARD
from drivers.card.protocol.lds import ATR_INFO, CARD_ACCESS, CARD_SECURITY, GROUPS, SOD
from drivers.card.protocol.security_info import Mapping
from tests.support.cards import portrait
from tests.support.certificates import NOW

FOLDER = Path(__file__).resolve().parents[1] / "corpus"


def _specimens() -> dict[str, bytes]:
    csca = pki.make_csca()
    spec = Spec(
        pace=(Mapping.GENERIC, Mapping.CHIP_AUTHENTICATION),
        chip=ChipProofKind.ACTIVE_ECDSA,
        longest_answer=4_096,
    )
    files = personalise(SPECIMEN, portrait(), csca, spec).files
    certificates = [csca.certificate.public_bytes(Encoding.DER)]
    return {
        "sod": files[SOD],
        "card_access": files[CARD_ACCESS],
        "card_security": files[CARD_SECURITY],
        "atr_info": files[ATR_INFO],
        "com": build_com((1, 2, 13, 14, 15)),
        "dg1": files[GROUPS[1]],
        "dg2_19794": files[GROUPS[2]],
        "dg2_39794": build_dg2(portrait(), kind=JPEG, width=96, height=128, standard=STANDARD),
        "dg11": build_dg11(HolderDetails(name="LAM<<SIU<MUI", other_names=("LIN<<XIAOMEI",))),
        "dg12": build_dg12(DocumentDetails(authority="UTOPIA", issued="20190315")),
        "dg13": files[GROUPS[13]],
        "dg14": files[GROUPS[14]],
        "dg15": files[GROUPS[15]],
        "certificate": certificates[0],
        "master_list": pki.make_master_list(certificates, pki.make_list_signer(csca)),
        "revocation_list": pki.make_revocation_list(
            csca, [pki.make_signer(csca).certificate], validity=(NOW, NOW + timedelta(days=90))
        ),
    }


if __name__ == "__main__":
    for name, content in _specimens().items():
        (FOLDER / f"{name}.bin").write_bytes(content)
