"""Lay a presentation out over the whole window, or the list of what can be presented.

`/presentar/<meeting>` presents a meeting; `/presentar?p=<id>&p=<id>` presents proposals outside of any. `c=<id>`,
two to four times, says which of them are compared. The slide in sight is in the fragment of the address.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import dash
from dash import dcc, html

from dashboard.pages.kit import outcomes
from dashboard.pages.kit.elements import dashed
from dashboard.pages.present import answers, listing
from dashboard.pages.present.answers import Show
from dashboard.pages.present.compared import comparison_slides
from dashboard.pages.present.ids import ROOM_ADDRESS, VERSIONS, Present
from dashboard.pages.present.room_follows import follow_slides
from dashboard.pages.present.room_slides import RoomShow, answer_slides
from dashboard.pages.present.slides import (
    Slide,
    button,
    decisions_slide,
    empty_slide,
    next_slide,
    proposal_slide,
    title_slide,
)
from dashboard.records.core import RecordsError, Words
from dashboard.records.meetings import meetings
from dashboard.records.proposals import identities
from dashboard.web import request
from geodata.model import Dataset

KEYS = ("next", "back", "ends", "digit", "compare", "map", "zoom", "blank", "full", "reload", "leave", "help")


def layout(meeting: str = "", p: Any = (), c: Any = (), **_: Any) -> html.Div:
    """Return the screen for what the address asks for."""
    words, chosen = request.words(), answers.listed(c)
    store, actor, dataset = request.record(), request.actor(), request.dataset()
    try:
        if meeting:
            show = answers.of_meeting(store, actor, meeting, chosen)
        elif ids := answers.listed(p):
            show = answers.of_proposals(store, actor, ids, chosen)
        else:
            found = meetings.meetings(store, actor), answers.context(store, actor)
            return _screen(listing.shown(*found, identities(store), dataset, words))
    except RecordsError as error:
        return _screen(_refused(error, words))
    return presentation(show, dataset, words)


def _screen(children: Sequence[Any]) -> html.Div:
    return html.Div(list(children), id=Present.ROOT, className="record-screen present-list")


def _refused(error: RecordsError, words: Words) -> list[Any]:
    sentence, _ = request.sentences(error, words)
    return [
        html.H2(words.say("present.nav")),
        outcomes.problem(sentence),
        html.P(dcc.Link(words.say("present.to_list"), href="/presentar")),
    ]


def presentation(show: Show, dataset: Dataset, words: Words) -> html.Div:
    """Return all slides, of which the browser shows one, with the edges that step and the line below."""
    made = slides(show, dataset, words)
    leave = f"/reuniones/{show.meeting.id}" if show.meeting else "/presentar"
    return html.Div(
        [
            html.Div([_section(slide) for slide in made], className="present-slides"),
            _edge("back", "‹", words),
            _edge("next", "›", words),
            _foot(show, leave, words),
            _keys(words),
            html.Div(className="visually-hidden", **dashed(data_shows="spoken", aria_live="polite")),
            html.Div(className="present-blank", hidden=True, **dashed(data_does="blank")),
        ],
        id=Present.ROOT,
        className="present",
        **dashed(
            data_mark=show.mark,
            data_versions=dash.get_relative_path(f"/{VERSIONS}?{_asked(show)}"),
            data_room=_room_address(show),
        ),
    )


def _room_address(show: Show) -> str | None:
    """Return where the browser asks for the answers of a room that are still coming in."""
    if show.meeting is None or show.room is None or show.room.frozen_at is not None:
        return None
    return dash.get_relative_path(f"{ROOM_ADDRESS}/{show.meeting.id}")


def slides(show: Show, dataset: Dataset, words: Words) -> list[Slide]:
    """Return the slides in the order in which they are stepped through."""
    made = [title_slide(show, dataset, words)]
    made += [proposal_slide(item, show, dataset, words) for item in show.seen] or [empty_slide(show, words)]
    made += comparison_slides(show, dataset, words)
    if show.room is not None:
        room = RoomShow(show.room, {item.proposal.id: item.number for item in show.seen})
        made += [*answer_slides(room, words), *follow_slides(room, words)]
    if show.meeting is not None:
        made += [decisions_slide(show, words)] if show.seen else []
        made.append(next_slide(show, words))
    return made


def _asked(show: Show) -> str:
    if show.meeting is not None:
        return urlencode({"meeting": show.meeting.id})
    return urlencode([("p", item.proposal.id) for item in show.seen] + [("p", id) for id in show.missing])


def _section(slide: Slide) -> html.Section:
    data = {"data-key": slide.key, "data-number": str(slide.number or "")}
    return html.Section(
        list(slide.body),
        className=f"present-slide {slide.kind}",
        hidden=slide.key != "title",
        tabIndex=-1,
        **dashed(aria_label=slide.title, **data),
    )


def _edge(does: str, sign: str, words: Words) -> html.Button:
    named = dashed(data_does=does, aria_label=words.say(f"present.step.{does}"))
    return html.Button(sign, type="button", className=f"present-edge {does}", **named)


def _foot(show: Show, leave: str, words: Words) -> html.Footer:
    basis = words.say("present.is_frozen") if show.closed else words.say("present.is_live", edition=show.edition)
    return html.Footer(
        [
            html.Span(className="present-position", **dashed(data_shows="position")),
            html.Span(basis, className="present-basis"),
            html.Span(className="present-next", dir="auto", **dashed(data_shows="next")),
            html.Span(words.say("present.offline"), hidden=True, **dashed(data_shows="offline")),
            button(
                "reload", words.say("present.changed"), "present-quiet", hidden=True, **dashed(data_shows="changed")
            ),
            button("help", words.say("present.keys_hint"), "present-quiet"),
            dcc.Link(words.say("present.leave"), href=leave, className="present-leave"),
        ],
        className="present-foot",
    )


def _keys(words: Words) -> html.Dialog:
    rows = [
        html.Div([html.Dt(words.say(f"present.key.{key}")), html.Dd(words.say(f"present.key_does.{key}"))])
        for key in KEYS
    ]
    return html.Dialog(
        [
            html.H2(words.say("present.keys")),
            html.Dl(rows),
            button("close", words.say("present.close")),
        ],
        className="present-keys",
        **dashed(aria_label=words.say("present.keys")),
    )
