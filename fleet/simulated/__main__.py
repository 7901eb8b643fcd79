"""Measure the detectors: ``python -m fleet.simulated --seeds 101-110``.

Prints for each kind of fault how many were found and after how long, and how many
episodes were false for a hundred terminals and a day. Limits were chosen with seeds 1 to 3:
figures of other seeds are the ones to quote. Beside it stand fixed limits on each figure.
With ``--say`` every finding is printed.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from fleet.anomaly.detectors import detect
from fleet.anomaly.episode import Kind
from fleet.simulated import static
from fleet.simulated.evaluation import Score, evaluate, ranked_first


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(prog="python -m fleet.simulated", description=__doc__)
    parser.add_argument("--seeds", default="101-110", help="first and last, inclusive")
    parser.add_argument("--say", action="store_true", help="print each finding")
    asked = parser.parse_args(arguments)
    first, _, last = asked.seeds.partition("-")
    scores = [evaluate(seed, detect) for seed in range(int(first), int(last or first) + 1)]
    if asked.say:
        for score in scores:
            for mark, episode in score.said:
                print(mark, f"day {episode.begin // 24:2}", episode.sentence)
    print(table(scores))
    peer = [evaluate(seed, static.detect) for seed in range(int(first), int(last or first) + 1)]
    rates = [sum(one.false_rate for one in some) / len(some) for some in (scores, peer)]
    found = [sum(len(one.found) for one in some) for some in (scores, peer)]
    print(f"fixed limits on the same seeds: {found[1]} found, {rates[1]:.1f} false")
    lists = [ranked_first(seed) for seed in range(int(first), int(last or first) + 1)]
    hits, places = sum(one[0] for one in lists), sum(one[1] for one in lists)
    by_chance = sum(one[2] for one in lists) / len(lists)
    print(f"unusual today, first five of each day: {hits}/{places} ill, by chance {by_chance:.0%}")
    print(f"ratio of false episodes, fixed limits to ours: {rates[1] / max(rates[0], 0.001):.0f}")


def table(scores: list[Score]) -> str:
    """Return the figures as text."""
    found: dict[Kind, list[float]] = defaultdict(list)
    missed: dict[Kind, int] = defaultdict(int)
    false: dict[Kind, int] = defaultdict(int)
    for score in scores:
        for fault, delay in score.found:
            found[fault.kind].append(delay)
        for fault in score.missed:
            missed[fault.kind] += 1
        for episode in score.false:
            false[episode.kind] += 1
    lines = [f"{'':12} {'found':>9} {'median delay':>13} {'false':>6}"]
    for kind in Kind:
        all_ = len(found[kind]) + missed[kind]
        after = f"{median(found[kind]):.0f} h" if found[kind] else "-"
        lines.append(f"{kind.value:12} {len(found[kind]):4}/{all_:<4} {after:>13} {false[kind]:6}")
    hits = sum(len(score.found) for score in scores)
    faults = hits + sum(len(score.missed) for score in scores)
    rate = sum(score.false_rate for score in scores) / len(scores)
    lines.append(f"recall {hits}/{faults} = {hits / faults:.1%}")
    besides = sum(len(score.true_besides) for score in scores)
    lines.append(f"true without a fault of that kind: {besides}")
    lines.append(f"false episodes for 100 terminals and a day: {rate:.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
