#!/usr/bin/env python3
"""Writes docs/validation.md from the results that Scripts/validate.sh has collected.

    Scripts/validation.py --version VERSION --folder out/validation field-1 field-2 …  > docs/validation.md

The same results give the same bytes: no date, no host, no duration, no path of a case enters.
"""
import argparse
import os
import sys
import textwrap

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import validation_errors as causes  # noqa: E402
import validation_figures as figures  # noqa: E402
import validation_text as words  # noqa: E402

# The fit uses seeds above this one (Scripts/fit-cases.py).
LAST_SEED = 100
PRESETS = ["clean", "field", "sparse", "large"]

# What is reported: title, name and base in clew score, the bound of each preset. People and links are those
# with at least one message in the exports ("chats").
MEASURES = [
    ("supply links, precision", "supply.precision", "chats", {}),
    ("supply links, recall", "supply.recall", "chats", {}),
    ("**supply links, F1**", "supply.f1", "chats",
     {"field": .96, "sparse": .92, "clean": .99, "large": .96}),
    ("**roles, macro F1**", "role.macro.f1", "chats",
     {"field": .93, "sparse": .88, "clean": .98, "large": .93}),
    ("source, F1", "role.source.f1", "chats", {}),
    ("first-level agent, F1", "role.firstLevelAgent.f1", "chats", {}),
    ("second-level agent, F1", "role.secondLevelAgent.f1", "chats", {}),
    ("agent further down, F1", "role.subAgent.f1", "chats", {}),
    ("customer, F1", "role.customer.f1", "chats", {}),
    ("**tier exactly right**", "tier.exact", "chats",
     {"field": .87, "sparse": .82, "clean": .97, "large": .87}),
    ("**lines, ARI**", "lines.ari", "chats",
     {"field": .92, "sparse": .86, "clean": .97, "large": .90}),
    ("lines, ARI, of those whose line the exports show", "lines.shown.ari", "chats", {}),
    ("lines, ARI, of those with two thirds of their dealings in one", "lines.clear.ari", "chats", {}),
    ("**cross-links, F1**", "crossLinks.f1", "chats",
     {"field": .88, "sparse": .80, "clean": .97, "large": .88}),
    ("hubs: but-for order, rank correlation", "hubs.butFor.spearman", "chats", {}),
    ("hubs: of the first ten by but-for order", "hubs.top10", "chats", {}),
    ("**identity, F1, of accounts that the exports tie**", "identity.tied.f1", None,
     {"field": .97, "sparse": .95, "clean": .99, "large": .97}),
    ("identity, F1, of all accounts", "identity.f1", None,
     {"field": .97, "sparse": .95, "clean": .99, "large": .97}),
    ("identity, precision", "identity.precision", None, {}),
]
# Nothing in the exports ties these accounts, so that no reader could; the figure is given beside.
NOT_JUDGED = {"identity, F1, of all accounts"}
ACCUSED = {"field": 2, "sparse": 4, "clean": 0, "large": 2}
FIRM = {"field": .88}
ABLATED = [
    ("supply F1", "supply.f1"), ("roles, macro F1", "role.macro.f1"), ("tier", "tier.exact"),
    ("lines, ARI", "lines.ari"), ("cross-links F1", "crossLinks.f1"),
]


def number(value, digits=3):
    return "–" if value is None else f"{value:.{digits}f}"


def signed(value):
    return "0" if round(value, 3) == 0 else f"{value:+.3f}".replace("-", "−")


def verdict(value, bound):
    """Whether a figure is no lower than its bound, by all its digits."""
    if bound is None or value is None:
        return ""
    if value >= bound:
        return "met"
    gap = value - bound
    return f"**not met**, {signed(gap) if round(gap, 3) else 'by less than .0005'}"


def table(header, rows):
    line = "|" + "|".join(["---"] + ["--:"] * (len(header) - 1)) + "|"
    return "\n".join(["| " + " | ".join(row) + " |" for row in [header]] + [line]
                     + ["| " + " | ".join(row) + " |" for row in rows])


def measured(cases):
    """One row for each figure of a preset."""
    preset = cases[0].preset
    rows = []
    for title, name, base, bounds in MEASURES:
        found = figures.values(cases, name, base)
        if not found:
            continue
        bound = bounds.get(preset)
        middle = figures.mean(found)
        span = figures.interval_of_mean(found)
        rows.append([
            title, number(middle), f"{span[0]:.3f} – {span[1]:.3f}" if span else "–",
            number(min(found)), number(bound, 2), verdict(middle, bound),
        ])
    return table(["measure", "mean", "95 % of the mean", "worst", "bound", ""], rows)


def accused(groups):
    rows = []
    for preset, cases in groups:
        for title, name in [
            ("source or agent", "accused.per1000"), ("the same or customer", "accused.orCustomer.per1000"),
        ]:
            part, whole = figures.counts(cases, name, "seen")
            low, high = figures.exact_interval(part, whole)
            bound = ACCUSED[preset]
            rate = 1000 * part / whole if whole else 0
            rows.append([
                f"`{preset}`, {title}", f"{part} of {whole}", f"{rate:.2f}",
                f"{1000 * low:.2f} – {1000 * high:.2f}", str(bound),
                ("met" if rate <= bound else "**not met**")
                + (", and so is the whole interval" if 1000 * high <= bound else ""),
            ])
    return table(["taken for", "bystanders", "of 1,000", "95 %", "bound", ""], rows)


def calibration(groups):
    parts = []
    for preset, cases in groups:
        rows = []
        for start, count, total, right in figures.tenths(cases):
            low, high = figures.exact_interval(right, count)
            rows.append([
                f"{start:.1f} – {start + .1:.1f}", str(count), number(total / count),
                number(right / count), f"{low:.3f} – {high:.3f}",
            ])
        part, whole = figures.counts(cases, "confidence.all.firm")
        share = part / whole if whole else None
        bound = FIRM.get(preset)
        text = f"`{preset}`: of {whole} findings given .9 or more {part} are right ({number(share)}"
        text += f"; bound {bound:.2f}: {verdict(share, bound)})" if bound else ")"
        text += f"; Brier score {number(figures.brier(cases))}"
        span = figures.brier_interval(cases)
        text += f" ({span[0]:.3f} – {span[1]:.3f})." if span else "."
        for kind in figures.KINDS:
            right, count = figures.counts(cases, f"confidence.{kind}.firm")
            if count:
                text += f" {kind.capitalize()}s: {right} of {count} ({number(right / count)})"
                text += f", Brier {number(figures.brier(cases, (kind,)))}."
        text = textwrap.fill(text, 120, break_on_hyphens=False)
        header = ["confidence stated", "findings", "mean stated", "right", "95 %"]
        parts.append(text + "\n\n" + table(header, rows))
    return "\n\n".join(parts)


def ablation(cases):
    cases = [case for case in cases if case.read("without-orders")]
    if not cases:
        return None
    rows = [["all evidence"] + [number(figures.mean(figures.values(cases, name, "chats")))
                                for _, name in ABLATED]]
    for kind, title in words.KINDS:
        scores = [case.read("without-" + kind) for case in cases]
        if not all(scores):
            continue
        row = [title]
        for _, name in ABLATED:
            changes = [
                (figures.value(score, name, "chats") or 0) - (figures.value(case.score, name, "chats") or 0)
                for case, score in zip(cases, scores)
            ]
            row.append(signed(figures.mean(changes)))
        rows.append(row)
    return cases, table(["without"] + [title for title, _ in ABLATED], rows)


def with_more(groups, folder):
    """What more seizures would bring: one row for each, in each preset; None where it was not measured."""
    rows, measured_seeds = [], None
    for preset, cases in groups:
        known = [
            case for case in cases
            if all(has_score(folder, f"{case.name}-{kind}") for kind, _ in words.MORE_KINDS)
        ]
        if not known:
            continue
        measured_seeds = known
        rows.append([f"`{preset}` as it is"] + means(known))
        for kind, title in words.MORE_KINDS:
            rows.append([title] + means([figures.Case(folder, f"{case.name}-{kind}") for case in known]))
    if not rows:
        return None
    return measured_seeds, table(["with"] + [title for title, _ in ABLATED], rows)


def has_score(folder, name):
    return os.path.exists(os.path.join(folder, "results", name, "score.json"))


def means(cases):
    return [number(figures.mean(figures.values(cases, name, "chats"))) for _, name in ABLATED]


def unseen(groups):
    rows = []
    for preset, cases in groups:
        right, whole = figures.counts(cases, "unseenSupply.right")
        one, _ = figures.counts(cases, "unseenSupply.onePerson")
        if not whole:
            continue
        low, high = figures.exact_interval(right, whole)
        rows.append([
            f"`{preset}`", str(whole), f"{right} ({number(right / whole)})", f"{low:.3f} – {high:.3f}",
            str(one), str(whole - right - one),
        ])
    return table(["preset", "stated", "right", "95 %", "one person", "wrong"], rows)


ERRORS = [
    ("wrong roles", causes.role, words.ROLES), ("wrong tiers", causes.tier, words.TIERS),
    ("wrong lines", causes.line, words.LINES),
    ("links that are missed", causes.missed_link, words.MISSED),
    ("links that are false", causes.false_link, words.FALSE),
    ("cross-links that are missed", causes.missed_cross, words.MISSED_CROSS),
    ("cross-links that are false", causes.false_cross, words.FALSE_CROSS),
]


def most(groups):
    """The two commonest kinds of each error, in words; presets with few errors are left out."""
    lines = []
    for preset, cases in groups:
        for title, kind_of, kinds in ERRORS:
            found = causes.counted(cases, kind_of)
            total = sum(found.values())
            if total < 20:
                continue
            order = sorted(found, key=lambda kind: (-found[kind], list(kinds).index(kind)))
            shares = [f"{100 * found[kind] / total:.0f} of 100 {kinds[kind]}" for kind in order[:2]]
            line = f"- `{preset}`, {title}: " + "; ".join(shares) + "."
            lines.append(textwrap.fill(line, 120, subsequent_indent="  ", break_on_hyphens=False))
    return "\n".join(lines)


def errors(groups):
    """What makes up the rest: one column for each preset."""
    rows = []
    for title, kind_of, kinds in ERRORS:
        found = [causes.counted(cases, kind_of) for _, cases in groups]
        rows.append([f"**{title}**"] + [f"**{sum(counts.values())}**" for counts in found])
        for kind, name in kinds.items():
            if any(kind in counts for counts in found):
                rows.append([name] + [str(counts.get(kind, 0)) for counts in found])
    people = [str(sum(case.traders("chats") for case in cases)) for _, cases in groups]
    return table(
        ["all seeds together"] + [f"`{preset}`" for preset, _ in groups],
        [["people with a message"] + people] + rows,
    )


def in_short(groups):
    """The figures with a bound: one row each, one column for each preset."""
    rows = []
    for title, name, base, bounds in MEASURES:
        if not bounds or title in NOT_JUDGED:
            continue
        row = [title.strip("*")]
        for preset, cases in groups:
            found = figures.values(cases, name, base)
            row.append(judged(figures.mean(found) if found else None, bounds[preset]))
        rows.append(row)
    row = ["bystanders accused, of 1,000"]
    for preset, cases in groups:
        part, whole = figures.counts(cases, "accused.per1000", "seen")
        rate = 1000 * part / whole if whole else 0
        text = f"{rate:.2f} of at most {ACCUSED[preset]}"
        row.append(text if rate <= ACCUSED[preset] else f"**{text}**")
    rows.append(row)
    row = ["right, of findings given .9 or more"]
    for preset, cases in groups:
        part, whole = figures.counts(cases, "confidence.all.firm")
        row.append(judged(part / whole if whole else None, FIRM.get(preset)))
    rows.append(row)
    return table([""] + [f"`{preset}`" for preset, _ in groups], rows)


def judged(value, bound):
    if value is None or bound is None:
        return number(value)
    text = f"{value:.3f} of {bound:.2f}"
    return text if value >= bound else f"**{text}**"


def with_payments(groups):
    """The same figures of people and links with a message or a payment."""
    rows = []
    for title, name in ABLATED:
        row = [title]
        for _, cases in groups:
            found = figures.values(cases, name, "dealt")
            row.append(number(figures.mean(found)) if found else "–")
        rows.append(row)
    return table(["mean"] + [f"`{preset}`" for preset, _ in groups], rows)


def presets(groups):
    names = ["seizedSources", "seizedFirst", "seizedSecond", "seizedSubs", "seizedCustomers"]
    rows = []
    for preset, cases in groups:
        given = cases[0].parameters()
        people = [case.traders("chats") for case in cases]
        rows.append(
            [f"`{preset}`", seeds(cases)] + [f"{given[name]} %" for name in names]
            + [str(given["lines"]), str(round(figures.mean(people)))]
        )
    return table(["preset", "seeds", "sources", "first level", "second level", "further agents",
                  "customers", "lines", "people with a message"], rows)


def seeds(cases):
    numbers = sorted(case.seed for case in cases)
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))


def nine_lines(folder):
    case = figures.Case(folder, "nine-lines")
    names = [
        ("supply F1", "supply.f1", "chats"), ("roles, macro F1", "role.macro.f1", "chats"),
        ("tier exactly right", "tier.exact", "chats"), ("lines, ARI", "lines.ari", "chats"),
        ("cross-links F1", "crossLinks.f1", "chats"), ("identity F1", "identity.f1", None),
        ("identity F1, of accounts that the exports tie", "identity.tied.f1", None),
    ]
    rows = [[title, number(figures.value(case.score, name, base))] for title, name, base in names]
    part, whole = figures.counts([case], "accused.per1000", "seen")
    rows.append(["bystanders taken for sources or agents", f"{part} of {whole}"])
    lines = case.score["lines"]
    rows.append(["lines found, with the true principal", f"{lines['right']} of {lines['wanted']}"])
    return table(["nine-lines", ""], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--version", required=True, help="what clew --version says")
    parser.add_argument("--folder", required=True, help="where validate.sh has put cases and results")
    parser.add_argument("cases", nargs="+", help="PRESET-SEED")
    options = parser.parse_args()
    cases = [figures.Case(options.folder, name) for name in options.cases]
    cases.sort(key=lambda case: (PRESETS.index(case.preset), case.seed))
    groups = [(preset, [case for case in cases if case.preset == preset]) for preset in PRESETS]
    groups = [(preset, some) for preset, some in groups if some]
    model = cases[0].score["modelVersion"]
    parts = [words.HEAD.format(version=options.version, model=model), in_short(groups)]
    apart = words.APART if max(case.seed for case in cases) <= LAST_SEED else words.NOT_APART
    parts += [words.CASES, presets(groups), words.HOW.format(apart=apart)]
    for preset, some in groups:
        parts += [f"### `{preset}`, {'seed' if len(some) == 1 else 'seeds'} {seeds(some)}", measured(some)]
    parts += [words.WITH_PAYMENTS, with_payments(groups)]
    parts += [words.ACCUSED, accused(groups), words.CALIBRATION, calibration(groups)]
    without = ablation([case for case in cases if case.preset == "field"])
    if without:
        parts += [words.ABLATION.format(seeds=seeds(without[0])), without[1]]
    parts += [words.PUBLISHED, nine_lines(options.folder), words.ERRORS, errors(groups)]
    parts += [words.MOST, most(groups)]
    more = with_more(groups, options.folder)
    if more:
        parts += [words.MORE.format(seeds=seeds(more[0])), more[1]]
    parts += [words.UNSEEN, unseen(groups), words.LIMITS]
    print("\n\n".join(part.strip("\n") for part in parts))


if __name__ == "__main__":
    main()
