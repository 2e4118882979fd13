"""What is frozen of a group when its meeting closes: who sat in it, how it was composed and what the data were."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from dashboard.clusters.rules import Verdict, load_parameters
from dashboard.records.core import ProposalRow, Store, plain, plain_value
from dashboard.records.meetings.composition import diversity, judge_group
from dashboard.records.meetings.groups import SECTORS, group_of
from dashboard.records.meetings.meeting import Meeting

# what is left of a member in public: not even by their office can they be found
NAMELESS: Mapping[str, Any] = MappingProxyType(
    {"name": "", "accreditation": "", "office": "", "dni": "", "gender": "", "speaks_for": []}
)


def group_content(session: Session, store: Store, meeting: Meeting) -> dict[str, object]:
    """Return the group of a meeting on its day: `members`, `composition`, and the `sources` of the data set."""
    members = group_of(session, meeting.department, meeting.period, meeting.held_on)
    verdicts = judge_group(members, store.programme.group, served(session, meeting.department))
    return {
        "members": [plain(member) for member in members],
        "composition": [plain_verdict(verdict) for verdict in verdicts],
        "diversity": asdict(diversity(members)),
        "quorum": store.programme.acts.quorum(len(members)),
        "sources": [
            {"name": p.name, "source": p.source, "years": p.years_text, "coverage": p.coverage}
            | ({"title": {"es": p.title_es, "en": p.title_en}} if p.title_es else {})
            for p in store.dataset.provenance.values()
        ],
        "title": {"es": store.dataset.title_es, "en": store.dataset.title_en},
        "limits_official": store.dataset.limits_official,
        "edition": store.dataset.edition,
    }


# JSON, of any type
def without_names(group: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a group in which nobody is named.

    Of members only institution, sector and place are left, and of verdicts that name members how many those are.
    """
    members = [{**member, **NAMELESS} for member in group["members"]]
    members.sort(key=lambda m: (SECTORS.index(m["sector"]), m["institution"], m["id"]))
    return {**group, "members": members, "composition": [_counted(v) for v in group["composition"]]}


# JSON, of any type
def _counted(verdict: Mapping[str, Any]) -> dict[str, Any]:
    args = dict(verdict["args"])
    names = args.pop("names", None)
    if not names:
        return {**verdict, "args": args | ({} if names is None else {"names": names})}
    return {**verdict, "message": f"{verdict['message']}_counted", "args": {**args, "n": len(names)}}


def unnamed(meeting: Meeting) -> Meeting:
    """Return a meeting in which nobody is named: of guests only their institution is left."""
    guests = tuple(
        {"name": "", "institution": guest["institution"], "office": "", "dni": ""} for guest in meeting.guests
    )
    return replace(meeting, guests=guests, secretary="", secretary_office="")


def plain_verdict(verdict: Verdict) -> dict[str, object]:
    """Return what a rule says as JSON; its sentence can be made from `message` and `args`."""
    return {
        "rule": verdict.rule,
        "status": verdict.status,
        "message": verdict.message,
        "args": plain_value(verdict.args),
    }


def served(session: Session, department: str) -> frozenset[str]:
    """Return the districts of a department's clusters; of its proposals where it has no cluster yet."""
    kinds = load_parameters().states
    for kind in ("settled", "proposed"):
        states = [state for state, of in kinds.items() if of == kind]
        rows = session.query(ProposalRow.ubigeos).filter(
            ProposalRow.department == department, ProposalRow.state.in_(states)
        )
        found = frozenset(ubigeo for row in rows for ubigeo in row.ubigeos)
        if found:
            return found
    return frozenset()
