#!/usr/bin/env bash
# Runs libFuzzer on every parser, or on those named: fuzz.sh [seconds] [parser…]; see Fuzz/README.md.
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
CLEW_FUZZ_FIXTURES=Tests/ClewImportTests/Fixtures CLEW_FUZZ_CORPUS=$corpus "$fuzz"

if [ $# -gt 0 ]; then
  parsers=("$@")
else
  mapfile -t parsers < <(CLEW_FUZZ_LIST=1 "$fuzz")
fi

failed=0
for parser in "${parsers[@]}"; do
  mkdir -p "$corpus/$parser" "Fuzz/Crashers/$parser"
  printf '== %s, %s seconds\n' "$parser" "$seconds"
  if ! CLEW_FUZZ=$parser "$fuzz" "$corpus/$parser" -max_total_time="$seconds" -timeout=5 \
    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="Fuzz/Crashers/$parser/" 2>"$corpus/$parser.log"; then
    failed=1
    tail -n 20 "$corpus/$parser.log"
  fi
  grep -E 'number_of_executed_units|peak_rss_mb' "$corpus/$parser.log" || true
  rmdir --ignore-fail-on-non-empty "Fuzz/Crashers/$parser"
done
exit "$failed"
