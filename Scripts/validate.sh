#!/bin/bash
# Error rates on invented cases: simulate, import, analyse, score; a table of mean and worst.
#
#   Scripts/validate.sh [-b CLEW] [-o FOLDER] [-k] [PRESET:SEEDS …]
#
#   -b   the clew to measure; .build/release/clew when absent
#   -o   where cases and results go; out/validation when absent
#   -k   keep the cases that are there already and import only what is new
#   PRESET:SEEDS   such as field:1-10 or large:1; clean:1-10 field:1-10 sparse:1-10 large:1 when absent
#
# FOLDER/scores.csv holds every figure of every case, FOLDER/table.md and FOLDER/table.csv the mean
# and the worst of the seeds, FOLDER/PRESET-SEED/errors.csv every single error.
set -euo pipefail

clew=.build/release/clew
out=out/validation
keep=
while getopts b:o:k option; do
  case $option in
    b) clew=$OPTARG ;;
    o) out=$OPTARG ;;
    k) keep=1 ;;
    *) exit 64 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- clean:1-10 field:1-10 sparse:1-10 large:1
[ -x "$clew" ] || { echo "$clew: no such program; make it or name it with -b" >&2; exit 66; }
mkdir -p "$out"

seeds() {
  case $1 in
    *-*) seq "${1%-*}" "${1#*-}" ;;
    *) echo "$1" ;;
  esac
}

run_case() { # preset seed
  local folder="$out/$1-$2" began
  if [ -z "$keep" ] || [ ! -f "$folder/case.clew" ]; then
    rm -rf "$folder"
    "$clew" simulate --preset "$1" --seed "$2" -o "$folder" > "$folder.log"
    "$clew" import "$folder/case.clew" "$folder/exports" >> "$folder.log" 2>&1 || [ $? -eq 2 ]
  fi
  began=$SECONDS
  "$clew" score "$folder/case.clew" --truth "$folder/truth" --errors "$folder/errors.csv" --csv \
    > "$folder/score.csv"
  echo "$1 $2: scored in $((SECONDS - began)) s" >&2
}

echo "preset,seed,measure,of,value,low,high,part,whole" > "$out/scores.csv"
for group in "$@"; do
  preset=${group%%:*}
  for seed in $(seeds "${group#*:}"); do
    run_case "$preset" "$seed"
    sed -e 1d -e "s/^/$preset,$seed,/" "$out/$preset-$seed/score.csv" >> "$out/scores.csv"
  done
done

# The worst is the largest for accusations and Brier scores, the smallest for all else.
LC_ALL=C awk -F, -v csv="$out/table.csv" '
  NR == 1 || $5 == "" || $5 == "-" { next }
  {
    measure = $3 ($4 == "" ? "" : " (" $4 ")")
    key = measure SUBSEP $1
    if (!(measure in place)) { place[measure] = ++count; name[count] = measure }
    if (!($1 in column)) { column[$1] = ++columns; title[columns] = $1 }
    sum[key] += $5; n[key]++
    low = measure ~ /accused|brier|lines.found/
    if (!(key in worst) || (low ? $5 > worst[key] : $5 < worst[key])) worst[key] = $5
  }
  END {
    line = "| measure |"; rule = "|---|"
    for (c = 1; c <= columns; c++) { line = line " " title[c] " mean | worst |"; rule = rule "--:|--:|" }
    print line; print rule
    print "measure,preset,seeds,mean,worst" > csv
    for (m = 1; m <= count; m++) {
      line = "| " name[m] " |"
      for (c = 1; c <= columns; c++) {
        key = name[m] SUBSEP title[c]
        if (n[key]) {
          line = line sprintf(" %.3f | %.3f |", sum[key] / n[key], worst[key])
          printf "%s,%s,%d,%.4f,%.4f\n", name[m], title[c], n[key], sum[key] / n[key], worst[key] > csv
        } else line = line " – | – |"
      }
      print line
    }
  }' "$out/scores.csv" > "$out/table.md"
cat "$out/table.md"
