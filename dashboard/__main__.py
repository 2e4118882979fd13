"""Serve the application on this machine: `python -m dashboard`; with `--room`, a meeting's room to phones as well."""

import argparse
import contextlib
import sys
from collections.abc import Sequence

from dashboard import settings, texts
from dashboard.app import create_app
from dashboard.web.access import Serving, door, is_loopback, listen, refused


def main(arguments: Sequence[str] = ()) -> int:
    """Start the server; return the exit status."""
    asked = _read(arguments)
    try:
        wanted = settings.read()
    except settings.SettingsError as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 2
    if refusal := refused([wanted.host]):
        print(refusal, file=sys.stderr)
        return 2
    app = create_app(wanted)
    try:
        serving = Serving(app.server, [listen(wanted.host, wanted.port)])
    except OSError as error:
        return _no_address("no_address", wanted.host, wanted.port, error)
    way_in = door.Door(serving, app.server, asked.room_host, asked.room_port)
    if asked.room or is_loopback(wanted.host):  # others reach any other address anyway
        door.stand(way_in)
    print(f"Conglomerados Amazonía: http://{wanted.host}:{wanted.port}", flush=True)
    if asked.room:
        try:
            way_in.open()
        except OSError as error:
            return _no_address("no_room_address", way_in.host, way_in.port, error)
        print("\n".join(door.told(way_in, texts.DEFAULT_LANGUAGE)), flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            serving.turn()
    return 0


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    say = texts.say
    reader = argparse.ArgumentParser(prog="python -m dashboard", description=say("es", "rooms.command.about"))
    reader.add_argument("--room", action="store_true", help=say("es", "rooms.command.room"))
    reader.add_argument("--room-host", default=door.EVERYWHERE, help=say("es", "rooms.command.host"))
    reader.add_argument("--room-port", type=int, default=door.PORT, help=say("es", "rooms.command.port"))
    return reader.parse_args(arguments)


def _no_address(key: str, host: str, port: int, error: OSError) -> int:
    """Say that nobody can listen at an address; return the exit status."""
    what = {"address": f"{host}:{port}", "reason": error.strerror or type(error).__name__}
    print(texts.say(texts.DEFAULT_LANGUAGE, f"access.start.{key}", **what), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
