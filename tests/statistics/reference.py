#!/usr/bin/env python3
"""An independent computation of the numbers that two_sample_test.cpp expects.

Straight from the definitions, with the standard library alone: every assignment is formed, its
groups' means and pooled variance are computed anew. Run it to see the numbers again.
"""
from itertools import combinations
from math import log, sqrt
from statistics import fmean

BASELINE = [[100.0, 50.0, 7.0], [101.0, 52.0, 7.1], [99.0, 49.0, 7.3], [100.5, 51.0, 6.9],
            [99.5, 50.5, 7.2], [100.2, 48.0, 7.0], [99.9, 53.0, 7.4]]
CURRENT = [[100.7, 50.0, 6.9], [100.4, 54.0, 6.7], [101.2, 47.0, 7.0]]
MARGINS = [0.01, 0.05, 0.002]


def student(first, second):
    m1, m2 = fmean(first), fmean(second)
    within = sum((x - m1) ** 2 for x in first) + sum((x - m2) ** 2 for x in second)
    pooled = sqrt(within / (len(first) + len(second) - 2))
    return (m2 - m1) / (pooled * sqrt(1 / len(first) + 1 / len(second)))


def columns(launches):
    return [[log(launch[k]) for launch in launches] for k in range(len(launches[0]))]


def every(values, size):
    """The statistic of one phase in every assignment; the last is the observed one."""
    n = len(values)
    for chosen in combinations(range(n), size):
        rest = [values[i] for i in range(n) if i not in chosen]
        yield student(rest, [values[i] for i in chosen])


def main():
    logs = columns(BASELINE + CURRENT)
    table = list(zip(*(every(values, len(CURRENT)) for values in logs)))
    observed = table[-1]
    for k, t in enumerate(observed):
        slower = sum(max(row) >= t - 1e-9 for row in table) / len(table)
        faster = sum(-min(row) >= -t - 1e-9 for row in table) / len(table)
        shifted = columns(BASELINE + [[x / (1 + m) for x, m in zip(launch, MARGINS)]
                                      for launch in CURRENT])[k]
        alone = list(every(shifted, len(CURRENT)))
        below = sum(x <= alone[-1] + 1e-9 for x in alone) / len(alone)
        print(f"phase {k}: t = {t:.12f}, p slower = {slower:.12f}, p faster = {faster:.12f}, "
              f"p below margin = {below:.12f}, of {len(table)}")


if __name__ == "__main__":
    main()
