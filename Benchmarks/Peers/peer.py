"""Loads a graph that `Bench make` wrote into one library and answers `KERNEL THREADS` lines.

usage: peer.py LIBRARY FOLDER [bare]

Each answer is a line of JSON: wall and CPU seconds of the kernel alone, a sum over its answer, the peak
of memory so far. The work is what `KernelRun.swift` does: the same eight starts, twenty rounds. A kernel
hands back what sums up its answer; that is not timed, nor are conversions to Python where a library
keeps its answer to itself. With `bare` nothing is loaded beforehand, so that the kernel `load`
measures the memory of a graph that is read from text.
"""

import json
import resource
import sys
import time

library, folder = sys.argv[1:3]
is_bare = sys.argv[3:] == ["bare"]
facts = json.load(open(f"{folder}/graph.json"))
starts = facts["starts"]
directed = facts["directed"]
count = facts["nodes"]


def rows():
    import numpy as np

    offsets = np.fromfile(f"{folder}/offsets.bin", dtype=np.uint64)
    neighbors = np.fromfile(f"{folder}/neighbors.bin", dtype=np.uint32)
    return offsets, neighbors


def pairs():
    """Sources and targets as 64-bit numbers; of an undirected graph each edge once."""
    import numpy as np

    offsets, neighbors = rows()
    sources = np.repeat(np.arange(count, dtype=np.uint64), np.diff(offsets).astype(np.int64))
    targets = neighbors.astype(np.uint64)
    if directed:
        return sources, targets
    once = sources < targets
    return sources[once], targets[once]


def weights(sources, targets):
    """The weights from 1 to 256 that `KernelRun.swift` gives edges, from their ends alone."""
    import numpy as np

    low, high = (sources, targets) if directed else (np.minimum(sources, targets), np.maximum(sources, targets))
    mixed = (low.astype(np.uint32) * np.uint32(0x9E3779B1)) + (high.astype(np.uint32) * np.uint32(0x85EBCA77))
    mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0xC2B2AE35)
    return (mixed >> np.uint32(24)).astype(np.int64) + 1


class Later:
    """Makes a thing on first use."""

    def __init__(self, make):
        self.make, self.made = make, None

    def __call__(self):
        if self.made is None:
            self.made = self.make()
        return self.made


def networkit():
    import networkit as nk
    import numpy as np

    def read():
        return nk.GraphFromCoo(pairs(), n=count, directed=directed)

    def read_weighted():
        sources, targets = pairs()
        return nk.GraphFromCoo((weights(sources, targets).astype(float), (sources, targets)), n=count, weighted=True, directed=directed)

    graph = Later(read)
    weighted = Later(read_weighted)
    indexed = Later(lambda: (graph().indexEdges(), graph())[1])

    def run(algorithm, answer):
        algorithm.run()
        return lambda: answer(algorithm)

    def bfs():
        runs = [nk.distance.BFS(graph(), start, storePaths=False) for start in starts]
        for search in runs:
            search.run()

        def sum_of():
            distances = [np.array(search.getDistances()) for search in runs]
            return sum(found[found < 1e300].sum() for found in distances)

        return sum_of

    def paths():
        runs = [nk.distance.Dijkstra(weighted(), start, storePaths=False) for start in starts]
        for search in runs:
            search.run()

        def sum_of():
            distances = [np.array(search.getDistances()) for search in runs]
            return sum(found[found < 1e300].sum() for found in distances)

        return sum_of

    def components():
        kind = nk.components.WeaklyConnectedComponents if directed else nk.components.ConnectedComponents
        return run(kind(graph()), lambda found: found.numberOfComponents())

    def scc():
        return run(nk.components.StronglyConnectedComponents(graph()), lambda found: found.numberOfComponents())

    def pagerank():
        rank = nk.centrality.PageRank(graph(), damp=0.85, tol=1e-300, distributeSinks=nk.centrality.SinkHandling.DistributeSinks)
        rank.maxIterations = 20
        return run(rank, lambda found: max(found.scores()) / min(found.scores()))

    def triangles():
        return run(nk.sparsification.TriangleEdgeScore(indexed()), lambda found: sum(found.scores()) / 3)

    def cores():
        return run(nk.centrality.CoreDecomposition(graph()), lambda found: found.maxCoreNumber())

    def articulation():
        return run(nk.components.BiconnectedComponents(graph()), lambda found: found.numberOfComponents())

    def betweenness():
        return run(nk.centrality.Betweenness(graph()), lambda found: max(found.scores()) / (1 if directed else 2))

    def betweenness8():
        return run(nk.centrality.EstimateBetweenness(graph(), 8, False, True), lambda found: max(found.scores()))

    def closeness():
        return run(nk.centrality.HarmonicCloseness(graph(), normalized=True), lambda found: max(found.scores()))

    def leiden():
        return run(
            nk.community.ParallelLeiden(graph(), randomize=False),
            lambda found: nk.community.Modularity().getQuality(found.getPartition(), graph()),
        )

    def louvain():
        return run(
            nk.community.PLM(graph()),
            lambda found: nk.community.Modularity().getQuality(found.getPartition(), graph()),
        )

    def load():
        read = nk.graphio.EdgeListReader(" ", 0, directed=directed).read(f"{folder}/edges.txt")
        return lambda: read.numberOfEdges()

    return locals(), graph, nk.setNumberOfThreads


def igraph():
    import igraph as ig
    import numpy as np

    graph = Later(lambda: ig.Graph(n=count, edges=np.column_stack(pairs()).astype(np.int64), directed=directed))
    weight = Later(lambda: weights(*pairs()).tolist())

    def told(answer, sum_of):
        return lambda: sum_of(answer)

    def bfs():
        layers = [graph().bfs(start)[1] for start in starts]
        return lambda: sum(step * (found[step + 1] - found[step]) for found in layers for step in range(len(found) - 1))

    def paths():
        return told(
            graph().distances(source=starts, weights=weight(), mode="out"),
            lambda rows: sum(value for row in rows for value in row if value != float("inf")),
        )

    def components():
        return told(graph().connected_components(mode="weak"), len)

    def scc():
        return told(graph().connected_components(mode="strong"), len)

    def triangles():
        return told(graph().list_triangles(), len)

    def cores():
        return told(graph().coreness(), max)

    def articulation():
        return told(graph().articulation_points(), len)

    def bridges():
        return told(graph().bridges(), len)

    def betweenness():
        return told(graph().betweenness(), max)

    def betweenness8():
        return told(graph().betweenness(sources=starts, directed=directed), max)

    def closeness():
        return told(graph().harmonic_centrality(normalized=True, mode="out"), max)

    def hits():
        return told(graph().hub_score(scale=True), lambda hubs: 1 / sum(hubs))

    def dominators():
        return told(graph().dominator(starts[0], mode="out"), lambda above: sum(1 for node in above if node >= -1))

    def leiden():
        return told(graph().community_leiden(objective_function="modularity", n_iterations=2), lambda parts: parts.modularity)

    def louvain():
        return told(graph().community_multilevel(), lambda parts: parts.modularity)

    def load():
        read = ig.Graph.Read_Edgelist(f"{folder}/edges.txt", directed=directed)
        return lambda: read.ecount()

    return locals(), graph, lambda threads: None


def graphblas():
    import graphblas as gb
    import numpy as np

    gb.init("suitesparse", blocking=True)

    def read():
        offsets, neighbors = rows()
        return gb.Matrix.from_csr(offsets, neighbors.astype(np.uint64), np.ones(len(neighbors), dtype=np.float32), ncols=count)

    matrix = Later(read)
    transposed = Later(lambda: matrix().T.new() if directed else matrix())

    def bfs():
        total = 0
        for start in starts:
            seen = gb.Vector(gb.dtypes.INT32, count)
            frontier = gb.Vector(gb.dtypes.BOOL, count)
            frontier[start] = True
            step = 0
            while frontier.nvals:
                seen(frontier.S)[:] = step
                total += step * frontier.nvals
                frontier(~seen.S, replace=True) << gb.semiring.any_pair(frontier @ matrix())
                step += 1
        return lambda: total

    def pagerank():
        incoming = transposed()
        degrees = matrix().reduce_rowwise(gb.agg.count).new(gb.dtypes.FP32)
        dead_ends = gb.Vector(gb.dtypes.FP32, count)
        dead_ends(~degrees.S)[:] = 1.0
        scores = gb.Vector.from_scalar(1.0 / count, count, gb.dtypes.FP32)
        for _ in range(20):
            lost = (dead_ends * scores).new().reduce().new().value or 0
            handed = (scores / degrees).new()
            arrived = gb.semiring.plus_second(incoming @ handed).new()
            fresh = 0.15 / count + 0.85 * lost / count
            scores = gb.Vector.from_scalar(fresh, count, gb.dtypes.FP32)
            scores(gb.binary.plus) << (arrived * np.float32(0.85))
        return lambda: scores.reduce(gb.monoid.max).new().value / scores.reduce(gb.monoid.min).new().value

    def triangles():
        lower = gb.select.tril(matrix(), -1).new()
        upper = gb.select.triu(matrix(), 1).new()
        counts = gb.Matrix(gb.dtypes.INT64, count, count)
        counts(lower.S) << gb.semiring.plus_pair(lower @ upper.T)
        return lambda: counts.reduce_scalar().new().value

    def threads(number):
        gb.ss.config["nthreads"] = number

    return locals(), transposed, threads


def scikit():
    import numpy as np
    import sknetwork
    from scipy import sparse
    from scipy.sparse import csgraph

    def read(values=None):
        offsets, neighbors = rows()
        values = np.ones(len(neighbors), dtype=bool) if values is None else values
        return sparse.csr_matrix((values, neighbors.astype(np.int32), offsets.astype(np.int32)), shape=(count, count))

    def read_weighted():
        offsets, neighbors = rows()
        sources = np.repeat(np.arange(count, dtype=np.uint32), np.diff(offsets).astype(np.int64))
        return read(weights(sources, neighbors).astype(float))

    matrix = Later(read)
    weighted = Later(read_weighted)

    def bfs():
        found = [sknetwork.path.get_distances(matrix(), source=start) for start in starts]
        return lambda: sum(distances[distances > 0].sum() for distances in found)

    def paths():
        found = csgraph.dijkstra(weighted(), indices=starts)
        return lambda: found[np.isfinite(found)].sum()

    def components():
        found = csgraph.connected_components(matrix(), connection="weak")
        return lambda: found[0]

    def scc():
        found = csgraph.connected_components(matrix(), connection="strong")
        return lambda: found[0]

    def pagerank():
        scores = sknetwork.ranking.PageRank(n_iter=20, tol=0).fit_predict(matrix())
        return lambda: scores.max() / scores.min()

    def hits():
        found = sknetwork.ranking.HITS().fit(matrix())
        return lambda: found.scores_row_.max() / found.scores_row_.sum()

    def cores():
        found = sknetwork.topology.get_core_decomposition(matrix())
        return lambda: found.max()

    def louvain():
        labels = sknetwork.clustering.Louvain().fit_predict(matrix())
        return lambda: sknetwork.clustering.get_modularity(matrix(), labels)

    def leiden():
        labels = sknetwork.clustering.Leiden().fit_predict(matrix())
        return lambda: sknetwork.clustering.get_modularity(matrix(), labels)

    return locals(), matrix, lambda threads: None


def rustworkx():
    import rustworkx as rx

    def read():
        sources, targets = pairs()
        graph = rx.PyDiGraph() if directed else rx.PyGraph()
        graph.add_nodes_from(range(count))
        graph.extend_from_edge_list(list(zip(sources.tolist(), targets.tolist())))
        return graph

    graph = Later(read)

    def told(answer, sum_of):
        return lambda: sum_of(answer)

    def components():
        found = rx.number_weakly_connected_components(graph()) if directed else rx.number_connected_components(graph())
        return lambda: found

    def scc():
        return told(rx.strongly_connected_components(graph()), len)

    def cores():
        return told(rx.core_number(graph()), lambda cores: max(cores.values()))

    def articulation():
        return told(rx.articulation_points(graph()), len)

    def bridges():
        return told(rx.bridges(graph()), len)

    def dominators():
        return told(rx.immediate_dominators(graph(), starts[0]), len)

    def betweenness():
        return told(rx.betweenness_centrality(graph(), normalized=False), lambda scores: max(scores.values()))

    return locals(), graph, lambda threads: None


def polars():
    import polars as pl

    def load():
        table = pl.read_csv(f"{folder}/edges.txt", separator=" ", has_header=False, schema={"u": pl.UInt32, "v": pl.UInt32})
        return lambda: table.height

    return locals(), lambda: None, lambda threads: None


def graph_tool():
    import graph_tool.all as gt
    import numpy as np

    def read():
        graph = gt.Graph(directed=directed)
        graph.add_vertex(count)
        graph.add_edge_list(np.column_stack(pairs()))
        return graph

    graph = Later(read)

    def components():
        found = gt.label_components(graph(), directed=False)[0]
        return lambda: int(found.a.max()) + 1

    def scc():
        found = gt.label_components(graph())[0]
        return lambda: int(found.a.max()) + 1

    def cores():
        found = gt.kcore_decomposition(graph())
        return lambda: int(found.a.max())

    def pagerank():
        found = gt.pagerank(graph(), epsilon=0, max_iter=20)
        return lambda: float(found.a.max() / found.a.min())

    def articulation():
        found = gt.label_biconnected_components(graph())[1]
        return lambda: int(found.a.sum())

    def betweenness8():
        found = gt.betweenness(graph(), pivots=starts, norm=False)[0]
        return lambda: float(found.a.max())

    return locals(), graph, gt.openmp_set_num_threads


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


kernels, load_graph, set_threads = globals()[library]()
if not is_bare:
    load_graph()
print(json.dumps({"ready": 1, "rss": peak()}), flush=True)
for line in sys.stdin:
    kernel, threads = line.split()
    work = kernels.get(kernel)
    if work is None or not callable(work):
        print(json.dumps({"error": "none"}), flush=True)
        continue
    try:
        set_threads(int(threads))
        for prepared in ("weighted", "weight") if kernel == "paths" else ("indexed",) if kernel == "triangles" else ():
            kernels.get(prepared, lambda: None)()
        wall, cpu = time.perf_counter(), seconds()
        answer = work()
        wall, cpu = time.perf_counter() - wall, seconds() - cpu
        print(json.dumps({"wall": wall, "cpu": cpu, "sum": float(answer()), "rss": peak()}), flush=True)
    except Exception as error:
        print(json.dumps({"error": type(error).__name__ + ": " + str(error)[:80]}), flush=True)
