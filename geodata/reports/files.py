"""Write a report for a person or a program: plain text, CSV, one HTML page or JSON, in either language.

The sentences come from :mod:`geodata.words`; a report read by a later version of the project, which
may have lost a sentence, still shows the key and what fills it.
"""

import csv
import io
import json
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from geodata.reports.report import Event, Report
from geodata.shared import precision, stylesheet, templates, whole
from geodata.words import Field, Fields, UnknownText, say

# What a reader should see first comes first; rows matched by code are counted, not listed, unless
# something is to be checked in them.
ORDER = ("fault", "left_out", "out_of_range", "matched_name", "repaired", "missing", "changed", "note")
COUNTED_ONLY = ("matched_code",)
SEEN_FIRST = 2  # kinds that stand before the rows matched by code
TO_CHECK = ("places.code_name_unlike",)
MOST_LINES = 200  # of one kind in a text; the CSV has all
MOST_SPANS = 12  # of row numbers in one line; the CSV has all
# What is left out because it is of something else is no loss: told after what somebody may miss.
EXPECTED = ("places.other_departments", "places.wholes.", "places.other_level", "limits.left_out.other_departments",
            "tables.left_out.other_phenomena")  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
STYLE = stylesheet(__file__, "report.css")
_TEMPLATES = templates(__file__)


_DECIMALS = re.compile(r"[+,]*\.(\d)f")


class _Number(float):
    """A figure that is written with a decimal comma in Spanish, whatever format a sentence asks for."""

    def __format__(self, spec: str) -> str:
        # so many decimals, as every other number that is told; another way of writing is the sentence's own
        decimals = _DECIMALS.fullmatch(spec)
        value = precision.rounded(float(self), int(decimals[1])) if decimals else float(self)
        text = format(value, spec) if spec else f"{value:.12g}"
        return text.replace(",", "\u202f").replace(".", ",")


def ordered(events: Iterable[Event]) -> list[Event]:
    """Return events as they came, but what is left out as of something else last."""
    return sorted(events, key=lambda event: event.message.startswith(EXPECTED))


def sentence(event: Event, language: str, most: int | None = None) -> str:
    """Return what an event says in a language, without its row. most: of row numbers; all where None."""
    fields = dict(event.fields)
    if most is not None and len(numbers := fields.get("numbers", ())) > most:
        fields["numbers"] = [*numbers[:most], "…"]
    return filled(event.message, fields, language)


def filled(message: str, fields: Fields, language: str) -> str:
    """Return a sentence with its fields; a field `label_es` fills `{label}` in Spanish.

    Where the sentence is unknown or lacks a field, the key and the fields stand for it.
    """
    own = {key.removesuffix(f"_{language}"): value for key, value in fields.items() if key.endswith(f"_{language}")}
    texts = {key: _told(value, language) for key, value in {**fields, **own}.items()}
    try:
        return say(language, message, **texts)
    except (UnknownText, LookupError, ValueError, TypeError):
        return " ".join([message, *(f"{key}={value}" for key, value in texts.items())])


def _told(value: Field, language: str) -> Field:
    if value is None:
        return say(language, "report.unknown")
    if isinstance(value, float):
        return _Number(value) if language == "es" else value
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(map(str, sorted(value) if isinstance(value, (set, frozenset)) else value))
    return value


def line(event: Event, language: str) -> str:
    """Return an event as one line: its row, what it says, and how well a name matched."""
    row = "" if event.row is None else say(language, "report.row", row=event.row) + " "
    score = "" if event.score is None else " " + say(language, "report.score", score=whole(event.score))
    return f"{row}{sentence(event, language, MOST_SPANS)}{score}"


def heading(report: Report, language: str) -> list[str]:
    """Return what the report is of, and how many events of each kind it has."""
    subject = say(language, f"report.subject.{report.subject}")
    counts = {kind: count for kind, count in report.counts().items() if count}
    return [
        say(language, "report.title", subject=subject, file=report.file),
        say(language, "report.rows_read", rows=report.rows_read),
        *(f"{say(language, f'report.kind.{kind}')}: {count}" for kind, count in counts.items()),
    ]


def text(report: Report, language: str, most: int = MOST_LINES) -> str:
    """Return a report as plain text: counts, then the events by kind, faults first, `most` of a kind."""
    lines = heading(report, language)
    for kind in (*ORDER[:SEEN_FIRST], *COUNTED_ONLY, *ORDER[SEEN_FIRST:]):
        events = [event for event in ordered(report.of(kind)) if kind not in COUNTED_ONLY or event.message in TO_CHECK]
        if not events:
            continue
        lines += ["", say(language, f"report.kind.{kind}")]
        lines += [f"  {line(event, language)}" for event in events[:most]]
        if len(events) > most:
            lines.append("  " + say(language, "report.more", count=len(events) - most))
    return "\n".join(lines) + "\n"


def as_csv(report: Report, language: str) -> bytes:
    """Return every event as a row. A mark at the start tells spreadsheets that this is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(language, f"report.column.{name}") for name in ("kind", "row", "ubigeo", "score", "sentence")])
    for event in report.events:
        writer.writerow([
            say(language, f"report.kind.{event.kind}"),
            "" if event.row is None else event.row,
            event.ubigeo or "",
            "" if event.score is None else str(whole(event.score)),
            harmless(sentence(event, language)),
        ])  # fmt: skip
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_html(report: Report, language: str) -> str:
    """Return a report as one page that needs nothing else."""
    title, *counts = heading(report, language)
    groups = [(kind, events) for kind in (*ORDER, *COUNTED_ONLY) if (events := ordered(report.of(kind)))]
    return _TEMPLATES.get_template("report.html").render(
        language=language, title=title, style=STYLE, counts=counts, groups=groups, say=partial(say, language),
        sentence=partial(sentence, language=language), whole=whole,
    )  # fmt: skip


def as_json(report: Report, language: str) -> bytes:
    """Return a report as :meth:`Report.from_json` reads it, each event with its sentence beside it."""
    plain = report.to_json()
    for event, entry in zip(report.events, plain["events"], strict=True):
        entry["fields"] = {key: _plain(value) for key, value in event.fields.items()}
    sentences = [line(event, language) for event in report.events]
    return json.dumps({**plain, "sentences": sentences}, ensure_ascii=False, indent=1).encode()


def _plain(value: object) -> object:
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


WRITERS = {
    ".txt": lambda report, language: text(report, language).encode(),
    ".csv": as_csv,
    ".html": lambda report, language: as_html(report, language).encode(),
    ".json": as_json,
}


def write(report: Report, path: Path, language: str) -> None:
    """Write a report to a file in the form its ending names. Raises ValueError on another ending, OSError."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ValueError(path.suffix)
    path.write_bytes(writer(report, language))
