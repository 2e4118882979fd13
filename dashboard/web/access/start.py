"""Say why a server may not start, before it does."""

from collections.abc import Iterable

from dashboard import settings, texts
from dashboard.records.core import RecordsError
from dashboard.records.people import count_accounts
from dashboard.web import request
from dashboard.web.access import mode
from geodata.editions import EditionStore, StoreError
from geodata.model import DatasetError
from geodata.reports import filled

MOST_FAULTS = 3


def refused(hosts: Iterable[str]) -> str:
    """Return the sentences, in Spanish, that say why a server on these hosts may not start; empty when it may."""
    language = texts.DEFAULT_LANGUAGE
    try:
        wanted = settings.read()
        store = request.record()
        try:
            keys = mode.lacking(wanted, hosts, count_accounts(store))
        finally:
            store.close()  # workers that are forked from here must open their own connections
            request.forget_record()
    except settings.SettingsError as error:
        return "\n".join(error.faults)
    except RecordsError as error:
        return texts.say(language, error.message, **error.fields)
    except (DatasetError, StoreError) as error:
        return damaged(wanted, error)
    said = [texts.say(language, key, hosts=", ".join(hosts), shortest=mode.SHORTEST_KEY) for key in keys]
    return "\n".join([texts.say(language, "access.start.refused"), *said]) if said else ""


def damaged(wanted: settings.Settings, error: DatasetError | StoreError) -> str:
    """Return a sentence, in Spanish, that says which data cannot be served and how to go on."""
    language = texts.DEFAULT_LANGUAGE
    faults = error.faults[:MOST_FAULTS] if isinstance(error, DatasetError) else [_told(error)]
    told = {"faults": "; ".join(map(str, faults))}
    if wanted.data_folder:
        return texts.say(language, "start.folder", folder=wanted.data_folder, **told)
    try:
        edition = EditionStore(wanted.store_folder).current_id()
    except StoreError as error:  # not even which one is in use can be read, and that sentence says how to go on
        return _told(error)
    return texts.say(language, "start.edition", edition=edition, **told)


def _told(error: StoreError) -> str:
    return filled(error.message, error.fields, texts.DEFAULT_LANGUAGE)
