"""Read which proposals a reader wants to see, from an address or from the filters, and write it as an address."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dashboard.clusters.model import encode
from dashboard.pages.record.sentences import place_name
from dashboard.records.meetings import OUTCOMES
from dashboard.records.proposals import STATES
from dashboard.records.tracking import Line
from dashboard.web.request import RequestContext
from dashboard.web.sent import whole

# by what the list is sorted: as it comes, by department and phase, or by a column; what is unknown comes last
COLUMNS: Mapping[str, Callable[[Line], Any]] = {
    "name": lambda line: fold(line.proposal.name),
    "phase": lambda line: line.proposal.phase,
    "state": lambda line: STATES.index(line.proposal.state),
    "districts": lambda line: len(line.proposal.ubigeos),
    "since": lambda line: line.since,
    "due": lambda line: line.dated and line.dated.due,
    "changed": lambda line: line.changed_at,
}
LATEST_FIRST = ("changed",)
TURNED = "-"  # before a column that is sorted the other way round
ORDERS = ("place", *COLUMNS, *(f"{TURNED}{name}" for name in COLUMNS))
MOST_TEXT = 200
ON_A_PAGE = 50
# fields of the address
DEPARTMENT, PHASE, STATE, TEXT, ORDER, PAGE = "departamento", "fase", "estado", "buscar", "orden", "pagina"
RULING = "decision"
FIELDS = (DEPARTMENT, PHASE, STATE, TEXT, RULING, ORDER, PAGE)
UNRULED = "none"  # no group has decided yet
RULINGS = (*OUTCOMES, UNRULED)


@dataclass(frozen=True)
class Wanted:
    """What a reader wants to see; "", None and () stand for all. `unread` names what of an address is unknown."""

    department: str = ""
    phase: int | None = None
    states: tuple[str, ...] = ()
    text: str = ""
    ruling: str = ""
    order: str = ORDERS[0]
    page: int = 1
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out: no filter is set."""
        return not (self.department or self.phase or self.states or self.text or self.ruling)

    @property
    def column(self) -> str:
        """The column by which the list is sorted; that of no column where it is as it comes."""
        return self.order.removeprefix(TURNED)

    @property
    def descends(self) -> bool:
        """Whether the largest, or the latest, comes first."""
        return self.order.startswith(TURNED) != (self.column in LATEST_FIRST)

    def address(self) -> str:
        """Return the query of an address that asks for the same, with its question mark; "" where it asks for all."""
        told = {
            DEPARTMENT: self.department,
            PHASE: self.phase or "",
            STATE: ".".join(self.states),
            TEXT: self.text,
            RULING: self.ruling,
            ORDER: "" if self.order == ORDERS[0] else self.order,
            PAGE: "" if self.page == 1 else self.page,
        }
        query = urlencode({name: value for name, value in told.items() if value})
        return f"?{query}" if query else ""


def read(query: Mapping[str, Any], context: RequestContext) -> Wanted:
    """Return what an address or the filters ask for; what cannot be read counts as not asked, and is named."""
    given = {name: str(query.get(name) or "")[:MOST_TEXT] for name in FIELDS}
    phases = {str(phase): phase for phase in phases_of(context)}
    states = given[STATE].split(".") if given[STATE] else []
    page = whole(given[PAGE])
    good = {
        DEPARTMENT: given[DEPARTMENT] in ("", *context.territory.departments),
        PHASE: given[PHASE] in ("", *phases),
        STATE: all(state in STATES for state in states),
        RULING: given[RULING] in ("", *RULINGS),
        ORDER: given[ORDER] in ("", *ORDERS),
        PAGE: not given[PAGE] or (page is not None and page > 0),
    }
    return Wanted(
        department=given[DEPARTMENT] if good[DEPARTMENT] else "",
        phase=phases.get(given[PHASE]),
        states=tuple(state for state in STATES if state in states),
        text=given[TEXT].strip(),
        ruling=given[RULING] if good[RULING] else "",
        order=(given[ORDER] if good[ORDER] else "") or ORDERS[0],
        page=page or 1,
        unread=tuple((name, given[name]) for name, fine in good.items() if not fine),
    )


def phases_of(context: RequestContext) -> tuple[int, ...]:
    """Return the phases of the programme."""
    return tuple(target.number for target in context.store.programme.phases)


def beside_states(lines: Iterable[Line], wanted: Wanted, context: RequestContext) -> list[Line]:
    """Return the lines that everything but the states asks for: what the counts of the states are of."""
    words = fold(wanted.text).split()
    return [
        line
        for line in lines
        if wanted.department in ("", line.proposal.department)
        and wanted.ruling in ("", line.ruling.outcome if line.ruling else UNRULED)
        and wanted.phase in (None, line.proposal.phase)
        and all(word in _searched(line, context) for word in words)
    ]


def chosen(lines: Iterable[Line], wanted: Wanted) -> list[Line]:
    """Return the lines of the states asked for, in the order asked for."""
    found = [line for line in lines if not wanted.states or line.proposal.state in wanted.states]
    column = COLUMNS.get(wanted.column)
    if column is None:
        return found
    known = sorted((line for line in found if column(line) is not None), key=column, reverse=wanted.descends)
    return [*known, *(line for line in found if column(line) is None)]


def _searched(line: Line, context: RequestContext) -> str:
    """Return everything a proposal is found by: its name, its places and its code."""
    proposal = line.proposal
    places = {proposal.department, *(u[:4] for u in proposal.ubigeos), *proposal.ubigeos}
    named = (proposal.name, encode(proposal.ubigeos), *(place_name(code, context) for code in sorted(places)))
    return fold(" ".join(named))


def fold(text: str) -> str:
    """Return text without accents or case.

    >>> fold("Cuñumbuqui")
    'cunumbuqui'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
