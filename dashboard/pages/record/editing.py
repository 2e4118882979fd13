"""Change what a proposal holds, draw a new one up, and show both versions when somebody saved first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from dash import html

from dashboard.clusters.model import SERVICES, codes
from dashboard.clusters.scoring import JUDGEMENT_SCALE, asked, load_criteria
from dashboard.pages.kit import fields, forms, outcomes
from dashboard.pages.kit.elements import dashed
from dashboard.pages.record import sentences
from dashboard.pages.record.filters import phases_of
from dashboard.pages.record.ids import Do
from dashboard.pages.record.listing import LIST
from dashboard.pages.record.picker import picker
from dashboard.records.core import Conflict, may, plain
from dashboard.records.proposals import CONTENT, Proposal, differences, load_steps
from dashboard.web.request import RequestContext
from dashboard.web.sent import several, whole

EDIT, NEW = "register-edit", "register-new"  # forms
PLAIN = "register-form"
JUDGE = "judge."  # before the criterion in the name of a field
MAP = "/"


def judged() -> list[str]:
    """Return the criteria that a group judges."""
    return [key for key, criterion in load_criteria().items() if criterion.judged]


def _asked(given: Mapping[str, Any]) -> list[str]:
    """Return the criteria that a form asks for: those with a weight, and those that were judged already."""
    return [key for key in judged() if key in {*asked(), *given}]


# ---- what was written


def content_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content that a form holds, as the record takes it; what is no number stays for it to refuse."""
    content: dict[str, Any] = {name: sent[name] for name in ("name", "note", "critical_area") if name in sent}
    if "phase" in sent:
        phase = whole(sent["phase"])
        content["phase"] = sent["phase"] if phase is None else phase
    for name in ("services", "ubigeos"):
        if name in sent:
            content[name] = several(sent[name])
    given = {key: sent[JUDGE + key] for key in judged() if JUDGE + key in sent}
    if given:
        scores = {key: (value, whole(value)) for key, value in given.items() if value not in ("", None)}
        content["judgements"] = {key: raw if n is None else n for key, (raw, n) in scores.items()}
    return content


def changed(content: Mapping[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Return what of a form differs from the proposal that it was filled with."""
    standing = plain(proposal)
    return {name: value for name, value in content.items() if _same(value) != _same(standing[name])}


def _same(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(map(str, value))
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


# ---- the forms


def edit_form(proposal: Proposal, context: RequestContext) -> list[Any]:
    """Return the form that changes a proposal, filled with what it holds."""
    say, form = context.say, EDIT
    values = {**plain(proposal), "judgements": proposal.judgements}
    drawn = html.P([say("register.draw_hint"), " ", html.A(say("register.draw_link"), href=MAP)], className="hint")
    parts = [
        *_fields(form, values, [proposal.department], context, drawn),
        fields.line(form, "why", say("register.why"), hint=say("register.why_help")),
        html.Div(
            [
                forms.submit_button(say("register.save")),
                forms.ask_button(say("register.discard"), Do.LOOK),
                html.Span(say("register.editing_help"), className="muted"),
            ],
            className="button-row",
        ),
    ]
    told: dict[str, Any] = {"version": proposal.version, "key": forms.new_key()}
    told |= {"name": EDIT, "record": proposal.id, "reads": forms.NAMES}
    told |= {"title": say("register.unsaved_edit", name=proposal.name)}
    return [
        html.H3(say("register.editing"), tabIndex="-1"),
        forms.form(Do.SAVE, parts, class_name="register-form edit-form", **told),
    ]


def _fields(
    form: str, values: Mapping[str, Any], departments: list[str], context: RequestContext, below: Any
) -> list[Any]:
    """Return the fields of a proposal's content, in two columns."""
    say = context.say
    phase = values["phase"]
    phases = [(str(n), str(n)) for n in sorted({*phases_of(context), phase})]
    services = [(name, say(f"service.{name}")) for name in SERVICES]
    left = [
        fields.line(form, "name", sentences.field("name", context), values["name"], **dashed(data_first="yes")),
        fields.choice(form, "phase", sentences.field("phase", context), phases, str(phase)),
        fields.checks(form, "services", sentences.field("services", context), services, values["services"]),
        fields.area(form, "critical_area", sentences.field("critical_area", context), values["critical_area"], rows=2),
        fields.area(form, "note", sentences.field("note", context), values["note"]),
        *(_judgement(form, key, values["judgements"].get(key), context) for key in _asked(values["judgements"])),
    ]
    right = [picker(form, departments, values["ubigeos"], context), below]
    return [html.Div([html.Div(left), html.Div(right)], className="two-columns")]


def _judgement(form: str, key: str, score: float | None, context: RequestContext) -> html.Div:
    least, most = (int(n) for n in JUDGEMENT_SCALE)
    scale = [("", context.say("register.not_judged")), *((str(n), str(n)) for n in range(least, most + 1))]
    name, reason = (context.say(f"criterion.{key}.{part}") for part in ("name", "reason"))
    return fields.choice(form, JUDGE + key, name, scale, "" if score is None else f"{score:g}", reason)


def departments_of(context: RequestContext) -> list[str]:
    """Return the departments in which this person may draw a proposal up."""
    return [code for code in context.territory.departments if may(context.actor, "proposal.create", code)]


@dataclass(frozen=True)
class Begun:
    """A new proposal as far as it is written: `values` as the form has them, none of an empty one."""

    code: str = ""
    department: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def read_code(code: str, context: RequestContext) -> Begun:
    """Return a new proposal of the districts of a code. Raises BadCode."""
    ubigeos = codes.decode(code, context.territory)
    departments = sorted({u[:2] for u in ubigeos})
    return Begun(code, departments[0] if departments else "", {"ubigeos": sorted(ubigeos)})


def new_screen(begun: Begun, context: RequestContext, key: str = "") -> list[Any]:
    """Return the screen that draws a new proposal up: from a code, or by choosing districts."""
    say, form, mine = context.say, NEW, departments_of(context)
    blank = {"name": "", "phase": phases_of(context)[0], "services": [], "ubigeos": [], "critical_area": "", "note": "",
             "judgements": {}}  # fmt: skip
    values = {**blank, **begun.values}
    department = begun.department if begun.department in mine else mine[0]
    names = [(code, sentences.place_name(code, context)) for code in mine]
    from_code = forms.form(
        Do.READ_CODE,
        [
            fields.line(form, "code", say("register.from_code"), begun.code, say("register.from_code_help")),
            forms.submit_button(say("register.read_code"), primary=False),
        ],
        class_name="register-form code-form",
        before=begun.code,
    )
    place = fields.choice(form, "department", sentences.field("department", context), names, department)
    drawn = html.P([say("register.draw_first"), " ", html.A(say("register.draw_link"), href=MAP)], className="hint")
    parts = [
        place,
        *_fields(form, values, mine, context, drawn),
        html.Div([forms.submit_button(say("register.create")), html.A(say("register.back_out"), href=LIST)],
                 className="button-row"),
    ]  # fmt: skip
    return [
        from_code,
        forms.form(
            Do.CREATE,
            parts,
            class_name="register-form edit-form new-form",
            key=key or forms.new_key(),
            name=NEW,
            record=begun.code,
            title=say("register.new"),
            reads=forms.NAMES,
        ),
    ]


# ---- two versions


def conflict(error: Conflict, why: object, context: RequestContext, by: list[Any]) -> list[Any]:
    """Return both versions of a change of content, and the choice between them.

    why: the note of the change; by: who saved first, and when.
    """
    say, mine = context.say, fields_of(error.base, error.mine)
    theirs = fields_of(error.base, error.theirs)
    table = outcomes.conflict(error, context.words, lambda name, value: sentences.value(name, value, context))
    told = [html.P(by), table, *_outcome(mine, theirs, context)]
    stays = forms.ask_button(say("register.keep_theirs"), Do.LOOK)
    if error.theirs.state not in load_steps()["edit"].origins:
        state = say(f"records.state.{error.theirs.state}")
        return [*told, html.P(say("register.no_longer", state=state)), html.Div([stays], className="button-row")]
    values = plain(error.mine)
    content = orjson.dumps({name: values[name] for name in mine if name in CONTENT}).decode()
    parts = [
        fields.hidden("content", content),
        fields.hidden("why", why if isinstance(why, str) else ""),
        html.Div([forms.submit_button(say("register.save_mine")), stays], className="button-row"),
    ]
    over = forms.form(Do.OVER, parts, class_name=PLAIN, version=error.theirs.version, key=forms.new_key())
    return [*told, over]


def fields_of(before: Any, after: Any) -> tuple[str, ...]:
    """Return the fields in which two records differ."""
    return tuple(found.field for found in differences(before, after))


def _outcome(mine: tuple[str, ...], theirs: tuple[str, ...], context: RequestContext) -> list[Any]:
    """Return what becomes of each field if the person's own is saved over the new."""
    kinds = (
        ("register.mine_over", [name for name in mine if name in theirs]),
        ("register.mine_new", [name for name in mine if name not in theirs]),
        ("register.theirs_stay", [name for name in theirs if name not in mine]),
    )
    rows = [
        html.Li(
            context.say(key, names=context.say("list.comma").join(context.say(f"records.field.{n}") for n in names))
        )
        for key, names in kinds
        if names
    ]
    return [html.P(html.B(context.say("register.if_mine"))), html.Ul(rows)]


def step_conflict(error: Conflict, context: RequestContext, by: list[Any], again: Mapping[str, Any]) -> list[Any]:
    """Return what changed while a step was being made, and the choice to make it all the same where it still fits.

    again: the step, and what stood in its form.
    """
    say, step = context.say, load_steps()[again["step"]]
    table = outcomes.conflict(error, context.words, lambda name, value: sentences.value(name, value, context))
    stays = forms.ask_button(say("register.keep_theirs"), Do.LOOK)
    if error.theirs.state not in step.origins:
        state = say(f"records.state.{error.theirs.state}")
        fault = say("records.fault.wrong_state", state=state, step=say(f"records.step.{step.name}"))
        return [html.P(by), table, html.P(fault), html.Div([stays], className="button-row")]
    kept = [fields.hidden(name, str(value)) for name, value in again["fields"].items() if isinstance(value, str)]
    kept += [fields.hidden("sure", "yes")] if again["fields"].get("sure") else []
    do = say("register.step_anyway", step=say(f"records.step.{step.name}"))
    told = {"step": step.name, "version": error.theirs.version, "key": forms.new_key()}
    parts = [*kept, html.Div([forms.submit_button(do), stays], className="button-row")]
    return [html.P(by), table, forms.form(Do.STEP, parts, class_name=PLAIN, **told)]
