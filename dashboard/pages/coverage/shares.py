"""Make pages that can be read without an account, list them and end them."""

from typing import Any
from urllib.parse import urlencode, urljoin

from dash import html

from dashboard.pages.coverage.ids import SHARE_END
from dashboard.pages.coverage.parts import UNTIL
from dashboard.pages.kit import forms, outcomes, table
from dashboard.pages.kit.elements import own
from dashboard.pages.kit.outcomes import empty
from dashboard.records.core import Conflict, RecordsError
from dashboard.records.people import Share, visits
from dashboard.web.request import RequestContext

PATH = "/compartido"
EVERYWHERE = ""  # in the list of scopes, where no department is chosen


def make(
    context: RequestContext, label: Any, department: Any, until: Any, root: str, counted: str | None = None
) -> tuple[Any, str | None]:
    """Make a page; return what is said, and its whole address, which is shown this once. None: it was not made.

    counted: the day up to which lateness is counted, as the address has it: the page begins with it.
    """
    values = {"scope": "coverage", "label": label or "", "expires_on": until, "department": department or None}
    try:
        token, page = visits.share(context.store, context.actor, values)
    except RecordsError as error:
        return outcomes.refusal(error, context.words), None
    said = context.words.say("coverage.share.made", day=context.words.day(page.expires_on))
    return outcomes.done(said), urljoin(
        root, f"{PATH}/{token}" + (f"?{urlencode({UNTIL: counted})}" if counted else "")
    )


def end(context: RequestContext, id: Any, version: Any) -> Any:
    """End a page; return what is said."""
    try:
        page = visits.end_share(context.store, context.actor, id, version)
    except Conflict:
        return outcomes.hint(context.words.say("coverage.share.ended_already"))
    except RecordsError as error:
        return outcomes.refusal(error, context.words)
    return outcomes.done(context.words.say("coverage.share.ended_now", label=page.label))


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
        table(say("coverage.share.list"), head, [_row(context, page) for page in in_order], class_name="share-table")
    ]


def _is_over(context: RequestContext, page: Share) -> bool:
    return page.ended or context.store.today > page.expires_on


def _row(context: RequestContext, page: Share) -> list[Any]:
    say, names = context.words.say, context.store.dataset.territory.departments
    scope = say("coverage.everywhere") if page.department is None else names[page.department].name
    status = "ended" if page.ended else "over" if _is_over(context, page) else "open"
    button: Any = "–"
    if not _is_over(context, page):
        id_ = {"of": SHARE_END, "share": page.id, "version": page.version}
        button = forms.button(id_, say("coverage.share.end"), title=say("coverage.share.end_help", label=page.label))
    until = context.words.day(page.expires_on)
    return [own(page.label), scope, until, html.Span(say(f"coverage.share.{status}")), button]
