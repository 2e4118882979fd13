#!/bin/sh
# Make sure that a PostgreSQL is there for the tests of the record: install Debian's where that is possible.
set -u
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
command -v initdb >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; else as="none"; fi
    if [ "$as" != none ]; then
        echo "Installing Debian's postgresql for the tests of the record"
        $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq postgresql >/dev/null && exit 0
    fi
fi
echo "The tests of the record need PostgreSQL. Install it (on Debian: apt-get install postgresql) and run 'make test' again." >&2
exit 1
