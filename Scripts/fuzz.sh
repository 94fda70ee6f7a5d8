#!/usr/bin/env bash
# Runs libFuzzer on every target of Fuzz/targets.txt, or on those named, which may also be formats:
# fuzz.sh [seconds] [target…]. Seconds are processor time; see Fuzz/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-60}
shift || true

# The backtracer would wait for minutes on each crash.
export SWIFT_BACKTRACE=enable=no

# A build folder of its own: the seeded mutations are built without the sanitizer.
swift build --configuration release --sanitize=fuzzer --package-path Fuzz \
  --scratch-path Fuzz/.build-fuzzer --product Fuzz >&2
fuzz=Fuzz/.build-fuzzer/release/Fuzz
corpus=Fuzz/.corpus
mkdir -p "$corpus"

if [ $# -gt 0 ]; then
  targets=("$@")
else
  mapfile -t targets < <(CLEW_FUZZ_LIST=1 "$fuzz")
fi
CLEW_FUZZ_CORPUS=$corpus CLEW_FUZZ_TARGETS="${targets[*]}" "$fuzz"

# The fuzzer on one target. Its own limit of 5 seconds is processor time; this one is for endless loops.
fuzzer() {
  local target=$1 status=0
  shift
  CLEW_FUZZ=$target "$fuzz" -timeout=300 -rss_limit_mb=2048 "$@" &
  wait $! || status=$?
  # Its files lie in memory, and it does not end in a way that removes them.
  rm -rf "/dev/shm/clew-fuzz-$!" "${TMPDIR:-/tmp}/clew-fuzz-$!"
  return "$status"
}

# Finds the smallest input with the same end and keeps what it comes to as a fixture.
keep() {
  local target=$1 finding=$2 smallest=$2.smallest
  case $finding in */crash-* | */timeout-* | */oom-*) ;; *) return ;; esac
  fuzzer "$target" -minimize_crash=1 -max_total_time=30 -exact_artifact_path="$smallest" \
    "$finding" >/dev/null 2>&1 || true
  if [ -s "$smallest" ]; then mv "$smallest" "$finding"; fi
  CLEW_FUZZ_KEEP=$finding CLEW_FUZZ=$target "$fuzz"
}

# The number behind a label, in the last line that has it.
last() {
  local found
  found=$(grep -aoE "$1:? +[0-9]+" "$2" | tail -n 1) || true
  echo "${found##* }"
}

failed=0
row='%-11s %11s %8s %7s %7s %7s %7s %5s  %s\n'
printf "$row" target executions exec/s edges before features corpus MiB findings
for target in "${targets[@]}"; do
  findings=$corpus/$target.findings
  log=$corpus/$target.log
  rm -rf "$findings"
  mkdir -p "$findings"
  CLEW_FUZZ_SECONDS=$seconds fuzzer "$target" "$corpus/$target" -dict="$corpus/$target.dict" \
    -max_len=65536 -print_final_stats=1 -artifact_prefix="$findings/" >"$corpus/$target.out" \
    2>"$log" || { failed=1 && tail -n 20 "$log" >&2; }
  grep -a INITED "$log" >"$log.begin" || true
  executions=$(last number_of_executed_units "$log")
  printf "$row" "$target" "${executions:--}" "$((${executions:-0} / seconds))" \
    "$(last cov "$log")" "$(last cov "$log.begin")" "$(last ft "$log")" "$(last corp "$log")" \
    "$(last peak_rss_mb "$log")" "$(find "$findings" -name '[cto]*-*' | wc -l)"
  rm -f "$log.begin"
  for finding in "$findings"/*; do if [ -f "$finding" ]; then keep "$target" "$finding"; fi; done
  rmdir --ignore-fail-on-non-empty "$findings"
done
exit "$failed"
