"""Serve the application on this machine: `python -m dashboard`."""

import sys

from dashboard import settings, texts
from dashboard.app import create_app
from geodata.dataset import DatasetError
from geodata.editions import Store, StoreError
from geodata.report_files import filled

MOST_FAULTS = 3


def main() -> int:
    """Start the server; return the exit status."""
    try:
        wanted = settings.read()
    except settings.SettingsError as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 2
    try:
        app = create_app(wanted)
    except (DatasetError, StoreError) as error:
        print(damaged(wanted, error), file=sys.stderr)
        return 2
    print(f"Conglomerados Amazonía: http://{wanted.host}:{wanted.port}")
    # debug mode would ask a remote address for newer versions
    app.run(host=wanted.host, port=wanted.port, debug=False)
    return 0


def damaged(wanted: settings.Settings, error: DatasetError | StoreError) -> str:
    """Return a sentence, in Spanish, that says which data cannot be served and how to go on."""
    language = texts.DEFAULT_LANGUAGE
    faults = error.faults[:MOST_FAULTS] if isinstance(error, DatasetError) else [_told(error)]
    told = {"faults": "; ".join(map(str, faults))}
    if wanted.data_folder:
        return texts.say(language, "start.folder", folder=wanted.data_folder, **told)
    return texts.say(language, "start.edition", edition=Store(wanted.store_folder).current_id(), **told)


def _told(error: StoreError) -> str:
    return filled(error.message, error.fields, texts.DEFAULT_LANGUAGE)


if __name__ == "__main__":
    sys.exit(main())
