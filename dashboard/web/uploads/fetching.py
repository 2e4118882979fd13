"""Fetch published limits from where they are published, by the way of `python -m geodata fetch`.

What arrives lies in a folder of the store that all share, so that a download which broke off or was stopped goes on
from there, whoever asks for it next. Only the sources that are named in `geodata/sources/sources.toml` are asked.
"""

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

from dashboard.web.uploads import uploads
from dashboard.web.uploads.uploads import FETCH, MOST_BYTES, WORKING, Job, NotTaken, Upload
from geodata.editions import EditionStore, now
from geodata.shared import disk
from geodata.sources import fetch, unpack

SUBJECT = "limits"
DOWNLOADS = "downloads"  # as the command line has it
UNPACKED = "unpacked"  # within it: what an archive held, until it is taken from there
BOUNDS = fetch.Bounds(most_bytes=MOST_BYTES, connect_s=10, read_s=15, total_s=3600, attempts=4)
_TELL_S = 0.3  # from one mark of progress on the disk to the next


def expect(store: EditionStore, name: str) -> Upload:
    """Make the place of what a source publishes. Raises NotTaken where there is no such source, OSError."""
    source = fetch.sources(SUBJECT).get(name)
    if source is None:
        raise NotTaken("intake.no_source")
    return uploads.expect(store.folder, source.name, name, SUBJECT, source.answers)


def bring(store: EditionStore, upload: Upload) -> None:
    """Download what an upload waits for, open it where it is packed, and put it there.

    Raises FetchError, NotTaken where it was stopped or somebody else fetches the same, OSError.
    """
    request = upload.request()
    source = fetch.sources(SUBJECT).get(request.source)
    if source is None:  # of an older version of the program
        raise NotTaken("intake.no_source")
    folder = store.folder / DOWNLOADS
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(disk.lock(folder / f".{request.source}.lock", now()))
        except disk.Locked:
            raise NotTaken("intake.fetch_elsewhere") from None
        got = fetch.fetch_source(source, folder, bounds=BOUNDS, progress=_Teller(upload))
        upload.tell(Job(FETCH, WORKING, "unpack", got=got.bytes, of=got.bytes))
        upload.arrived(_opened(got, folder))


def _opened(got: fetch.Fetched, folder: Path) -> Path:
    if not got.is_packed:
        return got.path
    made = unpack(got.path, folder / UNPACKED)
    got.path.unlink(missing_ok=True)
    return made


@dataclass
class _Teller:
    """Write how far a download is, now and then. Raises NotTaken where it is to stop."""

    upload: Upload
    of: int | None = None
    next_s: float = 0.0

    def __call__(self, got: int, of: int | None) -> None:
        self.of = of or self.of
        if time.monotonic() < self.next_s:
            return
        self.next_s = time.monotonic() + _TELL_S
        if self.upload.is_stopped:
            raise NotTaken("intake.fetch_stopped")
        self.upload.tell(Job(FETCH, WORKING, got=got, of=self.of))
