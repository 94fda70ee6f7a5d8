"""The words of docs/validation.md; validation.py fills in the figures."""

HEAD = """
<!-- Written by Scripts/validate.sh (make validate): change the script, not this page. -->
# How often Clew is right

This page says how often the findings of Clew are right, how that was measured, and what the figures do not show. It is
written by one command, `make validate`, which anybody can run again: same version, same bytes.

Measured: Clew {version}, with {model}.
No real case of known truth may be published, so all cases are invented.

## In short

Means over the seeds, and the bound that each is to reach; what falls short of it is bold.
"""

CASES = """
## The cases

`clew simulate` invents a trade and writes what the seized phones, computers and returns would hold, as raw exports. A seed
decides everything. The presets differ in what was seized and in how clearly people write: in `clean` everything is in the
exports; `field` is meant to be what a search leaves; in `sparse` half of that was seized, and twice as much is vague, paid
in cash or sent as a picture. `large` is `field` with more lines. Share of the phones of each role that were seized:
"""

HOW = """
## How it was measured

1. The raw exports go through `clew import` and nothing else: no row is handed over in any other way.
2. `clew score` runs the analysis that `clew analyze` runs, and then compares the findings with the truth. The truth
   lies in a folder of its own, which import and analysis never open.
3. All weights were fitted on seeds from 101 on ([roles.md](roles.md)). {apart}

Counted are people with at least one message in the exports, and links in which a message was exchanged there. A table
below adds those who appear by payments only.

*Mean* and *worst* are those of the seeds. The interval is that of the mean: the seeds are drawn again 10,000 times by a
fixed seed (bootstrap, 2.5 and 97.5 of 100); it is left out for fewer than five seeds. It says how far chance among such
cases moves the mean. It does not say how far real cases differ from invented ones. *Macro F1* is the mean over the five
roles, so that ten principals count as much as a hundred customers. *ARI* is the adjusted Rand index of the lines as
groups: 1 where they are equal, about 0 by chance. Of *all accounts* of a person some are tied by nothing that was seized,
so that nobody could join them; the bound is held against those that are tied.
"""

APART = "None of the seeds on this page is among them."
NOT_APART = "**Some of the seeds on this page are among them: their figures are too good.**"

WITH_PAYMENTS = """
### With those who appear by payments only

A payment with no word said beside it shows no goods, and makes no link. People and links with a message *or* a payment in
the exports:
"""

ACCUSED = """
## Bystanders who are accused

Relatives, couriers, shops and colleagues are in the exports too, some with talk and payments that look like the trade.
The interval is exact (Clopper and Pearson); for 0 of *n* its upper end is 3.7 / *n* (the rule of three, 3 / *n*, is that of
an interval with one end).
"""

CALIBRATION = """
## Whether confidences are earned

Each role, tier and line comes with a confidence. Of the findings that were given .9, nine in ten should be right. A line
is right if somebody who leads the found one leads the person's own. All seeds together; intervals are exact (Clopper and
Pearson). The Brier score is the mean square of confidence less outcome: 0 is best, .25 is a coin; its interval comes from
drawing the cases again.
"""

ABLATION = """
## What each kind of evidence is worth

Each kind was left out in turn (`clew score --without KIND`), on seeds {seeds} of `field`. What is left out never enters,
so that all that rests on it is gone too: without orders nothing answers an order. The first row holds the figures with all
evidence, the others by how much they change. The weights were not fitted anew: what is left could be weighed
better, so that the losses are rather overstated. A kind that loses little alone may carry much where others are
missing: several say the same of one person. Goods must be seen for a link, so that hardly any is left without
deliveries; a change of less than .01 may be chance.
"""

KINDS = [
    ("orders", "orders"),
    ("deliveries", "deliveries"),
    ("payload", "shared payload"),
    ("payments", "payments"),
    ("offers", "offers and prices quoted"),
    ("labels", "labels"),
    ("trades", "stated sales"),
    ("prices", "the price ladder"),
    ("gaps", "orders at both ends of a gap"),
    ("pace", "pace of answers"),
    ("groups", "group chats"),
    ("flows", "money from and to others"),
    ("weak", "signs too few for a link"),
    ("neighbours", "what neighbours are believed to be"),
    ("weights", "weighing at all: the rules alone"),
]

PUBLISHED = """
## Published cases

The data set `nine-lines` rebuilds a published case of nine lines: people, tiers, lines and cross-links are
those of the report, chats and payments are invented. As `clew score` finds it:
"""

ERRORS = """
The eight small cases (`insider-trio` to `small-offences`) are exact: a test requires that everybody who trades has his
role and tier, that no link is missed or invented, and that the published sums and counts come out.

Seven cases of the press, of which only *who supplied whom* is known, serve as a test of direction: given as stated sales
(`cn-record-trade-cases`), every link keeps its direction, and the order of the tiers agrees with the reports at least
as well as trophic levels do. Published networks of calls, mail and advice test the opposite: no supplier comes of talk.

## What is wrong

What `clew score --errors` lists, by kind, of people and links with a message in the exports.
"""

MOST = """
What makes up most of it:
"""

ROLES = {
    "salesUnseen": "an agent called customer, no sale of his in the exports",
    "salesSeen": "an agent called customer, though a sale is in the exports",
    "supplierUnseen": "an agent called source, no purchase of his in the exports",
    "supplierSeen": "an agent called source, though a purchase is in the exports",
    "level": "an agent on the wrong level",
    "customer": "a customer called agent or source",
    "source": "a source called agent or customer",
    "unlinked": "somebody who trades, none of whose links is found",
    "undetermined": "no role given",
}

TIERS = {
    "none": "no tier, for none of his links is found",
    "role": "the role is wrong as well",
    "customer": "a customer, right as such, below an agent on a wrong tier",
    "agent": "an agent, right as such, on a wrong tier",
}

LINES = {
    "none": "no line given",
    "shown": "another line, though the exports show his own",
    "hidden": "another line; the exports show no supply from his own",
}

MISSED = {
    "unpaid": "no payment is in the exports",
    "paid": "payments are in the exports as well",
}

FALSE = {
    "turned": "found the wrong way round",
    "bystander": "with a bystander, or with nobody",
    "strangers": "between two who trade, but not so with each other",
}

MISSED_CROSS = {
    "link": "the link itself is missed",
    "line": "the link is found, a line of its ends is wrong or missing",
}

FALSE_CROSS = {
    "within": "a true link within one line",
    "invented": "no link at all",
}

MORE = """
## What would close it

Most of what is wrong is not in the exports. The same presets and seeds with one thing more seized say how much each would
help, as means of seeds {seeds}; a seed draws other people when its parameters change, so that differences below .02
say nothing.
"""

MORE_KINDS = [
    ("second", "the phones of all second-level agents"),
    ("subs", "the phones of all agents further down"),
    ("returns", "the payment returns of all who trade"),
    ("accounts", "nothing more, if nobody had a second account"),
]

UNSEEN = """
## Supply of which no dealing is seen

What `clew show`, `gaps` and the picture state as inferred ([measures.md](measures.md)): how often goods really went from
the one to the other, directly or over others, and how often both are one person under two names that nothing ties. Between
two who bear one name nothing is stated; invented traders share no names, so that it costs nothing here, and may elsewhere.
"""

LIMITS = """
## What these figures do not show

- **One generator.** All cases come from one program, written by those who wrote the analysis. Its people order,
  deliver, pay and quarrel in the ways that its authors knew from published cases. Dealers with other habits will be found
  less often; how much less, nobody can say from these figures.
- **One language.** People write Chinese, in eleven registers. A share of the phrases holds no word of the list
  (`--unknown-wording`), but code words that nobody has listed will hide more than that. Other languages are not read.
- **What was seized.** The presets are guesses of what a search finds. Where fewer phones are seized than in `sparse`,
  expect worse.
- **Formats.** Exports are written as the formats are known. A tool that writes its exports otherwise may lose rows; those are
  listed, but not in these figures.
- **Ten seeds.** The worst of ten is not the worst that there is.
- **Weights are judgement or fit.** The points that make a link were set by hand, those of roles were fitted on the same
  kind of cases. Neither was checked on a judged case.

## What a court should not conclude

- That a finding is right because most are. The figures speak of many findings; whether *this* one holds is seen from its
  records alone: `clew show` lists them, for and against.
- That a confidence is the probability of guilt. It says how often findings like this one were right in invented cases.
- That a person is a source because no supplier is seen, or a customer because no sale is. A phone that nobody seized
  hides both. `clew gaps` says whose phone would settle it.
- That a person without a finding is innocent. Who is known by payments only, or by talk without goods, gets none.
- That two accounts are two persons because they stand apart. Accounts join on hard evidence only, so that one person
  may stay two parties.
- That a line is an organisation. It says through whom most of the supply came, not who gave orders.
"""
