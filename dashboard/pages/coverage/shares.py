"""Make pages that can be read without an account, list them and end them."""

from typing import Any
from urllib.parse import urlencode, urljoin

from dash import html

from dashboard.pages.coverage.ids import CoverageDo
from dashboard.pages.coverage.parts import UNTIL
from dashboard.pages.kit import fields, forms, outcomes, table
from dashboard.pages.kit.elements import dashed, own
from dashboard.pages.kit.outcomes import empty
from dashboard.pages.kit.protocol import FormRequest
from dashboard.pages.kit.tables import by
from dashboard.records.core import Conflict, RecordsError
from dashboard.records.people import Share, visits
from dashboard.web.request import RequestContext

PATH = "/compartido"
LINK = "coverage-share-link"  # the address of a page that was just made
ENDING = "end-share"  # the name of all forms that end a page, and where they tell what came of it
EVERYWHERE = ""  # in the list of scopes, where no department is chosen


def form(context: RequestContext, department: str | None) -> list[Any]:
    """Return what makes a page, to whom may."""
    say, departments = context.words.say, context.store.dataset.territory.departments
    if not context.may("coverage.share"):
        return []
    scopes = [(EVERYWHERE, say("coverage.everywhere")), *((code, d.name) for code, d in sorted(departments.items()))]
    parts = [
        fields.line("share", "label", say("coverage.share.label"), maxlength=200),
        fields.choice("share", "department", say("coverage.share.scope"), scopes, department or EVERYWHERE),
        fields.day("share", "expires_on", say("coverage.share.until"), "", say("coverage.share.until_help")),
    ]
    made = html.Div(parts, className="coverage-fields")
    return [
        forms.form(CoverageDo.SHARE, [made], say("coverage.share.make"), name="share",
                   title=say("coverage.part.compartir"), primary=True, record="")
    ]  # fmt: skip


def make(request: FormRequest, context: RequestContext, root: str, counted: str) -> list[Any]:
    """Make a page; return what is said, with its whole address, which is shown this once. Raises RecordsError.

    counted: the day up to which lateness is counted, as the address has it: the page begins with it.
    """
    values = {name: request.values.get(name) for name in ("label", "expires_on")}
    values |= {
        "label": values["label"] or "",
        "scope": "coverage",
        "department": request.values.get("department") or None,
    }
    token, page = visits.share(context.store, context.actor, values)
    address = urljoin(root, f"{PATH}/{token}" + (f"?{urlencode({UNTIL: counted})}" if counted else ""))
    say = context.words.say
    shown = fields.control(type="text", id=LINK, value=address, readonly=True, className="line")
    line = fields.labelled(say("coverage.share.address"), shown, LINK, say("coverage.share.once"))
    copy = html.Button(say("coverage.share.copy"), type="button", className="button", **dashed(data_copy=LINK))
    parts = [line, copy, html.Span(role="status", **dashed(data_copied="yes"))]
    said = outcomes.done(say("coverage.share.made", day=context.words.day(page.expires_on)))
    return [said, html.Div(parts, className="share-made")]


def end(request: FormRequest, context: RequestContext) -> list[Any]:
    """End a page; return what is said. Raises RecordsError."""
    try:
        page = visits.end_share(context.store, context.actor, request.subject, request.version or 0)
    except Conflict:
        return [outcomes.hint(context.words.say("coverage.share.ended_already"))]
    return [outcomes.done(context.words.say("coverage.share.ended_now", label=page.label))]


def listed(context: RequestContext) -> list[Any]:
    """Return the pages there are, open ones first, each with what ends it."""
    try:
        pages = visits.shares(context.store, context.actor)
    except RecordsError:
        return []
    if not pages:
        return [empty(context.words.say("coverage.share.none"))]
    say = context.words.say
    head = [say(f"coverage.column.{name}") for name in ("label", "scope", "until", "status", "end")]
    in_order = sorted(pages, key=lambda page: (_is_over(context, page), page.expires_on))
    return [
        table(
            say("coverage.share.list"),
            head,
            [_row(context, page) for page in in_order],
            class_name="share-table",
            sorts=range(4),
        )
    ]


def _is_over(context: RequestContext, page: Share) -> bool:
    return page.ended or context.store.today > page.expires_on


def _row(context: RequestContext, page: Share) -> list[Any]:
    say, names = context.words.say, context.store.dataset.territory.departments
    scope = say("coverage.everywhere") if page.department is None else names[page.department].name
    status = "ended" if page.ended else "over" if _is_over(context, page) else "open"
    button: Any = "–"
    if not _is_over(context, page):
        title = say("coverage.share.end_help", label=page.label)
        button = forms.form(
            CoverageDo.END_SHARE, [forms.submit_button(say("coverage.share.end"), False, title=title)],
            name=f"{ENDING}:{page.id}", kept=False, version=page.version, subject=page.id,
        )  # fmt: skip
    until = by(page.expires_on, context.words.day(page.expires_on))
    return [own(page.label), scope, until, html.Span(say(f"coverage.share.{status}")), button]
