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

if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if [ "$(id -u)" -eq 0 ]; then
  become=()
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  become=(sudo)
else
  echo "setup-spark: packages are missing and this is not root; run: apt-get install ${missing[*]}" >&2
  exit 69
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup-spark: no apt-get here; install what Debian calls: ${missing[*]}" >&2
  exit 69
fi

echo "setup-spark: installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${become[@]}" apt-get update -qq >&2
"${become[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
