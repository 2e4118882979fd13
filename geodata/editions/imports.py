"""Bring a file in: understand it, read it, make the next edition aside, check it whole, switch to it.

Nothing that is in use changes before the last step, and the last step is one rename. What a person
must decide comes back as questions; what is wrong comes back as faults; either means that nothing
was imported.
"""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from geodata.editions import build
from geodata.editions.diff import compare
from geodata.editions.store import IMPORTED, SHIPPED, Edition, EditionStore, StoreError, now, whoami
from geodata.model import Dataset, DatasetError, load
from geodata.readers import Answers, EditionChanges, Question, Understanding, UnreadableFile
from geodata.reports import Report

SUBJECTS = ("limits", "indicators", "conflicts", "hazards", "layers", "links")
COLUMN = "column:"  # `column:NAME` in answers gives the role of a column

# what became of an import
NEW, UNCHANGED, KNOWN, REFUSED = "new", "unchanged", "known", "refused"
POSSIBLE, NEEDLESS = "possible", "needless"

Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Preview:
    """What an import would do, before anything is written.

    base: id of the edition it was read against. changes: None where the file cannot be imported as
    it is understood: `report.faults` and `questions` say why.
    """

    subject: str
    path: Path
    base: str
    report: Report
    understanding: Understanding
    changes: EditionChanges | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what a person must still say."""
        return self.understanding.questions

    @property
    def ready(self) -> bool:
        """Tell whether nothing stands in the way."""
        return self.changes is not None and not self.questions and not self.report.faults


@dataclass(frozen=True, eq=False)
class ImportOutcome:
    """What became of an import, or would become of it.

    status: of an import new, unchanged (the same as the edition in use), known (an edition that was there
    already, now in use) or refused; of a trial possible, needless (it would change nothing) or refused.
    edition: the id of what was made, None where refused.
    """

    status: str
    preview: Preview
    edition: str | None = None

    @property
    def report(self) -> Report:
        """Return what happened to every row."""
        return self.preview.report


def reader_of(subject: str) -> ModuleType:
    """Return the reader of a kind of file. Raises StoreError for another kind."""
    if subject not in SUBJECTS:
        raise StoreError("import.unknown_subject", subject=subject)
    return import_module(f"geodata.readers.{subject}")


def _quiet(_: str) -> None:
    """Tell nobody."""


def preview(
    store: EditionStore, subject: str, path: Path, answers: Answers | None = None, progress: Progress = _quiet
) -> Preview:
    """Read a file against the edition in use; write nothing. Faults and questions are in the preview.

    answers: what a person said, by the key of the question (`crs`, `coding`, `column:NAME` ...).
    Raises StoreError, DatasetError where the edition in use cannot be loaded.
    """
    base_id = store.current_id()
    return _preview(base_id, store.load(base_id), subject, Path(path), answers or {}, progress)


def _preview(base_id: str, base: Dataset, subject: str, path: Path, answers: Answers, progress: Progress) -> Preview:
    reader, report = reader_of(subject), Report(path.name, subject)
    understanding, changes = Understanding(subject), None
    if not path.is_file():
        report.add("fault", "import.folder" if path.is_dir() else "import.no_file", file=path.name)
        return Preview(subject, path, base_id, report, understanding)
    try:
        progress("understand")
        understanding = reader.understand(path, base, answers)
        for question in understanding.questions:
            report.add("fault", question.message, **question.fields)
        if not understanding.questions:
            progress("read")
            changes = reader.read(path, understanding, base, report)
    except UnreadableFile as error:
        report.add("fault", error.message, **error.fields)
    except PermissionError:
        report.add("fault", "import.no_permission", file=path.name)
    return Preview(subject, path, base_id, report, understanding, None if report.faults else changes)


def try_out(
    store: EditionStore, subject: str, path: Path, answers: Answers | None = None, progress: Progress = _quiet
) -> ImportOutcome:
    """Do all of an import but keeping it: the report says what would change. Touches nothing in the store."""
    base_id = store.current_id()
    base = store.load(base_id)
    preview_ = _preview(base_id, base, subject, Path(path), answers or {}, progress)
    if preview_.ready:
        with tempfile.TemporaryDirectory(prefix="conglomerados-") as folder:
            made = _make(store.folder_of(base_id), Path(folder), base, preview_, progress)
        if made is not None:
            return ImportOutcome(NEEDLESS if made.edition == base.edition else POSSIBLE, preview_, made.edition)
    return ImportOutcome(REFUSED, preview_)


def run(
    store: EditionStore,
    subject: str,
    path: Path,
    answers: Answers | None = None,
    *,
    who: str | None = None,
    base: str | None = None,
    progress: Progress = _quiet,
) -> ImportOutcome:
    """Import a file: a new edition, whole and in use, or nothing at all.

    base: the edition that a person saw the preview against; another one in use refuses the import.
    Raises Busy, StoreError, DatasetError (the edition in use cannot be loaded), OSError.
    """
    with store.locked():
        base_id = store.current_id()
        if base is not None and base != base_id:
            raise StoreError("store.base_moved", was=base, now=base_id)
        in_use = store.load(base_id)
        preview_ = _preview(base_id, in_use, subject, Path(path), answers or {}, progress)
        if not preview_.ready:
            return ImportOutcome(REFUSED, preview_)
        return _put_in_use(store, in_use, preview_, digest_of(preview_.path), who, progress)


def remove_layer(store: EditionStore, key: str, *, who: str | None = None) -> ImportOutcome:
    """Make an edition without a user's layer and its figures, and put it in use.

    Raises StoreError where the edition in use has no such layer, Busy, DatasetError, OSError.
    """
    with store.locked():
        base_id = store.current_id()
        in_use = store.load(base_id)
        if key not in in_use.layers:
            raise StoreError("store.no_layer", layer=key, layers=", ".join(in_use.layers) or "–")
        title, changes = in_use.layers[key].title_es, EditionChanges(layers={key: None})
        report = Report(title, "layers")
        report.add("note", "layers.note.removed", layer=title, n=in_use.layers[key].count)
        understanding = Understanding("layers", options={"removed": key})
        preview_ = Preview("layers", Path(title), base_id, report, understanding, changes)
        return _put_in_use(store, in_use, preview_, "", who, _quiet)


def _put_in_use(
    store: EditionStore, in_use: Dataset, preview_: Preview, sha256: str, who: str | None, progress: Progress
) -> ImportOutcome:
    """Make the edition that a preview stands for, and switch to it. Needs the lock."""
    who = whoami() if who is None else who
    with store.aside() as folder:
        made = _make(store.folder_of(preview_.base), folder, in_use, preview_, progress)
        if made is None:
            return ImportOutcome(REFUSED, preview_)
        if made.edition == in_use.edition:
            return ImportOutcome(UNCHANGED, preview_, preview_.base)
        progress("switch")
        if made.edition == store.shipped_edition:
            store.switch(SHIPPED, IMPORTED, who)
            return ImportOutcome(KNOWN, preview_, SHIPPED)
        is_new = store.keep(folder, _edition(made.edition, preview_, sha256, who), preview_.report)
    store.switch(made.edition, IMPORTED, who)
    return ImportOutcome(NEW if is_new else KNOWN, preview_, made.edition)


def _make(base_folder: Path, folder: Path, base: Dataset, preview_: Preview, progress: Progress) -> Dataset | None:
    """Make the edition in a folder and load it whole; None, and faults in the report, where it is not sound."""
    progress("build")
    if preview_.changes is None:  # what cannot be imported is refused before
        raise ValueError(f"nothing to import from {preview_.report.file}")
    build.build(base_folder, folder, preview_.changes)
    progress("check")
    try:
        made = load(folder)
    except DatasetError as error:
        for fault in error.faults:
            preview_.report.add("fault", "import.unsound", fault=fault)
        return None
    progress("compare")
    preview_.report.events.extend(compare(base, made))
    return made


def _edition(id_: str, preview_: Preview, sha256: str, who: str) -> Edition:
    understood = {"columns": dict(preview_.understanding.columns), "options": dict(preview_.understanding.options)}
    return Edition(
        id=id_,
        parent=preview_.base,
        when=now(),
        subject=preview_.subject,
        file=preview_.path.name,
        sha256=sha256,
        who=who,
        understanding=understood,
        summary=preview_.report.counts(),
    )


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
