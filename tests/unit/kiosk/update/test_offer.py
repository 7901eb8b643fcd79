"""A release is taken when two authorities, the wave, the clock and the citizen agree."""

from dataclasses import replace

import msgspec
import pytest

from kiosk.update.offer import Answer, Moment, Signed, Terminal, answer
from wire.rollout import BUCKETS, Artifact, Kind, Rollout, Window, bucket

ARTIFACT = Artifact(Kind.APP, "1.2.0", "0" * 64, 1000)
ROLLOUT = Rollout("r-1", ARTIFACT, share=BUCKETS)
SIGNED = Signed(ARTIFACT, floor="1.0.0", python="3.13")
TERMINAL = Terminal("t17", "k1", "central", "3.13", runs="1.1.0", floor="1.0.0")
NOW = Moment(at_ms=1_000_000, minute=3 * 60, citizen_here=False)
OLDER = msgspec.structs.replace(ARTIFACT, version="1.0.5")
OLDEST = msgspec.structs.replace(ARTIFACT, version="0.9.0")


def rollout(**changes: object) -> Rollout:
    return msgspec.structs.replace(ROLLOUT, **changes)


def test_a_release_that_all_agree_on_is_taken() -> None:
    assert answer(ROLLOUT, SIGNED, TERMINAL, NOW) is Answer.TAKE


@pytest.mark.parametrize(
    ("changed", "signed", "terminal", "now", "said"),
    [
        (ROLLOUT, None, TERMINAL, NOW, Answer.UNSIGNED),
        (ROLLOUT, replace(SIGNED, artifact=OLDER), TERMINAL, NOW, Answer.UNSIGNED),
        (
            rollout(artifact=msgspec.structs.replace(ARTIFACT, sha256="1" * 64)),
            SIGNED,
            TERMINAL,
            NOW,
            Answer.UNSIGNED,
        ),
        (rollout(artifact=OLDER), replace(SIGNED, artifact=OLDER), TERMINAL, NOW, Answer.TOO_OLD),
        (
            rollout(artifact=OLDER, go_back=True),
            replace(SIGNED, artifact=OLDER),
            TERMINAL,
            NOW,
            Answer.TAKE,
        ),
        (
            rollout(artifact=OLDEST, go_back=True),
            replace(SIGNED, artifact=OLDEST),
            TERMINAL,
            NOW,
            Answer.TOO_OLD,
        ),
        (ROLLOUT, replace(SIGNED, python="3.11"), TERMINAL, NOW, Answer.FOREIGN_PYTHON),
        (ROLLOUT, SIGNED, replace(TERMINAL, runs="1.2.0"), NOW, Answer.RUNS_ALREADY),
        (ROLLOUT, SIGNED, replace(TERMINAL, bad=frozenset({"1.2.0"})), NOW, Answer.KNOWN_BAD),
        (ROLLOUT, SIGNED, replace(TERMINAL, trial="1.1.5"), NOW, Answer.UNDER_WAY),
        (rollout(excluded=("t17",)), SIGNED, TERMINAL, NOW, Answer.EXCLUDED),
        (rollout(models=("k2",)), SIGNED, TERMINAL, NOW, Answer.OTHER_HARDWARE),
        (rollout(models=("k2", "k1")), SIGNED, TERMINAL, NOW, Answer.TAKE),
        (rollout(districts=("sha-tin",)), SIGNED, TERMINAL, NOW, Answer.OTHER_SITE),
        (rollout(paused=True), SIGNED, TERMINAL, NOW, Answer.PAUSED),
        (rollout(share=0), SIGNED, TERMINAL, NOW, Answer.NOT_YET),
        (rollout(share=0, named=("t17",)), SIGNED, TERMINAL, NOW, Answer.TAKE),
        (rollout(named=("t17",), excluded=("t17",)), SIGNED, TERMINAL, NOW, Answer.EXCLUDED),
        (rollout(not_before=1_000_001), SIGNED, TERMINAL, NOW, Answer.NOT_YET),
        (rollout(window=Window(60, 120)), SIGNED, TERMINAL, NOW, Answer.OUTSIDE_WINDOW),
        (rollout(window=Window(60, 120), urgent=True), SIGNED, TERMINAL, NOW, Answer.TAKE),
        (rollout(window=Window(23 * 60, 4 * 60)), SIGNED, TERMINAL, NOW, Answer.TAKE),
        (ROLLOUT, SIGNED, TERMINAL, replace(NOW, citizen_here=True), Answer.CITIZEN_HERE),
        (
            rollout(urgent=True),
            SIGNED,
            TERMINAL,
            replace(NOW, citizen_here=True),
            Answer.CITIZEN_HERE,
        ),
    ],
)  # fmt: skip
def test_every_ground_to_wait_or_refuse_has_its_code(
    changed: Rollout, signed: Signed | None, terminal: Terminal, now: Moment, said: Answer
) -> None:
    assert answer(changed, signed, terminal, now) is said


def test_a_share_is_that_share_of_the_terminals_and_the_first_are_not_always_the_same() -> None:
    names = [f"t{number}" for number in range(10_000)]
    first = {name for name in names if bucket("r-1", name) < 1000}
    other = {name for name in names if bucket("r-2", name) < 1000}
    assert 900 < len(first) < 1100
    assert len(first & other) < 150
    wider = {name for name in names if bucket("r-1", name) < 3000}
    assert first < wider


@pytest.mark.parametrize(
    "changed",
    [
        {"share": BUCKETS + 1},
        {"share": -1},
        {"id": "../x"},
        {"named": ["T 17"]},
        {"artifact": {"kind": "app", "version": "1.2", "sha256": "0" * 64, "length": 1}},
        {"artifact": {"kind": "root", "version": "1.2.0", "sha256": "0" * 64, "length": 1}},
        {"run": "rm"},
    ],
)
def test_a_rollout_of_another_shape_is_refused(changed: dict[str, object]) -> None:
    content = {**msgspec.to_builtins(ROLLOUT), **changed}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(content, Rollout)
