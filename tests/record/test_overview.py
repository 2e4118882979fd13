"""All proposals at one moment: in the order in which they came, read anew only when one changed, by whoever did it."""

from dataclasses import replace

import pytest

from dashboard.clusters.rules.rules import Context
from dashboard.records.core.actors import NOBODY, Actor
from dashboard.records.core.history import carry_out
from dashboard.records.core.store import Store, make_engine
from dashboard.records.proposals import proposals
from dashboard.records.proposals.overview import Watch
from dashboard.records.proposals.proposals import PROPOSAL, MakeStep
from tests.record.drawn import ME, draw


def settle(store, proposal):
    """Put a proposal into the state of a cluster without its meetings: only its state matters here."""

    def work(transaction):
        now = transaction.load(PROPOSAL, proposal.id)
        return transaction.change(PROPOSAL, now, now.version, lambda p: replace(p, state="validated"))

    return carry_out(store, ME, MakeStep("validate", proposal.id, proposal.version), work)


@pytest.fixture
def another(store):
    """The same database as another process opens it."""
    made = Store(make_engine(store.engine.url.render_as_string(hide_password=False)), store.dataset)
    yield made
    made.close()


def test_the_first_proposals_come_in_the_order_of_the_data_and_others_after_them(store, dataset):
    made = draw(store)
    seen = Watch(store).now()
    assert [p.id for p in seen.proposals] == [*(p.id for p in dataset.proposals), made.id]
    assert seen.numbers == tuple(range(1, len(dataset.proposals) + 2))


def test_a_candidate_stands_apart_until_it_is_proposed(store, dataset):
    watch, made = Watch(store), draw(store)
    assert made.id not in [p.id for p in watch.now().standing]
    proposals.step(store, ME, made.id, made.version, "propose")
    assert [p.id for p in watch.now().standing] == [*(p.id for p in dataset.proposals), made.id]


def test_nothing_is_read_again_while_nothing_changed(store):
    watch = Watch(store)
    assert watch.now() is watch.now()


def test_each_change_by_another_process_is_seen_and_has_another_print(store, another):
    watch = Watch(another)
    prints = [watch.now().print]
    made = draw(store)
    prints.append(watch.now().print)
    edited = proposals.edit(store, ME, made.id, made.version, {"note": "Con la municipalidad"})
    prints.append(watch.now().print)
    proposals.step(store, ME, made.id, edited.version, "propose")
    prints.append(watch.now().print)
    assert len(set(prints)) == 4
    assert watch.now().proposals[-1].state == "proposed"
    assert Watch(store).now().print == prints[-1], "every process has the same print"


def test_a_cluster_settled_by_one_process_is_a_rival_for_the_next_judgement_of_another(store, another, dataset):
    watch = Watch(another)
    made = draw(store)
    before = Context.of(dataset, watch.now().standing)
    settle(store, made)
    after = Context.of(dataset, watch.now().standing)
    assert made.id not in [p.id for p in before.proposals]
    assert [p.id for p in after.rivals(proposals.candidate(made).replacing(None), "settled")] == [made.id]


def test_who_may_read_nothing_sees_nothing_and_a_reader_sees_all(store):
    seen = Watch(store).now()
    assert seen.seen_by(NOBODY).proposals == ()
    assert seen.seen_by(NOBODY).print != seen.print
    assert seen.seen_by(Actor("r", "Lectora", "reader")) is seen
