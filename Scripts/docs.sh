#!/usr/bin/env bash
# Builds the DocC documentation of every library module into .build/documentation; a warning is an
# error. It needs nothing but the toolchain: symbol graphs from the built modules, docc reads them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

modules=(GraphCore ArrowFormat GraphDraw ClewEvidence ClewImport ClewChain ClewSimulation ClewReport ClewScore)
graphs=$PWD/.build/symbol-graphs
output=$PWD/.build/documentation

if ! command -v docc >/dev/null 2>&1; then
  echo "docs: docc is not on the PATH; it comes with the Swift toolchain" >&2
  exit 69
fi

swift build --product clew
swift build --target ArrowFormat
built=$(swift build --show-bin-path)
triple=$(swift -print-target-info | awk -F '"' '/"unversionedTriple"/ { print $4; exit }')

# The C modules that ours, or those of a dependency, import.
flags=()
while IFS= read -r map; do
  flags+=(-Xcc "-fmodule-map-file=$map")
done < <(find "$PWD"/Sources/C*/ .build/checkouts/*/Sources -name module.modulemap | sort)
for flag in $(pkg-config --cflags libgvc libarchive expat liblz4 libzstd); do flags+=(-Xcc "$flag"); done

rm -rf "$graphs" "$output"
failed=0
for module in "${modules[@]}"; do
  mkdir -p "$graphs/$module" "$output"
  swift symbolgraph-extract -module-name "$module" -target "$triple" -I "$built/Modules" \
    "${flags[@]}" -minimum-access-level public -skip-synthesized-members -skip-inherited-docs \
    -output-dir "$graphs/$module"
  if docc convert "Sources/$module/$module.docc" \
    --additional-symbol-graph-dir "$graphs/$module" \
    --fallback-display-name "$module" --fallback-bundle-identifier "clew.$module" \
    --warnings-as-errors --output-path "$output/$module.doccarchive"; then
    echo "docs: $module"
  else
    echo "docs: $module has warnings" >&2
    failed=1
  fi
done
exit "$failed"
