"""Runs kernels of Clew and of its peers in turns, compares the answers, and prints a table.

usage: compare.py BENCH FOLDER [--rounds N] [--threads N] [--peers A,B,…] [--kernels A,B,…]

Each program loads the graph once and then answers one kernel after another, ours and theirs by turns, so
that a busy machine slows both. The table gives the smallest and the median CPU seconds (user and system)
and the smallest wall time of the kernel alone, and the ratio of our median CPU time to theirs. Where the
answers differ the line says so, and no ratio is given.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

options = argparse.ArgumentParser()
options.add_argument("bench")
options.add_argument("folder")
options.add_argument("--rounds", type=int, default=5)
options.add_argument("--threads", type=int, default=1)
options.add_argument("--peers", default="networkit,igraph,graphblas,scikit,rustworkx")
options.add_argument("--kernels", default="bfs,components,pagerank,cores,triangles,articulation,scc,hits,dominators,bridges,leiden")
options.add_argument("--ordered", default="bfs,components,pagerank,cores,hits,betweenness8,triangles")
options.add_argument("--timeout", type=int, default=300)
options = options.parse_args()
# Answers that are sums of rounded numbers, or of methods that may find different optima.
TOLERANCE = {"pagerank": 1e-3, "hits": None, "betweenness": 1e-6, "closeness": None, "leiden": None, "betweenness8": None, "articulation": None, "dominators": None, "bridges": 0, "load": 0}


class Program:
    def __init__(self, name, command):
        self.name = name
        environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads), POLARS_MAX_THREADS=str(options.threads), OMP_WAIT_POLICY="passive")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        self.ready = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "the program ended"}

    def run(self, kernel):
        try:
            self.process.stdin.write(f"{kernel} {options.threads}\n")
            self.process.stdin.flush()
            return self.answer()
        except BrokenPipeError:
            return {"error": "the program ended"}


def figures(runs):
    cpu = [run["cpu"] for run in runs]
    return min(cpu) * 1e3, statistics.median(cpu) * 1e3, max(cpu) * 1e3, min(run["wall"] for run in runs) * 1e3


here = os.path.dirname(os.path.abspath(__file__))
programs = [Program("clew", [options.bench, "serve", "--folder", options.folder])]
for peer in filter(None, options.peers.split(",")):
    python = "/usr/bin/python3" if peer == "graph_tool" else sys.executable
    programs.append(Program(peer, [python, f"{here}/peer.py", peer, options.folder]))
facts = json.load(open(f"{options.folder}/graph.json"))
print(f"{facts['name']}: {facts['nodes']} nodes, {facts['edges']} edges, {options.threads} thread(s), {options.rounds} rounds, milliseconds")
for program in programs:
    print(f"  {program.name}: {program.ready.get('error') or format(program.ready['rss'], '.0f') + ' MiB peak with the graph loaded'}")
print("| kernel | program | CPU min | CPU median | CPU max | wall min | answer | ours / theirs, CPU median |")
print("|---|---|---|---|---|---|---|---|")
for kernel in options.kernels.split(","):
    entrants = [(program, kernel) for program in programs]
    if kernel in options.ordered.split(","):
        entrants.insert(1, (programs[0], kernel + "+order"))
    runs = {}
    for round in range(options.rounds):
        for program, task in entrants:
            answer = runs.get((program, task), [{}])[-1]
            if "error" in answer:
                continue
            runs.setdefault((program, task), []).append(program.run(task))
    ours = [runs[entrant] for entrant in entrants if entrant[0] is programs[0] and "error" not in runs[entrant][-1]]
    if not ours:
        print(f"| {kernel} | clew | {runs[entrants[0]][-1]} |")
        continue
    best = min(figures(run)[1] for run in ours)
    expected = ours[0][0]["sum"]
    for program, task in entrants:
        answers = runs[(program, task)]
        if "error" in answers[-1]:
            if answers[-1]["error"] != "none":
                print(f"| {task} | {program.name} | {answers[-1]['error']} |")
            continue
        low, middle, high, wall = figures(answers)
        sum = answers[-1]["sum"]
        tolerance = TOLERANCE.get(kernel, 1e-9)
        same = tolerance is None or abs(sum - expected) <= tolerance * max(1e-30, abs(expected))
        ratio = "" if program is programs[0] else f"{best / middle:.3f}" if same else "ANOTHER ANSWER"
        print(f"| {task} | {program.name} | {low:.2f} | {middle:.2f} | {high:.2f} | {wall:.2f} | {sum:.9g} | {ratio} |", flush=True)
