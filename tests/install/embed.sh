#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# embed.sh SOURCE CMAKE COMPILER LIBDIR LIBEXECDIR SANITIZE LINK ZYGOTE
#
# Builds this tree for a temporary prefix, installs it there, builds
# examples/embed.c against it with the compiler and pkg-config alone, and runs it: it
# must find the helper programs where they were installed.
set -eu
source=$1
cmake=$2
compiler=$3
libdir=$4
libexecdir=$5
sanitize=$6
link=$7
zygote=$8
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
unset CLOCHE_HELPER_DIR CLOCHE_CGROUP CLOCHE_POLICY

fail() {
    echo "$*"
    exit 1
}

# The prefix is compiled in, so it needs a build of its own.
"$cmake" -G Ninja -S "$source" -B "$tmp/build" -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=OFF \
    -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_INSTALL_PREFIX="$tmp/prefix" -DCMAKE_INSTALL_LIBDIR="$libdir" \
    -DCMAKE_INSTALL_LIBEXECDIR="$libexecdir" -DCLOCHE_SANITIZE="$sanitize" \
    -DCLOCHE_PYTHON_LINK="$link" >"$tmp/log" ||
    { cat "$tmp/log"; fail "cmake failed"; }
"$cmake" --build "$tmp/build" >"$tmp/log" || { cat "$tmp/log"; fail "the build failed"; }
"$cmake" --install "$tmp/build" >"$tmp/log" || { cat "$tmp/log"; fail "installing failed"; }
rm -rf "$tmp/build" # from here on, what is installed must be enough

prefix=$tmp/prefix
for file in bin/cloche "$libexecdir/cloche/cloche-launcher" "$libexecdir/cloche/$zygote" \
    "$libexecdir/cloche/cloche-floor" "$libdir/libcloche.so" "$libdir/pkgconfig/cloche.pc" \
    include/cloche/cloche.h share/man/man1/cloche.1 share/man/man1/cloche-bench.1 \
    share/man/man1/cloche-demo.1 share/man/man3/libcloche.3 share/cloche/result.schema.json \
    share/cloche/bench.schema.json share/cloche/scan.schema.json share/man/man1/cloche-scan.1; do
    [ -e "$prefix/$file" ] || fail "not installed: $file"
done

PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
export PKG_CONFIG_PATH
[ -z "$sanitize" ] || CFLAGS="-fsanitize=$sanitize"
# shellcheck disable=SC2046,SC2086  # words, each of them
"$compiler" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Werror ${CFLAGS:-} \
    "$source/examples/embed.c" $(pkg-config --cflags --libs cloche) -o "$tmp/embed" ||
    fail "examples/embed.c does not build against the installed copy"

LD_LIBRARY_PATH=$prefix/$libdir
export LD_LIBRARY_PATH
out=$("$tmp/embed" 'print(6 * 7)' 2>"$tmp/err") || { cat "$tmp/err"; fail "embed ended with $?"; }
[ "$out" = 42 ] || fail "embed printed '$out', not 42"
grep -q '^ok' "$tmp/err" || { cat "$tmp/err"; fail "embed's outcome was not ok"; }

status=0
"$tmp/embed" 'while True: pass' >"$tmp/out" 2>"$tmp/err" || status=$?
[ "$status" = 130 ] || { cat "$tmp/err"; fail "a cancelled run ended embed with $status, not 130"; }
grep -q '^cancelled' "$tmp/err" || { cat "$tmp/err"; fail "the outcome was not cancelled"; }

out=$("$prefix/bin/cloche" run -c 'print("installed")') || fail "the installed cloche cannot run"
[ "$out" = installed ] || fail "the installed cloche printed '$out'"
"$prefix/bin/cloche" demo ptrace words >"$tmp/out" || { cat "$tmp/out"; fail "demo ended with $?"; }
grep -q '^1 attack reached nothing' "$tmp/out" || { cat "$tmp/out"; fail "demo tried no attack"; }
"$prefix/bin/cloche" bench -q -n 1 -w W1 >"$tmp/out" || { cat "$tmp/out"; fail "the installed bench"; }
grep '^  \(cloche\|python3\|fork\)' "$tmp/out" | grep 'not measured' && fail "the installed bench"
echo "installed, embedded, run"
