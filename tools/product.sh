#!/bin/sh
# Says what the journeys test: the build of every package that the binary is made
# of, with what is embedded in it, and the browser.
set -eu
cd "$(dirname "$0")/.."
go list -export -deps -f '{{.BuildID}}' . | sha256sum | cut -d' ' -f1
"${CHROMIUM:-chromium}" --version 2>/dev/null || true
