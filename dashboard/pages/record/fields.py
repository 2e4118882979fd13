"""Make the fields of the register's forms, in the form in which Dash writes components.

They are drawn by the browser (`assets/dom.js`) and read off by `assets/register.js` when a form is sent: a field has a
name, boxes of one name are a list. None of them is a component of Dash, since a list of eighty districts has as many.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.pages.kit import Choice, control, select
from dashboard.pages.record.desk import Desk
from dashboard.pages.record.sentences import by_province, place_name

SAID = {"data-said": "yes"}  # the element in which the browser tells that no answer came


def labelled(id_: str, label: str, field: Any, hint: str = "") -> html.Div:
    """Return a field under its label, with a line that helps."""
    help_ = [html.Small(hint, className="hint", id=f"{id_}-hint")] if hint else []
    return html.Div([html.Label(label, htmlFor=id_), field, *help_], className="field")


def line(form: str, name: str, label: str, value: str = "", hint: str = "", kind: str = "text", **more: Any) -> Any:
    """Return a field for one line, or of another kind of input."""
    id_ = f"{form}-{name}"
    made = control(**{"type": kind, "id": id_, "name": name, "value": value, "class": "line", "autocomplete": "off"},
                   **_described(id_, hint), **more)  # fmt: skip
    return labelled(id_, label, made, hint)


def room(form: str, name: str, label: str, value: str = "", hint: str = "", rows: int = 3) -> html.Div:
    """Return a field for several lines."""
    id_ = f"{form}-{name}"
    props = {"id": id_, "name": name, "rows": str(rows), "class": "line", "dir": "auto", "children": value}
    made = {"type": "Textarea", "namespace": "dash_html_components", "props": {**props, **_described(id_, hint)}}
    return labelled(id_, label, made, hint)


def choice(form: str, name: str, label: str, choices: Iterable[Choice], value: str, hint: str = "") -> html.Div:
    """Return a list of which one is chosen."""
    id_ = f"{form}-{name}"
    made = select(choices, value, id=id_, name=name, className="line", **_described(id_, hint))
    return labelled(id_, label, made, hint)


def boxes(name: str, legend: str, choices: Iterable[Choice], chosen: Iterable[str]) -> html.Fieldset:
    """Return boxes of which several can be ticked."""
    chosen = set(chosen)
    ticks = [_box(name, code, text, code in chosen) for code, text in choices]
    return html.Fieldset([html.Legend(legend), html.Div(ticks, className="boxes")], className="field")


def tick(name: str, text: str) -> html.Div:
    """Return one box, by which a person says that they are sure."""
    return html.Div(_box(name, "yes", text, False), className="field")


def hidden(name: str, value: str) -> Any:
    """Return a field that nobody sees."""
    return control(**{"type": "hidden", "name": name, "value": value})


def _described(id_: str, hint: str) -> dict[str, str]:
    return {"aria-describedby": f"{id_}-hint"} if hint else {}


def _box(name: str, value: str, text: str, checked: bool, **more: Any) -> html.Label:
    return html.Label(
        [control(**{"type": "checkbox", "name": name, "value": value, "checked": checked}), html.Span(text)],
        className="tick",
        **more,
    )


def picker(form: str, departments: Sequence[str], chosen: Iterable[str], desk: Desk) -> html.Fieldset:
    """Return the districts of departments to choose from: what is chosen as chips, a line to search, and all of them
    by province. With several departments the browser shows those of the one chosen."""
    chosen, territory = set(chosen), desk.territory
    groups = [
        (bool(chosen.intersection(ubigeos)), _province(province, ubigeos, chosen, desk))
        for department in departments
        for province, ubigeos in by_province(territory.in_department(department)).items()
    ]
    groups.sort(key=lambda group: not group[0])  # provinces that something was chosen of come first
    id_, none = f"{form}-search", html.P(desk.say("register.no_district"), className="empty", hidden=True)
    search = control(
        **{"type": "search", "id": id_, "class": "line", "autocomplete": "off", "data-search": "yes"},
        placeholder=desk.say("register.search_district"),
    )
    return html.Fieldset(
        [
            html.Legend(desk.say("register.districts")),
            html.Div(className="chips", **{"data-chips": "yes"}),
            html.P("", className="muted", role="status", **{"data-count": "yes"}),
            html.Label(desk.say("register.search_district"), htmlFor=id_, className="visually-hidden"),
            search,
            html.Div([*(group for _, group in groups), none], className="options", tabIndex="0", role="group",
                     **{"aria-label": desk.say("register.districts")}),
        ],
        className="field picker",
        **{"data-picker": "yes"},
    )  # fmt: skip


def _province(code: str, ubigeos: Sequence[str], chosen: set[str], desk: Desk) -> html.Div:
    name = place_name(code, desk)
    options = [
        _box(
            "ubigeos", ubigeo, place_name(ubigeo, desk), ubigeo in chosen,
            **{"data-district": place_name(ubigeo, desk), "data-place": name},
        )
        for ubigeo in ubigeos
    ]  # fmt: skip
    return html.Div([html.P(name, className="province"), *options], className="group", **{"data-of": code[:2]})


def submit(text: str, primary: bool = True, **more: Any) -> html.Button:
    """Return the button that sends a form."""
    return html.Button(text, type="submit", className="button primary" if primary else "button", **more)


def button(text: str, do: str, **more: Any) -> html.Button:
    """Return a button that asks something of the server."""
    return html.Button(text, type="button", className="button", **{"data-do": do, **more})


def label(name: str, record: str) -> str:
    """Return the name under which the browser keeps what is typed in a form about a record."""
    return f"{name}|{record}"


def typed(name: str, record: str, title: str) -> dict[str, str]:
    """Return what has a form kept in the browser as it is typed (`assets/unsaved.js`). title: by which it is named
    among what is not saved."""
    return {"form": name, "record": record, "title": title, "kept": "yes", "reads": "names"}


def form(children: Sequence[Any], do: str, class_name: str = "", **told: Any) -> html.Form:
    """Return a form with a place for what was wrong with it; `told` goes with what stands in its fields."""
    data = {f"data-{name}": str(value) for name, value in told.items()}
    slot = html.Div(className="register-told", tabIndex="-1", **{"data-told": "yes"})
    return html.Form([*children, slot], className=f"register-form {class_name}".strip(), **{"data-do": do, **data})
