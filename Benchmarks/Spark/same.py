#!/usr/bin/env python3
"""Compares answers of two programs: same.py components|pagerank OURS THEIRS

OURS is the table that `clew graph` writes, THEIRS lines of node, tab, value in rising order of the node.
Components have to part the nodes in the same way. PageRank of others has other rules for nodes without outgoing
edges: told are the middle and the extremes of the scores' ratio, and how many of the first hundred are the same.
"""
import sys


def rows(path, has_header):
    with open(path, encoding="utf-8") as table:
        if has_header:
            next(table)
        for line in table:
            node, value = line.rstrip("\n").split("\t")
            yield int(node), value


def main(measure, ours, theirs):
    number_of, name_of, count, ratios, first = {}, {}, 0, [], ([], [])
    for (a, x), (b, y) in zip(rows(ours, True), rows(theirs, False), strict=True):
        if a != b:
            sys.exit(f"other nodes: {a}, {b}")
        count += 1
        if measure == "components":
            if number_of.setdefault(y, x) != x or name_of.setdefault(x, y) != y:
                sys.exit(f"node {a} is in another component")
        else:
            ratios.append(float(x) / float(y))
            first[0].append((-int(x), a))
            first[1].append((-float(y), a))
    if measure == "components":
        print(f"{count} nodes, {len(number_of)} components: equal")
        return
    ratios.sort()
    middle = ratios[len(ratios) // 2]
    best = [set(node for _, node in sorted(scores)[:100]) for scores in first]
    print(f"{count} nodes: ratio of scores from {ratios[0] / middle:.4f} to {ratios[-1] / middle:.4f} of its middle; "
          f"{len(best[0] & best[1])} of the first 100 are the same")


main(*sys.argv[1:])
