"""Loads a graph that `Bench make` wrote into one library and answers `KERNEL THREADS` lines.

usage: peer.py LIBRARY FOLDER

Each answer is a line of JSON: wall and CPU seconds of the kernel alone, a sum over its answer, the peak
of memory so far. The work is what `KernelRun.swift` does: the same eight starts, twenty rounds.
"""

import json
import os
import resource
import sys
import time

library, folder = sys.argv[1:3]
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
    """Sources and targets; of an undirected graph each edge once."""
    import numpy as np

    offsets, neighbors = rows()
    sources = np.repeat(np.arange(count, dtype=np.uint32), np.diff(offsets).astype(np.int64))
    if directed:
        return sources, neighbors
    once = sources < neighbors
    return sources[once], neighbors[once]


def networkit():
    import networkit as nk
    import numpy as np

    nk.setNumberOfThreads(1)
    sources, targets = pairs()
    graph = nk.GraphFromCoo((np.ones(len(sources)), (sources, targets)), n=count, weighted=False, directed=directed)
    graph.removeMultiEdges()

    def bfs():
        sum = 0
        for start in starts:
            run = nk.distance.BFS(graph, start, storePaths=False)
            run.run()
            distances = np.array(run.getDistances())
            sum += distances[distances < 1e300].sum()
        return sum

    def components():
        run = nk.components.WeaklyConnectedComponents(graph) if directed else nk.components.ParallelConnectedComponents(graph)
        run.run()
        return run.numberOfComponents()

    def components_serial():
        run = nk.components.WeaklyConnectedComponents(graph) if directed else nk.components.ConnectedComponents(graph)
        run.run()
        return run.numberOfComponents()

    def scc():
        run = nk.components.StronglyConnectedComponents(graph)
        run.run()
        return run.numberOfComponents()

    def pagerank():
        run = nk.centrality.PageRank(graph, damp=0.85, tol=1e-300, distributeSinks=nk.centrality.SinkHandling.DistributeSinks)
        run.maxIterations = 20
        run.run()
        return max(run.scores())

    def triangles():
        graph.indexEdges()
        return sum(nk.sparsification.TriangleEdgeScore(graph).run().scores()) / 3

    def cores():
        run = nk.centrality.CoreDecomposition(graph)
        run.run()
        return run.maxCoreNumber()

    def articulation():
        run = nk.components.BiconnectedComponents(graph)
        run.run()
        return run.numberOfComponents()

    def betweenness():
        return max(nk.centrality.Betweenness(graph).run().scores()) / (1 if directed else 2)

    def betweenness8():
        return max(nk.centrality.EstimateBetweenness(graph, 8, False, True).run().scores())

    def closeness():
        return max(nk.centrality.HarmonicCloseness(graph, normalized=False).run().scores())

    def leiden():
        run = nk.community.ParallelLeiden(graph, randomize=False)
        run.run()
        return nk.community.Modularity().getQuality(run.getPartition(), graph)

    def plm():
        run = nk.community.PLM(graph, refine=True)
        run.run()
        return nk.community.Modularity().getQuality(run.getPartition(), graph)

    def load():
        import networkit as nk

        read = nk.graphio.EdgeListReader(" ", 0, directed=directed).read(f"{folder}/edges.txt")
        return read.numberOfEdges()

    return locals(), nk.setNumberOfThreads


def igraph():
    import igraph as ig
    import numpy as np

    sources, targets = pairs()
    graph = ig.Graph(n=count, edges=np.column_stack([sources, targets]), directed=directed)

    def bfs():
        total = 0
        for start in starts:
            order, layers, parents = graph.bfs(start)
            total += sum(step * (layers[step + 1] - layers[step]) for step in range(len(layers) - 1))
        return total

    def components():
        return len(graph.connected_components(mode="weak"))

    def scc():
        return len(graph.connected_components(mode="strong"))

    def triangles():
        return len(graph.list_triangles())

    def cores():
        return max(graph.coreness())

    def articulation():
        return len(graph.articulation_points())

    def bridges():
        return len(graph.bridges())

    def betweenness():
        return max(graph.betweenness())

    def closeness():
        return max(graph.harmonic_centrality(normalized=False))

    def hits():
        return max(graph.hub_score(scale=False))

    def dominators():
        return sum(1 for above in graph.dominator(starts[0], mode="out") if above >= -1)

    def leiden():
        parts = graph.community_leiden(objective_function="modularity", n_iterations=2)
        return parts.modularity

    def load():
        return ig.Graph.Read_Edgelist(f"{folder}/edges.txt", directed=directed).ecount()

    return locals(), lambda threads: None


def graphblas():
    import graphblas as gb
    import numpy as np

    gb.init("suitesparse", blocking=True)
    offsets, neighbors = rows()
    matrix = gb.Matrix.from_csr(offsets, neighbors.astype(np.uint64), np.ones(len(neighbors), dtype=np.float32), ncols=count)
    transposed = matrix.T.new() if directed else matrix

    def bfs():
        sum = 0
        for start in starts:
            seen = gb.Vector(gb.dtypes.INT32, count)
            frontier = gb.Vector(gb.dtypes.BOOL, count)
            frontier[start] = True
            step = 0
            while frontier.nvals:
                seen(frontier.S)[:] = step
                sum += step * frontier.nvals
                frontier(~seen.S, replace=True) << gb.semiring.any_pair(frontier @ matrix)
                step += 1
        return sum

    def pagerank():
        degrees = matrix.reduce_rowwise(gb.agg.count).new(gb.dtypes.FP32)
        full = gb.Vector.from_scalar(1.0 / count, count, gb.dtypes.FP32)
        isolated = gb.Vector(gb.dtypes.BOOL, count)
        isolated(~degrees.S)[:] = True
        scores = full
        for _ in range(20):
            dangling = gb.Vector(gb.dtypes.FP32, count)
            dangling << gb.binary.second(isolated & scores)
            lost = dangling.reduce().new().value or 0
            handed = (scores / degrees).new()
            arrived = gb.semiring.plus_second(transposed @ handed).new()
            fresh = 0.15 / count + 0.85 * lost / count
            scores = gb.Vector.from_scalar(fresh, count, gb.dtypes.FP32)
            scores(gb.binary.plus) << (arrived * 0.85)
        return scores.reduce(gb.monoid.max).new().value

    def triangles():
        lower = gb.select.tril(matrix, -1).new()
        upper = gb.select.triu(matrix, 1).new()
        counts = gb.Matrix(gb.dtypes.INT64, count, count)
        counts(lower.S) << gb.semiring.plus_pair(lower @ upper.T)
        return counts.reduce_scalar().new().value

    def threads(number):
        gb.ss.config["nthreads"] = number

    return locals(), threads


def scikit():
    import numpy as np
    import sknetwork
    from scipy import sparse
    from scipy.sparse import csgraph

    offsets, neighbors = rows()
    matrix = sparse.csr_matrix((np.ones(len(neighbors), dtype=bool), neighbors.astype(np.int32), offsets.astype(np.int32)), shape=(count, count))

    def bfs():
        sum = 0
        for start in starts:
            distances = sknetwork.path.get_distances(matrix, source=start)
            sum += distances[distances > 0].sum()
        return sum

    def components():
        return csgraph.connected_components(matrix, connection="weak")[0]

    def scc():
        return csgraph.connected_components(matrix, connection="strong")[0]

    def pagerank():
        return sknetwork.ranking.PageRank(n_iter=20, tol=0).fit_predict(matrix).max()

    def hits():
        return sknetwork.ranking.HITS().fit(matrix).scores_row_.max()

    def cores():
        return sknetwork.topology.get_core_decomposition(matrix).max()

    return locals(), lambda threads: None


def rustworkx():
    import rustworkx as rx

    sources, targets = pairs()
    graph = rx.PyDiGraph() if directed else rx.PyGraph()
    graph.add_nodes_from(range(count))
    graph.extend_from_edge_list(list(zip(sources.tolist(), targets.tolist())))

    def components():
        return rx.number_weakly_connected_components(graph) if directed else rx.number_connected_components(graph)

    def scc():
        return len(rx.strongly_connected_components(graph))

    def cores():
        return max(rx.core_number(graph).values())

    def articulation():
        return len(rx.articulation_points(graph))

    def bridges():
        return len(rx.bridges(graph))

    def dominators():
        return len(rx.immediate_dominators(graph, starts[0]))

    def betweenness():
        return max(rx.betweenness_centrality(graph, normalized=False).values())

    return locals(), lambda threads: None


def polars():
    import polars as pl

    def load():
        table = pl.read_csv(f"{folder}/edges.txt", separator=" ", has_header=False, schema={"u": pl.UInt32, "v": pl.UInt32})
        return table.height

    return locals(), lambda threads: None


def graph_tool():
    import graph_tool.all as gt
    import numpy as np

    sources, targets = pairs()
    graph = gt.Graph(directed=directed)
    graph.add_vertex(count)
    graph.add_edge_list(np.column_stack([sources, targets]))

    def components():
        return int(gt.label_components(graph, directed=False)[0].a.max()) + 1

    def scc():
        return int(gt.label_components(graph)[0].a.max()) + 1

    def cores():
        return int(gt.kcore_decomposition(graph).a.max())

    def pagerank():
        return float(gt.pagerank(graph, epsilon=0, max_iter=20).a.max())

    def articulation():
        return int(gt.label_biconnected_components(graph)[1].a.sum())

    def betweenness8():
        return float(gt.betweenness(graph, pivots=starts)[0].a.max())

    return locals(), gt.openmp_set_num_threads


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


kernels, set_threads = globals()[library]()
print(json.dumps({"ready": 1, "rss": peak()}), flush=True)
for line in sys.stdin:
    kernel, threads = line.split()
    work = kernels.get(kernel)
    if not callable(work):
        print(json.dumps({"error": "none"}), flush=True)
        continue
    set_threads(int(threads))
    try:
        wall, cpu = time.perf_counter(), seconds()
        answer = work()
        wall, cpu = time.perf_counter() - wall, seconds() - cpu
        print(json.dumps({"wall": wall, "cpu": cpu, "sum": float(answer), "rss": peak()}), flush=True)
    except Exception as error:
        print(json.dumps({"error": type(error).__name__ + ": " + str(error)[:80]}), flush=True)
