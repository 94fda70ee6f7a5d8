#!/usr/bin/env bash
# Measures the Spark engine beside the local one and GraphX, on a cluster of this machine: bench-spark.sh [ROWS…]
#
# For each number of rows (10 million unless told otherwise) a table of invented payments is made, in which the
# traders of the nine lines take part. Measured are the analysis with the table on the cluster and with the table
# imported, which have to give the same bytes, and components and PageRank of its accounts, ours and GraphX's.
# MEMORY (MiB) is that of each of the two workers, PEOPLE the number of accounts (a quarter of the rows unless told
# otherwise), FOLDER keeps tables between runs, ONLY=analysis or ONLY=network measures the one or the other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || set -- 10000000
memory=${MEMORY:-5120} rounds=${ROUNDS:-10} only=${ONLY:-}

Scripts/setup-spark.sh
if [ ! -x /usr/bin/time ]; then Scripts/install.sh bench-spark time; fi
programs=$(Scripts/spark-programs.sh)
clew=$programs/clew worker=$programs/clew-worker

place=$(mktemp -d)
tables=${FOLDER:-$place/tables}
cluster=$place/cluster
mkdir -p "$tables" "$place/events"
stop() {
  status=$?
  trap - EXIT
  if [ -e "$cluster/cluster.json" ]; then "$clew" cluster stop --folder "$cluster" || true; fi
  rm -rf "$place"
  exit "$status"
}
trap stop EXIT INT TERM

events=(--conf spark.eventLog.enabled=true --conf "spark.eventLog.dir=file:$place/events"
  --conf spark.eventLog.compress=false --conf spark.eventLog.rolling.enabled=false)

# Runs a command whose output goes to a file; says its wall and CPU seconds and its peak of memory: timed WHAT OUT …
timed() {
  local what=$1 out=$2
  shift 2
  /usr/bin/time -o "$place/time" -f "$what: %e s wall, %U s + %S s CPU of this program, peak %M KiB" \
    "$@" >"$out" 2>"$place/errors" || { cat "$place/errors" >&2; return 1; }
  cat "$place/time"
}

start() {
  rm -rf "$place/events"
  mkdir "$place/events"
  "$clew" cluster start --folder "$cluster" --memory "$memory" "${events[@]}" >"$place/start"
  port=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["port"])' "$cluster/cluster.json")
  CLEW_SPARK_TOKEN=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["token"])' "$cluster/cluster.json")
  export CLEW_SPARK_TOKEN
}

# Says what the cluster's processes took at most, ends them, and says what each step took.
finish() {
  for process in /proc/[0-9]*; do
    if tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q "^[^ ]*java .*$cluster"; then
      awk -v name="$(tr '\0' ' ' <"$process/cmdline" | grep -o 'SparkConnectServer\|CoarseGrainedExecutorBackend' | head -n 1)" \
        '/VmHWM/ { printf "peak of %s: %d MiB\n", name, $2 / 1024 }' "$process/status"
    fi
  done
  "$clew" cluster stop --folder "$cluster" >/dev/null
  python3 Benchmarks/Spark/steps.py "$place"/events/*
}

echo "== machine"
grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //' || true
echo "$(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), load $(cut -d ' ' -f 1 /proc/loadavg)"
echo "two workers of $memory MiB"

"$clew" import "$place/small.clew" datasets/nine-lines/exports >/dev/null
"$clew" analyze "$place/small.clew" --json >"$place/small.json"
python3 -c '
import json, sys
for party in json.load(open(sys.argv[1]))["parties"]:
    for account in party["accounts"]:
        if account.startswith("alipay:"): print(account)' "$place/small.json" >"$place/traders"

# The analysis of the table on the cluster, and of the table imported.
analysis() {
  echo "-- analysis, the table on the cluster"
  start
  timed "analysis" "$place/cluster.answer" "$clew" analyze "$place/small.clew" --json \
    --engine "spark://127.0.0.1:$port" --spark-folder "$place/steps" --worker "$worker" --table "$table"
  finish

  echo "-- analysis, the table imported"
  rm -f "$place/all.clew"
  timed "import" /dev/null "$clew" import "$place/all.clew" datasets/nine-lines/exports "$table"
  timed "analysis" "$place/local.answer" "$clew" analyze "$place/all.clew" --json
  cmp "$place/cluster.answer" "$place/local.answer" && echo "the same $(stat -c %s "$place/local.answer") bytes"
  rm -f "$place/all.clew" "$place"/*.answer
}

installation() {
  find "${XDG_CACHE_HOME:-$HOME/.cache}/clew" -type d -path '*/site-packages/pyspark' 2>/dev/null | head -n 1
}

peer() {
  SPARK_HOME=$home SPARK_LOCAL_IP=127.0.0.1 SPARK_WORKER_DIR=$place/work SPARK_LOCAL_DIRS=$place/local \
    "$home/bin/spark-submit" --master "local-cluster[2,1,$memory]" --class GraphXPeer \
    --conf "spark.executor.memory=$((memory - 512))m" --conf spark.driver.memory=2g --conf spark.ui.enabled=false \
    --conf spark.master.rest.enabled=false --conf spark.driver.host=127.0.0.1 \
    --conf spark.driver.bindAddress=127.0.0.1 "$place/peer.jar" "$@" 2>"$place/errors" ||
    { tail -n 20 "$place/errors" >&2; return 1; }
}

# Components and PageRank of the accounts' numbers, ours and GraphX's.
network() {
  echo "-- components and PageRank ($rounds rounds) of the accounts"
  home=$(installation)
  if [ -z "$home" ]; then
    start # It fetches Spark.
    "$clew" cluster stop --folder "$cluster" >/dev/null
    home=$(installation)
  fi
  if [ ! -e "$place/peer.jar" ]; then
    java -cp "$home/jars/*" scala.tools.nsc.Main -usejavacp -d "$place/peer.jar" Benchmarks/Spark/GraphXPeer.scala
  fi
  [ -e "$numbers" ] || peer numbers "$table" "$numbers" >/dev/null
  start
  for measure in components pagerank; do
    options=()
    if [ $measure = pagerank ]; then options=(--fixed-point --rounds "$rounds"); fi
    timed "ours, $measure" "$place/$measure.ours" "$clew" graph $measure "$numbers" \
      --engine "spark://127.0.0.1:$port" --spark-folder "$place/steps" --worker "$worker" "${options[@]}"
  done
  finish
  for measure in components pagerank; do
    rm -rf "$place/$measure.peer" "$place/$measure.csv"
    echo "GraphX, $measure: $(peer $measure "$numbers" "$place/$measure.peer" "$rounds" | grep '^seconds')"
    peer csv "$place/$measure.peer" "$place/$measure.csv" >/dev/null
    python3 Benchmarks/Spark/same.py $measure "$place/$measure.ours" "$place/$measure.csv"/part-*.csv
  done
}

for rows in "$@"; do
  echo
  echo "== $rows payments"
  table=$tables/$rows.csv numbers=$tables/$rows.parquet
  [ -e "$table" ] || Benchmarks/Spark/transfers.sh "$rows" "$table" <"$place/traders"
  du -sm "$table" | awk '{ print $1 " MiB of text" }'
  if [ "$only" != network ]; then analysis; fi
  if [ "$only" != analysis ]; then network; fi
done
