#!/bin/bash
# What takes longer than the gate: the full HTML validator over every page that
# the journeys see, the journeys ten times over, fifty power cuts, a minute of
# fuzzing for each target, and everything watched for races, libraries too.
set -euo pipefail
cd "$(dirname "$0")/.."

for program in java npm; do
	command -v $program >/dev/null || { echo "verify needs $program: install it (on Debian: apt-get install default-jre-headless npm)"; exit 1; }
done
npm --prefix tools/vnu ci --ignore-scripts --no-audit --no-fund

pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

echo "== the journeys ten times, three of them with all their variations"
export PAGES=$pages
THOROUGH=1 go -C e2e test -count=3 -timeout 60m .
go -C e2e test -count=7 -timeout 60m .
unset PAGES
echo "== fifty power cuts"
REPEAT=50 go -C e2e test -count=1 -timeout 20m -run TestWhatWasSavedIsThereAfterAPowerCut .
echo "== $(find "$pages" -name '*.html' | wc -l) pages through the full validator"
find "$pages" -name '*.html' -print0 | xargs -0 -n 200 java -jar tools/vnu/node_modules/vnu-jar/build/dist/vnu.jar --Werror --filterfile tools/vnu/accepted.txt
echo "== fuzzing"
go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./... | while read -r package; do
	go test -list '^Fuzz' "$package" | { grep '^Fuzz' || true; } | while read -r target; do
		echo "$package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime 60s "$package"
	done
done
echo "== everything watched for races"
go test -race -short -vet=off -count=1 . ./hooks/...
echo "verified"
