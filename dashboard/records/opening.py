"""Open the record: its database brought up to date, with the first proposals in it."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from dashboard.records.core import ALONE, Patience, RecordsError, Store, make_engine, upgrade
from dashboard.records.proposals import first
from geodata.model import Dataset
from geodata.shared import clock

log = logging.getLogger(__name__)


def open_store(
    url: str, dataset: Dataset, *, now: Callable[[], datetime] = clock.now, patience: Patience = ALONE
) -> Store:
    """Open a database and bring it up to date: SQLite is upgraded here, PostgreSQL must have been by command.

    The first proposals are in it afterwards. Raises RecordsError for a database that is behind, damaged or not there.
    """
    try:
        return _opened(Store(make_engine(url), dataset, now=now, patience=patience))
    except (DBAPIError, OSError) as error:
        parsed = make_url(url)
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        log.error("the record cannot be opened: %s", reason)
        raise RecordsError("cannot_open", place=parsed.database or parsed.host, why=reason) from error


def _opened(store: Store) -> Store:
    if store.is_sqlite:
        upgrade.upgrade(store.engine)
    elif not upgrade.is_current(store.engine):
        upgrade.refuse_strangers(store.engine)
        store.close()
        raise RecordsError("database_behind")
    first.keep_first_proposals(store)
    return store
