"""What each command does once its words are understood; every function returns the exit status.

0: done. 1: nothing was imported, because of faults or of open questions. 3: the network.
"""

from collections.abc import Iterator
from os import environ
from pathlib import Path

import pandas as pd

from geodata.editions import (
    COLUMN,
    SHIPPED,
    DamagedEdition,
    EditionStore,
    ImportOutcome,
    Preview,
    build,
    export_edition,
    imports,
    recognise,
)
from geodata.model import Dataset, DatasetError, holdings, travel
from geodata.readers import Answers, Question
from geodata.readers.cells import terms
from geodata.readers.shared import is_role
from geodata.reports import Report, Voice, files
from geodata.shared import rounded, years_text
from geodata.sources import FetchError, fetch, unpack
from geodata.words import dates

DONE, REFUSED, USAGE, NETWORK = 0, 1, 2, 3
SHOWN_LINES = 20  # of one kind on a terminal
SHOWN_NAMES = 6
IGNORED = "ignore"  # the role of a column that nothing is taken from
# the option that answers a question; any other is answered by --answer KEY=VALUE
OPTIONS = {"crs": "--crs", "tolerance_m": "--tolerance", "coding": "--coding", "year": "--year"}
NAMED_OPTIONS = ("separator", "encoding", "heading_row", "coding", "absent", "crs")
ROLES = frozenset(
    role for kind in ("hazard", "conflict", "layer", "link") for role in terms(f"{kind}_columns").values()
)
PINNED = "CONGLOMERADOS_DATA"


# ---- import and check


def bring_in(
    voice: Voice, store: EditionStore, subject: str, path: Path, answers: Answers, *,
    ask_first: bool, dry_run: bool, report: Path | None,
) -> int:  # fmt: skip
    """Import a file, or only try. At a terminal open questions are asked and the import confirmed."""
    answers = dict(answers)
    if voice.is_talking:
        _ask_open(voice, store, subject, path, answers)
    if dry_run or (ask_first and voice.is_talking):
        with voice.steps() as step:
            tried = imports.try_out(store, subject, path, answers, step)
        _show(voice, store, tried, report)
        if dry_run or tried.status == imports.REFUSED:
            return _end(voice, tried)
        if not voice.agrees("import.confirm"):
            voice.tell("import.declined")
            return REFUSED
    before = store.current_id()
    with voice.steps() as step:
        done = imports.run(store, subject, path, answers, progress=step)
    if not (ask_first and voice.is_talking) or done.status == imports.REFUSED:
        _show(voice, store, done, report)
    return _end(voice, done, before)


def check(
    voice: Voice, store: EditionStore, path: Path, answers: Answers, kind: str | None, report: Path | None
) -> int:
    """Say what importing a file would do; its kind is found from its content unless it is given."""
    subject = kind or recognise(path)
    if kind is None:
        voice.tell("import.found_subject", subject=voice.say(f"report.subject.{subject}"))
    return bring_in(voice, store, subject, path, answers, ask_first=False, dry_run=True, report=report)


def _ask_open(voice: Voice, store: EditionStore, subject: str, path: Path, answers: dict[str, object]) -> None:
    """Ask what the file leaves open until nothing is, or a person gives no answer."""
    while True:
        preview = imports.preview(store, subject, path, answers)
        questions = [question for question in preview.questions if question.key not in answers]
        if not questions:
            return
        voice.line(files.filled(questions[0].message, questions[0].fields, voice.language))
        for line in _choices(voice, questions[0], store.load(preview.base).catalog):
            voice.line(line)
        answer = voice.ask()
        if answer is None:
            return
        answers[questions[0].key] = answer


def _show(voice: Voice, store: EditionStore, outcome: ImportOutcome, file: Path | None) -> None:
    preview = outcome.preview
    catalog = store.load(preview.base).catalog
    _show_understanding(voice, preview, catalog)
    voice.line()
    open_messages = {question.message for question in preview.questions}  # shown below, with how to answer
    report = Report(outcome.report.file, outcome.report.subject, outcome.report.rows_read)
    report.events = [e for e in outcome.report.events if not (e.kind == "fault" and e.message in open_messages)]
    if report.rows_read or report.events:  # with questions open, nothing has been read yet
        voice.line(files.text(report, voice.language, SHOWN_LINES).rstrip())
    if preview.questions:
        voice.line()
        voice.tell("import.open_question")
    for question in preview.questions:
        voice.line()
        voice.line(files.filled(question.message, question.fields, voice.language))
        for line in _choices(voice, question, catalog):
            voice.line(line)
        voice.tell("import.answer_with", option=option_for(question))
    if file is not None:
        files.write(outcome.report, file, voice.language)
        voice.tell("import.report_written", file=file)


def option_for(question: Question) -> str:
    """Return the option of the command that answers a question, with what can be given."""
    value = "|".join(question.choices) or "…"
    if question.key in OPTIONS:
        return f"{OPTIONS[question.key]} {value}"
    if question.key.startswith(COLUMN):
        return f'--column "{question.key.removeprefix(COLUMN)}={value}"'
    return f'--answer "{question.key}={value}"'


def _choices(voice: Voice, question: Question, catalog: pd.DataFrame) -> Iterator[str]:
    """Yield what can be answered, each with what it means."""
    for value, key in question.choices.items():
        named = role_name(voice, value, catalog) if ":" in value else value  # a column may be called as a role is
        meant = files.filled(key, {**question.fields, "value": named}, voice.language)
        yield f"  {value}" if meant == value else f"  {value}: {meant}"


def role_name(voice: Voice, role: str, catalog: pd.DataFrame) -> str:
    """Return what a role of a column is called; a text that is no role as it is."""
    if not is_role(role) and role not in ROLES:
        return role
    kind, _, rest = role.partition(":")
    if not rest:
        return voice.say(f"intake.role.{kind}")
    code, _, year = rest.partition(":")
    known = code in catalog.index
    name = catalog.loc[code, f"label_{voice.language}"] if known else voice.say("intake.role.new_named", name=code)
    called = voice.say("intake.role.sample_of", indicator=name) if kind == "sample" else str(name)
    return f"{called}, {year}" if year else called


def _show_understanding(voice: Voice, preview: Preview, catalog: pd.DataFrame) -> None:
    columns, options = preview.understanding.columns, preview.understanding.options
    if not columns and not options:
        return
    voice.tell("import.understood")
    used = {column: role for column, role in columns.items() if role != IGNORED}
    for column, role in used.items():
        voice.line("  " + voice.say("import.column", column=column, role=role_name(voice, role, catalog)))
    if len(used) < len(columns):
        voice.line("  " + voice.say("import.ignored", columns=", ".join(c for c in columns if c not in used)))
    for name, value in options.items():
        if value not in (None, ""):
            voice.line("  " + _option(voice, name, value))


def _option(voice: Voice, key: str, value: object) -> str:
    """Return an option as what it is called, where it has a name, and as it is typed to be another."""
    typed = f"{OPTIONS[key]} {value}" if key in OPTIONS else f'--answer "{key}={value}"'
    if key not in NAMED_OPTIONS:
        return typed
    return voice.say("import.option", name=voice.say(f"intake.option.{key}"), value=value, typed=typed)


def _end(voice: Voice, outcome: ImportOutcome, before: str = SHIPPED) -> int:
    voice.line()
    if outcome.status == imports.REFUSED:
        voice.refuse("import.refused")
        return REFUSED
    voice.tell(f"import.{outcome.status}", edition=outcome.edition, before=before)
    _warn_pinned(voice)
    return DONE


def _warn_pinned(voice: Voice) -> None:
    if environ.get(PINNED):
        voice.tell("import.pinned", folder=environ[PINNED])


# ---- editions


def status(voice: Voice, store: EditionStore) -> int:
    """Say what is in use: its sources, years and coverage, and which districts lack what."""
    id_ = store.current_id()
    dataset = store.load(id_)
    made = None if id_ == SHIPPED else store.edition(id_)  # before a word is said: its record may be damaged
    voice.tell("status.in_use", edition=f"{id_} ({voice.say('store.shipped')})" if id_ == SHIPPED else id_)
    if made is not None:
        voice.tell("status.made", when=dates.stamped(made.when, voice.language), file=made.file, who=made.who or "?",
                   parent=made.parent, subject=voice.say(f"report.subject.{made.subject}"))  # fmt: skip
    voice.tell("status.official" if dataset.limits_official else "status.sketch")
    full = build.full_limits(store.folder_of(id_))
    voice.tell("status.no_full_detail") if full is None else voice.tell("status.full_detail", count=len(full))
    voice.line()
    columns = [voice.say(f"status.{name}") for name in ("resource", "source", "years", "known")]
    spanish = voice.language == "es"
    voice.table(columns, (
        (origin.title(voice.language) or voice.say(f"resource.{origin.name}"), origin.source, origin.years_text,
         f"{origin.coverage} {origin.counted_es if spanish else origin.counted_en}")
        for origin in holdings.resources(dataset)
    ))  # fmt: skip
    if dataset.layers:
        voice.tell(
            "status.layers", layers=", ".join(f"{x.title(voice.language)} ({key})" for key, x in dataset.layers.items())
        )
    voice.line()
    _show_gaps(voice, dataset)
    _warn_pinned(voice)
    return DONE


def _show_gaps(voice: Voice, dataset: Dataset) -> None:
    gaps = holdings.gaps(dataset)
    voice.tell("status.missing" if gaps else "status.none_missing")
    for gap in gaps:
        names = ", ".join(dataset.territory.label(ubigeo) for ubigeo in gap.ubigeos[:SHOWN_NAMES])
        names += " …" if len(gap.ubigeos) > SHOWN_NAMES else ""
        label = "" if gap.indicator is None else dataset.catalog.loc[gap.indicator, f"label_{voice.language}"]
        voice.line("  " + voice.say(f"status.{gap.resource}_missing", label=label, years=years_text(gap.years),
                                    count=len(gap.ubigeos), districts=names))  # fmt: skip


def links(voice: Voice, store: EditionStore, only_rivers: bool) -> int:
    """Print the links between capitals as CSV, or those that the rivers of the edition in use support."""
    dataset = store.load(store.current_id())
    table = travel.from_rivers(dataset) if only_rivers else dataset.links
    voice.line(table.to_csv(index=False, lineterminator="\n").rstrip("\n"))
    return DONE


def history(voice: Voice, store: EditionStore) -> int:
    """List imports and switches, newest first."""
    entries = store.history()
    if not entries:
        voice.tell("history.empty")
    damaged: dict[str, DamagedEdition] = {}
    try:
        current = store.current_id()
    except DamagedEdition as error:
        current, damaged[""] = None, error
    for entry in reversed(entries):
        file, subject = voice.say("history.gone"), "?"
        try:
            if store.holds(entry.edition):
                made = store.edition(entry.edition)
                file, subject = made.file, voice.say(f"report.subject.{made.subject}")
        except DamagedEdition as error:  # the others are told all the same
            damaged[entry.edition] = error
        mark = " " + voice.say("history.current") if entry.edition == current else ""
        voice.line(voice.say(f"history.{entry.action}", when=dates.stamped(entry.when, voice.language), file=file,
                             subject=subject, edition=entry.edition, mark=mark, who=entry.who))  # fmt: skip
    for fault in damaged.values():
        voice.refuse(fault.message, **fault.fields)
    return REFUSED if damaged else DONE


def use(voice: Voice, store: EditionStore, edition: str) -> int:
    """Put another edition in use."""
    try:
        voice.tell("history.switched", edition=store.use(edition))
    except DatasetError as error:
        voice.refuse("store.damaged", edition=edition, faults="; ".join(error.faults[:3]))
        return REFUSED
    _warn_pinned(voice)
    return DONE


def remove(voice: Voice, store: EditionStore, layer: str) -> int:
    """Make an edition without a user's layer."""
    before = store.current_id()
    done = imports.remove_layer(store, layer)
    voice.line(files.text(done.report, voice.language, SHOWN_LINES).rstrip())
    return _end(voice, done, before)


def export(voice: Voice, store: EditionStore, folder: Path) -> int:
    """Copy the edition in use into a folder."""
    voice.tell("export.done", edition=export_edition(store, folder, voice.language), folder=folder)
    return DONE


# ---- fetch


def bring_down(voice: Voice, store: EditionStore, source: str, into: Path | None, checksum: str | None) -> int:
    """Download published limits and say how to import them, or what to do without internet."""
    known = fetch.sources()
    if source not in known and "://" not in source:
        voice.refuse("fetch.unknown_source", source=source, names=", ".join(known))
        return USAGE
    published = known.get(source) or fetch.Source(source, source, "file", "", "")
    folder = into or store.folder / "downloads"
    try:
        with voice.download(source) as progress:
            got = fetch.fetch_source(published, folder, checksum=checksum, progress=progress)
    except FetchError as error:
        voice.refuse(error.message, **error.fields)
        if source in known:
            holds = published.holds_es if voice.language == "es" else published.holds_en
            voice.tell("fetch.by_hand", page=published.page, holds=holds)
        else:
            voice.tell("fetch.by_hand_address", address=source)
        return NETWORK
    voice.tell("fetch.done", file=got.path, megabytes=rounded(got.bytes / fetch.MB, 1))
    if got.beside is not None:
        voice.tell("fetch.beside", file=got.beside)
    voice.tell("fetch.checksum_is", sha256=got.sha256)
    if not got.encrypted:
        voice.tell("fetch.unencrypted")
    try:
        voice.tell("fetch.then", file=unpack(got.path, folder) if got.is_packed else got.path)
    except FetchError:
        voice.tell("fetch.then_unpack", file=got.path)
    return DONE
