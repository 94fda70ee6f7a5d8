#!/usr/bin/env python3
"""Fits the weights of the role model on invented cases of which the truth is known.

    clew score CASE --truth DIR --roles CASE.samples     once for each case to fit on
    Scripts/fit-roles.py -o Sources/ClewChain/Roles/role-weights.json *.samples

Fit on seeds other than those whose error rates are reported. Needs numpy and scipy; the program itself
needs neither.

The model is that of RoleModel.swift: the log-odds of each state of a trader are the sum of its features
times their weights, those that all views share and those of its own view, less what the prices cost,
plus what the states of its suppliers and buyers add, those divided by the square root of their number.
Traders whose rule rests on whole evidence are fixed and teach nothing but what is beside them.

Weights are those under which the beliefs of the relaxation itself are likeliest to be right, with a ridge:
the gradient goes back through all its rounds (J. Domke, "Learning graphical model parameters with
approximate marginal inference", IEEE TPAMI 35(10), 2013). Pseudo-likelihood, which takes the states of the
neighbours as known, only says where to begin: weights that are best for true neighbours talk each other
into error when neighbours are merely believed, the more so the more cases there are. How often a belief is
right is measured by leaving out a quarter of the cases in turn. Nothing here is random.
"""
import argparse
import json
import os
import sys

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

TIES = ["main", "minor", "mutual"]
VIEWS = ["sells", "sellsSeized", "resells", "resellsSeized", "buys", "buysSeized"]
ROLES = ["source", "firstLevelAgent", "secondLevelAgent", "subAgent", "customer"]
STATES = ["source", "tier1", "tier2", "tier3", "tier4", "customer"]
ROUNDS = 12
BEYOND = 1e6
# What outvotes the rule where the other half of the trade is not more than suggested, and where nothing
# speaks of it.
LIKELY = 0.7
SURE = 0.9
# The least share that counts as such in a logarithm.
LEAST = 1e-6


def features(path="Sources/ClewChain/Roles/RoleFeature.swift"):
    """The names of the features, in their order."""
    names = []
    with open(path, encoding="utf-8") as source:
        for line in source:
            if line.startswith("public enum RoleView"):
                break
            if line.strip().startswith("case ") and ":" not in line and "." not in line:
                names.append(line.split()[1])
    return names


class Case:
    """What the model saw of one case, as matrices."""

    def __init__(self, path, names, left_out):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        assert data["states"] == STATES
        self.name = os.path.basename(path).removesuffix(".samples")
        traders = data["traders"]
        count = len(traders)
        place = {name: number for number, name in enumerate(names)}
        self.x = np.zeros((count, len(names)))
        for row, trader in enumerate(traders):
            for name, value in trader["features"].items():
                if name not in left_out:
                    self.x[row, place[name]] = value / 1000
        self.misfit = np.stack(
            [
                -np.array([t[side] for t in traders], dtype=float).reshape(count, len(STATES)) / 1000
                for side in ("asks", "pays")
            ],
            axis=2,
        )
        if "prices" in left_out:
            self.misfit[:] = 0
        number = {state: place for place, state in enumerate(STATES)}
        self.y = np.array([number.get(t["truth"], -1) for t in traders], dtype=int)
        self.leading = np.array([t["isLeading"] for t in traders], dtype=bool)
        self.judged = self.leading & np.array([t["isChatSeen"] for t in traders], dtype=bool)
        self.nobody = np.array([not t["isKnown"] for t in traders], dtype=bool)
        self.view = np.array([VIEWS.index(t["view"]) for t in traders], dtype=int)
        self.absent = data["absent"]
        ruled = [(t["ruled"] + " ").split(" ") for t in traders]
        self.rule = [ROLES.index(r[0]) if r[0] in ROLES else -1 for r in ruled]
        self.proven = np.array([t["isProven"] and r[1] != "" for t, r in zip(traders, ruled)], bool)
        self.other_half = [t["otherHalf"] for t in traders]
        self.fixed = np.zeros((count, len(STATES)))
        for row in np.where(self.proven)[0]:
            self.fixed[row, min(4, int(ruled[row][1]))] = BEYOND
        # Where no export names its owner the rules decide alone.
        self.is_weighed = any(view % 2 == 1 for view in self.view)
        bonds = data["bonds"]
        self.supplier = np.array([b[0] for b in bonds], dtype=int)
        self.buyer = np.array([b[1] for b in bonds], dtype=int)
        self.tie = np.array([TIES.index(b[2]) for b in bonds], dtype=int)
        self.above = 1 / np.sqrt(np.maximum(1, np.bincount(self.buyer, minlength=count)))
        self.below = 1 / np.sqrt(np.maximum(1, np.bincount(self.supplier, minlength=count)))


class Weights:
    """The weights, packed into one vector for the fit."""

    def __init__(self, vector, width):
        states, one = len(STATES), width * len(STATES)
        self.features = vector[:one].reshape(width, states)
        self.views = vector[one : 7 * one].reshape(len(VIEWS), width, states)
        self.prices = vector[7 * one : 7 * one + 2]
        self.ties = vector[7 * one + 2 :].reshape(len(TIES), states, states)

    def flat(self):
        parts = (self.features, self.views, self.prices, self.ties)
        return np.concatenate([part.ravel() for part in parts])

    @staticmethod
    def size(width):
        return 7 * width * len(STATES) + 2 + len(TIES) * len(STATES) ** 2


def shares(values):
    values = values - values.max(axis=1, keepdims=True)
    powers = np.exp(values)
    return powers / powers.sum(axis=1, keepdims=True)


class Market:
    """All cases as one graph without links between them, and what the fit asks of it again and again."""

    def __init__(self, cases):
        states = len(STATES)
        self.x = np.vstack([case.x for case in cases])
        self.misfit = np.vstack([case.misfit for case in cases])
        self.fixed = np.vstack([case.fixed for case in cases])
        self.proven = np.concatenate([case.proven for case in cases])
        y = np.concatenate([case.y for case in cases])
        known = y >= 0
        self.true = np.zeros((len(y), states))
        self.true[known, y[known]] = 1
        # A party that is a part of somebody counts half.
        leading = np.concatenate([case.leading for case in cases])
        self.count = np.where(known & ~self.proven, np.where(leading, 1.0, 0.5), 0.0)
        view = np.concatenate([case.view for case in cases])
        self.rows = [np.where(view == place)[0] for place in range(len(VIEWS))]
        starts = np.cumsum([0] + [len(case.y) for case in cases])
        tie = np.concatenate([case.tie for case in cases])
        supplier = np.concatenate([case.supplier + start for case, start in zip(cases, starts)])
        buyer = np.concatenate([case.buyer + start for case, start in zip(cases, starts)])
        above = np.concatenate([case.above for case in cases])
        below = np.concatenate([case.below for case in cases])
        size = (len(y), len(y))
        self.over, self.under = [], []
        for kind in range(len(TIES)):
            up, down = supplier[tie == kind], buyer[tie == kind]
            self.over.append(csr_matrix((above[down], (down, up)), shape=size))
            self.under.append(csr_matrix((below[up], (up, down)), shape=size))

    def own(self, weights):
        alone = self.x @ weights.features
        for view, members in enumerate(self.rows):
            alone[members] += self.x[members] @ weights.views[view]
        return np.where(self.proven[:, None], self.fixed, alone + self.misfit @ weights.prices)

    def others(self, weights, belief):
        return sum(
            over @ (belief @ ties) + under @ (belief @ ties.T)
            for over, under, ties in zip(self.over, self.under, weights.ties)
        )

    def learn(self, gradient, off):
        """What the own evidence has to do with errors in the log-odds."""
        gradient.features += self.x.T @ off
        for view, members in enumerate(self.rows):
            gradient.views[view] += self.x[members].T @ off[members]
        gradient.prices += np.einsum("nsj,ns->j", self.misfit, off)

    def learn_ties(self, gradient, belief, off):
        """What the ties have to do with errors in the log-odds; the same of the beliefs beside them."""
        for kind, ties in enumerate(gradient.ties):
            ties += belief.T @ (self.over[kind].T @ off) + (self.under[kind].T @ off).T @ belief

    def back(self, weights, off):
        return sum(
            (over.T @ off) @ ties.T + (under.T @ off) @ ties
            for over, under, ties in zip(self.over, self.under, weights.ties)
        )


def relax(case, weights):
    """The beliefs, as RoleBeliefs.swift computes them."""
    market = Market([case])
    own = market.own(weights)
    belief = shares(own)
    for _ in range(ROUNDS):
        belief = (belief + shares(own + market.others(weights, belief))) / 2
    return belief


def pseudo_loss(market, width, beside):
    """The loss of one look at neighbours of whom something is known."""
    def loss(vector):
        weights, gradient = Weights(vector, width), Weights(np.zeros(len(vector)), width)
        found = shares(market.own(weights) + market.others(weights, beside))
        off = (found - market.true) * market.count[:, None]
        market.learn(gradient, off)
        market.learn_ties(gradient, beside, off)
        right = (found * market.true).sum(axis=1)
        return -(market.count * np.log(right + LEAST)).sum(), gradient.flat()
    return loss


def relaxed_loss(market, width):
    """The loss of what the relaxation believes in the end."""
    def loss(vector):
        weights, gradient = Weights(vector, width), Weights(np.zeros(len(vector)), width)
        own = market.own(weights)
        first = belief = shares(own)
        rounds = []
        for _ in range(ROUNDS):
            said = shares(own + market.others(weights, belief))
            rounds.append((belief, said))
            belief = (belief + said) / 2
        right = (belief * market.true).sum(axis=1) + LEAST
        toward = -(market.count / right)[:, None] * market.true
        off = np.zeros_like(own)
        for before, said in reversed(rounds):
            turned = through_shares(said, toward / 2)
            off += turned
            market.learn_ties(gradient, before, turned)
            toward = toward / 2 + market.back(weights, turned)
        off += through_shares(first, toward)
        off[market.proven] = 0
        market.learn(gradient, off)
        return -(market.count * np.log(right)).sum(), gradient.flat()
    return loss


def through_shares(found, toward):
    return found * (toward - (toward * found).sum(axis=1, keepdims=True))


def fit(cases, names, options):
    width, states = len(names), len(STATES)
    one, size = width * states, Weights.size(width)
    ridge = np.empty(size)
    ridge[:one] = options.ridge
    ridge[one : 7 * one] = options.ridge_views
    ridge[7 * one : 7 * one + 2] = options.ridge
    ridge[7 * one + 2 :] = options.ridge_ties
    bounds = [(None, None)] * (7 * one) + [(0, None)] * 2
    bounds += [(0, 0) if options.alone else (None, None)] * (len(TIES) * states * states)
    market = Market(cases)

    def least(loss, vector):
        def whole(vector):
            value, slope = loss(vector)
            return value + (ridge * vector**2).sum(), slope + 2 * ridge * vector
        return minimize(whole, vector, jac=True, method="L-BFGS-B", bounds=bounds,
                        options={"maxiter": 200}).x

    doubtful = (market.true + 1 / states) / 2
    vector = least(pseudo_loss(market, width, doubtful), np.zeros(size))
    return Weights(least(relaxed_loss(market, width), vector), width)


def roles(belief):
    """The beliefs in the five roles: the last two agents are one."""
    return np.stack(
        [belief[:, 0], belief[:, 1], belief[:, 2], belief[:, 3] + belief[:, 4], belief[:, 5]],
        axis=1,
    )


def decide(case, belief):
    """The roles given, as RoleDecisions.swift gives them; -1 for none."""
    found = roles(belief)
    given = []
    for row, rule in enumerate(case.rule):
        best = int(found[row].argmax())
        likelihood = found[row, rule] if rule >= 0 else 0
        role = rule
        if best != rule and found[row, best] >= max(0.5, 1.5 * likelihood):
            role = best
        if found[row, best] < 0.4:
            role = -1
        half = case.other_half[row]
        enough = {"heard": 0, "suggested": LIKELY, "unheard": SURE}[half]
        held = found[row, best] < enough or (half == "unheard" and case.view[row] % 2 == 1)
        given.append(rule if case.proven[row] or held or not case.is_weighed else role)
    return np.array(given, dtype=int)


def judge(case, given):
    """Macro F1 of the roles, over the people whom `clew score` judges by their chats."""
    true = np.where(case.y >= 4, case.y - 1, case.y)
    absent = [case.absent.get(state, 0) for state in STATES]
    absent = absent[:3] + [absent[3] + absent[4], absent[5]]
    scores = []
    for role in range(len(ROLES)):
        wanted = (case.judged & (true == role)).sum() + absent[role]
        found = ((case.judged | case.nobody) & (given == role)).sum()
        hits = (case.judged & (true == role) & (given == role)).sum()
        if wanted:
            scores.append(2 * hits / (wanted + found))
    return float(np.mean(scores)) if scores else 1.0


def isotonic(beliefs, right):
    """How often a belief is right, never falling as it rises (pool adjacent violators)."""
    blocks = []
    for place in np.argsort(beliefs, kind="stable"):
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
        # A block of few cases is drawn towards a half, which must not turn the order.
        lowest = points[-1]["right"] if points else 0
        points.append({"from": mark, "right": max(lowest, int(round(1000 * share)))})
    return points


def table(rows, names):
    """Weights in thousandths; those that are 0 are left out."""
    found = {}
    for name, row in zip(names, rows):
        line = {s: int(round(1000 * v)) for s, v in zip(STATES, row) if round(1000 * v) != 0}
        if line:
            found[name] = line
    return found


def document(weights, names, points, version):
    return {
        "version": version,
        "features": table(weights.features, names),
        "views": {view: table(weights.views[place], names) for place, view in enumerate(VIEWS)},
        "asks": int(round(1000 * weights.prices[0])),
        "pays": int(round(1000 * weights.prices[1])),
        "ties": {tie: table(weights.ties[place], STATES) for place, tie in enumerate(TIES)},
        "calibration": points,
    }


def cross_validate(cases, names, options, parts=4):
    """The beliefs in each case from weights that were fitted without it."""
    kinds = {}
    for case in cases:
        kinds.setdefault(case.name.rsplit("-", 1)[0], []).append(case)
    order = [case for kind in sorted(kinds) for case in kinds[kind]]
    beliefs = {}
    for part in range(parts):
        left = order[part::parts]
        weights = fit([c for c in order if c not in left], names, options)
        for case in left:
            beliefs[case.name] = relax(case, weights)
    for kind, members in sorted(kinds.items()):
        given = [decide(c, beliefs[c.name]) for c in members]
        scores = [judge(c, roles) for c, roles in zip(members, given)]
        text = f"{kind}: macro F1 {np.mean(scores):.3f}, worst {min(scores):.3f}, {len(scores)} cases"
        for name, states in (("customers", [5]), ("agents", [1, 2, 3, 4])):
            rows = [c.judged & np.isin(c.y, states) for c in members]
            called = sum(int(np.isin(g[r], [1, 2, 3]).sum()) for g, r in zip(given, rows))
            text += f"; {called} of {sum(int(r.sum()) for r in rows)} {name} called agents"
        print(text, file=sys.stderr)
    return beliefs


def main():
    parser = argparse.ArgumentParser(description="Fits the weights of the role model.")
    parser.add_argument("samples", nargs="+")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--version", default="clew-roles/5")
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--ridge-views", type=float, default=3.0)
    parser.add_argument("--ridge-ties", type=float, default=1.5)
    parser.add_argument("--without", default="",
                        help="evidence to leave out, for ablation: features, prices, neighbours")
    options = parser.parse_args()
    names = features()
    left_out = set(filter(None, options.without.split(",")))
    options.alone = "neighbours" in left_out
    cases = [Case(path, names, left_out) for path in sorted(options.samples)]
    cases = [case for case in cases if len(case.y)]
    beliefs = cross_validate(cases, names, options)
    sure, right = [], []
    for case in cases:
        found = roles(beliefs[case.name])
        true = np.where(case.y >= 4, case.y - 1, case.y)
        rows = case.judged & (true >= 0) & ~case.proven
        sure.append(found[rows].max(axis=1))
        right.append((found.argmax(axis=1) == true)[rows])
    points = calibration(np.concatenate(sure), np.concatenate(right))
    weights = fit(cases, names, options)
    text = json.dumps(document(weights, names, points, options.version), indent=1)
    with open(options.output, "w", encoding="utf-8") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    main()
