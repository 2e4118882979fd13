"""Make what can be read without an account, list it and end it: pages of the coverage, addresses for programs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dash import html

from dashboard.pages.kit import fields, forms, outcomes
from dashboard.pages.kit.elements import dashed, own
from dashboard.pages.kit.outcomes import empty
from dashboard.pages.kit.protocol import FormRequest
from dashboard.pages.kit.tables import by, table
from dashboard.records.core import Conflict, RecordsError
from dashboard.records.people import Share, sharing
from dashboard.web.request import RequestContext

ENDING = "end-share"  # the name of all forms that end something, and where they tell what came of it
EVERYWHERE = ""  # in the list of scopes, where no department is chosen
Say = Callable[..., str]


@dataclass(frozen=True)
class Sharing:
    """What is shared by a screen: its `scope` in the record, where its `words` stand, what its forms ask for.

    grid: the class of the fields. uses: the list tells when each was last read.
    """

    scope: str
    words: str
    make: str
    end: str
    grid: str
    uses: bool = False

    def form(self, context: RequestContext, department: str | None) -> list[Any]:
        """Return what makes one, to whom may."""
        say, departments = context.words.say, context.store.dataset.territory.departments
        if not context.may(sharing.RIGHTS[self.scope]):
            return []
        every = (EVERYWHERE, say("coverage.everywhere"))
        scopes = [every, *((code, d.name) for code, d in sorted(departments.items()))]
        parts = [
            fields.line("share", "label", say(f"{self.words}.label"), maxlength=200),
            fields.choice("share", "department", say("coverage.share.scope"), scopes, department or EVERYWHERE),
            fields.day("share", "expires_on", say("coverage.share.until"), "", say("coverage.share.until_help")),
        ]
        made = html.Div(parts, className=self.grid)
        return [
            forms.form(self.make, [made], say(f"{self.words}.make"), name="share",
                       title=say(f"{self.words}.title"), primary=True, record="")
        ]  # fmt: skip

    def new(self, request: FormRequest, context: RequestContext) -> tuple[str, Share]:
        """Make one; return its token, which is shown this once, and what is kept. Raises RecordsError."""
        values = {
            "label": request.values.get("label") or "",
            "expires_on": request.values.get("expires_on"),
            "scope": self.scope,
            "department": request.values.get("department") or None,
        }
        return sharing.share(context.store, context.actor, values)

    def stop(self, request: FormRequest, context: RequestContext) -> list[Any]:
        """End one; return what is said. Raises RecordsError."""
        say = context.words.say
        try:
            page = sharing.end_share(context.store, context.actor, request.subject, request.version or 0)
        except Conflict:
            return [outcomes.hint(say("coverage.share.ended_already"))]
        return [outcomes.done(say("coverage.share.ended_now", label=page.label))]

    def listed(self, context: RequestContext) -> list[Any]:
        """Return those there are, open ones first, each with what ends it."""
        say = context.words.say
        try:
            pages = sharing.shares(context.store, context.actor, self.scope)
        except RecordsError:
            return []
        if not pages:
            return [empty(say("coverage.share.none"))]
        last = sharing.last_uses(context.store, context.actor, self.scope) if self.uses else {}
        names = ["label", "scope", "until", "status", *(["used"] if self.uses else []), "end"]
        in_order = sorted(pages, key=lambda page: (not sharing.is_open(context.store, page), page.expires_on))
        rows = [self._row(context, page, last) for page in in_order]
        head = [say(f"coverage.column.{name}") for name in names]
        title = say("coverage.share.list")
        return [table(title, head, rows, class_name="share-table", sorts=range(len(names) - 1))]

    def _row(self, context: RequestContext, page: Share, last: Mapping[str, datetime]) -> list[Any]:
        say, names = context.words.say, context.store.dataset.territory.departments
        is_open = sharing.is_open(context.store, page)
        scope = say("coverage.everywhere") if page.department is None else names[page.department].name
        status = "open" if is_open else "ended" if page.ended else "over"
        button: Any = "–"
        if is_open:
            title = say("coverage.share.end_help", label=page.label)
            button = forms.form(
                self.end, [forms.submit_button(say("coverage.share.end"), False, title=title)],
                name=f"{ENDING}:{page.id}", kept=False, version=page.version, subject=page.id,
            )  # fmt: skip
        until = by(page.expires_on, context.words.day(page.expires_on))
        return [
            own(page.label), scope, until, html.Span(say(f"coverage.share.{status}")),
            *([_used(last.get(page.id), context)] if self.uses else []), button,
        ]  # fmt: skip


def _used(moment: datetime | None, context: RequestContext) -> html.Td:
    if moment is None:
        return by(None, context.words.say("coverage.share.never_used"))
    return by(moment.isoformat(), context.words.short_moment(moment))


def addresses(made: Iterable[tuple[str, str, str]], say: Say, class_name: str) -> list[html.Div]:
    """Return addresses, each under its label in a line of its own that can be copied: (id, label, address)."""
    found = []
    for id_, label, address in made:
        shown = fields.control(type="text", id=id_, value=address, readonly=True, className="line")
        line = fields.labelled(label, shown, id_)
        copy = html.Button(
            say("coverage.share.copy"), type="button", className="button", **dashed(data_copy=id_, aria_describedby=id_)
        )
        said = html.Span(role="status", **dashed(data_copied="yes"))
        found.append(html.Div([line, copy, said], className=class_name))
    return found
