"""What a step works with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.tpm.tss import DEVICE
from provisioning.answers import Answers
from provisioning.identity.generations import Generations
from provisioning.identity.keeper import Keeper
from provisioning.people import People
from provisioning.runner import NotDone
from provisioning.steps import Figure, Step
from wire.failures import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The machine, the site's answers, and whoever stands there."""

    answers: Answers
    people: People
    generations: Generations
    keepers: Sequence[Keeper]
    """Ways to keep the key, best first."""
    clock: Callable[[], float]
    """Seconds since 1970."""
    root: Path = Path("/")
    """Where ``etc``, ``proc``, ``sys`` and ``run`` are."""
    wait_s: float = 60.0
    """How long a person has to lay something down or touch something."""
    look_s: float = 3.0
    """How long a camera is looked through."""

    tpm: str = DEVICE
    """Where the machine's TPM is, as libtss2 names it."""
    measured: Callable[[Step], Mapping[str, Figure]] = lambda _: {}
    """What the last try of a step measured."""

    @property
    def state(self) -> Path:
        """Return where results and pictures are kept."""
        return self.root / "var/lib/kiosk-provisioning"

    @property
    def settings(self) -> Path:
        """Return where the terminal's settings are."""
        return self.root / "etc/kiosk/terminal.toml"


def judged(work: Work, step: Step) -> None:
    """Return if whoever stands there says that it is good.

    Raises:
        NotDone: they say it is not, or nobody says anything.
    """
    said = work.people.judge(step)
    if said is None:
        raise NotDone(Failure.PROVISION_UNJUDGED.value)
    if not said:
        raise NotDone(Failure.PROVISION_JUDGED_BAD.value)
