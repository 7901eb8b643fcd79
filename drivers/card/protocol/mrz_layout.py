"""Where each field of a machine-readable zone stands, all lines written as one.

Source: ICAO Doc 9303-4, 4.2 (TD3); 9303-5, 4.2 (TD1); 9303-6, 4.2 (TD2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of one form; dates stand with their check digit."""

    characters: int
    kinds: str
    """First letters of document codes that come in this form."""
    issuer: slice
    number: slice
    number_check: slice
    birth: slice
    sex: slice
    expiry: slice
    nationality: slice
    optional: slice
    """Where a long number goes on; personal data of the issuer's else."""
    own_check: slice | None
    """Check digit of the optional data, where they have one."""
    composite: slice
    covered: tuple[slice, ...]
    """What the composite check digit is over."""
    name: slice


def _two_lines(line: int, kinds: str, *, has_own_check: bool) -> Layout:
    end = 2 * line
    last = end - (2 if has_own_check else 1)
    return Layout(
        characters=end,
        kinds=kinds,
        issuer=slice(2, 5),
        number=slice(line, line + 9),
        number_check=slice(line + 9, line + 10),
        birth=slice(line + 13, line + 20),
        sex=slice(line + 20, line + 21),
        expiry=slice(line + 21, line + 28),
        nationality=slice(line + 10, line + 13),
        optional=slice(line + 28, last),
        own_check=slice(last, end - 1) if has_own_check else None,
        composite=slice(end - 1, end),
        covered=(
            slice(line, line + 10),
            slice(line + 13, line + 20),
            slice(line + 21, end - 1),
        ),
        name=slice(5, line),
    )


LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType(
    {
        "TD1": Layout(
            characters=90,
            kinds="IAC",
            issuer=slice(2, 5),
            number=slice(5, 14),
            number_check=slice(14, 15),
            birth=slice(30, 37),
            sex=slice(37, 38),
            expiry=slice(38, 45),
            nationality=slice(45, 48),
            optional=slice(15, 30),
            own_check=None,
            composite=slice(59, 60),
            covered=(slice(5, 30), slice(30, 37), slice(38, 45), slice(48, 59)),
            name=slice(60, 90),
        ),
        "TD2": _two_lines(36, "IAC", has_own_check=False),
        "TD3": _two_lines(44, "P", has_own_check=True),
    }
)
