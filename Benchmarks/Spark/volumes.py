#!/usr/bin/env python3
"""How many rows a cluster exchanges for a table of payments, by drawing: volumes.py ROWS PARTS [SAMPLE [PEOPLE]]

ROWS payments are made by the law of transfers.sh, and lie in PARTS parts. Before rows are exchanged each part leaves out
what it has already, so that notes and sightings depend on how often an account comes again within a part. SAMPLE parts are
drawn (1 unless told otherwise), and stand for all. PEOPLE have accounts (a quarter of the rows unless told otherwise). Beside
what was drawn stands what the law says of the mean.

A number below N by that law is int(N * u * v) for two chances u and v: a share x of N is hit with density -ln x, so that of N
accounts N * k / (1 + k) are hit by k * N ends.
"""
import random
import sys


def drawn(rows, people, seed):
    """The different accounts and pairs of accounts of one part."""
    chance = random.Random(seed).random
    accounts, pairs = set(), set()
    for _ in range(rows):
        payer, payee = int(people * chance() * chance()), int(people * chance() * chance())
        accounts.add(payer)
        accounts.add(payee)
        pairs.add((payer, payee) if payer < payee else (payee, payer))
    return len(accounts), len(pairs)


def main(rows, parts, sample=1, people=0):
    people, size = people or rows // 4 + 1, rows // parts
    accounts = pairs = 0
    for part in range(sample):
        a, p = drawn(size, people, part + 1)
        accounts, pairs = accounts + a * parts / sample, pairs + p * parts / sample
    share = 2 * size / people
    print(f"{rows} payments in {parts} parts, {sample} of them drawn")
    print(f"accounts of the parts {accounts:.0f}, by the law {parts * people * share / (1 + share):.0f}")
    print(f"pairs of the parts {pairs:.0f}")
    for step, count in [("rows_N", rows), ("records", rows), ("notes", accounts + pairs), ("sightings", accounts)]:
        print(f"{step:10} {count:14.0f} rows exchanged, {count / rows:.2f} a payment")


main(*map(int, sys.argv[1:]))
