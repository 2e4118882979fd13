"""Tell on the sheet of a district who works there, or somewhere in its province or department."""

from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.pages.kit.tables import SHEET, table
from geodata.model import Dataset, Intervention
from geodata.shared import period_text

COLUMNS = ("project", "project_years", "project_kind", "project_place", "source")


def projects(ubigeo: str, dataset: Dataset, language: str) -> Any:
    """Return the projects of a district, then those of which only its province or department is known."""
    say = partial(texts.say, language)
    if dataset.interventions is None:
        return html.P(say("sheet.projects_unknown"), className="muted")
    found = [(project, place) for project in dataset.interventions if (place := _place(project, ubigeo))]
    if not found:
        return html.P(say("sheet.no_projects"), className="muted")
    found.sort(key=lambda own: -len(own[1]))  # the closest known first
    rows = [_row(project, place, dataset, language) for project, place in found]
    return table("", [say(f"sheet.{name}") for name in COLUMNS], rows, look=SHEET)


def _place(project: Intervention, ubigeo: str) -> str:
    """Return the code of the closest place by which a project concerns a district, "" where it does not."""
    return ubigeo if ubigeo in project.places else max(project.around([ubigeo]), key=len, default="")


def _row(project: Intervention, place: str, dataset: Dataset, language: str) -> list[Any]:
    say = partial(texts.say, language)
    name, note = (project.name_es, project.note_es) if language == "es" else (project.name_en, project.note_en)
    kinds = [say(f"project_kind.{project.kind}"), *(say(f"service.{sector}") for sector in project.sectors)]
    what: list[Any] = [html.B(project.agency), f": {name}", *([html.Div(note, className="muted")] if note else [])]
    return [html.Span(what), years(project, language), " · ".join(kinds), _known(place, dataset, say), project.source]


def years(project: Intervention, language: str) -> str:
    """Return of what years a project is, as far as they are known."""
    say, first, last = partial(texts.say, language), project.first_year, project.last_year
    if first is not None and last is not None:
        return period_text(first, last)
    if last is not None:
        return say("sheet.project_until", year=last)
    return say("sheet.project_no_year") if first is None else say("sheet.project_since", year=first)


def _known(place: str, dataset: Dataset, say: Any) -> str:
    territory = dataset.territory
    if place in territory.provinces:
        return say("sheet.project_in_province", name=territory.provinces[place].name)
    if place in territory.departments:
        return say("sheet.project_in_department", name=territory.departments[place].name)
    return say("sheet.project_in_district")
