"""Serve the application on this machine: `python -m dashboard`."""

import contextlib
import sys

from dashboard import settings, texts
from dashboard.app import create_app
from dashboard.web.access import Serving, listen, refused


def main() -> int:
    """Start the server; return the exit status."""
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
        what = {"address": f"{wanted.host}:{wanted.port}", "reason": error.strerror or type(error).__name__}
        print(texts.say(texts.DEFAULT_LANGUAGE, "access.start.no_address", **what), file=sys.stderr)
        return 2
    print(f"Conglomerados Amazonía: http://{wanted.host}:{wanted.port}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            serving.turn()
    return 0


if __name__ == "__main__":
    sys.exit(main())
