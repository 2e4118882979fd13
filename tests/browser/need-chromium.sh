#!/bin/sh
# need-chromium.sh [PACKAGE]: make sure that a Chromium is there, of Debian's package where that can be installed:
# chromium-headless-shell for the tests, which has no windows and takes half the work, chromium for the benchmark.
set -u
package=${1:-chromium-headless-shell}
command -v "$package" >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; else as="none"; fi
    if [ "$as" != none ]; then
        echo "Installing Debian's $package"
        $as apt-get update -qq
        # a system without the shell may have the whole browser
        for one in "$package" chromium; do
            DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq "$one" >/dev/null && exit 0
        done
    fi
fi
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
echo "Chromium is needed. Install it (on Debian: apt-get install $package) and run this again." >&2
exit 1
