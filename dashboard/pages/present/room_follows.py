"""Make the slides of what follows from a room's answers: weights, acceptability, what would have to be believed."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.clusters.group import FirstPlaces, Outcome, Outlook
from dashboard.clusters.writing import Followed, Wording, group_sentences
from dashboard.pages.kit import table
from dashboard.pages.kit.elements import dashed, hidden
from dashboard.pages.present.room_slides import RoomShow, criterion_name, dots, room_slide
from dashboard.pages.present.slides import Slide
from dashboard.records.core import Words

LABEL_FROM = 0.08  # of a bar: a part that has room for its number
WEIGHTY = 0.005  # what the widest axis of weights is never below


def follow_slides(show: RoomShow, words: Words) -> Iterator[Slide]:
    """Yield the slides of what follows; a sentence in place of each where nothing does."""
    words = show.spoken(words)
    found = show.content.get("outcome")
    if found is None:
        nothing = words.say("voices.nobody_weighed" if show.content.get("followed") else "voices.no_field")
        for key in ("weights", "follows", "believed"):
            yield room_slide(key, words.say(f"voices.{key}"), [html.P(nothing, className="present-when")], show, words)
        return
    outcome = Outcome.from_dict(found)
    followed = Followed(outcome, [show.name(id) for id in show.content["followed"]])
    yield _weights(outcome, show, words)
    yield _follows(followed, show, words)
    yield _believed(followed, show, words)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


# ---- what criteria weigh


def _weights(outcome: Outcome, show: RoomShow, words: Words) -> Slide:
    widest = max(WEIGHTY, *outcome.high)
    order = sorted(range(len(outcome.used)), key=lambda k: (-outcome.reference[k], k))
    rows = [_weight(k, outcome, widest, words) for k in order if outcome.high[k] > 0]
    body = [
        html.P(words.say("voices.weights_lead"), className="voice-note"),
        table("", [], rows, look="present-table weights-table"),
        *_left_out(outcome, words),
    ]
    return room_slide("weights", words.say("voices.weights"), body, show, words)


def _weight(k: int, outcome: Outcome, widest: float, words: Words) -> list[Any]:
    given = [own[k] for own in outcome.weights]
    low, mean, high = (words.number(100 * of[k], 0) for of in (outcome.low, outcome.reference, outcome.high))
    marks = [html.Span(className="voice-dot certain", style={"left": _percent(own / widest)}) for own in given]
    mean_mark = html.Span(className="voice-mean", style={"left": _percent(outcome.reference[k] / widest)})
    span = {"left": _percent(outcome.low[k] / widest), "width": _percent((outcome.high[k] - outcome.low[k]) / widest)}
    strip = html.Div(
        [html.Span(className="voice-span", style=span), *marks, mean_mark], className="voice-strip",
        **dashed(aria_hidden="true"),
    )  # fmt: skip
    said: list[Any] = [
        html.B(words.say("voices.weight_mean", mean=mean)),
        " ",
        words.say("voices.range", low=low, high=high),
    ]
    return [criterion_name(outcome.used[k], words), strip, html.Span(said)]


def _left_out(outcome: Outcome, words: Words) -> list[html.P]:
    names = [criterion_name(key, words) for key in outcome.left_out]
    said = words.say("voices.left_out", criteria=", ".join(names))
    return [html.P(said, className="voice-note")] if names else []


# ---- what follows


def _follows(followed: Followed, show: RoomShow, words: Words) -> Slide:
    outcome = followed.outcome
    head = [
        words.say("present.decision.proposal"),
        words.say("voices.own_weights"),
        words.say("voices.allowed_weights"),
        words.say("voices.places"),
    ]
    rows = [_outlook(outcome.proposals[i], show.content["followed"][i], outcome, show, words) for i in followed.order()]
    body = [
        table("", head, rows, look="present-table follows-table"),
        html.P(words.say("voices.widest"), className="voice-note"),
        html.P(group_sentences.basis_sentence(_wording(words), outcome), className="voice-note"),
        *_left_out(outcome, words),
    ]
    return room_slide("follows", words.say("voices.follows"), body, show, words)


def _outlook(own: Outlook, id: str, outcome: Outcome, show: RoomShow, words: Words) -> list[Any]:
    wording = _wording(words)
    said = group_sentences.given_sentence(wording, outcome, own)
    of = words.say("voices.of_members", n=int(own.given.shown), of=outcome.members)
    name = [html.Span(show.head(id), className="voice-thing"), html.Small(said)]
    counted = html.Div([html.B(of), dots(_kinds(own.given, outcome.members), "")], className="voice-own")
    share = html.Div(
        [
            html.B(group_sentences.percent(wording, own.allowed.shown)),
            _share_bar(own.allowed),
            hidden(group_sentences.allowed_sentence(wording, own)),
        ],
        className="voice-share",
    )
    return [html.Div(name, className="voice-label"), counted, share, _places(own.ranks, words)]


def _kinds(places: FirstPlaces, members: int) -> list[str]:
    certain, shown, possible = (int(n) for n in (places.certain, places.shown, places.possible))
    kinds = ["certain"] * certain + ["shown"] * (shown - certain) + ["possible"] * (possible - shown)
    return kinds + ["not"] * (members - len(kinds))


def _share_bar(places: FirstPlaces) -> html.Div:
    parts = [
        html.Span(className="possible", style={"width": _percent(places.possible)}),
        html.Span(className="certain", style={"width": _percent(places.certain)}),
        html.Span(className="shown", style={"left": _percent(places.shown)}),
    ]
    return html.Div(parts, className="voice-bar", **dashed(aria_hidden="true"))


def _places(ranks: Sequence[float], words: Words) -> html.Div:
    """Return a bar of the share in which a proposal has each place, from the first on the left."""
    parts = [
        html.Span(str(place) if share >= LABEL_FROM else "", className=f"place-{min(place, 5)}",
                  style={"width": _percent(share)})
        for place, share in enumerate(ranks, 1)
        if share > 0
    ]  # fmt: skip
    wording = _wording(words)
    said = [
        words.say("voices.place_share", place=place, share=group_sentences.percent(wording, share))
        for place, share in enumerate(ranks, 1)
        if share > 0
    ]
    return html.Div([html.Div(parts, className="voice-places", **dashed(aria_hidden="true")), hidden("; ".join(said))])


# ---- what would have to be believed


def _believed(followed: Followed, show: RoomShow, words: Words) -> Slide:
    outcome, wording = followed.outcome, _wording(words)
    criteria = [criterion_name(key, words) for key in outcome.used]
    rows = []
    for i in followed.order():
        said = group_sentences.believed_sentences(wording, followed, i, criteria)
        first = group_sentences.given_sentence(wording, outcome, outcome.proposals[i])
        name = html.Div(html.Span(show.head(show.content["followed"][i]), className="voice-thing"))
        rows.append([name, html.Div([html.P(sentence) for sentence in (first, *said)], className="voice-believed")])
    body = [
        table("", [], rows, look="present-table believed-table"),
        html.P(group_sentences.basis_sentence(wording, outcome), className="voice-note"),
    ]
    return room_slide("believed", words.say("voices.believed"), body, show, words)


def _wording(words: Words) -> Wording:
    return Wording(words.say, words.number)
