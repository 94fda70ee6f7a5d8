#!/usr/bin/env bash
# Installs packages of Debian, or says in one line what to install: install.sh WHO PACKAGE…
# Silent without packages.
set -euo pipefail

who=$1
shift
missing=("$@")
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if [ "$(id -u)" -eq 0 ]; then
  become=()
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  become=(sudo)
else
  echo "$who: packages are missing and this is not root; run: apt-get install ${missing[*]}" >&2
  exit 69
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "$who: no apt-get here; install what Debian calls: ${missing[*]}" >&2
  exit 69
fi

echo "$who: installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${become[@]}" apt-get update -qq >&2
"${become[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
