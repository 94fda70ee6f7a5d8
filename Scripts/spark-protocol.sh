#!/usr/bin/env bash
# Makes Sources/SparkConnectProtocol/Generated anew from the definition beside it: spark-protocol.sh
# Needs protoc (Debian: protobuf-compiler); builds its Swift plugins from the packages that the trait
# Spark brings. PROTOC_PLUGINS names a folder that has them already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v protoc >/dev/null 2>&1; then
  echo "spark-protocol: protoc is not on the PATH; install protobuf-compiler" >&2
  exit 69
fi

build=(swift build --traits Spark --scratch-path .build-spark --configuration release)
if [ -z "${PROTOC_PLUGINS:-}" ]; then
  "${build[@]}" --product protoc-gen-swift >&2
  "${build[@]}" --product protoc-gen-grpc-swift-2 >&2
  PROTOC_PLUGINS=$("${build[@]}" --show-bin-path)
fi

module=Sources/SparkConnectProtocol
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
protoc --proto_path="$module/Definition" spark_connect.proto \
  --plugin="$PROTOC_PLUGINS/protoc-gen-swift" \
  --swift_out="$made" --swift_opt=Visibility=Package,UseAccessLevelOnImports=true \
  --plugin="$PROTOC_PLUGINS/protoc-gen-grpc-swift-2" \
  --grpc-swift-2_out="$made" --grpc-swift-2_opt=Visibility=Package,UseAccessLevelOnImports=true

# Without the trait the module is empty. A test compares the sum with the definition's.
sum=$(cksum <"$module/Definition/spark_connect.proto")
mkdir -p "$module/Generated"
for file in "$made"/*.swift; do
  {
    printf '// swift-format-ignore-file\n// Definition: %s\n#if Spark\n' "$sum"
    cat "$file"
    printf '#endif\n'
  } >"$module/Generated/${file##*/}"
done
