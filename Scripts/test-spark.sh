#!/usr/bin/env bash
# Starts a Spark cluster on this machine, runs the tests that need one, and stops it: [FILTER=…] test-spark.sh
# Whatever happens, nothing is left running.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

Scripts/setup-spark.sh --tests

# A build folder of its own: the trait compiles every module anew.
options=(--traits Spark --scratch-path .build-spark)
swift build "${options[@]}" --build-tests --explicit-target-dependency-import-check error
clew=$(swift build "${options[@]}" --show-bin-path)/clew

# The program on the workers, and the client as it is used: without optimisation the cases take half an hour.
fast=$(Scripts/spark-programs.sh)

place=$(mktemp -d)
folder=$place/cluster
stop() {
  status=$?
  trap - EXIT
  if [ -e "$folder/cluster.json" ]; then "$clew" cluster stop --folder "$folder" || status=70; fi
  rm -rf "$place"
  # No process names the folder any more. The folder is not an argument here, or this would find itself.
  if left=$(grep -alFf <(printf '%s\n' "$place") /proc/[0-9]*/cmdline 2>/dev/null); then
    echo "test-spark: left running:" $left >&2
    status=70
  fi
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Streams of two seconds, so that queries outlive them.
"$clew" cluster start --folder "$folder" \
  --conf spark.connect.execute.reattachable.senderMaxStreamDuration=2s
# One after the other: several clusters at once take more memory and time than two cores have.
export CLEW_SPARK_CLUSTER=$folder CLEW_SPARK_WORKER=$fast/clew-worker CLEW_SPARK_CLEW=$fast/clew
swift test "${options[@]}" --skip-build \
  --no-parallel --filter "${FILTER:-ArrowFormatTests|ClewSparkTests|clewTests.*Spark}"
