"""One look at the repository: find, decide, fetch, unpack. What is found waits to be tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.update.boots import Refused, Slots
from kiosk.update.bundle import BadBundle, NoRoom
from kiosk.update.client import Client
from kiosk.update.kinds import HELD
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
    """What came of one look at a kind: a version to be tried, a failure to be told, or neither."""

    fetched: str = ""
    failure: str = ""


NOTHING = Looked()


class Looking:
    """Looks again and again; each look begins anew."""

    def __init__(
        self,
        site: Site,
        versions: Mapping[Kind, Versions],
        client: Callable[[], Client],
        now: Callable[[], datetime],
    ) -> None:
        """Remember what is needed.

        Args:
            site: this terminal.
            versions: where releases of each kind go.
            client: a new look at the repository.
            now: local time with its zone.
        """
        self._site = site
        self._versions = versions
        self._client = client
        self._now = now

    def look(self) -> dict[Kind, Looked]:
        """Look once; of a look that fails is kept what was fetched, and why it failed.

        What is wrong with one kind holds up no other.
        """
        try:
            client = self._client()
            client.refresh()
        except (Refused, NotFetched) as failed:
            looked = dict.fromkeys(self._versions, Looked(failure=failed.code))
        else:
            looked = {kind: self._look(kind, client) for kind in self._versions}
        for kind, one in looked.items():
            self._versions[kind].keep_refusal(one.failure)
        return looked

    def _look(self, kind: Kind, client: Client) -> Looked:
        try:
            return self._found(kind, client)
        except (Refused, NotFetched, BadBundle, NoRoom, NoVersions) as failed:
            return Looked(failure=failed.code)

    def _found(self, kind: Kind, client: Client) -> Looked:
        versions = self._versions[kind]
        rollout, slots = client.rollout(kind), versions.slots()
        if rollout is not None and not slots.trial and _version(rollout) == slots.good:
            # What runs already is not asked for again, nor who signed it: that may have expired.
            return NOTHING
        signed = None if rollout is None else client.signed(rollout.artifact)
        said = None if rollout is None else self._answer(rollout, signed, slots)
        waits = "" if slots.boots else slots.trial
        if waits and (said is not Answer.TAKE or rollout is None or _version(rollout) != waits):
            # What was stopped meanwhile, or is out of its hours, is not switched to.
            versions.take_back()
        elif waits:
            return NOTHING
        if said in REFUSALS:
            return Looked(failure=said)
        if said is not Answer.TAKE or rollout is None or signed is None:
            return NOTHING
        return _take(versions, client, rollout, signed)

    def _answer(self, rollout: Rollout, signed: Signed | None, slots: Slots) -> Answer:
        now = self._now()
        terminal = Terminal(
            name=self._site.name,
            model=self._site.model,
            district=self._site.district,
            python=self._site.python if HELD[rollout.artifact.kind].native else "",
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


def _take(versions: Versions, client: Client, rollout: Rollout, signed: Signed) -> Looked:
    version = _version(rollout)
    if versions.holds(version):
        versions.offer(version, floor=signed.floor)
        return Looked(fetched=version)
    if rollout.artifact.length > HELD[rollout.artifact.kind].limits.all_bytes:
        raise Refused("update.bad_release")
    archive = client.fetch(rollout.artifact)
    with archive.open("rb") as content:
        versions.add(content, version, floor=signed.floor)
    archive.unlink()
    return Looked(fetched=version)


def _version(rollout: Rollout) -> str:
    return rollout.artifact.version
