#!/usr/bin/env bash
# Builds `clew` and `clew-worker` as they go to a cluster, optimised and without libraries of Swift's, and prints the
# folder in which they lie. Without their tables of symbols: every worker reads the whole program for its digest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

release=(--configuration release --traits Spark --static-swift-stdlib -Xlinker -s --scratch-path .build-worker)
for product in clew-worker clew; do swift build "${release[@]}" --product "$product" >&2; done
swift build "${release[@]}" --show-bin-path
