#!/usr/bin/env bash
# Writes a canonical table of invented payments in parts of a million rows: transfers.sh ROWS FOLDER [SEED]
#
# Among PEOPLE strangers, ROWS / 4 unless told otherwise, by a law in which few pay often; every two-thousandth row has one of the accounts on
# standard input at an end, so that a case's traders take part. The same arguments give the same bytes.
set -euo pipefail
rows=$1 folder=$2 seed=${3:-1} people=${PEOPLE:-$(($1 / 4))}
mkdir -p "$folder"
traders=$(mktemp)
trap 'rm -f "$traders"' EXIT
cat > "$traders"
part=0
for ((start = 0; start < rows; start += 1000000)); do
  count=$((rows - start < 1000000 ? rows - start : 1000000))
  awk -v rows="$count" -v start="$start" -v people=$((people + 1)) -v seed=$((seed * 1000 + part)) '
    FILENAME != "-" { trader[traders++] = $0; next }
    BEGIN { srand(seed) }
    END {
      print "time,from,to,amount,currency,channel,memo,id"
      for (row = 0; row < rows; row++) {
        payer = sprintf("alipay:2088%012d", int(people * rand() * rand()))
        payee = sprintf("alipay:2088%012d", int(people * rand() * rand()))
        if (traders && (start + row) % 2000 == 0) payer = trader[int(traders * rand())]
        if (payer == payee) payee = "alipay:2088999999999999"
        day = int(365 * rand())
        printf "2016-%02d-%02dT%02d:%02d:%02d+08:00,%s,%s,%.2f,CNY,alipay,,2016%016d\n",
          1 + int(day / 31), 1 + day % 28, int(24 * rand()), int(60 * rand()), int(60 * rand()),
          payer, payee, 1 + 500 * rand(), start + row
      }
    }' "$traders" > "$folder/part-$(printf %04d "$part").csv" < /dev/null
  part=$((part + 1))
done
