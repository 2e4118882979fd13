"""Put the first proposals of the data set into a new database, once."""

from dashboard.records.core import Actor, Deed, ProposalRow, Store, history
from dashboard.records.proposals.proposal import PROPOSAL, Proposal

PROGRAMME = Actor("programme", "programme", "programme")  # who made them: signs their first entry, and may do nothing


def keep_first_proposals(store: Store) -> int:
    """Keep the first proposals that are not kept yet, as their source has them; return how many were new."""

    def work(session) -> int:
        new = [p for p in store.dataset.proposals if session.get(ProposalRow, p.id) is None]
        for p in new:
            made = Proposal(p.id, 1, p.name, p.department, p.phase, p.state, p.services, p.ubigeos, source=p.source)
            on = store.programme.due_date(p.state, p.phase, {})  # of December 2012; the day is not known
            history.add(session, Deed(store, PROGRAMME, "first", document=p.source, on=on), PROPOSAL, made)
        return len(new)

    with store.reading() as session:
        if all(session.get(ProposalRow, p.id) is not None for p in store.dataset.proposals):
            return 0
    return store.write(work)
