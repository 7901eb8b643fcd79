"""One look at the repository: find, decide, fetch, unpack. What is found waits to be tried."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.update.boots import Refused, Slots
from kiosk.update.bundle import BadBundle, NoRoom
from kiosk.update.client import Client
from kiosk.update.offer import REFUSALS, Answer, Moment, Signed, Terminal, answer
from kiosk.update.transport import NotFetched
from kiosk.update.versions import NoVersions, Versions
from wire.rollout import Kind, Rollout


@dataclass(frozen=True, slots=True)
class Site:
    """What does not change between looks."""

    name: str
    model: str
    district: str
    python: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one look: a version to be tried, a failure to be told, or neither."""

    fetched: str = ""
    failure: str = ""


class Looking:
    """Looks again and again; each look begins anew."""

    def __init__(
        self,
        site: Site,
        versions: Versions,
        client: Callable[[], Client],
        now: Callable[[], datetime],
    ) -> None:
        """Remember what is needed.

        Args:
            site: this terminal.
            versions: where releases go.
            client: a new look at the repository.
            now: local time with its zone.
        """
        self._site = site
        self._versions = versions
        self._client = client
        self._now = now

    def look(self) -> Looked:
        """Look once; of a look that fails is kept what was fetched, and why it failed."""
        try:
            looked = self._look()
        except (Refused, NotFetched, BadBundle, NoRoom, NoVersions) as failed:
            looked = Looked(failure=failed.code)
        self._versions.keep_refusal(looked.failure)
        return looked

    def _look(self) -> Looked:
        client = self._client()
        rollout = client.rollout(Kind.APP)
        signed = None if rollout is None else client.signed(rollout.artifact)
        slots = self._versions.slots()
        said = None if rollout is None else self._answer(rollout, signed, slots)
        waits = "" if slots.boots else slots.trial
        if waits and (said is not Answer.TAKE or rollout is None or _version(rollout) != waits):
            # What was stopped meanwhile, or is out of its hours, is not switched to.
            self._versions.take_back()
        elif waits:
            return Looked()
        if said in REFUSALS:
            return Looked(failure=said)
        if said is not Answer.TAKE or rollout is None or signed is None:
            return Looked()
        return self._take(client, rollout, signed)

    def _answer(self, rollout: Rollout, signed: Signed | None, slots: Slots) -> Answer:
        now = self._now()
        terminal = Terminal(
            name=self._site.name,
            model=self._site.model,
            district=self._site.district,
            python=self._site.python,
            runs=slots.good,
            floor=slots.floor,
            bad=frozenset(slots.bad),
            trial=slots.trial if slots.boots else "",
        )
        # Whether a citizen is here is asked when the versions are switched, by the engine.
        at = Moment(
            at_ms=round(now.timestamp() * 1000),
            minute=now.hour * 60 + now.minute,
            citizen_here=False,
        )
        return answer(rollout, signed, terminal, at)

    def _take(self, client: Client, rollout: Rollout, signed: Signed) -> Looked:
        version = _version(rollout)
        if self._versions.holds(version):
            self._versions.offer(version, floor=signed.floor)
            return Looked(fetched=version)
        archive = client.fetch(rollout.artifact)
        with archive.open("rb") as content:
            self._versions.add(content, version, floor=signed.floor)
        archive.unlink()
        return Looked(fetched=version)


def _version(rollout: Rollout) -> str:
    return rollout.artifact.version
