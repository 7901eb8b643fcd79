"""What an HKID says beside MRZ and portrait, in a form of our own: DG13.

The real card's layout is not public (docs/hkid.md); DG13 is the group that ICAO leaves
to the issuer. Tags are ours: 80 name in Chinese, 81 its commercial codes, 82 date of
issue, 83 month of first registration, 84 card type, 85 symbols.
Source: ICAO Doc 9303-10, 4.7.13 (DG13).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from drivers.card.protocol import tlv
from drivers.card.protocol.errors import CardUnreadable

_GROUP = 0x6D
_LONGEST_NAME = 20
_CODES = re.compile(r"([0-9]{4})*")
_DAY, _MONTH = re.compile(r"[0-9]{8}"), re.compile(r"[0-9]{6}")
_SYMBOLS = re.compile(r"[*A-Z]{0,8}")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]*")


class CardType(StrEnum):
    """Whose card it is."""

    ADULT = "adult"
    JUVENILE = "juvenile"
    CONSULAR = "consular"


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class HkidDetails:
    """What DG13 of our specimens says."""

    chinese: str
    """Name in Chinese characters; empty where the holder has none."""
    commercial_codes: tuple[str, ...]
    """Chinese commercial codes of the name, four digits each; as many as characters, or none."""
    issued: str
    """``YYYYMMDD``."""
    first_registered: str
    """``YYYYMM``."""
    card_type: CardType
    symbols: str
    """Residence and birth symbols as printed; read, never sent (docs/privacy.md)."""


def build(details: HkidDetails) -> bytes:
    """Write DG13."""
    values = (
        details.chinese,
        "".join(details.commercial_codes),
        details.issued,
        details.first_registered,
        details.card_type.value,
        details.symbols,
    )
    fields = (tlv.build(0x80 + n, value.encode()) for n, value in enumerate(values))
    return tlv.build(_GROUP, b"".join(fields))


def parse(file: bytes) -> HkidDetails:
    """Read DG13.

    Raises:
        CardUnreadable: malformed; what it says is not repeated.
    """
    fields = tlv.fields(tlv.only(file, _GROUP))
    try:
        chinese, codes, issued, first, kind, symbols = (
            tlv.need(fields, 0x80 + n).decode() for n in range(6)
        )
        card_type = CardType(kind)
    except ValueError:
        raise CardUnreadable("DG13 with text of another form") from None
    forms = ((_HAN, chinese), (_CODES, codes), (_DAY, issued), (_MONTH, first), (_SYMBOLS, symbols))
    split = tuple(codes[at : at + 4] for at in range(0, len(codes), 4))
    if (
        len(fields) != len(forms) + 1
        or len(chinese) > _LONGEST_NAME
        or not all(form.fullmatch(text) for form, text in forms)
        or len(split) not in {0, len(chinese)}
    ):
        raise CardUnreadable("DG13 of another form than agreed")
    return HkidDetails(
        chinese=chinese,
        commercial_codes=split,
        issued=issued,
        first_registered=first,
        card_type=card_type,
        symbols=symbols,
    )
