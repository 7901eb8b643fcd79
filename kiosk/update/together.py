"""The kinds that run in one program: decided together at each start, and told to the program.

The launcher decides and tells by the environment; the engine reads there what it runs.
"""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.update import boots
from kiosk.update.boots import Slots, Start
from kiosk.update.kinds import HELD, TOGETHER, versions_of
from kiosk.update.versions import NoVersions
from wire.rollout import Kind

_NAMES: Final = {
    Kind.APP: ("KIOSK_VERSION", "KIOSK_GAVE_UP"),
    Kind.MODELS: ("KIOSK_MODELS", "KIOSK_MODELS_GAVE_UP"),
    Kind.CONFIG: ("KIOSK_CONFIG", "KIOSK_CONFIG_GAVE_UP"),
}
"""What runs (the application by its version, the others by the tree; empty for what was shipped),
and what this start gave up."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a program knows of one kind."""

    version: str
    """Empty where nobody decided: a program that was started by hand."""
    tree: Path | None
    """None for what was shipped."""
    gave_up: str


class Together:
    """The versions of these kinds below one folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder of versions."""
        self._held = {kind: versions_of(folder, kind) for kind in TOGETHER}

    def start(self) -> dict[Kind, Start]:
        """Decide what is started now, and remember it before it is.

        Where nothing can be remembered (a full or broken disk) what is good is started: a try that
        is not counted might never end.

        Raises:
            NoVersions: there is no application that is whole.
        """
        try:
            return self._decided()
        except OSError:
            return {kind: Start(slots.good, slots) for kind, slots in self._slots().items()}

    def _decided(self) -> dict[Kind, Start]:
        with ExitStack() as locks:
            for versions in self._held.values():
                locks.enter_context(versions.writing())
            chosen = boots.start_together(self._slots())
            # The application first: its count of starts must not blame another kind twice.
            return {kind: self._held[kind].started(one) for kind, one in chosen.items()}

    def _slots(self) -> dict[Kind, Slots]:
        slots = {Kind.APP: self._held[Kind.APP].slots()}
        for kind in TOGETHER:
            # Settings and models that cannot be read keep no terminal down.
            with suppress(NoVersions):
                slots[kind] = self._held[kind].slots()
        return slots

    def application(self, chosen: Mapping[Kind, Start]) -> Path | None:
        """Return the tree of the application; None for the one that was installed."""
        return self._tree(Kind.APP, chosen[Kind.APP].version)

    def told(self, chosen: Mapping[Kind, Start]) -> dict[str, str]:
        """Return what the program is told."""
        environment: dict[str, str] = {}
        for kind, one in chosen.items():
            runs, gave_up = _NAMES[kind]
            said = one.version if kind is Kind.APP else str(self._tree(kind, one.version) or "")
            environment |= {runs: said, gave_up: one.gave_up}
        return environment

    def _tree(self, kind: Kind, version: str) -> Path | None:
        tree = self._held[kind].tree(version)
        return tree if tree.is_dir() else None


def running(environment: Mapping[str, str], kind: Kind) -> Running:
    """Return what the launcher told of a kind."""
    runs, gave_up = _NAMES[kind]
    said = environment.get(runs)
    if said is None or kind is Kind.APP:
        return Running(said or "", None, environment.get(gave_up, ""))
    tree = Path(said) if said else None
    return Running(tree.name if tree else HELD[kind].shipped, tree, environment.get(gave_up, ""))
