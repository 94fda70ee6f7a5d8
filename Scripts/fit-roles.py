#!/usr/bin/env python3
"""Fits the weights of the role model on invented cases of which the truth is known.

    clew score CASE --truth DIR --roles CASE.samples     once for each case to fit on
    Scripts/fit-roles.py -o Sources/ClewChain/Roles/role-weights.json *.samples

Fit on seeds other than those whose error rates are reported. Needs numpy and scipy; the program itself
needs neither.

The model is that of RoleModel.swift: the log-odds of each state of a trader are the sum of its features
times their weights, less what the prices cost, plus what the states of its suppliers and buyers add,
those divided by the square root of their number. Weights come from maximum pseudo-likelihood with a
ridge; how much neighbours count, and how often a belief is right, are measured by leaving out one case
in turn and relaxing as the program does. Nothing here is random.
"""
import argparse
import json
import sys

import numpy as np
from scipy.optimize import minimize

TIES = ["main", "minor", "mutual"]
ROUNDS = 12


def features(path="Sources/ClewChain/Roles/RoleFeature.swift"):
    """The names of the features, in their order."""
    names = []
    with open(path, encoding="utf-8") as source:
        for line in source:
            if line.startswith("enum TraderState"):
                break
            if line.strip().startswith("case ") and ":" not in line and "." not in line:
                names.append(line.split()[1])
    return names


class Case:
    """What the model saw of one case, as matrices."""

    def __init__(self, path, names):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        self.path = path
        self.states = data["states"]
        traders = data["traders"]
        place = {name: number for number, name in enumerate(names)}
        count, states = len(traders), len(self.states)
        self.x = np.zeros((count, len(names)))
        for row, trader in enumerate(traders):
            for name, value in trader["features"].items():
                self.x[row, place[name]] = value / 1000
        self.misfit = np.stack(
            [
                -np.array([t["asks"] for t in traders], dtype=float) / 1000,
                -np.array([t["pays"] for t in traders], dtype=float) / 1000,
            ],
            axis=2,
        )
        number = {state: place for place, state in enumerate(self.states)}
        self.y = np.array([number.get(t["truth"], -1) for t in traders])
        self.judged = np.array([t["isLeading"] and t["isChatSeen"] for t in traders])
        self.rule = [t["role"] for t in traders]
        bonds = data["bonds"]
        self.supplier = np.array([b[0] for b in bonds], dtype=int)
        self.buyer = np.array([b[1] for b in bonds], dtype=int)
        self.tie = np.array([TIES.index(b[2]) for b in bonds], dtype=int)
        self.above = 1 / np.sqrt(np.maximum(1, np.bincount(self.buyer, minlength=count)))
        self.below = 1 / np.sqrt(np.maximum(1, np.bincount(self.supplier, minlength=count)))

    def around(self, share):
        """What the neighbours are: by tie and state, of suppliers and of buyers."""
        count, states = share.shape
        over = np.zeros((count, len(TIES), states))
        under = np.zeros((count, len(TIES), states))
        np.add.at(over, (self.buyer, self.tie), share[self.supplier])
        np.add.at(under, (self.supplier, self.tie), share[self.buyer])
        return over * self.above[:, None, None], under * self.below[:, None, None]


class Weights:
    """The weights, packed into one vector for the fit."""

    def __init__(self, vector, width, states):
        end = width * states
        self.features = vector[:end].reshape(width, states)
        self.prices = vector[end : end + 2]
        self.ties = vector[end + 2 :].reshape(len(TIES), states, states)


def odds(case, weights, over, under):
    return (
        case.x @ weights.features
        + case.misfit @ weights.prices
        + np.einsum("nku,kus->ns", over, weights.ties)
        + np.einsum("nkt,kst->ns", under, weights.ties)
    )


def shares(values):
    values = values - values.max(axis=1, keepdims=True)
    powers = np.exp(values)
    return powers / powers.sum(axis=1, keepdims=True)


def fit(cases, ridge):
    width, states = cases[0].x.shape[1], len(cases[0].states)
    size = width * states + 2 + len(TIES) * states * states
    prepared = []
    for case in cases:
        true = np.zeros((len(case.y), states))
        known = case.y >= 0
        true[known, case.y[known]] = 1
        prepared.append((case, true, known, *case.around(true)))

    def loss(vector):
        weights = Weights(vector, width, states)
        gradient = Weights(np.zeros(size), width, states)
        total = 0.0
        for case, true, known, over, under in prepared:
            found = shares(odds(case, weights, over, under))
            total -= np.log(found[known, case.y[known]] + 1e-12).sum()
            off = np.where(known[:, None], found - true, 0)
            gradient.features += case.x.T @ off
            gradient.prices += np.einsum("nsj,ns->j", case.misfit, off)
            gradient.ties += np.einsum("nku,ns->kus", over, off)
            gradient.ties += np.einsum("nkt,ns->kst", under, off)
        flat = np.concatenate(
            [gradient.features.ravel(), gradient.prices, gradient.ties.ravel()]
        )
        return total + ridge * (vector**2).sum(), flat + 2 * ridge * vector

    bounds = [(None, None)] * (width * states) + [(0, None)] * 2
    bounds += [(None, None)] * (len(TIES) * states * states)
    answer = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", bounds=bounds,
                      options={"maxiter": 300})
    return Weights(answer.x, width, states)


def relax(case, weights):
    """The beliefs, as RoleBeliefs.swift computes them."""
    alone = case.x @ weights.features + case.misfit @ weights.prices
    belief = shares(alone)
    for _ in range(ROUNDS):
        over, under = case.around(belief)
        belief = (belief + shares(odds(case, weights, over, under))) / 2
    return belief


def roles(belief):
    """The beliefs in the five roles: the last two agents are one."""
    return np.stack(
        [belief[:, 0], belief[:, 1], belief[:, 2], belief[:, 3] + belief[:, 4], belief[:, 5]],
        axis=1,
    )


def judge(case, belief):
    """Macro F1, belief and rightness of each judged trader, log loss."""
    found = roles(belief)
    true = np.where(case.y >= 4, case.y - 1, case.y)
    mask = case.judged & (true >= 0)
    best = found.argmax(axis=1)
    scores = []
    for role in range(5):
        hits = ((best == role) & (true == role) & mask).sum()
        both = ((best == role) & mask).sum() + ((true == role) & mask).sum()
        if ((true == role) & mask).sum():
            scores.append(2 * hits / both if both else 0)
    loss = -np.log(found[mask, true[mask]] + 1e-9).mean()
    return np.mean(scores), found[mask].max(axis=1), (best == true)[mask], loss


def isotonic(beliefs, right):
    """How often a belief is right, never falling as it rises (pool adjacent violators)."""
    order = np.argsort(beliefs, kind="stable")
    blocks = []
    for place in order:
        blocks.append([beliefs[place], float(right[place]), 1])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [last[0], blocks[-1][1] + last[1], blocks[-1][2] + last[2]]
    return [(top, (hits + 0.5) / (count + 1)) for top, hits, count in blocks]


def calibration(beliefs, right):
    steps = isotonic(beliefs, right)
    points = []
    for mark in range(300, 1001, 50):
        share = next((s for top, s in steps if 1000 * top >= mark), steps[-1][1])
        points.append({"from": mark, "right": int(round(1000 * share))})
    return points


def thousandths(value):
    return int(round(1000 * float(value)))


def document(weights, names, states, points, version):
    return {
        "version": version,
        "features": {
            name: {s: thousandths(v) for s, v in zip(states, weights.features[row])}
            for row, name in enumerate(names)
        },
        "asks": thousandths(weights.prices[0]),
        "pays": thousandths(weights.prices[1]),
        "ties": {
            tie: {
                above: {s: thousandths(v) for s, v in zip(states, weights.ties[number, row])}
                for row, above in enumerate(states)
            }
            for number, tie in enumerate(TIES)
        },
        "calibration": points,
    }


def main():
    parser = argparse.ArgumentParser(description="Fits the weights of the role model.")
    parser.add_argument("samples", nargs="+")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--version", default="clew-roles/1")
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--without", default="", help="features to leave out, for ablation: a,b")
    options = parser.parse_args()
    names = features()
    cases = [Case(path, names) for path in sorted(options.samples)]
    left_out = set(filter(None, options.without.split(",")))
    for case in cases:
        for number, name in enumerate(names):
            if name in left_out:
                case.x[:, number] = 0
        if "prices" in left_out:
            case.misfit[:] = 0
    left = [fit([c for c in cases if c is not case] or cases, options.ridge) for case in cases]
    ties = [weights.ties.copy() for weights in left]
    best = None
    for scale in (0.0, 0.3, 0.5, 0.7, 1.0):
        scores, losses, beliefs, right = [], [], [], []
        for case, weights, full in zip(cases, left, ties):
            weights.ties = full * (0 if "neighbours" in left_out else scale)
            score, belief, hit, loss = judge(case, relax(case, weights))
            scores.append(score)
            losses.append(loss)
            beliefs.append(belief)
            right.append(hit)
        print(f"neighbours x {scale}: macro F1 {np.mean(scores):.3f} log loss {np.mean(losses):.3f} "
              + " ".join(f"{s:.3f}" for s in scores), file=sys.stderr)
        if best is None or np.mean(losses) < best[0]:
            best = (np.mean(losses), scale, np.concatenate(beliefs), np.concatenate(right))
    _, scale, beliefs, right = best
    weights = fit(cases, options.ridge)
    weights.ties = weights.ties * (0 if "neighbours" in left_out else scale)
    points = calibration(beliefs, right)
    text = document(weights, names, cases[0].states, points, options.version)
    with open(options.output, "w", encoding="utf-8") as file:
        json.dump(text, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
