#!/bin/bash
# Error rates on invented cases: simulate, import through the raw exports, score; then one document of all of it.
#
#   Scripts/validate.sh [-b CLEW] [-o FOLDER] [-d DOCUMENT] [-k] [PRESET:SEEDS …]
#
#   -b   the clew to measure; .build/release/clew when absent
#   -o   where cases and results go; out/validation when absent
#   -d   the document to write; FOLDER/validation.md when absent
#   -k   keep the cases that are there already, and the results that are newer than CLEW: so a run that was cut
#        off goes on
#   PRESET:SEEDS   such as field:1-10 or large:1; clean:1-10 field:1-10 sparse:1-10 large:1-5 when absent
#
# FOLDER/cases/PRESET-SEED holds each case; its exports are removed once they are read, for clew simulate writes the
# same bytes again. FOLDER/results/PRESET-SEED holds every figure (score.json) and every single error (errors.csv),
# for the first three seeds of field what is left without each kind of evidence, and for the first five of field and
# sparse what the same case would come to if more had been seized. Truth is read by clew score alone.
set -euo pipefail

clew=.build/release/clew
out=out/validation
document=
keep=
while getopts b:o:d:k option; do
  case $option in
    b) clew=$OPTARG ;;
    o) out=$OPTARG ;;
    d) document=$OPTARG ;;
    k) keep=1 ;;
    *) exit 64 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- clean:1-10 field:1-10 sparse:1-10 large:1-5
[ -x "$clew" ] || { echo "$clew: no such program; make it or name it with -b" >&2; exit 66; }
scripts=$(dirname "$0")
mkdir -p "$out/cases" "$out/results"

# What clew score --without knows, and how many seeds of field it is measured on.
kinds="orders deliveries payload payments offers labels trades prices gaps pace groups flows weak neighbours"
ablated=3

# What more could have been seized, by a short name (validation_text.py), and on how many seeds it is measured.
more="second:--seized-second=100 subs:--seized-subs=100 returns:--returns=100,--returns-of-others=100
  accounts:--accounts=100"
seized_more=5

seeds() {
  case $1 in
    *-*) seq "${1%-*}" "${1#*-}" ;;
    *) echo "$1" ;;
  esac
}

make_case() { # folder, then the command that writes exports and truth into it
  local folder=$1
  shift
  [ -n "$keep" ] && [ -f "$folder/done" ] && return
  rm -rf "$folder"
  "$@" > "$folder.log"
  "$clew" import "$folder/case.clew" "$folder/exports" >> "$folder.log" 2>&1 || [ $? -eq 2 ]
  rm -rf "$folder/exports"
  touch "$folder/done"
}

nine_lines() { # folder
  mkdir -p "$1"
  cp -r "$scripts/../datasets/nine-lines/exports" "$scripts/../datasets/nine-lines/truth" "$1"
}

score() { # name result, then options
  local name=$1 result=$2
  shift 2
  [ -n "$keep" ] && [ "$out/results/$name/$result.json" -nt "$clew" ] && return
  mkdir -p "$out/results/$name"
  "$clew" score "$out/cases/$name/case.clew" --truth "$out/cases/$name/truth" --json "$@" \
    > "$out/results/$name/$result.part"
  mv "$out/results/$name/$result.part" "$out/results/$name/$result.json"
}

ablate() { # name
  local kind
  for kind in $kinds; do score "$1" "without-$kind" --without "$kind"; done
  score "$1" without-weights --role-weights "$out/no-weights.json"
}

with_more() { # preset seed
  local entry name options
  for entry in $more; do
    name=$1-$2-${entry%%:*}
    IFS=, read -ra options <<< "${entry#*:}"
    make_case "$out/cases/$name" \
      "$clew" simulate --preset "$1" --seed "$2" "${options[@]}" -o "$out/cases/$name"
    score "$name" score
  done
}

echo '{"version": "none", "features": {}, "asks": 0, "pays": 0, "ties": {}, "calibration": []}' \
  > "$out/no-weights.json"
names=()
for group in "$@"; do
  preset=${group%%:*}
  place=0
  for seed in $(seeds "${group#*:}"); do
    name=$preset-$seed
    names+=("$name")
    make_case "$out/cases/$name" \
      "$clew" simulate --preset "$preset" --seed "$seed" -o "$out/cases/$name"
    score "$name" score --errors "$out/results/$name/errors.csv"
    place=$((place + 1))
    if [ "$preset" = field ] && [ "$place" -le "$ablated" ]; then ablate "$name"; fi
    if [[ $preset = field || $preset = sparse ]] && [ "$place" -le "$seized_more" ]; then
      with_more "$preset" "$seed"
    fi
    echo "$name: scored" >&2
  done
done
make_case "$out/cases/nine-lines" nine_lines "$out/cases/nine-lines"
score nine-lines score
"$scripts/validation.py" --version "$("$clew" --version)" --folder "$out" "${names[@]}" \
  > "$out/document.part"
mv "$out/document.part" "${document:-$out/validation.md}"
sed -n '/^## In short/,/^## The cases/p' "${document:-$out/validation.md}" | sed '$d'
echo "${document:-$out/validation.md}" >&2
