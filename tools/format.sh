#!/bin/sh
# Fails where a Go file is not as gofumpt would write it.
set -eu
cd "$(dirname "$0")/.."
odd=$(find . -name "*.go" -not -path "*/node_modules/*" -not -path "./.git/*" -print0 | xargs -0 go tool -modfile=tools/go.mod gofumpt -l)
[ -z "$odd" ] || { echo "not formatted (make fmt puts it right):"; echo "$odd"; exit 1; }
