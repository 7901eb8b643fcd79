"""How likely a count is by chance alone: exact tails, computed so that none underflows.

NO I/O. Source: the definitions of the binomial and Poisson distributions.
"""

from math import exp, lgamma, log, log1p


def at_least_of(hits: int, tries: int, share: float) -> float:
    """Return the chance of `hits` or more in `tries`, each with chance `share`."""
    if hits <= 0:
        return 1.0
    if share <= 0 or hits > tries:
        return 0.0
    if share >= 1:
        return 1.0
    return min(1.0, sum(_binomial(k, tries, share) for k in range(hits, tries + 1)))


def at_most_of(hits: int, tries: int, share: float) -> float:
    """Return the chance of `hits` or fewer in `tries`, each with chance `share`."""
    return at_least_of(tries - hits, tries, 1 - share)


def at_least(count: int, expected: float) -> float:
    """Return the chance of `count` or more where `expected` are usual (Poisson)."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    total, term = 0.0, exp(count * log(expected) - expected - lgamma(count + 1))
    k = count
    while term > total * 1e-12:
        total += term
        k += 1
        term *= expected / k
    # Below the mean the terms grow first, and the other tail is the short one.
    return min(1.0, total) if count > expected else 1.0 - at_most(count - 1, expected)


def at_most(count: int, expected: float) -> float:
    """Return the chance of `count` or fewer where `expected` are usual (Poisson)."""
    if count < 0:
        return 0.0
    if expected <= 0:
        return 1.0
    terms = (exp(k * log(expected) - expected - lgamma(k + 1)) for k in range(count + 1))
    return min(1.0, sum(terms))


def _binomial(hits: int, tries: int, share: float) -> float:
    chosen = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
    return exp(chosen + hits * log(share) + (tries - hits) * log1p(-share))
