#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# alone.sh INCLUDE_DIR HEADER - a header needs no other before it, may come
# twice, and is clean C11, C17 and C++11 and later by every compiler here.
set -u
include=$1
header=$2
failed=0
tried=0

compile() { # compiler language standard
    command -v "$1" >/dev/null 2>&1 || return 0
    tried=$((tried + 1))
    if ! printf '#include <%s>\n#include <%s>\nint cloche_nothing;\n' "$header" "$header" |
        "$1" -x "$2" -std="$3" -Wall -Wextra -Wpedantic -Werror -I"$include" -fsyntax-only -; then
        echo "$header is not clean: $1 -std=$3"
        failed=1
    fi
}

for compiler in cc gcc clang; do
    compile "$compiler" c c11
    compile "$compiler" c c17
done
for compiler in c++ g++ clang++; do
    compile "$compiler" c++ c++11
    compile "$compiler" c++ c++17
done
command -v c++ >/dev/null 2>&1 || {
    echo "no C++ compiler (c++) here"
    [ -n "${CI:-}" ] && exit 1
    exit 77
}
[ "$tried" -gt 0 ] && exit "$failed"
