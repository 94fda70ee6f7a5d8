"""Times networkx on the graph that Bench wrote and compares the answers.

usage: networkx_peer.py FOLDER     (the folder of `Bench kernels --answers FOLDER`)
"""

import platform
import sys
import time

import networkx as nx

folder = sys.argv[1]


def edges(name):
    graph = nx.DiGraph()
    for line in open(f"{folder}/{name}.txt", encoding="utf-8"):
        source, target, weight = map(int, line.split())
        graph.add_edge(source, target, weight=weight)
    return graph


def answer(name, kind=int):
    return [kind(line) for line in open(f"{folder}/{name}.txt", encoding="utf-8")]


wrong = 0


def compare(name, work, same):
    global wrong
    start = time.perf_counter()
    theirs = work()
    milliseconds = (time.perf_counter() - start) * 1e3
    verdict = same(theirs)
    wrong += not verdict
    print(f"{name:<24}{milliseconds:>12.1f}  {'same answer' if verdict else 'ANOTHER ANSWER'}", flush=True)


def partition_equals(labels):
    def same(groups):
        seen = set()
        for group in groups:
            names = {labels[node] for node in group}
            if len(names) != 1 or names & seen:
                return False
            seen |= names
        return True

    return same


def close(values, tolerance):
    return lambda scores: max(abs(scores[node] - values[node]) for node in scores) <= tolerance


root = answer("root")[0]
graph = edges("edges")
count = len(answer("bfs"))
graph.add_nodes_from(range(count))
undirected = nx.Graph(graph)
reached = {node: steps for node, steps in enumerate(answer("bfs")) if steps >= 0}
cuts = answer("articulation")
dominators = answer("dominators")

print(f"networkx {nx.__version__}, Python {platform.python_version()}: {count} nodes, {graph.number_of_edges()} edges")
print(f"{'kernel':<24}{'ms, once':>12}")
compare("breadth-first search", lambda: nx.single_source_shortest_path_length(graph, root), lambda d: d == reached)
compare("connected components", lambda: list(nx.weakly_connected_components(graph)), partition_equals(answer("components")))
compare("strong components", lambda: list(nx.strongly_connected_components(graph)), partition_equals(answer("strong")))
compare("PageRank", lambda: nx.pagerank(graph, tol=1e-15, max_iter=500), close(answer("pagerank", float), 1e-10))
compare("HITS", lambda: nx.hits(graph, max_iter=1000, tol=1e-12)[0], close(answer("hits", float), 1e-6))
compare("core numbers", lambda: nx.core_number(undirected), lambda c: all(c[node] == k for node, k in enumerate(answer("cores"))))
compare("articulation points", lambda: set(nx.articulation_points(undirected)), lambda found: found == set(cuts))
compare("bridges", lambda: sum(1 for _ in nx.bridges(undirected)), lambda found: found == answer("bridges")[0])
compare(
    "dominator tree",
    lambda: nx.immediate_dominators(graph, root),
    lambda found: all(dominators[node] == above for node, above in found.items() if node != root and above is not None and above != node),
)
small = edges("edges-small")
values = answer("betweenness", float)
small.add_nodes_from(range(len(values)))
compare(f"betweenness, {len(values)} nodes", lambda: nx.betweenness_centrality(small), close(values, 1e-9))
sys.exit(1 if wrong else 0)
