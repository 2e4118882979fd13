"""Serve the application on this machine: `python -m dashboard`."""

import sys

from dashboard import settings
from dashboard.access.start import refused
from dashboard.app import create_app


def main() -> int:
    """Start the server; return the exit status."""
    try:
        wanted = settings.read()
    except settings.SettingsError as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 2
    if told := refused([wanted.host]):
        print(told, file=sys.stderr)
        return 2
    app = create_app(wanted)
    print(f"Conglomerados Amazonía: http://{wanted.host}:{wanted.port}")
    # debug mode would ask a remote address for newer versions
    app.run(host=wanted.host, port=wanted.port, debug=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
