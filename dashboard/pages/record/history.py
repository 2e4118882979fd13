"""Show the history of a proposal, and two of its moments side by side: as it was, and in what they differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard.clusters.model import encode
from dashboard.pages.kit import elements, fields, forms, outcomes, table, wide
from dashboard.pages.kit.elements import dashed
from dashboard.pages.record import links, one, papers, sentences, talk
from dashboard.pages.record import rulings as ruled
from dashboard.pages.record.filters import ON_A_PAGE
from dashboard.pages.record.ids import Do
from dashboard.pages.record.listing import LIST, pager
from dashboard.records.core import Entry, build, plain
from dashboard.records.dossier import Attached, Said
from dashboard.records.meetings import Ruling
from dashboard.records.proposals import Proposal, differences
from dashboard.web.request import RequestContext
from geodata.shared import clock

NOW = ""  # the moment that is always the last
# fields of the address
PAGE, BEFORE, AFTER = "historial", "antes", "despues"
FIELDS = (
    "state", "name", "phase", "services", "ubigeos", "critical_area", "note", "judgements", "department", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Looking:
    """What of a history is looked at: a page of it, and two moments as entries.

    `before` None shows no moments, and `after` None is now.
    """

    page: int = 1
    before: int | None = None
    after: int | None = None

    def address(self) -> str:
        """Return the query of an address that shows the same."""
        moments = {BEFORE: self.before, AFTER: self.after} if self.before else {}
        told = {PAGE: self.page if self.page > 1 else None, **moments}
        query = "&".join(f"{name}={value}" for name, value in told.items() if value)
        return f"?{query}" if query else ""


Beside = Ruling | Said | Attached


def shown(entries: Sequence[Entry], beside: Sequence[Beside], looking: Looking, context: RequestContext) -> list[Any]:
    """Return a page of the history, newest first: what changed, and what groups ruled and people added in between."""
    say, items = context.say, list[Entry | Beside]([*entries, *beside])
    items.sort(key=lambda item: item.at, reverse=True)
    pages = max(-(-len(items) // ON_A_PAGE), 1)
    page = min(looking.page, pages)
    newest = items[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]

    def address(n: int) -> str:
        return f"{LIST}/{entries[-1].subject}{replace(looking, page=n).address()}"

    return [
        html.Div(
            [
                html.H3(say("register.history"), tabIndex="-1"),
                html.Span(say("register.entries", n=len(entries)), className="muted"),
            ],
            className="heading-row",
        ),
        html.Ol([_item(item, context) for item in newest], className="entries", reversed=True),
        *pager(page, pages, address, Do.HISTORY, context),
    ]  # fmt: skip


def _item(item: Entry | Beside, context: RequestContext) -> html.Li:
    """An entry has the number of the version that it made; what stands beside changed nothing and has none."""
    if isinstance(item, Ruling):
        return ruled.entry(item, context)
    if isinstance(item, Said):
        return talk.entry(item, context)
    if isinstance(item, Attached):
        return papers.entry(item, context)
    return html.Li(_entry(item, context), className="entry", value=str(item.version))


def _entry(entry: Entry, context: RequestContext) -> list[Any]:
    say, words = context.say, context.words
    about = [
        sentences.moment(entry.at, context), " · ", *sentences.who(entry.actor_name, entry.actor_role, context), " · ",
        say("register.edition", edition=entry.edition),
    ]  # fmt: skip
    notes = []
    if entry.happened_on != clock.day_of(entry.at):
        notes.append(html.Span(say("register.happened", day=words.day(entry.happened_on))))
    if entry.document:
        named: Any = elements.own(entry.document)
        if entry.attachment and context.may("attachment.read", str(entry.after["department"])):
            named = html.A(named, href=papers.address(entry.attachment), download="")
        notes.append(html.Span([say("register.document_was"), " ", named]))
    was = forms.ask_button(say("register.as_it_was"), Do.MOMENTS, **dashed(
        data_before=str(entry.id), data_after=NOW, data_again=f"entry-{entry.id}",
        aria_label=say("register.as_it_was_at", when=sentences.moment(entry.at, context))))  # fmt: skip
    return [
        html.Div([html.B(sentences.deed(entry, context)), *_states(entry, context), was], className="entry-head"),
        html.P(about, className="entry-about"),
        *_changes(entry, context),
        *([html.P(elements.own(entry.note), className="entry-note written")] if entry.note else []),
        *([html.P(notes, className="entry-foot")] if notes else []),
    ]


def _states(entry: Entry, context: RequestContext) -> list[Any]:
    """The states before and after, where they differ."""
    before, after = (entry.before or {}).get("state"), entry.after["state"]
    if before == after:
        return []
    marks = [elements.state_mark(str(state), context.words) for state in (before, after) if state]
    arrow = html.Span(" → ", **dashed(aria_hidden="true"))
    became = elements.hidden(context.say("register.became"))
    later = [arrow, became, marks[1]] if len(marks) > 1 else []
    return [html.Span([marks[0], *later], className="entry-states")]


def _changes(entry: Entry, context: RequestContext) -> list[Any]:
    if entry.before is None:
        return [html.P(sentences.value("ubigeos", entry.after["ubigeos"], context), className="muted")]
    found = [d for d in differences(build(Proposal, entry.before), build(Proposal, entry.after)) if d.field != "state"]
    return (
        [html.Ul([html.Li(sentences.change(d, context)) for d in found], className="register-changes")] if found else []
    )


# ---- two moments


def moments(entries: Sequence[Entry], looking: Looking, context: RequestContext) -> list[Any]:
    """Return the two moments looked at, or nothing. An entry that is not of this history is told."""
    if looking.before is None:
        return []
    say, by_id = context.say, {entry.id: entry for entry in entries}
    before = by_id.get(looking.before)
    after = entries[-1] if looking.after is None else by_id.get(looking.after)
    heading = html.H3(say("register.moments"), tabIndex="-1")
    if before is None or after is None:
        return [heading, outcomes.problem(say("records.error.missing_entry"))]
    close = forms.ask_button(say("register.close"), Do.MOMENTS, **dashed(data_before=NOW, data_after=NOW))
    sides = [build(Proposal, entry.after) for entry in (before, after)]
    now = looking.after is None
    return [
        html.Div([heading, close], className="heading-row"),
        _choose(entries, before, None if now else after, context),
        *_differ(sides, context),
        _side_by_side(sides, [_name(before, False, context), _name(after, now, context)], context),
        _maps(sides, (before, after), now, context),
    ]


def _choose(entries: Sequence[Entry], before: Entry, after: Entry | None, context: RequestContext) -> html.Form:
    form, newest = "register-moment", list(reversed(entries))
    choices = [(str(entry.id), _option(entry, context)) for entry in newest]
    return forms.form(
        Do.MOMENTS,
        [
            fields.choice(form, "before", context.say("register.moment_before"), choices, str(before.id)),
            fields.choice(
                form,
                "after",
                context.say("register.moment_after"),
                [(NOW, context.say("register.now")), *choices],
                str(after.id) if after else NOW,
            ),
        ],
        class_name="register-form register-moments-form",
        live="yes",
    )


def _option(entry: Entry, context: RequestContext) -> str:
    return context.say(
        "register.moment_option",
        n=entry.version,
        when=sentences.moment(entry.at, context),
        deed=sentences.deed(entry, context),
    )


def _name(entry: Entry, now: bool, context: RequestContext) -> str:
    if now:
        return context.say("register.now")
    return context.say("register.moment_n", n=entry.version, when=sentences.moment(entry.at, context))


def _differ(sides: Sequence[Proposal], context: RequestContext) -> list[Any]:
    found = differences(*sides)
    if not found:
        return [html.P(context.say("register.no_difference"), className="muted")]
    title = html.P(html.B(context.say("register.differ")))
    return [title, html.Ul([html.Li(sentences.change(d, context)) for d in found], className="register-changes")]


def _side_by_side(sides: Sequence[Proposal], names: Sequence[str], context: RequestContext) -> html.Div:
    """Return every field of both, those that differ marked by a word."""
    values = [plain(side) for side in sides]
    rows: list[list[Any]] = []
    for name in FIELDS:
        differs = values[0][name] != values[1][name]
        mark = [html.Span(context.say("register.changed_mark"), className="changed-mark")] if differs else []
        cells = [elements.own(sentences.value(name, side[name], context), "written") for side in values]
        rows.append([html.Span([sentences.field(name, context), *mark]), *cells])
    rows.append([context.say("register.code"), *(html.Code(encode(side.ubigeos)) for side in sides)])
    head = [context.say("register.what"), *names]
    title = context.say("register.moments")
    return wide(table(title, head, rows, class_name="moments-table"), title, "table-room")


def _maps(sides: Sequence[Proposal], entries: Sequence[Entry], now: bool, context: RequestContext) -> html.Div:
    """Return both maps, and the link that opens both in the comparison."""
    names = [_name(entries[0], False, context), _name(entries[1], now, context)]
    pictures = [
        html.Div([html.P(html.B(name)), *one.picture(side, context, f"{side.name}, {name}")])
        for side, name in zip(sides, names, strict=True)
    ]
    titles = [f"v{entry.version} {side.name}" for side, entry in zip(sides, entries, strict=True)]
    link = html.A(
        context.say("register.compare_moments"), href=links.moments(sides, titles), className="button as-link"
    )
    return html.Div([html.Div(pictures, className="two-maps"), link], className="moments-maps")
