"""Proposals and meetings that tests of the record need again and again."""

from datetime import date

from dashboard.clusters.rules.rules import RULES
from dashboard.records.core.actors import local_actor
from dashboard.records.core.governments import governments_of
from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.records.proposals import proposals
from dashboard.records.proposals.steps import load_steps
from dashboard.records.tracking import focas, qsip

ME = local_actor("Ana Ríos")
PICOTA = ("220701", "220702", "220703", "220704")  # districts of San Martín that no first proposal has
PERIOD = "2013-2014"
ALL_THE_SAME = dict.fromkeys(RULES, "El grupo la acepta aun así")  # why a group agrees to what fails a rule


def draw(store, actor=ME, **changes):
    """A candidate of Picota (San Martín)."""
    content = {"name": "Picota", "ubigeos": PICOTA, "services": ["health"], "phase": 2, **changes}
    return proposals.create(store, actor, content)


def group(store, sectors=("regional", "regional", "regional", "provincial", "district", "civil"), department="22"):
    """Members of a consultative group, one for each sector named."""
    places = {"regional": department, "provincial": f"{department}07", "district": f"{department}0702", "civil": ""}
    made = []
    for n, sector in enumerate(sectors):
        values = {"department": department, "period": PERIOD, "sector": sector, "place": places[sector]}
        values |= {"name": f"Miembro {n:02}", "institution": f"Entidad {n}", "accreditation": f"Oficio {n}-2013"}
        made.append(groups.keep_member(store, ME, values))
    return made


def held(store, *ids, number=1, on=date(2013, 3, 15), department="22", complete=True):
    """An open meeting with six people present and proposals under review."""
    members = groups.members(store, ME, department, PERIOD) or group(store, department=department)
    values = {
        "agenda": ["Revisión de propuestas"],
        "present": [m.id for m in members],
        "proposals": ids,
        "place": "Moyobamba",
    }
    for id in ids if complete else ():
        _name_area_of_a_draft(store, proposals.get(store, ME, id))
    planned = meetings.plan_meeting(store, ME, department, number, on, **values)
    return meetings.open_meeting(store, ME, planned.id, planned.version)


def _name_area_of_a_draft(store, proposal):
    """No group can agree to what has no critical area."""
    if not proposal.critical_area and proposal.state in load_steps()["edit"].origins:
        proposals.edit(store, ME, proposal.id, proposal.version, {"critical_area": "Anemia infantil"})


def agree(store, *ids, number=1, on=date(2013, 3, 15), outcome="agreed", complete=True):
    """A closed meeting that decided on proposals."""
    meeting = held(store, *ids, number=number, on=on, complete=complete)
    for id in ids:
        snapshots.take(store, ME, meeting.id, id)
        decisions.decide(store, ME, meeting.id, id, outcome, in_favour=5, against=1, waivers=ALL_THE_SAME)
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"next_agenda": ["Avances"]})
    return meetings.close_meeting(store, ME, meeting.id, meeting.version)


def baseline(store, proposal, points=40.0, round="baseline", on=date(2013, 5, 2)):
    """A FOCAS score in one area for every government of a proposal that has none: they share the regional one."""
    kept = {score.government for score in focas.scores(store, ME) if score.round == round}
    for government in set(governments_of(proposal.ubigeos, store.dataset.territory)) - kept:
        values = {"government": government, "round": round, "area": "budgeting", "points": points, "measured_on": on}
        focas.enter(store, ME, values)


def walk(store, proposal, until="plan_implemented"):
    """Take a candidate along the whole life of a cluster, up to a state, and return it there."""

    def go(name, on, **needs):
        nonlocal proposal
        if proposal.state != until:
            proposal = proposals.step(store, ME, proposal.id, proposal.version, name, on=on, **needs)

    go("propose", date(2013, 1, 10))
    go("review", date(2013, 2, 1), note="Conforme")
    if proposal.state != until:
        proposal = proposal if proposal.critical_area else _name_area(store, proposal)
        agree(store, proposal.id, number=1 + len(meetings.meetings(store, ME, "22")))
    go("validate", date(2013, 3, 16), document="Acta 22-2013-1")
    go("sign", date(2013, 4, 1), document="Carta 12")
    if proposal.state != until:
        baseline(store, proposal)
    go("apply_focas", date(2013, 5, 3), document="Informe FOCAS")
    if proposal.state != until:
        qsip.enter(store, ME, proposal.id, {"cycle": 1, "stage": 1, "done_on": date(2013, 6, 1)})
    go("apply_qsip", date(2013, 6, 2), document="Informe QSIP")
    go("approve_plan", date(2013, 9, 1), document="Plan 2013")
    go("finish_plan", date(2014, 5, 1), note="Cumplido", document="Informe final")
    return proposal


def _name_area(store, proposal):
    """Go back to name the critical area: content stands once it is reviewed."""
    back = proposals.step(store, ME, proposal.id, proposal.version, "return", note="Falta el área", on=date(2013, 2, 1))
    named = proposals.edit(store, ME, back.id, back.version, {"critical_area": "Anemia infantil"})
    again = proposals.step(store, ME, named.id, named.version, "propose", on=date(2013, 2, 2))
    return proposals.step(store, ME, again.id, again.version, "review", note="Conforme", on=date(2013, 2, 3))
