"""Keep every edition of the data set whole; switch the one in use in one step.

A store is a folder:

    current              the id of the edition in use; absent: the data that ship with the project
    history.jsonl        one line for each import and each switch
    editions/<id>/       a whole data set, `edition.json` (what made it) and `report.json`
    logs/                what went wrong unexpectedly

An edition's id is the hash of its content (`Dataset.edition`): the same content is the same edition,
whoever imports it and when. `default` names the data that ship; they are always there.
"""

import contextlib
import getpass
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from geodata.model import DEFAULT, Dataset, DatasetError, load
from geodata.reports import Report
from geodata.shared import SentenceError, clock, disk

SETTING = "CONGLOMERADOS_STORE"
PLACE = Path(__file__).resolve().parents[2] / "var"
SHIPPED = "default"
EDITION_FILE, REPORT_FILE = "edition.json", "report.json"
IMPORTED, USED = "import", "use"
SHORTEST_ID = 4  # digits of an id that are enough, where only one edition begins with them
_ID = re.compile(r"[0-9a-f]{10}")
_ASIDE = ".new-"
_TEXTS = ("id", "parent", "when", "subject", "file", "sha256", "who")  # of an edition's record


class StoreError(SentenceError):
    """What a store refuses; its sentence is one of :mod:`geodata.words`."""


class UnknownEdition(StoreError):
    """An edition that the store does not hold."""


class DamagedEdition(StoreError):
    """An edition, its record or the pointer to the one in use was altered by other hands."""


class Busy(StoreError):
    """Another process is importing or switching."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What made an edition. when: UTC, ISO 8601. sha256: of the file imported. summary: events by kind.

    understanding: how the file was read (`columns`, `options`), plain values.
    """

    id: str
    parent: str
    when: str
    subject: str
    file: str
    sha256: str
    who: str
    understanding: Mapping[str, object] = field(default_factory=dict)
    summary: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One line of the history: an import, or a switch to an edition already there."""

    when: str
    action: str
    edition: str
    before: str
    who: str


def now() -> str:
    """Return this moment as an edition keeps it."""
    return clock.stamp(clock.now())


def whoami() -> str:
    """Return the name of the user who runs this process, "" where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def place(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the store: the one the setting names, or `var` beside the project."""
    return Path(environment.get(SETTING) or PLACE)


class EditionStore:
    """The editions in a folder. Reading never locks and never writes; writing holds the lock."""

    def __init__(self, folder: Path | None = None, shipped: Path = DEFAULT):
        self.folder = Path(folder) if folder is not None else place()
        self.shipped = Path(shipped)

    @cached_property
    def shipped_edition(self) -> str:
        """Return the hash of the data that ship. Raises DatasetError."""
        return load(self.shipped).edition

    @property
    def _editions(self) -> Path:
        return self.folder / "editions"

    @property
    def _pointer(self) -> Path:
        return self.folder / "current"

    # ---- reading

    def current_id(self) -> str:
        """Return the id of the edition in use; `default` where none was ever chosen. Raises DamagedEdition."""
        try:
            return self._pointer.read_text("utf-8").strip() or SHIPPED
        except FileNotFoundError:
            return SHIPPED
        except UnicodeDecodeError:
            raise DamagedEdition("store.pointer_damaged", file=self._pointer) from None

    def folder_of(self, name: str) -> Path:
        """Return the folder of an edition, by its id or the only beginning of one. Raises UnknownEdition."""
        edition = self.resolve(name)
        return self.shipped if edition == SHIPPED else self._editions / edition

    def resolve(self, name: str) -> str:
        """Return the full id of an edition. Raises UnknownEdition."""
        if name == SHIPPED or self.holds(name):
            return name
        if len(name) >= SHORTEST_ID:
            found = [id_ for id_ in self.ids() if id_.startswith(name)]
            if len(found) == 1:
                return found[0]
        raise UnknownEdition("store.unknown_edition", edition=name)

    def holds(self, id_: str) -> bool:
        """Tell whether an edition of that full id is there."""
        return _ID.fullmatch(id_) is not None and (self._editions / id_ / EDITION_FILE).is_file()

    def ids(self) -> list[str]:
        """Return the ids of every imported edition, sorted."""
        if not self._editions.is_dir():
            return []
        return sorted(item.name for item in self._editions.iterdir() if self.holds(item.name))

    def load(self, name: str | None = None) -> Dataset:
        """Return an edition, the one in use where none is named. Raises UnknownEdition, DatasetError."""
        return load(self.folder_of(self.current_id() if name is None else name))

    def edition(self, id_: str) -> Edition:
        """Return what made an edition.

        Raises UnknownEdition: also for `default`, which nothing made; DamagedEdition where the record cannot be read.
        """
        if not self.holds(id_):
            raise UnknownEdition("store.unknown_edition", edition=id_)
        file = self._editions / id_ / EDITION_FILE
        with _readable(file, id_):
            made = Edition(**json.loads(file.read_text("utf-8")))
            if made.id != id_ or not all(isinstance(getattr(made, name), str) for name in _TEXTS):
                raise ValueError(file)
        return made

    def intact(self, name: str) -> Dataset:
        """Return an edition read afresh, after comparing what is in its files with the hash that names it.

        Raises UnknownEdition, DamagedEdition (files altered since the import, an unreadable record), DatasetError.
        """
        id_ = self.resolve(name)
        dataset = load(self.folder_of(id_))
        if id_ != SHIPPED:
            if dataset.edition != id_:
                raise DamagedEdition("store.altered", edition=id_)
            self.edition(id_)
        return dataset

    def report(self, id_: str) -> Report:
        """Return the report of the import that made an edition. Raises UnknownEdition, DamagedEdition."""
        self.edition(id_)
        file = self._editions / id_ / REPORT_FILE
        with _readable(file, id_):
            return Report.from_json(json.loads(file.read_text("utf-8")))

    def history(self) -> list[EditionEntry]:
        """Return imports and switches, oldest first; a line torn by a kill is passed over."""
        try:
            lines = (self.folder / "history.jsonl").read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        entries = []
        for line in lines:
            with contextlib.suppress(ValueError, TypeError):
                entries.append(EditionEntry(**json.loads(line)))
        return entries

    def recently_used(self, count: int) -> list[str]:
        """Return the ids last in use that are still there, newest first, the one in use among them."""
        entries = self.history()
        ids = [self.current_id(), *(e.edition for e in reversed(entries)), *(e.before for e in reversed(entries))]
        known = [id_ for id_ in dict.fromkeys(ids) if id_ == SHIPPED or self.holds(id_)]
        return known[:count]

    # ---- writing

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store alone, leftovers of killed imports swept away. Raises Busy, OSError."""
        self._editions.mkdir(parents=True, exist_ok=True)
        try:
            with disk.lock(self.folder / "lock", f"{os.getpid()} {now()}"):
                self._sweep()
                yield
        except disk.Locked as error:
            pid, _, since = error.holder.partition(" ")
            raise Busy("store.busy", pid=pid or "?", since=since or "?") from None

    def _sweep(self) -> None:
        for left in self._editions.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)

    @contextlib.contextmanager
    def aside(self) -> Iterator[Path]:
        """Give a folder in which an edition can be made; it is gone afterwards unless it was kept."""
        folder = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=self._editions))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path, edition: Edition, report: Report) -> bool:
        """Keep what was made aside as an edition; False where its content was there already.

        The folder must hold a data set that loads, whose hash is `edition.id` and whose files are
        synced. Needs the lock.
        """
        target = self._editions / edition.id
        if self.holds(edition.id) and self._is_sound(edition.id):
            return False
        disk.write(folder / EDITION_FILE, _json(asdict(edition)))
        disk.write(folder / REPORT_FILE, _json(report.to_json()))
        disk.sync(folder)
        if target.exists():  # damaged by other hands: set aside for the next sweep
            os.rename(target, tempfile.mkdtemp(prefix=_ASIDE, dir=self._editions))
        folder.chmod(0o755)  # a folder made aside is closed to others; servers may run as another user
        disk.move(folder, target)
        return True

    def _is_sound(self, id_: str) -> bool:
        try:
            self.intact(id_)
        except (DatasetError, DamagedEdition):
            return False
        return True

    def switch(self, id_: str, action: str, who: str | None = None) -> None:
        """Put an edition in use in one step. Needs the lock. Raises UnknownEdition."""
        edition = self.resolve(id_)
        entry = EditionEntry(now(), action, edition, self._before(), whoami() if who is None else who)
        disk.append_line(self.folder / "history.jsonl", json.dumps(asdict(entry), ensure_ascii=False))
        disk.write_whole(self._pointer, f"{edition}\n".encode())

    def _before(self) -> str:
        """Return the id of the edition in use, "" where the pointer to it is damaged: a switch mends it."""
        try:
            return self.current_id()
        except DamagedEdition:
            return ""

    def use(self, name: str, who: str | None = None) -> str:
        """Put an edition in use, after loading it whole; return its id.

        Raises UnknownEdition, DatasetError or DamagedEdition (a damaged edition), Busy.
        """
        edition = self.resolve(name)
        with self.locked():
            self.intact(edition)
            if edition != self._before():
                self.switch(edition, USED, who)
        return edition


@contextlib.contextmanager
def _readable(file: Path, id_: str) -> Iterator[None]:
    """Turn whatever a record that is no JSON or holds other things raises into one sentence. Raises DamagedEdition."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, FileNotFoundError):
        raise DamagedEdition("store.record_damaged", edition=id_, file=file) from None


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> object:
    """Return what JSON cannot write (numpy's numbers, sets, paths) as what it can."""
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else str(value)
