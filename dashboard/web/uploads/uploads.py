"""Keep what a browser sent or had fetched until it is imported or given up, each file in a folder of its own.

    uploads/<token>/       in the folder of the store, closed to other users of the machine
        <file>             the content, under a name made anew
        request.json       what a person wants of it: kind, answers
        job.json           what is being done with it, or how that ended
        seen.json          how it was understood, and the report
        done.json          what became of the import
        stop               that a download is to end
        lock               held by whoever works on it, as long as that process lives

A token is random: it is all that a browser knows of the folder.
"""

import logging
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

import orjson

from dashboard.web.uploads.preview import Seen
from geodata.readers.formats import MAX_FILE_BYTES, MB
from geodata.shared import SentenceError, disk, whole

FOLDER = "uploads"
KEPT_S = 24 * 3600
MOST_WAITING = 12  # files, of which each may be as large as a file may be
MOST_BYTES = MAX_FILE_BYTES
PIECE = MB
LONGEST_STEM = 80
LONGEST_NAME = 200
log = logging.getLogger(__name__)
_TOKEN = re.compile(r"[0-9a-f]{32}")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}$")

# what is being done with a file, and how it stands
FETCH, CHECK, IMPORT = "fetch", "check", "import"
WORKING, FINISHED, FAILED = "working", "finished", "failed"


class NotTaken(SentenceError):
    """A file that is not taken."""


class Altered(Exception):
    """Something written of a file that other hands have altered, or that was cut short."""


@dataclass(frozen=True, slots=True)
class UploadRequest:
    """What a person wants of a file. name: as it was called, to be shown only; file: as it is called here.

    subject: "" for the one that its content shows. answers: by key, as the readers take them. source: by name, of one
    that is fetched; until it is here `file` is "".
    """

    name: str
    file: str
    subject: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def is_here(self) -> bool:
        """Tell whether there is a file to be read."""
        return bool(self.file)


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with a file. step: of :mod:`geodata.editions.imports`; message and fields: why it failed.

    got, of: bytes of a download that are here, and of how many, as far as that is known.
    """

    what: str
    status: str
    step: str = ""
    message: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    got: int = 0
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an import. before: the edition in use until then; undone: that one is in use again."""

    status: str
    edition: str
    before: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that a browser sent, and all that is known of it."""

    folder: Path

    @property
    def token(self) -> str:
        """The name under which a browser knows it."""
        return self.folder.name

    @property
    def path(self) -> Path:
        """Return where its content is."""
        return self.folder / self.request().file

    @property
    def lock(self) -> Path:
        """The file that whoever changes it holds."""
        return self.folder / "lock"

    def request(self) -> UploadRequest:
        """Return what is wanted of it. Raises OSError where it is gone, Altered where that cannot be read."""
        found = self._read("request", UploadRequest)
        if found is None:
            raise FileNotFoundError(self.folder / "request.json")
        return found

    def want(self, subject: str, answers: Mapping[str, str]) -> None:
        """Keep what a person wants."""
        self._write("request", asdict(replace(self.request(), subject=subject, answers=dict(answers))))

    def arrived(self, content: Path) -> None:
        """Take a file that was fetched. content: on the disk of this folder; it is moved here."""
        name = own_name(content.name)
        content.replace(self.folder / name)
        self._write("request", asdict(replace(self.request(), name=content.name, file=name)))

    @property
    def is_stopped(self) -> bool:
        """Tell whether its download is to end."""
        return not self.folder.is_dir() or (self.folder / "stop").exists()

    def stop(self, stopped: bool = True) -> None:
        """Have a download end, or not any more."""
        mark = self.folder / "stop"
        mark.touch() if stopped else mark.unlink(missing_ok=True)

    def job(self) -> Job | None:
        """Return what is done with it; one whose process is gone has failed."""
        # in this order: whoever works writes how it ended before letting the lock go
        held = disk.is_locked(self.lock)
        try:
            job = self._read("job", Job)
        except Altered:
            job = Job(CHECK, WORKING)  # and so it was broken off, unless somebody is at it
        if job is not None and job.status == WORKING and not held:
            return replace(job, status=FAILED, message="intake.interrupted")
        return job

    def tell(self, job: Job) -> None:
        """Write what is done with it."""
        self._write("job", asdict(job))

    def seen(self) -> Seen | None:
        """Return how it was understood at the last check."""
        try:
            return self._plain("seen", Seen.from_json)
        except Altered:
            return None  # to be checked anew

    def see(self, seen: Seen) -> None:
        """Keep how it was understood."""
        disk.write_whole(self.folder / "seen.json", seen.to_json())

    def done(self) -> Done | None:
        """Return what became of its import."""
        try:
            return self._read("done", Done)
        except Altered:
            return None  # the store knows its editions, and the same content makes the same one

    def end(self, done: Done) -> None:
        """Keep what became of its import; the file itself is needed no longer."""
        self._write("done", asdict(done))
        self.path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove it with all that was known of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, name: str, plain: Mapping[str, Any]) -> None:
        body = orjson.dumps(plain, default=str, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY)
        disk.write_whole(self.folder / f"{name}.json", body)

    def _read(self, name: str, kind: type) -> Any:
        return self._plain(name, lambda plain: kind(**plain))

    def _plain(self, name: str, read: Callable[[Any], Any]) -> Any:
        """Return what is written of it, None where nothing is. Raises Altered where it cannot be read."""
        try:
            return read(orjson.loads((self.folder / f"{name}.json").read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("%s of the file %s cannot be read: %s", name, self.token, error)
            raise Altered(name) from error


def find(store: Path, token: Any) -> Upload | None:
    """Return what a browser sent before, by its token; None where it is no more or never was."""
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return None
    upload = Upload(store / FOLDER / token)
    try:
        upload.request()
    except (OSError, Altered):
        return None
    return upload


def receive(store: Path, name: str, stream: IO[bytes], length: int | None) -> Upload:
    """Write what a browser sends to the disk, piece by piece. Raises NotTaken, OSError; leaves nothing then.

    name: the file's name there. length: bytes announced, None where unknown.
    """
    _refuse_large(length or 0, MOST_BYTES)
    upload = _new(store)
    try:
        file = own_name(name)
        spool(stream, upload.folder / file, length, MOST_BYTES)
        upload._write("request", asdict(UploadRequest(_shown(name), file)))
    except BaseException:
        upload.forget()
        raise
    return upload


def expect(store: Path, name: str, source: str, subject: str, answers: Mapping[str, str]) -> Upload:
    """Make the place of a file that is to be fetched from a source. Raises NotTaken, OSError."""
    upload = _new(store)
    upload._write("request", asdict(UploadRequest(name, "", subject, answers, source)))
    return upload


def _new(store: Path) -> Upload:
    """Return an empty folder of a file. Raises NotTaken where too many wait, OSError."""
    sweep(store)
    place = store / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sum(1 for _ in place.iterdir()) >= MOST_WAITING:
        raise NotTaken("intake.full", most=MOST_WAITING)
    upload = Upload(place / secrets.token_hex(16))
    upload.folder.mkdir(mode=0o700)
    return upload


def spool(stream: IO[bytes], target: Path, length: int | None, most: int) -> None:
    """Write what a browser sends to a new file, piece by piece. Raises NotTaken, OSError.

    length: bytes announced, None where unknown; most: that are taken.
    """
    _refuse_large(length or 0, most)
    got = 0
    with open(target, "xb") as file:
        while piece := stream.read(PIECE):
            got += len(piece)
            _refuse_large(got, most)
            file.write(piece)
    if length is not None and got != length:
        raise NotTaken("intake.broke_off")


def _refuse_large(size: int, most: int) -> None:
    if size > most:
        raise NotTaken("intake.too_large", mb=whole(size / MB), most=most // MB)


def own_name(name: str) -> str:
    """Return a name for a file here: letters, digits and signs of ours, so that a reader still knows it.

    Reports and editions show it, and limits take their year from it.

    >>> own_name("../../Población 2017 (v2).XLSX"), own_name(""), own_name("..")
    ('Poblacion_2017_v2.xlsx', 'file', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(c for c in unicodedata.normalize("NFKD", last) if not unicodedata.combining(c))
    found = _ENDING.search(bare)
    stem = re.sub(r"[^A-Za-z0-9-]+", "_", bare[: found.start()] if found else bare).strip("_-")
    return (stem[:LONGEST_STEM] or "file") + (found[0].lower() if found else "")


def _shown(name: str) -> str:
    """Return a name as the screen shows it: its last part, without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:LONGEST_NAME] or own_name(name)


def sweep(store: Path, now: float | None = None) -> None:
    """Remove what was sent more than a day ago and nobody works on. now: seconds since the epoch."""
    now = time.time() if now is None else now
    place = store / FOLDER
    for folder in place.iterdir() if place.is_dir() else ():
        times = [item.stat().st_mtime for item in (folder, *folder.glob("*")) if item.exists()]
        if times and now - max(times) > KEPT_S and not disk.is_locked(folder / "lock"):
            shutil.rmtree(folder, ignore_errors=True)
