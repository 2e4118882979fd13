"""Show what people say to each other about a proposal: its threads, and the forms in which they write."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms, outcomes
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.protocol import FormAnswer
from dashboard.pages.record import sentences
from dashboard.pages.record.ids import Do, Register
from dashboard.pages.record.request import RegisterRequest
from dashboard.records.dossier import Comment, Said, comments
from dashboard.records.people import Account
from dashboard.records.proposals import Proposal, proposals
from dashboard.web.request import RequestContext

FORM = "register-talk"
SHORT = 200  # letters of a comment as the history shows it


def read(proposal: Proposal, context: RequestContext) -> tuple[Said, ...]:
    """Return what was said about a proposal, nothing for whoever may not read it."""
    may = context.may("comment.read", proposal.department)
    return comments.comments(context.store, context.actor, proposal.id) if may else ()


def shown(proposal: Proposal, said: Sequence[Said], context: RequestContext) -> list[Any]:
    """Return the threads with the forms to answer, and the one to begin another; nothing for whoever may not read."""
    say = context.say
    if not context.may("comment.read", proposal.department):
        return []
    may_write = context.may("comment.write", proposal.department)
    known = comments.colleagues(context.store, context.actor, proposal.department) if may_write else ()
    threads: dict[str, list[Said]] = {}
    for one in said:
        threads.setdefault(one.comment.thread, []).append(one)
    listed = [_thread(proposal, thread, known, may_write, context) for thread in threads.values()]
    body: list[Any] = [html.Ol(listed, className="threads")]
    if not listed:
        body = [outcomes.empty(say("dossier.talk_empty" if may_write else "dossier.talk_empty_reader"))]
    write = [_form(proposal, None, known, context)] if may_write else []
    return [html.H3(say("dossier.talk"), tabIndex="-1"), *body, *write]


def _thread(
    proposal: Proposal, thread: Sequence[Said], known: Sequence[Account], may_write: bool, context: RequestContext
) -> html.Li:
    first, *answers = thread
    parts: list[Any] = [_comment(first, known, context)]
    if answers:
        parts.append(html.Ol([html.Li(_comment(one, known, context)) for one in answers], className="answers"))
    if may_write:
        reply = html.Summary(context.say("dossier.reply"), className="button as-link")
        parts.append(html.Details([reply, _form(proposal, first.comment, known, context)], className="reply"))
    return html.Li(parts, className="thread")


def anchor(id: str) -> str:
    """Return the id under which a comment stands on the page of its proposal."""
    return f"comentario-{id}"


def _comment(one: Said, known: Sequence[Account], context: RequestContext) -> html.Div:
    say, comment = context.say, one.comment
    who = sentences.who(comment.author_name, comment.author_role, context)
    about = html.P([*who, " · ", sentences.moment(one.at, context)], className="entry-about")
    more: dict[str, Any] = {"id": anchor(comment.id), "tabIndex": "-1", "className": "comment"}
    if comment.withdrawn:
        return html.Div([about, html.P(say("dossier.comment_withdrawn"), className="muted")], **more)
    names = {account.id: account.name for account in known} | {context.actor.id: say("dossier.you")}
    meant = [names[id] for id in comment.mentions if id in names]
    to = [html.P(say("dossier.meant_for", names=say("list.comma").join(meant)), className="meant")] if meant else []
    return html.Div([about, *to, html.P(elements.own(comment.text, "written")), *_take_back(comment, context)], **more)


def _take_back(comment: Comment, context: RequestContext) -> list[Any]:
    if comment.author != context.actor.id or not context.may("comment.write", comment.department):
        return []
    told = dashed(data_item=comment.id, data_version=str(comment.version))
    return [forms.ask_button(context.say("dossier.take_back"), Do.UNSAY, "quiet-button", **told)]


def _form(proposal: Proposal, parent: Comment | None, known: Sequence[Account], context: RequestContext) -> html.Form:
    """Return the form to answer in a thread, or to begin one."""
    say, form = context.say, FORM if parent is None else f"{FORM}-{parent.id}"
    label, button = ("begin", "send") if parent is None else ("answer", "send_answer")
    choices = [(a.id, f"{a.name} ({sentences.role(a.role, context)})") for a in known]
    tell = html.Details(
        [html.Summary(say("dossier.tell")), fields.checks(form, "mentions", say("dossier.tell_whom"), choices, ())],
        className="tell",
    )
    parts = [
        fields.area(form, "text", say(f"dossier.{label}"), hint=say("dossier.text_hint"), rows=2),
        *([tell] if choices else []),
        forms.submit_button(say(f"dossier.{button}"), parent is None),
    ]
    told: dict[str, Any] = {"name": form, "record": proposal.id, "reads": forms.NAMES, "key": forms.new_key()}
    told |= {"item": "" if parent is None else parent.id, "title": say("dossier.unsaved", name=proposal.name)}
    return forms.form(Do.SAY, parts, class_name="register-form talk-form", **told)


def entry(one: Said, context: RequestContext) -> html.Li:
    """Return a comment as an entry of the history, which has no number: the content did not change."""
    comment = one.comment
    about = [sentences.moment(one.at, context), " · ",
             *sentences.who(comment.author_name, comment.author_role, context)]  # fmt: skip
    text = comment.text if len(comment.text) <= SHORT else f"{comment.text[:SHORT].rstrip()}…"
    words = context.say("dossier.comment_withdrawn") if comment.withdrawn else text
    key = "dossier.commented" if comment.parent is None else "dossier.answered"
    head = html.A(html.B(context.say(key)), href=f"#{anchor(comment.id)}")
    return html.Li(
        [html.Div(head, className="entry-head"), html.P(about, className="entry-about"),
         html.P(elements.own(words), className="entry-note written")],
        className="entry ruled",
    )  # fmt: skip


# ---- what is asked


def write(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Keep what somebody says, and show it. Raises RecordsError."""
    given = request.values
    values = {"text": given.get("text"), "mentions": given.get("mentions") or [], "parent": request.item or None}
    comments.say(context.store, context.actor, request.subject, values, key=request.key)
    settled = [forms.typed_as(f"{FORM}-{request.item}" if request.item else FORM, request.subject)]
    return _anew(request, context).but(saved=True, settled=settled)


def take_back(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Withdraw what somebody said. Raises RecordsError."""
    comments.withdraw(context.store, context.actor, request.item, request.version)
    return _anew(request, context)


def _anew(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    proposal = proposals.get(context.store, context.actor, request.subject)
    parts = {Register.TALK: shown(proposal, read(proposal, context), context)}
    return FormAnswer(shown=parts, focus=Register.TALK)
