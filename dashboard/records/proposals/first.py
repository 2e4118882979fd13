"""Put the first proposals of the data set into a new database, once."""

from dataclasses import dataclass

from dashboard.records.core import Actor, Command, ProposalRow, Remarks, Store, Transaction, carry_out
from dashboard.records.proposals.proposal import PROPOSAL, Proposal

PROGRAMME = Actor("programme", "programme", "programme")  # who made them: signs their first entry, and may do nothing


@dataclass(frozen=True)
class KeepFirstProposals(Command):
    """Keep the proposals that the data set begins with."""

    action = "first"


def keep_first_proposals(store: Store) -> int:
    """Keep the first proposals that are not kept yet, as their source has them; return how many were new."""

    def work(transaction: Transaction) -> int:
        new = [p for p in store.dataset.proposals if transaction.session.get(ProposalRow, p.id) is None]
        for p in new:
            made = Proposal(p.id, 1, p.name, p.department, p.phase, p.state, p.services, p.ubigeos, source=p.source)
            on = store.programme.due_date(p.state, p.phase, {})  # of December 2012; the day is not known
            transaction.add(PROPOSAL, made, remarks=Remarks.model_construct(document=p.source, on=on))
        return len(new)

    with store.reading() as session:
        if all(session.get(ProposalRow, p.id) is not None for p in store.dataset.proposals):
            return 0
    return carry_out(store, PROGRAMME, KeepFirstProposals(), work)
