"""Reads a table of transfers with DuckDB and two threads: rows, sum of the amounts, wall and CPU seconds."""

import resource
import sys
import time

import duckdb

connection = duckdb.connect()
connection.execute("SET threads = 2")
began = time.perf_counter()
before = resource.getrusage(resource.RUSAGE_SELF)
rows, amount, _ = connection.execute(
    # Every column is asked for, so that none is left unread.
    """
    SELECT count(*), sum(amount::DECIMAL(18, 2)),
      count("time") + count("from") + count("to") + count(currency) + count(channel)
      + count(memo) + count(id)
    FROM read_csv(?)
    """,
    [sys.argv[1]],
).fetchone()
wall = time.perf_counter() - began
after = resource.getrusage(resource.RUSAGE_SELF)
cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
print(rows, amount, wall, cpu)
