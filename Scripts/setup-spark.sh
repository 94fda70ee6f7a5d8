#!/usr/bin/env bash
# Installs what the cluster of `clew cluster` needs on Debian 12 and that is missing; otherwise silent.
# With --tests also protoc and openssl, with which the tests compare the protocol and make certificates.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

Scripts/setup.sh
missing=()

# Java 17 or later; JAVA_HOME goes before the path.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -XshowSettings:properties -version 2>&1 |
  awk '$1 == "java.specification.version" { print $3 }' || true)
case $version in
'' | 1.* | [2-9] | 1[0-6]) missing+=(openjdk-17-jre-headless) ;;
esac
if ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then missing+=(python3-venv); fi
if [ "${1:-}" = --tests ]; then
  if ! command -v protoc >/dev/null 2>&1; then missing+=(protobuf-compiler); fi
  if ! command -v openssl >/dev/null 2>&1; then missing+=(openssl); fi
fi

Scripts/install.sh setup-spark ${missing[@]+"${missing[@]}"}
