"""Show the links between capitals, and add, correct or take away one: a table of one row, imported as any other."""

import csv
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dash import html

from dashboard.pages.data.parts import filled_or_said, part
from dashboard.pages.kit import fields, forms
from dashboard.pages.kit.elements import dashed, link
from dashboard.pages.kit.tables import SHEET, by, table, wide
from dashboard.texts import number
from dashboard.web.request import language, say
from dashboard.web.uploads import NotTaken
from geodata.editions import EditionStore, imports
from geodata.model import Dataset, travel
from geodata.places import plain

SUBJECT, FORM = "links", "own-link"
ADDRESS = "/datos/enlaces.csv"
WAYS, SEASONS = ("river", "road", "air"), ("all_year", "wet", "dry")
WRITTEN = ("course", "km", "hours", "season", "source")
HEAD = ("from", "to", "way", "course", "km", "hours", "season", "disputed", "source", "remove")
# codes are the ones of INEI; the other links stay; a number typed in the form of the reader's language
ANSWERS = {"coding": "inei", "covers": "some"}
LONGEST = 400
APART = "|"


def listed(dataset: Dataset, may_change: bool, chosen: str = "") -> html.Section:
    """Return every link with what is known of it, a form for one, and the table to take away.

    chosen: the key of the link that is being corrected, "" for a new one.
    """
    found = travel.links(dataset)
    note = html.P(say("own_links.note"), className="muted")
    away = html.P(link(say("own_links.take"), ADDRESS, download=""))
    parts: list[Any] = [note, away]
    if may_change:
        corrected = next((each for each in found if key_of(each) == chosen), None)
        summary = html.Summary(say("own_links.add" if corrected is None else "own_links.correct_one"))
        parts.append(html.Details([summary, _form(corrected, dataset)], open=corrected is not None))
    names = ("from", "to", "way", "course", "km", "hours", "season", "disputed", "source")
    head = [say(f"own_links.head.{name}") for name in (*names, *(["take"] if may_change else []))]
    rows = [_row(each, dataset, may_change) for each in found]
    made = table("", head, rows, look=SHEET, named=False, sorts=range(len(names)))
    summary = html.Summary(say("own_links.all", n=len(found)))
    parts.append(html.Details([summary, wide(made, say("own_links.title"))]))
    return part("own_links.title", parts)


def key_of(each: travel.Link) -> str:
    """Return the key of a link, as a button names it."""
    return APART.join((each.a, each.b, each.way, each.name))


def _row(each: travel.Link, dataset: Dataset, may_change: bool) -> list[Any]:
    spoken, territory = language(), dataset.territory
    row: list[Any] = [
        territory.label(each.a),
        territory.label(each.b),
        say(f"own_links.way.{each.way}"),
        each.name or "–",
        *(by(figure, number(figure, spoken, 1, say("browser.unknown"))) for figure in (each.km, each.hours)),
        say(f"own_links.season.{each.season}") if each.season else say("browser.unknown"),
        say("own_links.yes" if each.disputed else "own_links.no"),
        each.source,
    ]
    return [*row, _take(each)] if may_change else row


def _take(each: travel.Link) -> html.Div:
    """Return how to correct a link, and how to take it away: asked again before it is done."""
    told = dashed(data_edition=key_of(each))
    sure = [html.P(say("own_links.sure")), forms.ask_button(say("own_links.yes_remove"), "drop_link", **told)]
    correct = forms.ask_button(say("own_links.correct"), "edit_link", **told)
    return html.Div([correct, html.Details([html.Summary(say("own_links.remove")), *sure], className="sure")])


def _form(each: travel.Link | None, dataset: Dataset) -> html.Form:
    """Return the form of one link; districts are found by their names while they are typed."""
    label = dataset.territory.label
    figures = (
        ["", ""] if each is None else ["" if n is None else number(n, language(), 1) for n in (each.km, each.hours)]
    )
    choose: dict[str, Any] = {"list": f"{FORM}-districts", "required": True, "maxlength": LONGEST}
    ways = [(way, say(f"own_links.way.{way}")) for way in WAYS]
    seasons = [("", say("browser.unknown")), *((season, say(f"own_links.season.{season}")) for season in SEASONS)]
    rows = [
        fields.line(FORM, "from", say("own_links.head.from"), "" if each is None else label(each.a), **choose),
        fields.line(FORM, "to", say("own_links.head.to"), "" if each is None else label(each.b), **choose),
        fields.choice(FORM, "way", say("own_links.head.way"), ways, "river" if each is None else each.way),
        fields.line(FORM, "course", say("own_links.head.course"), "" if each is None else each.name, maxlength=80),
        *(
            fields.line(FORM, name, say(f"own_links.head.{name}"), figure, say("own_links.blank"), inputmode="decimal")
            for name, figure in zip(("km", "hours"), figures, strict=True)
        ),
        fields.choice(FORM, "season", say("own_links.head.season"), seasons, "" if each is None else each.season),
        fields.check(FORM, "disputed", "yes", each is not None and each.disputed, say("own_links.head.disputed")),
        fields.line(
            FORM, "source", say("own_links.head.source"), "" if each is None else each.source, required=True,
            maxlength=LONGEST,
        ),
    ]  # fmt: skip
    names = html.Datalist([html.Option(value=label(u)) for u in dataset.ubigeos], id=f"{FORM}-districts")
    hidden = fields.hidden("was", "" if each is None else key_of(each))
    save = forms.submit_button(say("own_links.save" if each is None else "own_links.save_corrected"))
    drop = [] if each is None else [forms.ask_button(say("own_links.leave"), "leave_link")]
    told = dashed(
        data_do="link", data_form=FORM, data_record="" if each is None else key_of(each), data_kept="yes",
        data_reads="names", data_title=say("own_links.title"),
    )  # fmt: skip
    return html.Form([html.Div(rows, className="link-fields"), names, hidden, html.Div([save, *drop])], **told)


# ---- what is kept


def keep(store: EditionStore, sent: Any, dataset: Dataset, who: str) -> None:
    """Put an edition with a link, new or corrected, in use. Raises NotTaken, StoreError, DatasetError, OSError."""
    values = sent if isinstance(sent, Mapping) else {}
    typed = {name: " ".join(str(values.get(name) or "").split())[:LONGEST] for name in ("from", "to", "way", "was")}
    typed |= {name: " ".join(str(values.get(name) or "").split())[:LONGEST] for name in WRITTEN}
    ends = [_district(typed[end], dataset) for end in ("from", "to")]
    ticked = values.get("disputed")
    disputed = "yes" if isinstance(ticked, list) and "yes" in ticked else "no"
    row = {**typed, "from": ends[0], "to": ends[1], "disputed": disputed, "remove": "no"}
    was = _link(typed["was"], dataset)
    moved = was is not None and key_of(was) != APART.join((*sorted(ends), typed["way"], typed["course"]))
    _import(store, [*([_going(was)] if was is not None and moved else []), row], who)


def remove(store: EditionStore, key: str, dataset: Dataset, who: str) -> None:
    """Put an edition without a link in use. Raises NotTaken, StoreError, DatasetError, OSError."""
    found = _link(key, dataset)
    if found is None:
        raise NotTaken("intake.link_gone")
    _import(store, [_going(found)], who)


def _going(each: travel.Link) -> dict[str, str]:
    return {"from": each.a, "to": each.b, "way": each.way, "course": each.name, "source": each.source, "remove": "yes"}


def _link(key: str, dataset: Dataset) -> travel.Link | None:
    return next((each for each in travel.links(dataset) if key_of(each) == key), None)


def _district(text: str, dataset: Dataset) -> str:
    """Return the district that a text names, whole or by a name that only one has. Raises NotTaken."""
    territory, sought = dataset.territory, plain(text)
    whole = [u for u in territory.districts if text == u or plain(territory.label(u)) == sought]
    named = [u for u, district in territory.districts.items() if plain(district.name) == sought]
    found = whole or named
    if len(found) != 1:
        raise NotTaken("intake.link_place_several" if found else "intake.link_place", place=text or "–")
    return found[0]


def _import(store: EditionStore, rows: list[dict[str, str]], who: str) -> None:
    """Import rows as a table of links, all of them or none. Raises NotTaken with what is wrong."""
    name = f"enlace-{rows[-1]['from']}-{rows[-1]['to']}.csv"
    with tempfile.TemporaryDirectory(prefix="conglomerados-") as folder:
        path = Path(folder) / name
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEAD, restval="")
            writer.writeheader()
            writer.writerows([{name: row.get(name, "") for name in HEAD} for row in rows])
        seen = imports.preview(store, SUBJECT, path, ANSWERS)
        # half of what was asked is not done; that nothing is left needs no saying where it is said why
        if wrong := seen.report.of("left_out") or seen.report.faults:
            told = [filled_or_said(event.message, event.fields) for event in wrong]
            raise NotTaken("intake.link_wrong", why=" ".join(dict.fromkeys(told)))
        done = imports.run(store, SUBJECT, path, ANSWERS, who=who, base=seen.base)
    if done.status == imports.REFUSED:
        told = [filled_or_said(event.message, event.fields) for event in done.report.faults]
        raise NotTaken("intake.link_wrong", why=" ".join(told))
    if done.status == imports.UNCHANGED:
        raise NotTaken("intake.link_same")
