"""Show the form by which a reviewed proposal is changed a little, as the room agreed."""

from typing import Any

from dash import html

from dashboard.clusters.model import SERVICES
from dashboard.pages.kit import fields, forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.proposals import Proposal, load_steps


def amending(seen: Sitting, proposal: Proposal) -> list[Any]:
    """Return the form, folded away; nothing where the proposal or the reader may not."""
    step, context = load_steps()["amend"], seen.context
    if not seen.is_open or proposal.state not in step.origins or not context.may(step.right, proposal.department):
        return []
    say, form = context.words.say, f"amend-{proposal.id}"
    services = [(key, say(f"service.{key}")) for key in SERVICES]
    entries = [
        fields.line(form, "name", say("sitting.amend_name"), proposal.name, maxlength=200),
        fields.area(form, "critical_area", say("sitting.amend_area"), proposal.critical_area, rows=2),
        fields.checks(form, "services", say("sitting.amend_services"), services, proposal.services),
        fields.checks(form, "ubigeos", say("sitting.amend_districts"), _near(seen, proposal), proposal.ubigeos),
        fields.area(form, "reason", say("sitting.amend_reason"), rows=2),
    ]
    title = say("sitting.amend_of", name=seen.record.identity(proposal.id, proposal.name).title)
    made = forms.form(
        "amend", entries, say("sitting.amend"), name=form, title=title, subject=proposal.id, version=proposal.version,
        blank={"services": [], "ubigeos": []},
    )  # fmt: skip
    most = context.store.programme.acts.amended_districts
    note = html.P(say("sitting.amend_note", most=most), className="muted")
    place = html.Div(className="form-outcome", **dashed(data_outcome_for=form))
    return [
        html.Div(
            [place, html.Details([html.Summary(say("sitting.amend_fold")), note, made], className="folded",
                                 id=f"fold-{form}")]
        )
    ]  # fmt: skip


def _near(seen: Sitting, proposal: Proposal) -> list[tuple[str, str]]:
    """The districts of a proposal, and those of its provinces that touch one of them."""
    territory = seen.context.dataset.territory
    own = [u for u in sorted(proposal.ubigeos) if u in territory.districts]
    provinces = {u[:4] for u in own}
    beside = {n for u in own for n in territory.neighbours(u) if n[:4] in provinces} - set(own)
    return [(u, territory.districts[u].name) for u in (*own, *sorted(beside))]
