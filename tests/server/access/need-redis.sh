#!/bin/sh
# Make sure that a Redis is there for the tests of the shared cache: install Debian's where that is possible.
set -u
command -v redis-server >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; else as="none"; fi
    if [ "$as" != none ]; then
        echo "Installing Debian's redis-server for the tests of the shared cache"
        $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq redis-server >/dev/null && exit 0
    fi
fi
echo "The tests of the shared cache need Redis. Install it (on Debian: apt-get install redis-server) and run 'make test' again." >&2
exit 1
