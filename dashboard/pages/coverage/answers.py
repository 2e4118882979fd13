"""Answer what the coverage screen asks of the server: its parts as they stand, for one department or for all."""

from collections.abc import Callable, Iterable
from typing import Any

from dashboard.pages.coverage import headline, map_view, standings, tools
from dashboard.pages.coverage.ids import READ, Coverage
from dashboard.pages.kit import outcomes
from dashboard.records.core import RecordsError
from dashboard.records.tracking import coverage
from dashboard.web.request import RequestContext

# what makes a part of the page out of the coverage
Maker = Callable[[coverage.Coverage], list[Any]]
FIRST_DATES = 10  # in sight without opening the rest


def find(context: RequestContext, department: Any, until: Any = None) -> coverage.Coverage | RecordsError:
    """Return the coverage of a department or of all, or why this person is not shown it.

    until: the day up to which lateness is counted, as the address has it.
    """
    try:
        return coverage.coverage(context.store, context.actor, department or None, until)
    except RecordsError as error:
        return error


def parts(
    found: coverage.Coverage, context: RequestContext, cluster: str | None, wanted: Iterable[str] = READ
) -> dict[str, Any]:
    """Return parts of the screen by the id of their place."""
    store, words = context.store, context.words
    makers: dict[str, Maker] = {
        Coverage.HEADLINE: lambda c: headline.headline(c, words),
        Coverage.PHASES: lambda c: headline.phases(c, words),
        Coverage.QUOTAS: lambda c: headline.quotas(c, store, words),
        Coverage.STANDINGS: lambda c: standings.standings(c, store, words),
        Coverage.DATES: lambda c: standings.dates(c, store, words, most=FIRST_DATES),
        Coverage.MAP: lambda c: map_view.coverage_map(c, store, words),
        Coverage.REACH: lambda c: map_view.reach(c, store, words),
        Coverage.FOCAS_ALL: lambda c: tools.focas_all(c, store, words),
        Coverage.FOCAS_ONE: lambda c: tools.focas_one(tools.chosen(c.standings, cluster), store, words),
        Coverage.QSIP_ALL: lambda c: tools.qsip_all(c, store, words),
        Coverage.QSIP_ONE: lambda c: tools.qsip_one(tools.chosen(c.standings, cluster, True), store, words),
    }
    return {part: makers[part](found) for part in wanted}


def read_again(
    context: RequestContext, department: Any, cluster: Any, wanted: Iterable[str] = READ, until: Any = None
) -> dict[str, Any]:
    """Return parts of the screen anew; of a person who may not see them (any more), why."""
    found = find(context, department, until)
    if isinstance(found, RecordsError):
        return {Coverage.HEADLINE: [outcomes.refusal(found, context.words)]}
    return parts(found, context, cluster if isinstance(cluster, str) else None, wanted)


def about(found: coverage.Coverage, context: RequestContext) -> str:
    """Return of which day, place and data edition everything is."""
    say = context.words.say
    where = say("coverage.everywhere_lower")
    if found.department is not None:
        where = context.store.dataset.territory.departments[found.department].name
    return say("coverage.about", where=where, day=context.words.day(found.day), edition=found.edition)


def government_options(found: coverage.Coverage, context: RequestContext, cluster: str | None) -> list[dict[str, str]]:
    """Return the governments of a cluster to choose from."""
    standing = tools.chosen(found.standings, cluster)
    return [
        {"value": code, "label": tools.government_name(code, context.store, context.words)}
        for code in tools.governments(standing, context.store)
    ]
