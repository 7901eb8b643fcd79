"""What the bench says: one value, shown to people or as JSON.

Rule: what a card says about its holder is left out unless it was asked for.
"""

import json
from dataclasses import dataclass
from typing import Any

from drivers.card.profile.icao import Contents
from drivers.card.profile.reading import CardRead
from drivers.card.protocol.card_files import CardLimits
from drivers.card.protocol.chain import Chain
from drivers.card.protocol.lds import GROUPS
from drivers.card.protocol.security_info import PaceInfo

Facts = dict[str, Any]
_WORDS = {"True": "yes", "False": "NO"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a reading took."""

    commands: int
    ms: float
    below_ms: float

    def facts(self) -> Facts:
        """Return them for a report."""
        return {
            "commands": self.commands,
            "ms": round(self.ms, 1),
            "ms_in_reader_and_card": round(self.below_ms, 1),
        }


def of_card(offered: tuple[PaceInfo, ...], limits: CardLimits | None, longest: int) -> Facts:
    """Say what a card offers before it is opened."""
    return {
        "offers": [info.name for info in offered] or ["no PACE that we know"],
        "reader_carries_answers_of": longest,
        "card_gives_answers_of": limits.answer_bytes if limits else "not said",
    }


def _chain(chain: Chain) -> Facts:
    return {
        "document_signer": chain.signer.hex()[:16],
        "links": len(chain.links),
        "csca": f"{chain.root.hex()[:16]} from {chain.root_source or 'nobody said'}",
        "revocation": str(chain.standing),
        "signed_with": ", ".join(chain.algorithms),
        "valid": f"{chain.since:%Y-%m-%d} to {chain.until:%Y-%m-%d}",
    }


def _sizes(groups: dict[int, bytes]) -> Facts:
    return {GROUPS[number].name: f"{len(file)} bytes" for number, file in sorted(groups.items())}


def of_files(contents: Contents, cost: Cost) -> Facts:
    """Say what was read, nothing of it verified."""
    access = contents.opened.name
    return {"verified": False, "access": access, "files": _sizes(contents.groups), **cost.facts()}


def of_reading(card: CardRead, cost: Cost, *, holder: bool) -> Facts:
    """Say why a reading is believed, and with `holder` whose card it is."""
    provenance = card.provenance
    facts: Facts = {
        "verified": True,
        "access": provenance.access,
        "chip": provenance.chip or "not proved",
        "signer": _chain(provenance.chain),
        "files": _sizes(card.groups),
        "not_verified": list(provenance.not_verified),
        **cost.facts(),
    }
    if holder:
        facts["holder"] = {"number": card.number, "name": card.name, "birth": card.birth}
    return facts


def as_json(facts: Facts) -> str:
    """Return one line of JSON."""
    return json.dumps(facts, ensure_ascii=False)


def as_text(facts: Facts, indent: str = "") -> str:
    """Return lines for people."""
    lines = []
    for key, value in facts.items():
        shown = key.replace("_", " ")
        if isinstance(value, dict):
            lines += [f"{indent}{shown}", as_text(value, indent + "  ")]
        elif isinstance(value, list):
            lines += [f"{indent}{shown}", *(f"{indent}  {entry}" for entry in value or ["nothing"])]
        else:
            lines.append(f"{indent}{shown:26} {_WORDS.get(str(value), value)}")
    return "\n".join(lines)
