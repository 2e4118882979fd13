#!/bin/sh
# Make sure that a Chromium is there for the browser tests: install Debian's where that is possible.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; else as="none"; fi
    if [ "$as" != none ]; then
        echo "Installing Debian's chromium for the browser tests"
        $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq chromium >/dev/null && exit 0
    fi
fi
echo "The browser tests need Chromium. Install it (on Debian: apt-get install chromium) and run 'make test' again." >&2
exit 1
