"""EF.CardSecurity: the SecurityInfos of a card, signed by its document signer.

Source: ICAO Doc 9303-11, 9.2.11 (EF.CardSecurity); BSI TR-03110-3, A.1.2.5.
"""

from cryptography import x509

from drivers.card.protocol import cms
from drivers.card.protocol.errors import CardUnreadable
from drivers.card.protocol.policy import STRICT, Policy


def parse(file: bytes, policy: Policy = STRICT) -> tuple[bytes, x509.Certificate]:
    """Return the encoded SecurityInfos and the document signer, which is yet to be trusted.

    Raises:
        CardUnreadable: malformed, or not of the agreed form.
        SignatureBad: the signature does not hold.
    """
    signed = cms.verify(file, content_type=cms.CARD_SECURITY, policy=policy)
    if signed.others:
        raise CardUnreadable("more certificates than the document signer's")
    return signed.content, signed.signer
