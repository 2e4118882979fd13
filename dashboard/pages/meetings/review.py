"""Show the proposals under review: figures at a glance, the copies that were taken, and what was decided."""

from typing import Any

from dash import html

from dashboard.clusters.ranking import LETTERS
from dashboard.clusters.writing import joined, sentence
from dashboard.pages.kit import elements, fields, forms, identity, verdicts
from dashboard.pages.kit.elements import dashed
from dashboard.pages.meetings.amending import amending
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import (
    OUTCOMES,
    VOTES,
    Decision,
    ProposalView,
    Snapshot,
    frozen_view,
    live_view,
)
from dashboard.records.proposals import Proposal, Vote

# what a group asks first of a proposal
GLANCE = ("population", "governments", "gap_combined", "conflicts_active", "emergencies", "farthest_capitals_km")
FEWEST = 2


def look_at(seen: Sitting, proposal: Proposal) -> ProposalView:
    """Return what is shown of a proposal under review: as it is now, or, of a closed meeting, as the group saw it."""
    copy = seen.record.seen(proposal.id) if seen.is_closed else None
    return live_view(proposal, seen.context.dataset, seen.beside) if copy is None else frozen_view(copy)


def cards(seen: Sitting) -> list[Any]:
    """Return a card for each proposal under review."""
    say = seen.context.words.say
    if not seen.reviewed:
        return [elements.section(say("meetings.reviewed"), [html.P(say("meetings.nothing_reviewed"))])]
    note = say("meetings.as_seen") if seen.is_closed else ""
    made = [_card(seen, proposal) for proposal in seen.reviewed]
    return [elements.section(say("meetings.reviewed"), made, note, class_name="part reviewed")]


def _card(seen: Sitting, proposal: Proposal) -> html.Article:
    say, view = seen.context.words.say, look_at(seen, proposal)
    state = html.Span(say(f"records.state.{proposal.state}"), className=f"state-mark state-{proposal.state}")
    districts = seen.context.dataset.territory.districts
    names = [districts[u].name if u in districts else u for u in sorted(view.proposal.ubigeos)]
    return html.Article(
        [
            html.H4([identity.named(seen.record.identity(proposal.id, view.proposal.name)), " ", state]),
            html.P(
                [say("meetings.districts", n=len(names), names=joined(say, names)), " ",
                 elements.link(say("meetings.to_register"), f"/registro/{proposal.id}", "inline-link")],
                className="muted",
            ),
            html.Div([_figures(seen, view), _rules(seen, view)], className="glance"),
            *amending(seen, proposal),
            _copies(seen, proposal),
            _decision(seen, proposal),
        ],
        className="card", id=f"card-{proposal.id}", **dashed(aria_label=view.proposal.name),
    )  # fmt: skip


def _figures(seen: Sitting, view: ProposalView) -> html.Dl:
    """A few figures, each with unit and year; unknown is said."""
    words, rows = seen.context.words, []
    for figure in (view.figures[key] for key in GLANCE if key in view.figures):
        unit = " · ".join(filter(None, (words.say(f"unit.{figure.unit}"), figure.year)))
        name: list[Any] = [words.say(f"measure.{figure.key}.name"), html.Span(unit)]
        value = words.number(figure.value, figure.decimals)
        rows.append(html.Div([html.Dt(name, title=words.say(f"measure.{figure.key}.help")), html.Dd(value)]))
    return html.Dl(rows, className="figures")


def _rules(seen: Sitting, view: ProposalView) -> html.Div:
    """How many rules hold, and the sentence of each that does not."""
    say = seen.context.say
    told = [verdicts.rule(v, say) for v in verdicts.by_urgency(view.verdicts) if v.status in ("fail", "warn")]
    counts = verdicts.counts(view.verdicts, say, "meetings.rules")
    return html.Div([html.P(counts, className="counts"), html.Ul(told, className="rules")])


def _copies(seen: Sitting, proposal: Proposal) -> html.Div:
    """When the last copy was taken and whether it still says what the proposal is."""
    say, taken = seen.context.words.say, seen.copies(proposal.id)
    last = taken[-1] if taken else None
    if last is None:
        said: list[Any] = [html.Span(say("meetings.no_copy"), className="lacking")]
    else:
        at = seen.context.words.moment(last.taken_at)
        said = [say("meetings.copy_of", at=at, version=last.proposal_version, n=len(taken))]
        said += _stale(seen, proposal, last)
    name, form = f"take-{proposal.id}", []
    if seen.may_copy:
        submit = say("meetings.take" if last is None else "meetings.take_again")
        form = [forms.form("take", [], submit, name=name, subject=proposal.id, kept=False)]
    place = html.Div(className="form-outcome", **dashed(data_outcome_for=name))
    return html.Div([html.Div([html.P(said), *form], className="copies"), place])


def _stale(seen: Sitting, proposal: Proposal, last: Snapshot) -> list[html.Span]:
    say, told = seen.context.words.say, []
    if seen.is_closed:
        return []
    if last.proposal_version != proposal.version:
        told.append(say("meetings.changed_since", version=proposal.version))
    if last.edition != seen.context.dataset.edition:
        told.append(say("meetings.data_since"))
    decision = seen.decision(proposal.id)
    if decision is not None and decision.snapshot != last.id:
        told.append(say("meetings.decided_on_former"))
    return [html.Span(f" {text}", className="caution") for text in told]


def _decision(seen: Sitting, proposal: Proposal) -> html.Div:
    say, made = seen.context.words.say, seen.decision(proposal.id)
    told: list[Any] = [_decided(seen, made)] if made is not None else []
    if not seen.may_decide:
        if made is None:
            key = "meetings.decide_later" if seen.is_planned else "meetings.no_decision"
            told = [html.P(say(key), className="muted")]
        return html.Div([*told, *_next_step(seen, proposal, made)], className="decision")
    lacks = None if seen.meeting.present else "meetings.first_present"
    lacks = lacks or (None if seen.copies(proposal.id) else "meetings.first_copy")
    if lacks is not None and made is None:
        return html.Div(html.P(say(lacks), className="caution"), className="decision")
    # the form is folded away once there is a decision
    place = html.Div(className="form-outcome", **dashed(data_outcome_for=f"decide-{proposal.id}"))
    return html.Div([*told, place, _decide(seen, proposal, made)], className="decision")


def _decided(seen: Sitting, made: Decision) -> html.Div:
    """What was decided, with its votes and the reasons of those who did not agree."""
    say = seen.context.words.say
    votes = {name: getattr(made, name) for name in VOTES}
    names = {m.id: m.name for m in seen.record.members}
    outcome = html.B(say(f"records.outcome.{made.outcome}"))
    someone = say("acta.someone")
    reasons = [html.Li([html.B(names.get(id_) or someone), ": ", html.Bdi(why)]) for id_, why in made.dissent.items()]
    text = [html.P(made.text, className="written", dir="auto")] if made.text else []
    waived = [html.Li([html.B(say(f"rule.{rule}.name")), ": ", html.Bdi(why)]) for rule, why in made.waivers.items()]
    return html.Div(
        [
            html.P([say("meetings.decision_is"), " ", outcome, " · ", say("meetings.votes", **votes)]),
            *_numbered(seen, made),
            *text,
            *([html.P(say("meetings.waived")), html.Ul(waived)] if waived else []),
            *([html.P(say("meetings.dissent")), html.Ul(reasons)] if reasons else []),
        ],
        className=f"decided {made.outcome}",
    )


def _numbered(seen: Sitting, made: Decision) -> list[html.P]:
    """Which agreement of the minutes it is, once no more can come before it."""
    if not seen.is_closed:
        return []
    number = seen.record.agreement_number(made.proposal)
    return [html.P(seen.context.say("sitting.as_agreement", number=number), className="muted")]


def _next_step(seen: Sitting, proposal: Proposal, made: Decision | None) -> list[Any]:
    """After the meeting: which proposals can now be validated, and what else an outcome leads to."""
    say = seen.context.words.say
    if made is None or not seen.is_closed:
        return []
    way = elements.link(say("meetings.to_register"), f"/registro/{proposal.id}", "inline-link")
    agreed = made.outcome == "agreed"
    if agreed and proposal.state not in ("candidate", "proposed", "reviewed", "returned"):
        key = "after_done"
    elif agreed:
        key = "after_agreed" if proposal.state == "reviewed" else "after_agreed_early"
    else:
        key = f"after_{made.outcome}"
    state = say(f"records.state.{proposal.state}")
    return [html.P([say(f"meetings.{key}", state=state), " ", way], className="next-step")]


def _decide(seen: Sitting, proposal: Proposal, made: Decision | None) -> Any:
    say, form, most = seen.context.words.say, f"decide-{proposal.id}", len(seen.meeting.present)
    outcomes = [(key, say(f"records.outcome.{key}")) for key in OUTCOMES]
    votes = {name: getattr(made, name) for name in VOTES} if made else {"in_favour": None, "against": 0, "abstained": 0}
    everybody = html.Button(
        say("meetings.all_in_favour"), type="button", className="button", id=f"{form}-everybody",
        **dashed(data_everybody=str(most)),
    )  # fmt: skip
    reasons = [
        fields.entry(form, "dissent", m.id, m.name, made.dissent.get(m.id, "") if made else "")
        for m in seen.record.present
    ]
    vote = seen.vote(proposal.id)
    entries = [
        *_before_vote(seen, proposal, vote),
        fields.radios(form, "outcome", say("meetings.outcome"), outcomes, made.outcome if made else ""),
        html.Div(
            [
                *(fields.count(form, name, say(f"meetings.vote.{name}"), votes[name], most) for name in VOTES),
                everybody,
                html.P("", className="sum", **dashed(data_sum=str(most))),
            ],
            className="votes",
        ),
        *_waivers(form, vote, made, seen),
        html.Details(
            [html.Summary(say("meetings.dissent_fold")), html.Div(reasons, className="dissent")],
            className="folded", id=f"fold-{form}", open=bool(made and made.dissent),
        ),
        fields.area(form, "text", say("meetings.decision_text"), made.text if made else "", rows=2),
    ]  # fmt: skip
    title = seen.record.identity(proposal.id, proposal.name).title
    made_form = forms.form(
        "decide", entries, say("meetings.decide" if made is None else "meetings.decide_again"),
        name=form, title=say("meetings.decision_of", name=title), subject=proposal.id,
        version=made.version if made else None, primary=made is None,
        blank={"outcome": "", "dissent": {}, "waivers": {}},
    )  # fmt: skip
    if made is None:
        return made_form
    return html.Details(
        [html.Summary(say("meetings.change_decision")), made_form], className="folded", id=f"fold-change-{proposal.id}"
    )


def _before_vote(seen: Sitting, proposal: Proposal, vote: Vote | None) -> list[Any]:
    """What no vote can heal, told before anyone votes, and where it is put right."""
    say, faults = seen.context.words.say, vote.faults if vote is not None else ()
    if not faults:
        return []
    way = elements.link(say("meetings.to_register"), f"/registro/{proposal.id}", "inline-link")
    told = html.Ul([html.Li(seen.context.words.fault(fault)) for fault in faults])
    return [
        html.Div(
            [html.P(html.B(say("meetings.cannot_agree"))), told, html.P([say("meetings.cannot_agree_do"), " ", way])],
            className="caution before-vote",
        )
    ]


def _waivers(form: str, vote: Vote | None, made: Decision | None, seen: Sitting) -> list[Any]:
    """Room for the reason of each rule that fails, without which the group cannot agree."""
    say, kept = seen.context.words.say, made.waivers if made is not None else {}
    if vote is None or not vote.failing:
        return []
    rooms = [
        html.Div(
            [
                fields.entry(form, "waivers", v.rule, say("meetings.waiver_of", rule=say(f"rule.{v.rule}.name")),
                               kept.get(v.rule, "")),
                html.P(sentence(say, v.message, v.args), className="hint"),
            ]
        )
        for v in vote.failing
    ]  # fmt: skip
    return [html.Fieldset([html.Legend(say("meetings.waivers")), html.P(say("meetings.waivers_do"), className="hint"),
                           *rooms], className="waivers")]  # fmt: skip


def _titles(seen: Sitting, comparison: Snapshot) -> list[str]:
    content = comparison.content
    pairs = zip(content["proposals"], content["candidates"], strict=True)
    return [seen.record.identity(id, candidate["name"]).title for id, candidate in pairs]


def comparisons(seen: Sitting) -> list[Any]:
    """Return the comparisons that were frozen, and the form that freezes one."""
    words = seen.context.words
    say, title = words.say, words.say("meetings.comparison")
    taken = [
        html.Li(
            say(
                "meetings.compared",
                names=joined(say, _titles(seen, s)),
                at=seen.context.words.moment(s.taken_at),
            )
        )
        for s in seen.comparisons
    ]
    listed = [html.Ul(taken, className="read-points")] if taken else []
    if not seen.may_copy:
        return [elements.section(title, listed)] if taken else []
    if len(seen.reviewed) < FEWEST:
        return [elements.section(title, [*listed, html.P(say("meetings.compare_two"), className="muted")])]
    boxes = [
        fields.check("compare", "proposals", p.id, False, [identity.named(seen.record.identity(p.id, p.name))])
        for p in seen.reviewed
    ]
    form = forms.form(
        "compare", [html.Div(boxes, className="check-grid")], say("meetings.take_comparison"),
        name="compare", subject=seen.id, blank={"proposals": []}, kept=False,
    )  # fmt: skip
    note = say("meetings.comparison_note", fewest=FEWEST, most=len(LETTERS))
    return [elements.section(title, [*listed, form], note)]
