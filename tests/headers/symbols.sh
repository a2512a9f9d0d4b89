#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# symbols.sh LIBRARY HEADERS_DIR - the library exports what the public headers
# declare, and nothing else.
set -eu
library=$1
headers=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Sanitizers and coverage add symbols of their own; they begin with "__".
nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ && $2 != "A" { print $3 }' |
    sed 's/@.*//' | grep -v '^__' | sort -u >"$tmp/exported"
cat "$headers"/*.h | tr '\n' ' ' | sed 's|/\*|\n/*|g; s|\*/|*/\n|g' | grep -v '^/\*' | tr '\n' ' ' |
    tr ';' '\n' | grep CLOCHE_API | grep -o 'cloche_[a-z_0-9]*(' | tr -d '(' | sort -u >"$tmp/declared"

[ -s "$tmp/declared" ] || { echo "no declarations found in $headers"; exit 1; }
if ! diff -u "$tmp/declared" "$tmp/exported"; then
    echo "the declared (-) and the exported (+) symbols differ"
    exit 1
fi
echo "$(wc -l <"$tmp/exported") symbols, all of them declared"
