"""Offer to fetch published limits, show how far a download is, and say what to do without a network."""

from typing import Any

from dash import html

from dashboard.pages.data.parts import filled_or_said, part
from dashboard.pages.kit import forms
from dashboard.pages.kit.elements import dashed
from dashboard.texts import number
from dashboard.web.request import language, say
from dashboard.web.uploads import Job, Upload, fetching
from geodata.readers.formats import MB
from geodata.sources import fetch, openers

PACKED = "archive"


def offer() -> html.Section:
    """Return from where official limits can be fetched, and how to bring them without a network."""
    sources = fetch.sources(fetching.SUBJECT)
    is_able = bool(openers())
    rows = [_row(name, source, is_able) for name, source in sources.items()]
    listed = html.Ul(rows, className="known-sources")
    return part("fetching.title", [html.P(say("fetching.what")), listed, _offline(list(sources.values()))], "to-fetch")


def _row(name: str, source: fetch.Source, is_able: bool) -> html.Li:
    told: list[Any] = [html.Span(_holds(source))]
    if source.form == PACKED and not is_able:
        told.append(html.Span(say("fetching.packed"), className="muted"))
    button = forms.ask_button(say("fetching.take", name=source.name), "fetch", **dashed(data_source=name))
    return html.Li([button, html.Div(told)])


def _holds(source: fetch.Source) -> str:
    return source.holds_es if language() == "es" else source.holds_en


def _offline(sources: list[fetch.Source], is_open: bool = False) -> html.Details:
    pages = [html.Li(say("fetching.offline_page", page=each.page, holds=_holds(each))) for each in sources]
    rest = [html.Li(say(f"fetching.offline_{step}")) for step in ("open", "carry")]
    found = [pages[0]] if len(pages) == 1 else [html.Li(html.Ul(pages))]
    return html.Details([html.Summary(say("fetching.offline")), html.Ol([*found, *rest])], open=is_open)


def progress(job: Job) -> html.Div:
    """Return how far a download is: bytes, and of how many as far as the source tells."""
    if job.step:
        told, of = say("fetching.opening"), None
    elif not job.got:
        told, of = say("fetching.asking"), None
    elif job.of:
        sizes = {"got": _mb(job.got), "of": _mb(job.of), "percent": number(100 * job.got / job.of, language())}
        told, of = say("fetching.got_of", **sizes), job.of
    else:
        told, of = say("fetching.got", got=_mb(job.got)), None
    label = dashed(aria_label=say("fetching.progress"))
    bar = html.Progress(value=str(job.got), max=str(of), **label) if of else html.Progress(**label)
    return html.Div([html.P(say("fetching.doing")), bar, html.P(told)], className="progress-steps fetch-progress")


def _mb(size: int) -> str:
    return number(size / MB, language(), 1)


def failed(job: Job, upload: Upload) -> html.Div:
    """Return why a download ended without a file, how to go on, and what to do without a network."""
    message = "intake.fetch_interrupted" if job.message == "intake.interrupted" else job.message
    known = fetch.sources(fetching.SUBJECT).get(upload.request().source)
    parts: list[Any] = [html.P(filled_or_said(message, job.fields)), html.P(say("intake.nothing_changed"))]
    is_wished = message == "intake.fetch_stopped"
    if known is not None:
        parts += [forms.ask_button(say("fetching.go_on"), "again"), _offline([known], is_open=not is_wished)]
    return html.Div(parts, className="progress-steps" if is_wished else "error", role="alert")
