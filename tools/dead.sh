#!/bin/sh
# Fails where code cannot be reached: from main and the bench for what ships,
# from the tests for what only tests use. Both looks run at once.
set -eu
cd "$(dirname "$0")/.."
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
deadcode() { go tool -modfile=tools/go.mod deadcode "$@"; }
deadcode . ./bench >"$found/shipped" &
shipped=$!
deadcode -test ./... >"$found/tested"
wait "$shipped"
dead=$(sort -u "$found/shipped" "$found/tested")
[ -z "$dead" ] || { echo "nothing reaches this:"; echo "$dead"; exit 1; }
