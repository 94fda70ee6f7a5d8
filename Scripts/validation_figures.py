"""What validation.py takes from the results of clew score: figures, counts of errors, intervals."""
import csv
import json
import math
import os
import random


class Case:
    """The score of one case, its single errors, and what its exports show of the truth."""

    def __init__(self, folder, name):
        self.name = name
        self.preset, _, seed = name.rpartition("-")
        self.seed = int(seed) if seed.isdigit() else 0
        self.results = os.path.join(folder, "results", name)
        self.truth = os.path.join(folder, "cases", name, "truth")
        self.score = self.read("score")

    def read(self, result):
        """A document of clew score, or None where there is none."""
        path = os.path.join(self.results, result + ".json")
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def traders(self, base):
        """How many people are in a base, bystanders left out."""
        return sum(entry["traders"] for entry in self.score["bases"] if entry["of"] == base)

    def rows(self, name):
        with open(os.path.join(self.truth, name), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def errors(self):
        with open(os.path.join(self.results, "errors.csv"), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def parameters(self):
        with open(os.path.join(self.truth, "parameters.json"), encoding="utf-8") as file:
            return json.load(file)


def measure(score, name, base=None):
    """One figure of a score as a dictionary; empty where it is not there."""
    for entry in score["measures"]:
        if entry["name"] == name and entry.get("of") == base:
            return entry
    return {}


def value(score, name, base=None):
    return measure(score, name, base).get("value")


def values(cases, name, base=None):
    """A figure of several cases, those without it left out."""
    found = [value(case.score, name, base) for case in cases]
    return [number for number in found if number is not None]


def counts(cases, name, base=None):
    """How many of how many, over several cases together."""
    found = [measure(case.score, name, base) for case in cases]
    return (
        sum(entry.get("part") or 0 for entry in found),
        sum(entry.get("whole") or 0 for entry in found),
    )


def mean(numbers):
    return sum(numbers) / len(numbers)


def interval_of_mean(numbers, draws=10_000):
    """The 95 % interval of a mean over seeds: the seeds are drawn again, by a fixed seed.

    None for fewer than five seeds, of which no draw says anything.
    """
    if len(numbers) < 5:
        return None
    dice = random.Random(20)
    means = sorted(
        mean([numbers[int(dice.random() * len(numbers))] for _ in numbers]) for _ in range(draws)
    )
    return means[int(draws * 0.025)], means[int(draws * 0.975) - 1]


def tail(part, whole, share):
    """The probability of at most so many of a whole, each by a share."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if part >= whole else 0.0
    total = 0.0
    for count in range(part + 1):
        total += math.exp(
            math.lgamma(whole + 1) - math.lgamma(count + 1) - math.lgamma(whole - count + 1)
            + count * math.log(share) + (whole - count) * math.log1p(-share)
        )
    return min(1.0, total)


def exact_interval(part, whole):
    """The exact 95 % interval of a share (Clopper and Pearson 1934)."""
    if whole == 0:
        return 0.0, 1.0

    def solve(holds):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return low

    # At the lower end so many or more are seen in 2.5 of 100 draws, at the upper end so many or fewer.
    low = solve(lambda share: 1 - tail(part - 1, whole, share) < 0.025) if part else 0.0
    high = solve(lambda share: tail(part, whole, share) > 0.025) if part < whole else 1.0
    return low, high


KINDS = ("role", "tier", "line")


def tenths(cases, kinds=KINDS):
    """The findings of each tenth of confidence over several cases: from, count, mean, right."""
    table = {}
    for case in cases:
        for earned in case.score["confidence"]:
            if earned["kind"] not in kinds:
                continue
            for tenth in earned["tenths"]:
                row = table.setdefault(round(tenth["from"], 1), [0, 0.0, 0])
                row[0] += tenth["findings"]
                row[1] += tenth["findings"] * (tenth["meanConfidence"] or 0)
                row[2] += tenth["right"]
    return [(start, row[0], row[1], row[2]) for start, row in sorted(table.items()) if row[0]]


def brier_interval(cases, kinds=KINDS, draws=2_000):
    """The 95 % interval of the Brier score, cases drawn again; None for fewer than five."""
    if len(cases) < 5:
        return None
    dice = random.Random(20)
    scores = sorted(
        brier([cases[int(dice.random() * len(cases))] for _ in cases], kinds) for _ in range(draws)
    )
    return scores[int(draws * 0.025)], scores[int(draws * 0.975) - 1]


def brier(cases, kinds=KINDS):
    """The Brier score of all findings of several cases together."""
    total, loss = 0, 0.0
    for case in cases:
        for earned in case.score["confidence"]:
            if earned["kind"] in kinds and earned["brier"] is not None:
                findings = sum(tenth["findings"] for tenth in earned["tenths"])
                total += findings
                loss += findings * earned["brier"]
    return loss / total if total else None
