"""A fleet in a rollout: terminals whose trails say what a test wants, and people who agree."""

from dataclasses import dataclass, field

import msgspec

from fleet.access.roles import Grant, Person, Role
from fleet.console.sentences import in_language
from fleet.ingest.rows import Told, rows
from fleet.rollout.course import State
from fleet.rollout.plan import HOUR_S, Plan, Wave
from fleet.store.database import Database
from fleet.store.keeping import Keeping
from fleet.store.known import Inventory
from fleet.store.reading_back import places, present
from fleet.waves.book import Rollouts, Wanted
from fleet.waves.leading import Leading
from fleet.waves.publishing import Publishing
from tests.support.readings import reading
from wire.audit_events import AuditEvent
from wire.checkin import CheckIn, Entry, Sessions
from wire.rollout import BUCKETS, Artifact, Kind, Network, numbers
from wire.screen import Language

NOW = 1_795_600_000
MINUTE, HOUR = 60, 3600
PLAN = Plan(
    waves=(Wave(0, HOUR_S), Wave(4000, HOUR_S), Wave(BUCKETS, 0.0)), stalled_after_s=4 * HOUR_S
)
SIGNER = Person("oidc:sam", "sam", (Grant(Role.RELEASE_SIGNER),))
APPROVER = Person("oidc:ann", "ann", (Grant(Role.RELEASE_APPROVER),))
SECOND = Person("oidc:bo", "bo", (Grant(Role.RELEASE_APPROVER),))

WELL = Sessions(started=100, completed=80, left=12, referred=8)


def artifact(version: str = "1.1.0", kind: Kind = Kind.APP) -> Artifact:
    """Return a release as signers would name it."""
    return Artifact(kind, version, "a" * 64, 1000)


@dataclass
class Fleet:
    """Terminals t-1 to t-N: every third of model k2, every fourth on a mobile network."""

    database: Database
    size: int = 24
    publishing: Publishing | None = None
    now: int = NOW
    trails: dict[int, int] = field(default_factory=dict)
    sequence: int = 0
    away: set[int] = field(default_factory=set)
    sessions: Sessions = WELL

    def __post_init__(self) -> None:
        self.book = Rollouts(self.database)
        self.keeping = Keeping(self.database)
        self.leading = Leading(self.database, self.publishing)
        inventory = Inventory(self.database)
        for number in range(1, self.size + 1):
            self.add(inventory, number)

    def add(self, inventory: Inventory, number: int) -> int:
        """Add one terminal to the inventory."""
        return inventory.add(
            f"t-{number}",
            model="k2" if number % 3 == 0 else "k1",
            network=Network.MOBILE if number % 4 == 0 else Network.WIRED,
        )

    def begin(self, version: str = "1.1.0", **changes: object) -> int:
        """Let two people begin a rollout; return its number."""
        wanted = Wanted(artifact=artifact(version), plan=PLAN, reason="mended")
        wanted = msgspec.structs.replace(wanted, **changes)
        number = self.book.ask(wanted, by=SIGNER, now=self.now)
        self.book.approve(number, by=APPROVER, now=self.now)
        self.look()
        return number

    def done(self, version: str = "1.1.0", **changes: object) -> int:
        """Let a rollout go well to its end; return its number."""
        number = self.begin(version, **changes)
        for _ in PLAN.waves:
            self.confirm(number)
            self.look(MINUTE)
            self.look(HOUR)
        assert self.state(number) is State.DONE
        return number

    def say(
        self, terminal: int, *events: AuditEvent, version: str = "1.1.0", kind: Kind = Kind.APP
    ) -> None:
        """Let a terminal check in with these entries of its trail."""
        self._keep([self._told(terminal, *events, version=version, kind=kind)])

    def _keep(self, told: list[Told]) -> None:
        self.keeping.keep(rows(told))

    def _told(
        self, terminal: int, *events: AuditEvent, version: str = "1.1.0", kind: Kind = Kind.APP
    ) -> Told:
        first = self.trails.get(terminal, 0)
        major, minor, patch = numbers(version)
        entries = tuple(
            Entry(
                first + index,
                0,
                event,
                {"kind": kind.value, "major": major, "minor": minor, "patch": patch},
            )
            for index, event in enumerate(events)
        )
        self.trails[terminal] = first + len(entries)
        self.sequence += 1
        told = reading(self.sequence, at=self.now * 1000, sessions=self.sessions)
        return Told(terminal, CheckIn((told,), entries, 0, bytes(32)), self.now)

    def look(self, after_s: int = 0) -> None:
        """Let time pass while all that are not away check in, and look."""
        self.now += after_s
        there = set(range(1, self.size + 1)) - self.away
        self._keep([self._told(number) for number in sorted(there)])
        self.leading.look(places(self.database), present(self.database), float(self.now))

    def wave(self, number: int) -> list[int]:
        """Return the terminals that may take a rollout by now."""
        reached = self.book.one(number)["wave"]
        return [row["terminal"] for row in self.book.members(number) if row["wave"] <= reached]

    def confirm(self, number: int, *, but: tuple[int, ...] = ()) -> None:
        """Let everybody who may take it, and has not, switch and confirm."""
        progress = {row["terminal"]: row["progress"] for row in self.book.members(number)}
        version = self.book.one(number)["version"]
        switched = (AuditEvent.UPDATE_SWITCHES, AuditEvent.UPDATE_CONFIRMED)
        self._keep(
            [
                self._told(one, *switched, version=version)
                for one in self.wave(number)
                if progress[one] == "waiting" and one not in but and one not in self.away
            ]
        )

    def progress(self, number: int, terminal: int) -> str:
        """Return how far a terminal came."""
        rows_ = self.book.members(number)
        return str(next(row["progress"] for row in rows_ if row["terminal"] == terminal))

    def state(self, number: int) -> State:
        """Return where a rollout stands."""
        return State(self.book.one(number)["state"])

    def alerts(self) -> list[str]:
        """Return what is alerted; each sentence is also said in Chinese."""
        rows_ = self.leading._book.open(now=self.now)
        for row in rows_:
            for language in (Language.ZH_HK, Language.ZH_CN):
                assert in_language(row["sentence"], language) != row["sentence"]
        return [row["failure"] for row in rows_]
