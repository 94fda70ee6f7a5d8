"""How time and memory an edge grow with the graph.

usage: growth.py BENCH FOLDER GRAPH…

Makes each graph, reads its text in a process that holds nothing else, and runs kernels on it with one
thread. The table gives CPU nanoseconds an edge, the smallest of three, and the peak of memory of
reading, in bytes an edge.
"""

import json
import shutil
import subprocess
import sys

bench, folder, *graphs = sys.argv[1:]
kernels = ["bfs", "components", "cores", "pagerank", "scc", "articulation"]


def answers(path, lines, *more):
    told = subprocess.run(
        [bench, "serve", "--folder", path, *more], input="".join(f"{line} 1\n" for line in lines), capture_output=True, text=True
    ).stdout.splitlines()
    return [json.loads(line) for line in told[1:]]


print("| graph | nodes | edges | text MB | read ns | peak bytes | " + " | ".join(f"{kernel} ns" for kernel in kernels) + " |")
print("|---" * (6 + len(kernels)) + "|")
for graph in graphs:
    path = f"{folder}/{graph}"
    subprocess.run([bench, "make", "--graph", graph, "--folder", path], check=True, capture_output=True)
    facts = json.load(open(f"{path}/graph.json"))
    edges = facts["edges"]
    with open(f"{path}/edges.txt", "rb") as text:
        size = text.seek(0, 2) / 1e6
    reads = [answers(path, ["load"], "--bare", "1")[0] for _ in range(3)]
    found = answers(path, [kernel for kernel in kernels for _ in range(3)])
    least = [min(answer["cpu"] for answer in found[3 * place : 3 * place + 3]) for place in range(len(kernels))]
    read = min(answer["cpu"] for answer in reads) / edges * 1e9
    peak = max(answer["rss"] for answer in reads) * (1 << 20) / edges
    figures = " | ".join(f"{time / edges * 1e9:.1f}" for time in least)
    print(f"| {graph} | {facts['nodes']} | {edges} | {size:.0f} | {read:.1f} | {peak:.1f} | {figures} |", flush=True)
    shutil.rmtree(path)
