"""Show the steps of an import: choose a file, what is being done, confirm, what became of it."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.data import fetches
from dashboard.pages.data.editions import name_of
from dashboard.pages.data.parts import filled_or_said, part
from dashboard.pages.data.reports import faults_of
from dashboard.pages.kit import elements, fields, forms
from dashboard.pages.kit.elements import dashed
from dashboard.web.access import UPLOADS
from dashboard.web.request import say
from dashboard.web.uploads import CHECK, FETCH, KEPT_S, MOST_BYTES, Done, Job, Seen, Upload
from geodata.editions import KNOWN, NEEDLESS, NEW, UNCHANGED
from geodata.readers.formats import MAX_TABLE_BYTES, MB

STEPS = {
    CHECK: ("understand", "read", "build", "check", "compare"),
    "import": ("understand", "read", "build", "check", "compare", "switch"),
}
HOUR_S = 3600


def choose(may_import: bool, is_pinned: bool, has_official: bool = True) -> html.Section | list[html.Section]:
    """Return where a file is dropped or chosen, after how to get official limits; or why it cannot be."""
    if is_pinned or not may_import:
        told = say("editions.pinned" if is_pinned else "intake.by_command")
        return part("intake.title", [html.P(told), html.P(say("intake.command"), className="muted")])
    bounds = {"most": MOST_BYTES // MB, "most_table": MAX_TABLE_BYTES // MB}
    # the input lies over the whole box, so that a click anywhere opens it and a file falls into it
    box = html.Div(
        [
            html.Label(say("intake.drop"), htmlFor="data-chosen"),
            html.P(say("intake.bounds", **bounds), id="data-bounds", className="muted"),
            fields.control(type="file", id="data-chosen", **dashed(
                data_file="yes", data_most=MOST_BYTES, data_to=f"/{UPLOADS}",
                aria_describedby="data-bounds",
            )),
        ],
        className="drop",
    )  # fmt: skip
    intake = part("intake.title", [html.P(say("intake.what")), box])
    return intake if has_official else [fetches.offer(), intake]


def file(upload: Upload, job: Job | None) -> html.Section:
    """Return the name of the file at hand, and how to give it up. job: what is being done with it, None for nothing."""
    request = upload.request()
    called = say("intake.at_hand" if request.is_here else "fetching.from")
    parts: list[Any] = [html.P([called, " ", html.B(request.name)])]
    if job is not None and job.what == FETCH:
        parts.append(forms.ask_button(say("fetching.stop"), "stop"))
    elif job is None and not request.is_here:
        parts.append(forms.ask_button(say("fetching.leave"), "forget"))
    elif job is None and upload.done() is None:
        parts.append(html.P(say("intake.removed", hours=KEPT_S // HOUR_S), className="muted"))
        parts.append(forms.ask_button(say("intake.forget"), "forget"))
    return part("intake.title" if request.is_here else "fetching.title", parts)


def progress(job: Job | None) -> Any:
    """Return how far a job is, or why it ended without a result."""
    if job is None:
        return None
    if job.message:
        told = filled_or_said(job.message, job.fields)
        again = forms.ask_button(say("intake.again"), "again")
        return html.Div([html.P(told), html.P(say("intake.nothing_changed")), again], className="error", role="alert")
    if job.what == FETCH:
        return fetches.progress(job)
    steps = STEPS[job.what]
    reached = steps.index(job.step) if job.step in steps else -1
    items = [_step(key, n, reached) for n, key in enumerate(steps)]
    return html.Div(
        [html.P(say(f"intake.doing_{job.what}"), role="status"), html.Ol(items)], className="progress-steps"
    )


def _step(key: str, number: int, reached: int) -> html.Li:
    state = "done" if number < reached else "now" if number == reached else "later"
    mark = {"done": "✓", "now": "…", "later": ""}[state]
    told = dashed(aria_current="step") if state == "now" else {}
    return html.Li([html.Span(mark, className="mark"), say(f"import.step.{key}")], className=state, **told)


def confirm(seen: Seen) -> html.Section:
    """Return what can be done with a file now that it was checked."""
    if seen.questions:
        told: list[Any] = [html.P(say("intake.then_questions", n=len(seen.questions)))]
    elif seen.is_possible:
        told = [html.P(say("intake.then_confirm")), forms.ask_button(say("intake.confirm"), "import", "button primary")]
    elif seen.status == NEEDLESS:
        told = [html.P(say("import.needless"))]
    else:
        told = [html.P(say("intake.then_mend", n=len(faults_of(seen))))]
    return part("intake.decide", told, "decide")


def result(done: Done, may_import: bool) -> html.Section:
    """Return what became of an import, what was kept, and how to go back."""
    names = {"edition": name_of(done.edition), "before": name_of(done.before)}
    if done.undone:
        told: Sequence[Any] = [html.P(say("intake.undone", **names))]
    elif done.status in (NEW, KNOWN):
        told = [html.P(say(f"intake.{done.status}", **names)), html.P(say("intake.kept_before", **names))]
        if may_import and done.before != done.edition:
            told.append(forms.ask_button(say("intake.undo", **names), "undo"))
    else:
        told = [html.P(say(f"intake.{UNCHANGED}", **names))]
    fresh = elements.link(say("intake.see_map"), "/")  # a plain link: the page is loaded anew, with the edition in use
    more = [forms.ask_button(say("intake.next"), "forget")] if may_import else []
    return part("intake.done", [*told, html.Div([fresh, *more], className="data-links")], "outcome")
