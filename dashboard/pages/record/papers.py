"""Show the documents beside a proposal, and the way to attach one."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms, outcomes
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.protocol import FormAnswer
from dashboard.pages.record import sentences
from dashboard.pages.record.ids import Do, Register
from dashboard.pages.record.request import RegisterRequest
from dashboard.records.dossier import KINDS, MOST_BYTES, Attached, attachments
from dashboard.records.proposals import Proposal, proposals
from dashboard.web.request import RequestContext

PATH = "/adjuntos"
MB = 2**20
LEAST_MB = 0.1  # that a size is told as


def read(proposal: Proposal, context: RequestContext) -> tuple[Attached, ...]:
    """Return the documents beside a proposal, none for whoever may not read them."""
    may = context.may("attachment.read", proposal.department)
    return attachments.attachments(context.store, context.actor, proposal.id) if may else ()


def shown(proposal: Proposal, kept: Sequence[Attached], context: RequestContext) -> list[Any]:
    """Return the documents, and what attaches another; nothing for whoever may not read them."""
    say = context.say
    if not context.may("attachment.read", proposal.department):
        return []
    may_add = context.may("attachment.add", proposal.department)
    standing = [one for one in kept if not one.attachment.withdrawn]
    rows = [_row(one, context) for one in standing]
    listed: Any = html.Ul(rows, className="papers") if rows else outcomes.empty(
        say("dossier.papers_empty" if may_add else "dossier.papers_empty_reader"))  # fmt: skip
    heading = html.H3(say("dossier.papers"), tabIndex="-1")
    return [heading, listed, *([chooser(proposal, "register-paper", context)] if may_add else [])]


def _row(one: Attached, context: RequestContext) -> html.Li:
    say, attachment = context.say, one.attachment
    who = sentences.who(one.by, one.by_role, context)
    mb = context.words.number(max(attachment.size / MB, LEAST_MB), 1)
    kind = say("dossier.kind", kind=attachment.kind.upper(), mb=mb)
    about = html.P([kind, " · ", sentences.moment(one.at, context), " · ", *who], className="entry-about")
    out = []
    if context.may("attachment.withdraw", attachment.department):
        told = dashed(data_item=attachment.id, data_version=str(attachment.version))
        label = say("dossier.withdraw_paper_of", name=attachment.name)
        out = [forms.ask_button(say("dossier.withdraw_paper"), Do.UNATTACH, "quiet-button",
                                **dashed(aria_label=label), **told)]  # fmt: skip
    link = html.A(elements.own(attachment.name), href=address(attachment.id), download="")
    return html.Li([html.Div([link, *out], className="paper"), about])


def address(id: str) -> str:
    """Return where a document is handed out."""
    return f"{PATH}/{id}"


def chooser(proposal: Proposal, id_: str, context: RequestContext) -> html.Div:
    """Return what chooses a file of one's own and attaches it at once."""
    say = context.say
    held = {
        "type": "file", "id": id_, "accept": ",".join(f".{kind}" for kind in (*KINDS, "jpeg")),
        **dashed(data_attach=f"{PATH}/{proposal.id}", data_most=str(MOST_BYTES), data_do=str(Do.PAPERS)),
    }  # fmt: skip
    said = html.P("", role="status", className="attach-said", **dashed(data_attach_said="yes"))
    hint = say("dossier.attach_hint", most=MOST_BYTES // MB)
    # the input lies over the button, so that a press opens it and a file falls into it
    box = html.Div([html.Label(say("dossier.attach"), htmlFor=id_), fields.control(**held)], className="button choose")
    parts = [box, html.Small(hint, className="hint"), said]
    return html.Div(parts, className="attaching", **dashed(data_attaching="yes"))


def step_field(proposal: Proposal, form: str, kept: Sequence[Attached], context: RequestContext) -> list[Any]:
    """Return what chooses the document of a step among those attached, with the way to attach one there."""
    if not context.may("attachment.read", proposal.department):
        return []
    say = context.say
    choices = [("", say("dossier.none_attached"))]
    choices += [(one.attachment.id, one.attachment.name) for one in kept if not one.attachment.withdrawn]
    made = [fields.choice(form, "attachment", say("dossier.step_file"), choices, "")]
    if context.may("attachment.add", proposal.department):
        made.append(chooser(proposal, f"{form}-file", context))
    return made


def entry(one: Attached, context: RequestContext) -> html.Li:
    """Return a document as an entry of the history, which has no number: the content did not change."""
    attachment = one.attachment
    about = [sentences.moment(one.at, context), " · ", *sentences.who(one.by, one.by_role, context)]
    name: list[Any] = [html.A(elements.own(attachment.name), href=address(attachment.id), download="")]
    if attachment.withdrawn:
        name = [elements.own(attachment.name), " ", context.say("dossier.paper_withdrawn")]
    return html.Li(
        [html.Div(html.B(context.say("dossier.attached")), className="entry-head"),
         html.P(about, className="entry-about"), html.P(name, className="entry-foot")],
        className="entry ruled",
    )  # fmt: skip


# ---- what is asked


def look(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Show the documents as they are now. Raises RecordsError."""
    proposal = proposals.get(context.store, context.actor, request.subject)
    return FormAnswer(shown={Register.PAPERS: shown(proposal, read(proposal, context), context)})


def withdraw(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Withdraw a document. Raises RecordsError."""
    attachments.withdraw(context.store, context.actor, request.item, request.version)
    return look(request, context).but(focus=Register.PAPERS)
