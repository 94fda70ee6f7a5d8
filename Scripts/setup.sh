#!/usr/bin/env bash
# Installs the system packages that Clew needs on Debian 12 and that are missing; otherwise silent.
set -euo pipefail

missing=()

# need PACKAGE COMMAND...: asks for the package when the command fails.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

# has_header NAME: whether the C compiler's standard folders hold the header.
has_header() {
  local folder
  for folder in /usr/include /usr/include/"$(uname -m)"-linux-gnu /usr/local/include; do
    if [ -e "$folder/$1" ]; then return 0; fi
  done
  return 1
}

if ! command -v swift >/dev/null 2>&1; then
  echo "setup: swift is not on the PATH; install Swift 6.3 from https://www.swift.org/install" >&2
  exit 69
fi

need pkg-config command -v pkg-config
need libgraphviz-dev has_header graphviz/gvc.h
need libsqlite3-dev has_header sqlite3.h
need libarchive-dev has_header archive.h
need libexpat1-dev has_header expat.h
need liblz4-dev has_header lz4.h
need libsnappy-dev has_header snappy-c.h
need libzstd-dev has_header zstd.h
need graphviz command -v gvpr # the drawing tests ask it to read our DOT
# A loop instead of `fc-list | grep -q`: grep would leave early and break the pipe.
need fontconfig command -v fc-list
if ! compgen -G '/usr/share/fonts/*/*/NotoSansCJK*' >/dev/null; then missing+=(fonts-noto-cjk); fi

Scripts/install.sh setup ${missing[@]+"${missing[@]}"}
