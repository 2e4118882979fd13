"""Answer what the coverage screen asks of the server: its parts as they stand, for one department or for all."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from dashboard.pages.coverage import entry, entry_forms, headline, map_view, shares, standings, tools
from dashboard.pages.coverage.entry_forms import Beside, EntryForms
from dashboard.pages.coverage.ids import ENTERED, READ, CoverageDo, CoverageId
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.protocol import FormAnswer, FormRequest, attempt
from dashboard.records.core import RecordsError
from dashboard.records.tracking import coverage
from dashboard.web.request import RequestContext

BETWEEN = "/"  # between the department of a page and the day up to which lateness is counted
# what is shown anew as something is chosen, by the form in which it is
CHOSEN: Mapping[str, tuple[CoverageId, ...]] = {
    "focas-cluster": (CoverageId.FOCAS_ONE, CoverageId.FOCAS_OF, CoverageId.FOCAS_ENTRY),
    "focas-of": (CoverageId.FOCAS_ENTRY,),
    "qsip-cluster": (CoverageId.QSIP_ONE, CoverageId.QSIP_ENTRY),
    "qsip-of": (CoverageId.QSIP_ENTRY,),
}
ENTRIES = (CoverageId.FOCAS_ENTRY, CoverageId.QSIP_ENTRY)
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
    found: coverage.Coverage, context: RequestContext, beside: Beside | None = None, wanted: Iterable[str] = READ
) -> dict[str, Any]:
    """Return parts of the screen by the id of their place. beside: what is chosen there."""
    store, words, seen = context.store, context.words, EntryForms(context, found, beside or Beside())
    makers: dict[str, Callable[[], Any]] = {
        CoverageId.HEADLINE: lambda: headline.headline(found, words),
        CoverageId.PHASES: lambda: headline.phases(found, words),
        CoverageId.QUOTAS: lambda: headline.quotas(found, store, words),
        CoverageId.STANDINGS: lambda: standings.standings(found, store, words),
        CoverageId.DATES: lambda: standings.dates(found, store, words, most=FIRST_DATES),
        CoverageId.MAP: lambda: map_view.coverage_map(found, store, words),
        CoverageId.REACH: lambda: map_view.reach(found, store, words),
        CoverageId.FOCAS_ALL: lambda: tools.focas_all(found, store, words),
        CoverageId.FOCAS_ONE: lambda: tools.focas_one(seen.focas_of, store, words),
        CoverageId.QSIP_ALL: lambda: tools.qsip_all(found, store, words),
        CoverageId.QSIP_ONE: lambda: tools.qsip_one(seen.qsip_of, store, words),
        CoverageId.FOCAS_CLUSTER: lambda: entry_forms.focas_cluster(seen),
        CoverageId.FOCAS_OF: lambda: entry_forms.focas_of(seen),
        CoverageId.FOCAS_ENTRY: lambda: entry_forms.focas_entry(seen),
        CoverageId.QSIP_CLUSTER: lambda: entry_forms.qsip_cluster(seen),
        CoverageId.QSIP_OF: lambda: entry_forms.qsip_of(seen),
        CoverageId.QSIP_ENTRY: lambda: entry_forms.qsip_entry(seen),
        CoverageId.SHARE: lambda: shares.PAGES.form(context, found.department),
        CoverageId.SHARES: lambda: shares.PAGES.listed(context),
    }
    return {part: makers[part]() for part in wanted}


def first(found: coverage.Coverage, context: RequestContext, cluster: str | None) -> dict[str, Any]:
    """Return all parts of the screen, as it is opened."""
    return parts(found, context, Beside(cluster=cluster or "", planned=cluster or ""), (*READ, *ENTERED))


def answer(sent: Any, context: RequestContext, root: str) -> FormAnswer:
    """Do what was asked, and return the parts that changed by it; what was refused stands as it was typed.

    root: of the addresses of this server, for pages that are shared.
    """
    request = FormRequest.read(sent)
    department, _, until = request.of.partition(BETWEEN)
    if request.do == CoverageDo.LOOK:
        made = FormAnswer(form=request.form, at=request.at)
        wanted = CHOSEN.get(request.form, (*READ, *ENTRIES))
    else:
        made = attempt(request, _acts(root, until), context, lambda _: entry.shown_in(context.words))
        wanted = _changed(request, made)
    found = find(context, department, until or None) if wanted else None
    if isinstance(found, RecordsError):  # who may not see it (any more) is told so
        return made.but(shown={CoverageId.HEADLINE: [outcomes.refusal(found, context.words)]})
    return made if found is None else made.but(shown=parts(found, context, Beside.read(request.beside), wanted))


def _acts(root: str, until: str) -> Mapping[str, Callable[[FormRequest, RequestContext], list[Any]]]:
    return {
        CoverageDo.SCORE: entry.save_score,
        CoverageDo.STAGE: entry.save_stage,
        CoverageDo.SHARE: partial(shares.make, root=root, counted=until),
        CoverageDo.END_SHARE: shares.PAGES.stop,
    }


def _changed(request: FormRequest, made: FormAnswer) -> tuple[CoverageId, ...]:
    """Return what to show anew: all that follows from what was kept; where somebody was quicker, what they kept."""
    if request.do in (CoverageDo.SHARE, CoverageDo.END_SHARE):
        return (CoverageId.SHARE, CoverageId.SHARES) if made.saved else (CoverageId.SHARES,)
    if made.saved:
        return (*READ, *ENTRIES)
    return ENTRIES if made.conflict else ()


def about(found: coverage.Coverage, context: RequestContext) -> str:
    """Return of which day, place and data edition everything is."""
    say = context.words.say
    where = say("coverage.everywhere_lower")
    if found.department is not None:
        where = context.store.dataset.territory.departments[found.department].name
    return say("coverage.about", where=where, day=context.words.day(found.day), edition=found.edition)
