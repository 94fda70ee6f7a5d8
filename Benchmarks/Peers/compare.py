"""Runs kernels of Clew and of its peers in turns, compares the answers, and prints a table.

usage: compare.py BENCH FOLDER [--rounds N] [--threads N] [--peers A,B,…] [--kernels A,B,…]

Each program loads the graph once and then answers one kernel after another, ours and theirs by turns, so
that a busy machine slows both. The table gives the smallest, the median and the largest CPU seconds
(user and system) and the smallest wall time of the kernel alone, and the ratio of our median CPU time to theirs.
Ours is the numbering by degree where the graph's own test of skew asks for it. Where the answers differ
the line says so, and no ratio is given. The kernel `load` runs in processes of its own that hold nothing else, so that
their peak is that of reading the text. With GAPBS_DIR set to a built GAP Benchmark Suite, its programs
take part in the kernels that they have.
"""

import argparse
import json
import os
import re
import select
import statistics
import subprocess
import sys

options = argparse.ArgumentParser()
options.add_argument("bench")
options.add_argument("folder")
options.add_argument("--rounds", type=int, default=5)
options.add_argument("--threads", type=int, default=1)
options.add_argument("--peers", default="networkit,igraph,graphblas,scikit,polars")
options.add_argument("--kernels", default="load,order,write,map,bfs,components,triangles,pagerank,betweenness8,paths,cores,articulation,bridges,scc,hits,dominators,leiden")
options.add_argument("--timeout", type=int, default=120)
options = options.parse_args()
here = os.path.dirname(os.path.abspath(__file__))

# How far two answers may lie apart: sums of rounded numbers, and methods that stop by other rules.
TOLERANCE = {"pagerank": 1e-3, "hits": 0.02, "betweenness": 1e-4, "betweenness8": 1e-4, "closeness": 1e-6}
# Kernels in which these peers answer another question, so that only times can be set side by side.
OTHER_QUESTION = {("articulation", "networkit"), ("betweenness8", "networkit"), ("betweenness8", "scikit")}
# The larger the better: ours may be below the best by one in a thousand.
QUALITY = {"leiden", "louvain"}
# Ours over the fastest peer, at most.
BOUNDS = {
    "bfs": 0.05, "components": 0.05, "triangles": 0.1, "pagerank": 0.2, "betweenness8": 0.2, "betweenness": 0.2, "paths": 0.15,
    "cores": 0.12, "articulation": 0.12, "scc": 0.25, "closeness": 0.01, "hits": 0.35, "dominators": 0.5, "bridges": 0.5,
    "leiden": 0.25, "load": 0.5, "memory": 0.35,
}


class Program:
    """A child that answers one line at a time; one that takes too long is ended and begun again."""

    def __init__(self, name, *command):
        self.name, self.command = name, command
        self.start()

    def start(self):
        environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads), POLARS_MAX_THREADS=str(options.threads), OMP_WAIT_POLICY="passive")
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        self.ready = self.answer(600)

    def answer(self, timeout):
        if not select.select([self.process.stdout], [], [], timeout)[0]:
            self.end()
            return {"error": f"more than {timeout} s"}
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "the program ended"}

    def end(self):
        self.process.kill()
        self.process.wait()

    def run(self, kernel):
        if self.process.poll() is not None:
            self.start()
        try:
            self.process.stdin.write(f"{kernel} {options.threads}\n".encode())
            self.process.stdin.flush()
            return self.answer(options.timeout)
        except BrokenPipeError:
            return {"error": "the program ended"}


class GapSuite:
    """The programs of a GAP Benchmark Suite that the user has built; they load the text anew each time."""

    name = "gapbs"
    PROGRAMS = {"bfs": "bfs", "components": "cc", "triangles": "tc", "pagerank": "pr_spmv -i 20 -t 0"}

    def __init__(self, folder):
        self.folder, self.ready = folder, {"rss": 0}
        self.edges = os.path.join(options.folder, "edges.el")
        if not os.path.exists(self.edges):
            os.symlink("edges.txt", self.edges)

    def run(self, kernel):
        if kernel not in self.PROGRAMS:
            return {"error": "none"}
        program, *flags = self.PROGRAMS[kernel].split()
        symmetric = [] if facts["directed"] else ["-s"]
        repeats = str(len(facts["starts"]) if kernel == "bfs" else 1)
        command = [os.path.join(self.folder, program), "-f", self.edges, *symmetric, *flags, "-n", repeats]
        environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads))
        told = subprocess.run(command, capture_output=True, text=True, env=environment).stdout
        times = [float(time) for time in re.findall(r"Trial Time:\s+([0-9.]+)", told)]
        # It tells wall time alone, which stands for CPU time at one thread on a quiet machine.
        return {"wall": sum(times), "cpu": sum(times), "sum": float("nan"), "rss": 0} if times else {"error": "no times told"}

    def end(self):
        pass


def peer(name, *more):
    python = "/usr/bin/python3" if name == "graph_tool" else sys.executable
    return Program(name, python, f"{here}/peer.py", name, options.folder, *more)


def ours(*more):
    return Program("clew", options.bench, "serve", "--folder", options.folder, *more)


def figures(runs):
    cpu = [run["cpu"] * 1e3 for run in runs]
    return min(cpu), statistics.median(cpu), max(cpu), min(run["wall"] for run in runs) * 1e3


def is_same(kernel, name, sum, expected):
    if kernel in QUALITY:
        # Ours is at least theirs but for one in a thousand.
        return expected >= sum - 0.001 * abs(sum)
    if (kernel, name) in OTHER_QUESTION or sum != sum:
        return True
    return abs(sum - expected) <= TOLERANCE.get(kernel, 1e-9) * max(1e-30, abs(expected))


def compare(kernel, programs, rounds, task_of):
    """Runs a kernel by turns, prints a line for each program and notes the least ratio of each."""
    runs = {}
    for _ in range(rounds):
        for program in programs:
            before = runs.setdefault(program, [])
            if not before or "error" not in before[-1]:
                before.append(program.run(task_of(program)))
    mine = runs[programs[0]]
    if "error" in mine[-1]:
        print(f"| {kernel} | clew | {mine[-1]['error']} |")
        return
    own, expected = figures(mine)[1], mine[0]["sum"]
    ratios = {}
    for program, answers in runs.items():
        if "error" in answers[-1]:
            if answers[-1]["error"] != "none":
                print(f"| {task_of(program)} | {program.name} | {answers[-1]['error']} |", flush=True)
            continue
        low, middle, high, wall = figures(answers)
        sum = answers[-1]["sum"]
        ratio = ""
        if program is not programs[0]:
            if is_same(kernel, program.name, sum, expected):
                ratios[program.name] = own / middle
                ratio = f"{own / middle:.4f}"
            else:
                ratio = "ANOTHER ANSWER"
        print(f"| {task_of(program)} | {program.name} | {low:.2f} | {middle:.2f} | {high:.2f} | {wall:.2f} | {sum:.9g} | {ratio} |", flush=True)
    note(kernel, ratios)
    return runs


def note(kernel, ratios):
    peers = {name: ratio for name, ratio in ratios.items() if name != "gapbs"}
    if kernel == "leiden":
        peers = {name: ratio for name, ratio in peers.items() if name == "networkit"} or peers
    if peers and kernel in BOUNDS:
        fastest = max(peers, key=peers.get)
        verdict = "met" if peers[fastest] <= BOUNDS[kernel] else "MISSED"
        summary.append(f"| {kernel} | {fastest} | {peers[fastest]:.4f} | {BOUNDS[kernel]} | {verdict} |")


facts = json.load(open(f"{options.folder}/graph.json"))
names = [name for name in options.peers.split(",") if name]
kernels = options.kernels.split(",")
summary = []
print(f"{facts['name']}: {facts['nodes']} nodes, {facts['edges']} edges, {options.threads} thread(s), {options.rounds} rounds, milliseconds")
header = "| kernel | program | CPU min | CPU median | CPU max | wall min | answer | ours / theirs, CPU median |\n|---|---|---|---|---|---|---|---|"

if "load" in kernels:
    print(header)
    peaks, runs = {}, None
    for turn in range(options.rounds):
        # A process for each round: the peak is that of one reading. They begin by turns, as whoever comes first
        # may have to wait for memory that the machine has lent to others.
        programs = [ours("--bare", "1")] + [peer(name, "bare") for name in names if name in ("networkit", "igraph", "polars")]
        begin = turn % len(programs)
        answers = {program.name: program.run("load") for program in programs[begin:] + programs[:begin]}
        for program in programs:
            program.end()
        runs = runs or {name: [] for name in answers}
        for name, answer in answers.items():
            runs[name].append(answer)
    ratios = {}
    for name, answers in sorted(runs.items(), key=lambda run: run[0] != "clew"):
        if any("error" in answer for answer in answers):
            print(f"| load | {name} | {answers[-1]['error']} |")
            continue
        low, middle, high, wall = figures(answers)
        peaks[name] = max(answer["rss"] for answer in answers)
        if name == "clew":
            own = middle
        else:
            ratios[name] = own / middle
        ratio = "" if name == "clew" else f"{own / middle:.4f}"
        print(f"| load | {name} | {low:.2f} | {middle:.2f} | {high:.2f} | {wall:.2f} | {answers[-1]['sum']:.9g}, peak {peaks[name]:.0f} MiB | {ratio} |", flush=True)
    note("load", ratios)
    note("memory", {name: peaks["clew"] / peaks[name] for name in peaks if name in ("networkit", "igraph")})
    kernels = [kernel for kernel in kernels if kernel != "load"]

if kernels:
    programs = [ours()] + [peer(name) for name in names if name != "polars"]
    if os.environ.get("GAPBS_DIR"):
        programs.append(GapSuite(os.environ["GAPBS_DIR"]))
    for program in programs:
        if "error" in program.ready:
            print(f"{program.name}: {program.ready['error']}")
    programs = [program for program in programs if "error" not in program.ready]
    is_skewed = programs[0].ready.get("skewed", 0) > 0
    ordered = {"bfs", "components", "pagerank", "cores", "hits", "betweenness8", "betweenness", "triangles", "closeness", "paths", "articulation", "bridges", "leiden"}
    print("numbered by degree: " + ("yes, its answers put back within the times" if is_skewed else "no, degrees are even"))
    print(header)
    for kernel in kernels:
        suffix = "+order" if is_skewed and kernel in ordered else ""
        compare(kernel, programs, options.rounds, lambda program: kernel + suffix if program is programs[0] else kernel)
    for program in programs:
        program.end()

print("\n| kernel | fastest peer with the same answer | ours / theirs | bound | |\n|---|---|---|---|---|")
print("\n".join(summary))
