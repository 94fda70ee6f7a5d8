"""Why findings are wrong: what validation.py counts in the single errors of clew score.

Counted are people who exchange a message with a supplier or buyer in the exports, and links in which a message is
exchanged there, as in the figures.
"""
AGENTS = ("firstLevelAgent", "secondLevelAgent", "subAgent")


class Seen:
    """What the exports of one case show of the truth."""

    def __init__(self, case):
        people = {row["party"]: row for row in case.rows("parties.csv")}
        self.role = {person: row["role"] for person, row in people.items()}
        self.sells, self.buys, self.chats, self.in_line = set(), set(), set(), set()
        self.pairs = set()
        for link in case.rows("supply.csv"):
            supplier, buyer = link["supplier"], link["buyer"]
            self.pairs.add((supplier, buyer))
            if int(link["messages_seen"]) > 0:
                self.chats.update((supplier, buyer))
            if link["seen"] != "1":
                continue
            self.sells.add(supplier)
            self.buys.add(buyer)
            # Who is supplied by his own line, or supplies it as a source, shows his line.
            if people[supplier]["line"] == people[buyer]["line"]:
                self.in_line.add(buyer)
                if people[supplier]["role"] == "source":
                    self.in_line.add(supplier)
        self.in_line.update(p for p, role in self.role.items() if role == "firstLevelAgent")


def counted(cases, kind_of):
    """How many errors there are of each kind; an error whose kind is None is not counted."""
    kinds = {}
    for case in cases:
        seen, errors = Seen(case), case.errors()
        wrong = {(error["error"], error["person"], error["other"]) for error in errors}
        for error in errors:
            kind = kind_of(error, seen, wrong)
            if kind:
                kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def role(error, seen, wrong):
    if error["error"] != "role" or error["person"] not in seen.chats:
        return None
    person, truth, found = error["person"], error["truth"], error["found"].split(" ")[0]
    if found in ("outsider", "missing"):
        return "unlinked"
    if found == "undetermined":
        return "undetermined"
    if truth in AGENTS and found == "customer":
        return "salesSeen" if person in seen.sells else "salesUnseen"
    if truth in AGENTS and found == "source":
        return "supplierSeen" if person in seen.buys else "supplierUnseen"
    if truth in AGENTS:
        return "level"
    return "customer" if truth == "customer" else "source"


def tier(error, seen, wrong):
    if error["error"] != "tier" or error["person"] not in seen.chats:
        return None
    if error["found"] == "none":
        return "none"
    if ("role", error["person"], "") in wrong:
        return "role"
    return "customer" if seen.role.get(error["person"]) == "customer" else "agent"


def line(error, seen, wrong):
    if error["error"] != "line" or error["person"] not in seen.chats:
        return None
    if error["found"] == "none":
        return "none"
    return "shown" if error["person"] in seen.in_line else "hidden"


def missed_link(error, seen, wrong):
    if error["error"] != "missedLink" or int(error["messages"]) == 0:
        return None
    return "paid" if int(error["payments"]) > 0 else "unpaid"


def false_link(error, seen, wrong):
    if error["error"] != "falseLink":
        return None
    if error["truth"].endswith(" turned"):
        return "turned"
    ends = error["truth"].split(">")
    return "bystander" if "outsider" in ends or "nobody" in ends else "strangers"


def missed_cross(error, seen, wrong):
    if error["error"] != "missedCross" or int(error["messages"]) == 0:
        return None
    missed = ("missedLink", error["person"], error["other"]) in wrong
    return "link" if missed else "line"


def false_cross(error, seen, wrong):
    if error["error"] != "falseCross":
        return None
    return "within" if (error["person"], error["other"]) in seen.pairs else "invented"
