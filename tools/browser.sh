#!/bin/sh
# Makes sure that there is a Chromium for the journeys: the one in CHROMIUM, the
# system's, or else Debian's package, where we may install it.
set -eu
found() {
	[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		command -v "$name" >/dev/null && return 0
	done
	return 1
}
found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "no Chromium here: installing the system's package"
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-noto-core
	found && exit 0
fi
echo "The journeys need Chromium. Install it (on Debian: apt-get install chromium fonts-noto-core), or set CHROMIUM to its path." >&2
exit 1
