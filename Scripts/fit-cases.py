#!/usr/bin/env python3
"""Makes the invented cases on which the role model is fitted, and writes what it sees of each.

    Scripts/fit-cases.py --clew .build/release/clew -o fit
    Scripts/fit-roles.py -o Sources/ClewChain/Roles/role-weights.json fit/*.samples

Large cases come from the presets; small ones have one or two lines and few people, half of them with every
phone seized. All seeds are above 100: error rates are reported on seeds 1 to 10. What is there already is
kept; --again only analyses the cases anew, after a change of the analysis.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys

LARGE = [("field", s) for s in (101, 102, 103, 107, 108, 109, 110)]
LARGE += [("sparse", s) for s in (101, 102, 103, 105, 106, 107, 108)]
LARGE += [("clean", s) for s in (101, 102)]
SMALL = range(1001, 1061)


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
