#!/bin/sh
# Fails where code cannot be reached: from main and the bench for what ships,
# from the tests for what only tests use.
set -eu
cd "$(dirname "$0")/.."
deadcode() { go tool -modfile=tools/go.mod deadcode "$@"; }
shipped=$(deadcode . $(test -f bench/main.go && echo ./bench))
tested=$(deadcode -test ./...)
dead=$(printf '%s\n%s\n' "$shipped" "$tested" | sort -u | sed '/^$/d')
[ -z "$dead" ] || { echo "nothing reaches this:"; echo "$dead"; exit 1; }
