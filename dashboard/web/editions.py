"""Hand out the editions of the data that this process serves: the one in use, and those of pages still open."""

import logging
import re
import threading
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from dashboard import settings
from geodata.editions import SHIPPED, EditionStore, StoreError
from geodata.model import Dataset, DatasetError
from geodata.model import dataset as datasets

RECENT = 4  # editions, the one in use among them, that pages still open may be on
RETRY_S = 30  # before an edition that could not be loaded is tried again
EDITION = re.compile(r"[0-9a-f]{10}")

log = logging.getLogger(__name__)


class OneFolder:
    """The data set in a folder that a setting names: the same for as long as the process runs."""

    def __init__(self, folder: Path):
        self._dataset = datasets.load(folder)

    def in_use(self) -> Dataset:
        """The data set."""
        return self._dataset

    def of(self, edition: str) -> Dataset | None:
        """Return the data set where it is the edition asked for, else None."""
        return self._dataset if edition == self._dataset.edition else None

    def recent(self) -> Iterator[Dataset]:
        """Give the data set, the only one there is."""
        yield self._dataset


class Editions:
    """The editions of a store as one process serves them; each process looks at the store by itself."""

    def __init__(self, store: EditionStore):
        self._store = store
        self._loading = threading.Lock()
        self._by_id: Mapping[str, Dataset] = {}  # oldest first; never changed, only replaced under the lock
        self._served: tuple[str, Dataset] | None = None
        self._failed: tuple[str, float] | None = None

    def in_use(self) -> Dataset:
        """Return the edition in use; the one before while another thread is still loading it.

        Reading the pointer takes some 20 microseconds; everything else happens once an edition. One
        that cannot be loaded is logged, and the former stays. Raises DatasetError where there is none.
        """
        wanted, served = self._store.current_id(), self._served
        if served is not None:
            if wanted == served[0] or self._has_just_failed(wanted):
                return served[1]
            if not self._loading.acquire(blocking=False):
                return served[1]
        else:
            self._loading.acquire()
        try:
            if self._served is None or self._served[0] != wanted:
                self._served = wanted, self._load(wanted)
        except (DatasetError, StoreError, OSError) as error:
            self._failed = wanted, time.monotonic()
            if self._served is None:
                raise
            log.error("edition %s cannot be served, %s stays in use: %s", wanted, self._served[0], error)
        finally:
            self._loading.release()
        return self._served[1]

    def _has_just_failed(self, wanted: str) -> bool:
        failed = self._failed
        return failed is not None and failed[0] == wanted and time.monotonic() - failed[1] < RETRY_S

    def of(self, edition: str) -> Dataset | None:
        """Return one of the last editions in use by the hash of its content; None for any other."""
        for dataset in (self.in_use(), *self._by_id.values()):
            if dataset.edition == edition:
                return dataset
        if not EDITION.fullmatch(edition):
            return None
        return next((dataset for dataset in self.recent() if dataset.edition == edition), None)

    def recent(self) -> Iterator[Dataset]:
        """Give the last editions in use, newest first, loading those that this process has not yet."""
        yield self.in_use()
        for id_ in self._store.recently_used(RECENT):
            try:
                with self._loading:
                    dataset = self._load(id_)
            except (DatasetError, StoreError, OSError) as error:
                log.warning("edition %s cannot be served: %s", id_, error)
                continue
            yield dataset

    def _load(self, id_: str) -> Dataset:
        """Return an edition, kept among the last ones. Needs the lock."""
        dataset = self._by_id.get(id_)
        if dataset is None:
            # the shipped one is shared with whoever asks for the default
            shipped = id_ == SHIPPED and self._store.shipped == datasets.DEFAULT
            dataset = datasets.default() if shipped else self._store.load(id_)
        kept = {key: value for key, value in self._by_id.items() if key != id_}
        self._by_id = dict([*kept.items(), (id_, dataset)][-RECENT:])
        return dataset


def store() -> EditionStore | None:
    """Return the store that this process serves from; None where a setting names a folder instead."""
    wanted = settings.read()
    return EditionStore(wanted.store_folder) if wanted.data_folder is None else None


@lru_cache(maxsize=1)
def served() -> Editions | OneFolder:
    """Return what this process serves from: the store, or the folder that a setting names."""
    wanted = settings.read()
    return Editions(EditionStore(wanted.store_folder)) if wanted.data_folder is None else OneFolder(wanted.data_folder)
