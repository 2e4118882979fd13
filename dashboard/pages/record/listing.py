"""Show the register: filters, the life of proposals as a chain with how many stand where, and those found."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms, identity, outcomes, table, takeaway, wide
from dashboard.pages.kit.elements import dashed
from dashboard.pages.record import filters, sentences
from dashboard.pages.record import rulings as ruled
from dashboard.pages.record.filters import ON_A_PAGE, ORDERS, Wanted, beside_states, chosen, phases_of
from dashboard.pages.record.ids import Do, Register
from dashboard.records.core import may
from dashboard.records.proposals import ASIDE, CHAIN, identities
from dashboard.records.tracking import LATE, Line, as_of
from dashboard.web.request import RequestContext

LIST = "/registro"
SAID = dashed(data_said="yes")  # the element in which the browser tells that no answer came
NEW = "nueva"  # where a proposal's id would stand


def screen(wanted: Wanted, context: RequestContext) -> list[Any]:
    """Return the whole list with its heading."""
    say, mine = context.say, may(context.actor, "proposal.create", context.actor.department)
    new = [html.A(say("register.new"), href=f"{LIST}/{NEW}", className="button primary as-link")] if mine else []
    return [
        html.Div([html.H2(say("register.title")), *new], className="register-top"),
        html.P(say("register.lead"), className="lead"),
        html.Div(unread(wanted, context), id=Register.SAID, className="register-said", tabIndex="-1", **SAID),
        html.Div(filter_form(wanted, context), id=Register.FILTERS),
        html.Div(id=Register.STRIP),
        html.Div(id=Register.FOUND),
        takeaway.file_links(say("takeaway.proposals"), takeaway.PROPOSALS),
    ]


def parts(lines: Iterable[Line], wanted: Wanted, context: RequestContext) -> dict[str, Any]:
    """Return what changes with the filters."""
    beside = beside_states(lines, wanted, context)
    return {
        Register.STRIP: strip(beside, wanted, context),
        Register.FOUND: found(chosen(beside, wanted), wanted, context),
    }


def unread(wanted: Wanted, context: RequestContext) -> list[html.P]:
    """Return what of an address is not understood."""
    return [outcomes.problem(context.say("address.bad", name=name, value=value[:60]))
            for name, value in wanted.unread]  # fmt: skip


def filter_form(wanted: Wanted, context: RequestContext) -> html.Form:
    """Return the filters as they stand."""
    say, form = context.say, "register-filter"
    every = [("", say("register.every"))]
    departments = [*every, *((code, place.name) for code, place in context.territory.departments.items())]
    phases = [("", say("register.every_phase")), *((str(n), str(n)) for n in phases_of(context))]
    rulings = [("", say("register.every_phase")), *((name, _outcome(name, context)) for name in filters.RULINGS)]
    more = {"placeholder": say("register.search_hint")}
    return forms.form(
        Do.LIST,
        [
            fields.line(form, filters.TEXT, say("register.search"), wanted.text, kind="search", **more),
            fields.choice(form, filters.DEPARTMENT, say("register.department"), departments, wanted.department),
            fields.choice(form, filters.PHASE, say("register.phase"), phases, str(wanted.phase or "")),
            fields.choice(form, filters.RULING, say("register.ruling"), rulings, wanted.ruling),
            fields.hidden(filters.ORDER, wanted.order),
            fields.hidden(filters.STATE, ".".join(wanted.states)),
            forms.ask_button(say("register.clear"), Do.CLEAR),
        ],
        class_name="register-form register-filters",
        live="yes",
    )


def _outcome(name: str, context: RequestContext) -> str:
    return context.say("register.unruled") if name == filters.UNRULED else context.say(f"records.outcome.{name}")


def strip(lines: Sequence[Line], wanted: Wanted, context: RequestContext) -> html.Div:
    """Return the life of a proposal as a chain; pressing a state shows those in it."""
    counts = Counter(line.proposal.state for line in lines)
    chain = html.Ol([html.Li(_state(state, counts[state], wanted, context)) for state in CHAIN], className="chain")
    aside = html.Ul(
        [html.Li(_state(state, counts[state], wanted, context)) for state in ASIDE], className="chain aside"
    )
    return html.Div([chain, aside], className="strip-of-states", role="group",
                    **dashed(aria_label=context.say("register.filter_state")))  # fmt: skip


def _state(state: str, count: int, wanted: Wanted, context: RequestContext) -> html.Button:
    pressed = state in wanted.states
    return html.Button(
        [html.B(str(count)), html.Span(context.say(f"records.state.{state}"))],
        type="button",
        className="state-button" if count else "state-button nobody",
        **dashed(aria_pressed=str(pressed).lower(), data_state=state, data_again=f"state-{state}"),
    )


# the heads of the list, each with the column that it sorts by
HEADS = (
    ("name", "name"), ("phase", "phase"), ("state", "state"), ("districts", "districts"), ("services", ""),
    ("since", "since"), ("next", "due"), ("changed", "changed"),
)  # fmt: skip


def found(lines: Sequence[Line], wanted: Wanted, context: RequestContext) -> list[Any]:
    """Return how many were found and a page of them, or what to do where there are none."""
    say = context.say
    count = html.P(say("register.found", n=len(lines)), className="found-count", role="status", tabIndex="-1")
    if not lines:
        return [count, _nobody(wanted, context)]
    pages = -(-len(lines) // ON_A_PAGE)
    page = min(wanted.page, pages)
    shown = lines[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    head = [_head(text, column, wanted, context) for text, column in HEADS]
    rows = [_row(line, context) for line in shown]
    title = say("register.title")
    made = wide(table(title, head, rows, class_name="register-table"), title, "table-room")
    late = any(line.dated is not None and line.dated.status == LATE for line in shown)
    counted = say("coverage.counted", day=as_of(context.store).said(context.words))
    note = [html.P(counted, className="muted")] if late else []
    places = pager(page, pages, lambda n: f"{LIST}{replace(wanted, page=n).address()}", Do.LIST, context)
    return [count, *note, made, *places]


def _head(text: str, column: str, wanted: Wanted, context: RequestContext) -> Any:
    """Return the head of a column; pressing it sorts the list by it, then the other way round, then as it comes."""
    said = context.say(f"register.{text}")
    if not column:
        return said
    now = wanted.column == column
    turned = f"{filters.TURNED}{column}"
    following = ORDERS[0] if wanted.order == turned else turned if now else column
    state = "none" if not now else "descending" if wanted.descends else "ascending"
    button = html.Button(
        said, type="button", className="sorts", **dashed(data_sort=following, data_again=f"sort-{column}")
    )
    return html.Th(button, scope="col", **dashed(aria_sort=state))


def _nobody(wanted: Wanted, context: RequestContext) -> html.Div:
    say = context.say
    if wanted.is_all:
        return html.Div([html.P(html.B(say("register.empty"))), html.P(say("register.empty_do"))], className="nothing")
    clear = forms.ask_button(say("register.clear"), Do.CLEAR, **dashed(data_again="clear"))
    return html.Div([html.P(html.B(say("register.no_match"))), html.P(say("register.no_match_do")), clear],
                    className="nothing")  # fmt: skip


def _row(line: Line, context: RequestContext) -> list[Any]:
    proposal = line.proposal
    places = [sentences.place_name(code, context) for code in sentences.by_province(proposal.ubigeos)]
    where = context.say("register.where", department=sentences.place_name(proposal.department, context),
                     provinces=context.say("list.comma").join(places))  # fmt: skip
    name = [
        identity.named(
            identities(context.store)[proposal.id],
            html.A(elements.own(proposal.name), href=f"{LIST}/{proposal.id}", className="register-name"),
        ),
        html.Span(where, className="below"),
    ]
    ruling = [ruled.mark(line.ruling, context)] if line.ruling else []
    chosen_services = context.say("list.comma").join(context.say(f"service.{s}") for s in sorted(proposal.services))
    return [
        html.Div(name),
        str(proposal.phase),
        html.Div([elements.state_mark(proposal.state, context.words), *ruling]),
        str(len(proposal.ubigeos)),
        chosen_services or html.Span(context.say("register.none"), className="muted"),
        sentences.short(line.since, context),
        html.Div(ahead(line, context)),
        html.Div([*sentences.who(line.changed_by, line.changed_as, context),
                  html.Span(sentences.short_moment(line.changed_at, context), className="below")]),
    ]  # fmt: skip


def ahead(line: Line, context: RequestContext) -> list[Any]:
    """Return which state comes next, and the first one to come that has a date."""
    if line.next is None:
        return [html.Span(context.say("register.nothing_next"), className="muted")]
    dated = line.dated
    said = [html.Span(context.say(f"records.state.{line.next.state}"))]
    if dated is None or dated.due is None:
        return [*said, html.Span(context.say("register.no_due"), className="below")]
    late = dated.status == LATE
    fields_ = {"day": sentences.short(dated.due, context), **({"span": dated.late_by(context.words)} if late else {})}
    told = context.say("register.late" if late else "register.due", **fields_)
    if dated is not line.next:
        told = context.say("register.of_state", state=context.say(f"records.state.{dated.state}"), told=told)
    return [*said, html.Span(told, className="below late" if late and not as_of(context.store).closing else "below")]


def pager(page: int, pages: int, address: Callable[[int], str], do: Do, context: RequestContext) -> list[Any]:
    """Return links to the other pages of a list, which ask for them by `do`; none where there is one page."""
    if pages <= 1:
        return []
    say = context.say

    def link(n: int, key: str) -> Any:
        if not 1 <= n <= pages:
            return html.Span(say(key), className="muted")
        return html.A(say(key), href=address(n), **dashed(data_do=do, data_page=str(n), data_again=key))

    return [
        html.Nav(
            [link(page - 1, "register.before"), html.Span(say("register.page", n=page, of=pages)),
             link(page + 1, "register.after")],
            className="pager", **dashed(aria_label=say("register.pages")),
        )
    ]  # fmt: skip
