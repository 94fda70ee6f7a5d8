#!/usr/bin/env bash
# Builds and runs the benchmarks; Benchmarks/README.md explains the figures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What to run, e.g. MESSAGES=1000000 TRANSFERS=200000 DEVICES=300 TRIALS=1 make bench
messages=${MESSAGES:-100000}
transfers=${TRANSFERS:-20000}
devices=${DEVICES:-30}
scale=${SCALE:-16}
trials=${TRIALS:-3}
rows=${ROWS:-1000000}

swift build --configuration release --product clew >&2
swift build --configuration release --package-path Benchmarks --product Bench >&2
bench=Benchmarks/.build/release/Bench

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

echo "== machine"
grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //' || true
echo "$(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), load $(cut -d ' ' -f 1 /proc/loadavg)"
swift --version 2>/dev/null | head -n 1
echo "commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"

echo
echo "== import and analysis"
"$bench" load --clew .build/release/clew --messages "$messages" --transfers "$transfers" \
  --devices "$devices" --trials "$trials" --folder "$scratch/load"

echo
echo "== one long table of transfers"
"$bench" transfers --clew .build/release/clew --rows "$rows" --accounts $((rows / 10)) \
  --trials "$trials" --folder "$scratch/transfers" --peer Benchmarks/Peers/duckdb_peer.py

echo
echo "== graph kernels"
"$bench" kernels --scale "$scale" --trials "$trials" --answers "$scratch"

echo
echo "== the same graph in networkx"
if python3 -c 'import networkx, scipy' >/dev/null 2>&1; then
  python3 Benchmarks/Peers/networkx_peer.py "$scratch"
else
  echo "skipped: python3 with networkx and scipy is not installed"
fi

# The same kernels in the libraries of others: GRAPHS="kron18 kron20 uniform20 resale9" make bench
if [[ -n ${GRAPHS:-} ]]; then
  venv=Benchmarks/.venv
  if [[ ! -x $venv/bin/python ]]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet networkit igraph python-graphblas scikit-network rustworkx polars
  fi
  for graph in $GRAPHS; do
    echo
    echo "== $graph, by turns with other libraries"
    "$bench" make --graph "$graph" --folder "$scratch/$graph" >&2
    for threads in ${THREADS:-1 2}; do
      "$venv/bin/python" Benchmarks/Peers/compare.py "$bench" "$scratch/$graph" \
        --threads "$threads" --rounds "$trials" ${PEERS:+--peers "$PEERS"} ${KERNELS:+--kernels "$KERNELS"}
      "$venv/bin/python" Benchmarks/Peers/compare.py "$bench" "$scratch/$graph" \
        --threads "$threads" --rounds "$trials" --peers polars --kernels load,order,write,map --ordered ""
    done
    rm -rf "${scratch:?}/$graph"
  done
fi
