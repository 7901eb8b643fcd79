"""The policy file of the match: limits, and the errors each was measured at.

Rule: a file that lacks a figure, or whose limits contradict each other, is refused; a
limit whose errors nobody measured is no limit.
"""

import math
import tomllib
from dataclasses import dataclass
from typing import Any, Final

VERSION: Final = 1
_MOST: Final = 2.0
"""No distance of two descriptors, and no ratio worth a band, lies above."""


class BadMatchPolicy(ValueError):
    """A policy that cannot be used; `code` says which way, the message names the key."""

    def __init__(self, message: str, *, code: str = "config.bad_value") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a band errs, and how that is known."""

    false_match_rate: float
    false_match_upper_95: float
    false_non_match_rate: float
    """Share of genuine pairs outside of the band and every better one."""
    impostor_pairs: int
    genuine_pairs: int
    persons: int
    data: str


@dataclass(frozen=True, slots=True)
class Limits:
    """One band: both numbers must hold."""

    distance_up_to: float
    ratio_up_to: float
    measured: Measured


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A straight line from distance to natural log likelihood ratio, and its clamps."""

    intercept: float
    slope: float
    log10_least: float
    log10_most: float
    data: str


@dataclass(frozen=True, slots=True)
class MatchPolicy:
    """All that decides a band."""

    encoder_sha256: str
    """The descriptor network that the limits hold for."""
    cohort_sha256: str
    neighbours: int
    match: Limits
    likely: Limits
    likelihood: Likelihood


def parse(text: str) -> MatchPolicy:
    """Read a policy file (TOML, every key required; see match_policy.toml).

    Raises:
        BadMatchPolicy: config.unknown_key for a key that does not exist, config.bad_value
            for anything else.
    """
    try:
        keys = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMatchPolicy("not TOML") from error
    top = _table(
        keys,
        "",
        (
            "version",
            "encoder_sha256",
            "cohort_sha256",
            "neighbours",
            "match",
            "likely",
            "likelihood",
        ),
    )
    if type(top["version"]) is not int or top["version"] != VERSION:
        raise BadMatchPolicy(f"version must be {VERSION}")
    policy = MatchPolicy(
        encoder_sha256=_digest("encoder_sha256", top["encoder_sha256"]),
        cohort_sha256=_digest("cohort_sha256", top["cohort_sha256"]),
        neighbours=_count("neighbours", top["neighbours"], most=50),
        match=_limits("match", top["match"]),
        likely=_limits("likely", top["likely"]),
        likelihood=_likelihood(top["likelihood"]),
    )
    if (
        policy.match.distance_up_to > policy.likely.distance_up_to
        or policy.match.ratio_up_to > policy.likely.ratio_up_to
    ):
        raise BadMatchPolicy("match must not reach beyond likely")
    return policy


def _table(value: Any, where: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadMatchPolicy(f"{where} must be a table")
    for key in value:
        if key not in names:
            raise BadMatchPolicy(f"{where}{key} does not exist", code="config.unknown_key")
    for name in names:
        if name not in value:
            raise BadMatchPolicy(f"{where}{name} is missing")
    return value


def _limits(where: str, value: Any) -> Limits:
    keys = _table(value, f"{where}.", ("distance_up_to", "ratio_up_to", "measured"))
    inner = f"{where}.measured."
    measured = _table(
        keys["measured"],
        inner,
        (
            "false_match_rate",
            "false_match_upper_95",
            "false_non_match_rate",
            "impostor_pairs",
            "genuine_pairs",
            "persons",
            "data",
        ),
    )

    def rate(name: str) -> float:
        return _number(inner + name, measured[name], 0, 1)

    def count(name: str) -> int:
        return _count(inner + name, measured[name], most=10**9)

    return Limits(
        _number(f"{where}.distance_up_to", keys["distance_up_to"], 0, _MOST),
        _number(f"{where}.ratio_up_to", keys["ratio_up_to"], 0, _MOST),
        Measured(
            false_match_rate=rate("false_match_rate"),
            false_match_upper_95=rate("false_match_upper_95"),
            false_non_match_rate=rate("false_non_match_rate"),
            impostor_pairs=count("impostor_pairs"),
            genuine_pairs=count("genuine_pairs"),
            persons=count("persons"),
            data=_text(f"{inner}data", measured["data"]),
        ),
    )


def _likelihood(value: Any) -> Likelihood:
    names = ("intercept", "slope", "log10_least", "log10_most", "data")
    keys = _table(value, "likelihood.", names)
    return Likelihood(
        _number("likelihood.intercept", keys["intercept"], -1000, 1000),
        _number("likelihood.slope", keys["slope"], 0, 1000),
        _number("likelihood.log10_least", keys["log10_least"], -6, 0),
        _number("likelihood.log10_most", keys["log10_most"], 0, 6),
        _text("likelihood.data", keys["data"]),
    )


def _number(where: str, value: Any, least: float, most: float) -> float:
    if type(value) not in {int, float} or not math.isfinite(value) or not least <= value <= most:
        raise BadMatchPolicy(f"{where} must be a number from {least} to {most}")
    return float(value)


def _count(where: str, value: Any, *, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise BadMatchPolicy(f"{where} must be a whole number from 1 to {most}")
    return value


def _text(where: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadMatchPolicy(f"{where} must say something")
    return value


def _digest(where: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise BadMatchPolicy(f"{where} must be a SHA-256 in lower case")
    return value
