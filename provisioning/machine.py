"""Where a machine has what provisioning works on, and what its failure codes mean."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from provisioning.identity.generations import Generations
from provisioning.identity.keeper import CredentialKeeper, FileKeeper, Keeper


def generations(root: Path) -> Generations:
    """Return the identities of the machine under `root`."""
    return Generations(root / "var/lib/kiosk-identity")


def state(root: Path) -> Path:
    """Return where results, answers given at the panel, pictures and the report are."""
    return root / "var/lib/kiosk-provisioning"


def keepers(kinds: Sequence[str] | None) -> list[Keeper]:
    """Return ways to keep the key, best first; all of them for None."""
    made: Mapping[str, Callable[[], Keeper]] = {
        "tpm": lambda: CredentialKeeper("tpm"),
        "host": lambda: CredentialKeeper("host"),
        "file": FileKeeper,
    }
    return [made[kind]() for kind in kinds or made]


def meaning(code: str) -> str:
    """Return what a failure code means, in the catalogue's words."""
    tables = tomllib.loads((Path(__file__).parents[1] / "wire/failures.toml").read_text())
    part, _, what = code.partition(".")
    said: str = tables.get(part, {}).get(what, {}).get("meaning", "")
    return said
