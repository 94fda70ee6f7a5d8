#!/usr/bin/env python3
"""Makes the invented cases on which the role model is fitted, and writes what it sees of each.

    Scripts/fit-cases.py --clew .build/release/clew -o fit
    Scripts/fit-roles.py -o Sources/ClewChain/Roles/role-weights.json fit/*.samples

Large cases come from the presets; small ones have one or two lines and few people, half of them with every
phone seized; in others people deal otherwise than in the presets, so that the weights do not take a habit of the presets for
a law. All seeds are above 100: error rates are reported on seeds 1 to 10. What is there already is
kept; --again only analyses the cases anew, after a change of the analysis.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys

LARGE = [("field", s) for s in (101, 102, 103, *range(107, 131))]
LARGE += [("sparse", s) for s in (101, 102, 103, *range(105, 131))]
LARGE += [("clean", s) for s in (101, 102)]
SMALL = range(1001, 1101)
# Those from 1130 to 1140 chose rules.
STYLES = [*range(1101, 1130), *range(1141, 1201)]


def small(seed):
    """The options of a small case; they depend on the seed only."""
    dice = random.Random(seed)
    whole = dice.random() < 0.5
    preset = "clean" if whole else dice.choice(["field", "field", "sparse"])
    options = ["--preset", preset, "--seed", str(seed)]
    for name, choices in (
        ("lines", [1, 1, 1, 2]), ("sources-per-category", [1]), ("lines-per-source", [1, 2]),
        ("seconds-per-line", [1, 1, 2, 3]), ("subs-per-line", [0, 1, 2, 3]),
        ("customers-per-line", [1, 2, 4, 8]), ("exchange-groups", [0]),
        ("groups-per-line", [0, 1]), ("markup", [20, 30, 45, 60, 100]),
        ("days", [60, 150, 270]), ("orders-per-link", [2, 3, 5]),
    ):
        value = choices[0] if len(choices) == 1 else dice.choice(choices)
        options += ["--" + name, str(value)]
    if not whole:
        for role in ("sources", "first", "second", "subs", "customers"):
            options += ["--seized-" + role, str(dice.choice([0, 30, 60, 100, 100]))]
    return options


def style(seed):
    """The options of a case whose people deal otherwise: customers who buy more than agents or less,
    of many kinds or one, at the agents' price or a higher one; one hub or several lines."""
    dice = random.Random(seed)
    options = ["--preset", dice.choice(["clean", "field", "field", "sparse"]), "--seed", str(seed)]
    for name, choices in (
        ("lines", [1, 2, 3]), ("sources-per-category", [1, 2]), ("lines-per-source", [1, 2, 3]),
        ("seconds-per-line", [1, 3, 6, 12]), ("subs-per-line", [0, 2, 6]),
        ("customers-per-line", [5, 20, 60]), ("exchange-groups", [0, 2]),
        ("groups-per-line", [0, 1, 2]), ("markup", [20, 45, 100]),
        ("days", [60, 150, 270, 500]), ("orders-per-link", [2, 3, 6]),
        ("customer-orders", [30, 100, 200, 400, 800]), ("customer-kinds", [1, 3, 6]),
        ("retail", [0, 0, 30, 80]), ("second-suppliers", [5, 20, 50]), ("bulk", [10, 40, 90]),
        ("delay", [50, 100, 300]), ("cash", [5, 20, 60]), ("labels", [10, 30, 60]),
    ):
        options += ["--" + name, str(dice.choice(choices))]
    for role in ("sources", "first", "second", "subs", "customers"):
        options += ["--seized-" + role, str(dice.choice([0, 20, 50, 80]))]
    return options


def make(clew, folder, options):
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([clew, "simulate", *options, "-o", folder], check=True, capture_output=True)
    exports = os.path.join(folder, "exports")
    done = subprocess.run([clew, "import", os.path.join(folder, "case.clew"), exports],
                          capture_output=True)
    if done.returncode not in (0, 2):
        sys.exit(f"{folder}: import ended with {done.returncode}")
    shutil.rmtree(exports)
    open(os.path.join(folder, "done"), "w").close()


def main():
    parser = argparse.ArgumentParser(description="Makes the cases to fit the role model on.")
    parser.add_argument("--clew", required=True, help="the program")
    parser.add_argument("-o", "--output", required=True, help="the folder of the cases")
    parser.add_argument("--again", action="store_true", help="analyse all cases anew")
    options = parser.parse_args()
    cases = [(f"{p}-{s}", ["--preset", p, "--seed", str(s)]) for p, s in LARGE]
    cases += [(f"small-{seed}", small(seed)) for seed in SMALL]
    cases += [(f"style-{seed}", style(seed)) for seed in STYLES]
    os.makedirs(options.output, exist_ok=True)
    for name, choices in cases:
        folder = os.path.join(options.output, name)
        samples = folder + ".samples"
        if not os.path.exists(os.path.join(folder, "done")):
            make(options.clew, folder, choices)
        elif os.path.exists(samples) and not options.again:
            continue
        subprocess.run(
            [options.clew, "score", os.path.join(folder, "case.clew"), "--truth",
             os.path.join(folder, "truth"), "--roles", samples],
            check=True, stdout=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    main()
