"""Choose the districts of a proposal: what is chosen as chips, a line to search, and all of them by province."""

from collections.abc import Iterable, Sequence

from dash import html

from dashboard.pages.kit import fields
from dashboard.pages.kit.elements import dashed
from dashboard.pages.record.sentences import by_province, place_name
from dashboard.web.request import RequestContext


def picker(form: str, departments: Sequence[str], chosen: Iterable[str], context: RequestContext) -> html.Fieldset:
    """Return the districts of departments to choose from.

    What is chosen stands as chips, above a line to search and all of them by province. With several departments the
    browser shows those of the one chosen.
    """
    chosen, territory = set(chosen), context.territory
    groups = [
        (bool(chosen.intersection(ubigeos)), _province(form, province, ubigeos, chosen, context))
        for department in departments
        for province, ubigeos in by_province(territory.in_department(department)).items()
    ]
    groups.sort(key=lambda group: not group[0])  # provinces that something was chosen of come first
    id_, none = f"{form}-search", html.P(context.say("register.no_district"), className="empty", hidden=True)
    search = fields.control(
        **{"type": "search", "id": id_, "class": "line", "autocomplete": "off", "data-search": "yes"},
        placeholder=context.say("register.search_district"),
    )
    return html.Fieldset(
        [
            html.Legend(context.say("register.districts")),
            html.Div(className="chips", **dashed(data_chips="yes")),
            html.P("", className="muted", role="status", **dashed(data_count="yes")),
            html.Label(context.say("register.search_district"), htmlFor=id_, className="visually-hidden"),
            search,
            html.Div([*(group for _, group in groups), none], className="options", tabIndex="0", role="group",
                     **dashed(aria_label=context.say("register.districts"))),
        ],
        className="field picker",
        **dashed(data_picker="yes"),
    )  # fmt: skip


def _province(form: str, code: str, ubigeos: Sequence[str], chosen: set[str], context: RequestContext) -> html.Div:
    name = place_name(code, context)
    options = [
        fields.check(
            form, "ubigeos", ubigeo, ubigeo in chosen, place_name(ubigeo, context),
            **dashed(data_district=place_name(ubigeo, context), data_place=name),
        )
        for ubigeo in ubigeos
    ]  # fmt: skip
    return html.Div([html.P(name, className="province"), *options], className="group", **dashed(data_of=code[:2]))
