"""Who may do what, and where. NO I/O.

Rule 1: what is not granted here is refused.
Rule 2: a grant holds for a role and a place together; two grants never add up to a third.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from fleet.selection import LONGEST, selects


class Right(StrEnum):
    """One thing that can be allowed."""

    LOOK = "look"
    WORK = "work"
    """Take an alert, assign it, comment on it, call it not useful."""
    SILENCE = "silence"
    SILENCE_SECURITY = "silence_security"
    """Silence what may be an attack."""
    COMMAND = "command"
    """Ask terminals for something."""
    APPROVE_COMMAND = "approve_command"
    """Be the second person."""
    ROLL_OUT = "roll_out"
    """Ask for a rollout of what was signed; lead it on, leave terminals out, go back."""
    APPROVE_ROLLOUT = "approve_rollout"
    """Be one of the other people."""
    HALT_ROLLOUT = "halt_rollout"
    """Pause or abort: what can only ever stop something."""
    ADMIT = "admit"
    """Make and withdraw claim codes, by which machines become terminals."""
    EXPORT = "export"
    GROUPS = "groups"
    """Save selections, tags and sites, which may be other people's places."""
    METRICS = "metrics"
    """Figures of the whole fleet, for Prometheus."""
    READ_AUDIT = "read_audit"
    END_SESSIONS = "end_sessions"


class Role(StrEnum):
    """What somebody is to the fleet."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    RELEASE_SIGNER = "release_signer"
    RELEASE_APPROVER = "release_approver"
    SECURITY = "security"
    AUDITOR = "auditor"


RIGHTS: Final[Mapping[Role, frozenset[Right]]] = MappingProxyType(
    {
        Role.VIEWER: frozenset({Right.LOOK, Right.METRICS}),
        Role.OPERATOR: frozenset(
            {
                Right.LOOK,
                Right.WORK,
                Right.SILENCE,
                Right.COMMAND,
                Right.APPROVE_COMMAND,
                Right.HALT_ROLLOUT,
                Right.ADMIT,
                Right.EXPORT,
                Right.GROUPS,
                Right.METRICS,
            }
        ),
        # Releases are signed outside of this server; here it is said who may take them.
        Role.RELEASE_SIGNER: frozenset({Right.LOOK, Right.ROLL_OUT, Right.HALT_ROLLOUT}),
        Role.RELEASE_APPROVER: frozenset({Right.LOOK, Right.APPROVE_ROLLOUT, Right.HALT_ROLLOUT}),
        Role.SECURITY: frozenset(
            {
                Right.LOOK,
                Right.WORK,
                Right.SILENCE,
                Right.SILENCE_SECURITY,
                Right.APPROVE_COMMAND,
                Right.HALT_ROLLOUT,
                Right.READ_AUDIT,
                Right.END_SESSIONS,
            }
        ),
        Role.AUDITOR: frozenset({Right.LOOK, Right.READ_AUDIT, Right.EXPORT}),
    }
)


FLEETWIDE: Final = frozenset({Right.GROUPS, Right.METRICS, Right.READ_AUDIT, Right.END_SESSIONS})
"""Rights that are not about terminals: a grant for some terminals does not give them."""


class Grant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role, and the terminals it holds for."""

    role: Role
    where: Annotated[str, Meta(max_length=LONGEST)] = ""
    """A selection (`fleet.selection`); empty for the whole fleet."""


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who has signed in, or a program with a token."""

    id: Annotated[str, Meta(min_length=1, max_length=200)]
    """Never the same for two; what a second person is told apart by."""
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    grants: tuple[Grant, ...]
    token: Annotated[str, Meta(max_length=60)] = ""
    """Name of the token by which a program acts for the person; empty for the person itself."""

    def may(self, right: Right) -> bool:
        """Say whether the person has `right` anywhere."""
        if right in FLEETWIDE:
            return self.may_everywhere(right)
        return any(right in RIGHTS[grant.role] for grant in self.grants)

    def may_everywhere(self, right: Right) -> bool:
        """Say whether the person has `right` in the whole fleet."""
        return any(right in RIGHTS[grant.role] and not grant.where for grant in self.grants)

    def reaches(self, labels: Mapping[str, str], right: Right = Right.LOOK) -> bool:
        """Say whether the person has `right` for a terminal with `labels`."""
        return any(
            right in RIGHTS[grant.role] and selects(grant.where, labels) for grant in self.grants
        )

    @property
    def shown(self) -> str:
        """Return how the person is called where it is kept what they did."""
        return f"{self.name} ({self.token})" if self.token else self.name


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever is in this group at the provider has this role in this place."""

    group: Annotated[str, Meta(min_length=1, max_length=200)]
    role: Role
    where: Annotated[str, Meta(max_length=LONGEST)] = ""


def granted(groups: Iterable[str], rules: Iterable[Rule]) -> tuple[Grant, ...]:
    """Return what the rules give to somebody in `groups`; nothing if none names one."""
    there = set(groups)
    return tuple(Grant(rule.role, rule.where) for rule in rules if rule.group in there)
