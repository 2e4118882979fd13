"""Show the edition in use, and every other that can be put in use again."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.clusters.writing import limits_notice
from dashboard.pages.data.parts import part
from dashboard.pages.kit import elements, forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import SHEET, table
from dashboard.texts import number
from dashboard.web.request import language, say
from dashboard.web.uploads import EDITIONS
from geodata.editions import SHIPPED, Edition, EditionStore, StoreError
from geodata.model import Dataset
from geodata.reports import KINDS
from geodata.words import dates


def in_use(store: EditionStore | None, dataset: Dataset) -> html.Section:
    """Return which edition is in use, since when, from what file and by whom."""
    title = dataset.title_es if language() == "es" else dataset.title_en
    current = SHIPPED if store is None else store.current_id()
    lines = [html.P([html.B(title), " ", say("editions.id", edition=_id(current))])]
    if store is None:
        lines.append(html.P(say("editions.pinned"), className="muted"))
    else:
        lines += _since(store, current)
    lines.append(html.P(limits_notice(dataset, say), className="muted"))
    return part("editions.in_use", [*lines, _downloads(current, has_report=current != SHIPPED)], "in-use")


def _since(store: EditionStore, current: str) -> list[html.P]:
    """Return since when it is in use, and what made it."""
    entry = next((e for e in reversed(store.history()) if e.edition == current), None)
    lines = []
    if entry is not None:
        lines.append(say("editions.since", when=moment(entry.when), who=entry.who or say("browser.unknown")))
    about = _about(store, current)
    if current == SHIPPED:
        lines.append(say("editions.shipped"))
    elif about is not None:
        lines.append(say("editions.made_of", file=about.file, subject=say(f"report.subject.{about.subject}"),
                         when=moment(about.when), who=about.who or say("browser.unknown")))  # fmt: skip
    return [html.P(line) for line in lines]


def _about(store: EditionStore, id_: str) -> Edition | None:
    """Return what made an edition; None where nothing did, or where its record cannot be read."""
    try:
        return store.edition(id_)
    except (StoreError, OSError, ValueError, TypeError):
        return None


def listed(store: EditionStore | None, may_change: bool) -> html.Section | None:
    """Return the editions, newest first, the data that ship last."""
    if store is None:
        return None
    current = store.current_id()
    known = sorted(((id_, _about(store, id_)) for id_ in store.ids()), key=_when, reverse=True)
    rows = [_row(id_, about, id_ == current, may_change) for id_, about in [*known, (SHIPPED, None)]]
    names = ("when", "what", "file", "who", "summary", "take")
    head = [say(f"editions.{name}") for name in names]
    made = table("", head, rows, class_name="editions-table", look=SHEET)
    return part("editions.all", [html.P(say("editions.kept"), className="muted"), made])


def _when(known: tuple[str, Edition | None]) -> str:
    return "" if known[1] is None else known[1].when


def _row(id_: str, about: Edition | None, is_used: bool, may_change: bool) -> html.Tr:
    mark = html.Strong(say("editions.current")) if is_used else None
    if id_ == SHIPPED:
        cells = ["", say("editions.shipped"), "", "", ""]
    elif about is None:
        cells = ["", say("editions.unreadable"), "", "", ""]
    else:
        kinds = say(f"report.subject.{about.subject}")
        cells = [moment(about.when), kinds, about.file, about.who, summary(about.summary)]
    what = html.Td([cells[1], " ", html.Code(_id(id_)), " ", *([mark] if mark else [])])
    take: list[Any] = [_downloads(id_, has_report=about is not None)]
    if may_change and not is_used:
        take.append(_use(id_))
    return html.Tr([html.Td(cells[0]), what, *map(html.Td, cells[2:]), html.Td(take)], className="used" if mark else "")


def summary(counts: Mapping[str, int]) -> str:
    """Return how many events of each kind an import had, in words."""
    told = ((say(f"report.kind.{kind}"), counts.get(kind, 0)) for kind in KINDS)
    return "; ".join(f"{name}: {number(count, language())}" for name, count in told if count)


def _downloads(id_: str, has_report: bool) -> html.Div:
    links = [
        elements.link(say("editions.export"), f"/{EDITIONS}/{id_}.zip", title=say("editions.export_help"), download="")
    ]
    if has_report:
        links += [elements.link(say(f"editions.report_{kind}"), f"/{EDITIONS}/{id_}/report.{kind}", target="_blank")
                  for kind in ("html", "csv")]  # fmt: skip
    return html.Div(links, className="data-links")


def _use(id_: str) -> html.Details:
    """Return how to put an edition in use: asked again before it is done."""
    sure = [
        html.P(say("editions.sure", edition=_id(id_))),
        forms.ask_button(say("editions.yes"), "use", **dashed(data_edition=id_)),
    ]
    return html.Details([html.Summary(say("editions.use")), *sure], className="sure")


def _id(id_: str) -> str:
    return say("editions.default_id") if id_ == SHIPPED else id_


def moment(when: str) -> str:
    """Return the moment of a stamp by the clock of Peru; as it is if none."""
    return dates.stamped(when, language())


def name_of(edition: Any) -> str:
    """Return how the screen calls an edition."""
    return _id(str(edition))
