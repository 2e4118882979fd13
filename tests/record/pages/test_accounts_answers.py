"""What the accounts screen answers: all is kept once, refusals leave what was typed, both versions are told."""

import pytest
from dash import html

from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import AccountsPart
from dashboard.records.core.actors import Actor
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from dashboard.web import request
from dashboard.web.request import RequestContext, words_of
from tests.record.databases import Clock
from tests.record.drawn import ME
from tests.unit.pages.test_compare_answers import found as components
from tests.unit.pages.test_compare_answers import words as said

PASSWORD = "una clave bien larga"
ANA = {"login": "ana", "name": "Ana Ríos", "role": "administrator", "department": "", "password": PASSWORD}


@pytest.fixture
def context(tmp_path, dataset, monkeypatch):
    """An administrator, on a record of their own."""
    store = open_store(f"sqlite:///{tmp_path / 'record.sqlite'}", dataset, now=Clock())
    accounts.create_account(store, ME, {**_account(ANA), "login": "jefa"}, PASSWORD)
    actor = Actor(accounts.accounts(store, ME)[0].id, "Jefa", "administrator")
    made = RequestContext(store, actor, words_of("es"))
    monkeypatch.setattr(request, "context", lambda: made)
    yield made
    store.close()


def _account(values):
    return {name: values[name] or None for name in ("login", "name", "role", "department")}


def ask(context, do, values=None, subject="", version=None, key="k"):
    sent = {"do": do, "form": do, "at": 1, "values": values or {}, "subject": subject, "version": version, "key": key}
    return answers.answer(sent, context)


def of(context, login):
    return next(one for one in accounts.accounts(context.store, ME) if one.login == login)


def test_an_account_is_made_once_and_listed_and_can_be_chosen(context):
    made = [ask(context, "create", ANA) for _ in range(2)]
    assert all(answer.saved and "Cuenta ana creada" in said(answer.outcome) for answer in made)
    assert [one.login for one in accounts.accounts(context.store, ME)].count("ana") == 1
    assert "Ana Ríos" in said(made[0].shown[AccountsPart.LIST]) and "ana" in said(made[0].shown[AccountsPart.WHICH])


def test_a_refusal_says_all_that_is_wrong_and_leaves_everything_as_it_was_typed(context):
    refused = ask(context, "create", {**ANA, "login": "no vale", "role": "rey"})
    assert not refused.saved and refused.shown == {}
    (told,) = refused.outcome
    assert getattr(told, "data-faulty").split() == ["login", "role"]


def test_of_two_changes_the_second_is_shown_both_and_goes_on_from_what_is_kept(context):
    ask(context, "create", ANA)
    one = of(context, "ana")
    first, second = ({**_account(ANA), "name": name, "active": ["on"]} for name in ("Ana R.", "Ana María"))
    assert ask(context, "change", first, one.id, 1).saved
    late = ask(context, "change", second, one.id, 1, key="k2")
    assert late.conflict and "Ana R." in said(late.outcome) and "Ana María" in said(late.outcome)
    form = components(late.shown[AccountsPart.CHANGE], html.Form)[0]
    assert getattr(form, "data-version") == "2"
    assert ask(context, "change", second, one.id, 2, key="k3").saved and of(context, "ana").name == "Ana María"


def test_an_account_is_looked_at_its_password_set_and_it_is_unlocked(context):
    ask(context, "create", ANA)
    one = of(context, "ana")
    assert answers.answer({"do": "look", "values": {"account": "no"}}, context).shown == {AccountsPart.CHANGE: []}
    shown = answers.answer({"do": "look", "values": {"account": one.id}}, context).shown[AccountsPart.CHANGE]
    assert [getattr(form, "data-do") for form in components(shown, html.Form)] == ["change", "password", "unlock"]
    assert ask(context, "password", {"password": f"{PASSWORD} otra"}, one.id).saved
    assert "ya" in said(ask(context, "unlock", subject=one.id).outcome)
    assert not ask(context, "password", {"password": "corta"}, one.id).saved


def test_the_own_password_asks_for_the_one_before(context):
    assert not ask(context, "own", {"old": "otra", "password": f"{PASSWORD} nueva"}).saved
    assert ask(context, "own", {"old": PASSWORD, "password": f"{PASSWORD} nueva"}).saved


def test_who_may_not_is_shown_nobody_and_refused(context):
    made = accounts.create_account(context.store, ME, {**_account(ANA), "role": "reader"}, PASSWORD)
    reader = RequestContext(context.store, Actor(made.id, made.name, "reader"), context.words)
    shown = answers.first(reader).shown
    assert shown[AccountsPart.LIST] == shown[AccountsPart.WHICH] == shown[AccountsPart.CHANGE] == []
    assert not ask(reader, "create", ANA).saved


@pytest.mark.parametrize("sent", [None, [], {"do": "x"}, {"do": "change"}, {"do": "unlock", "subject": 5}])
def test_garbage_is_refused(context, sent):
    made = answers.answer(sent, context)
    assert not made.saved and "No se cambió nada" in said(made.outcome)
