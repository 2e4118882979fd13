"""Who may do what: every action by every role, in their own and in another department, signed in or not.

The whole table stands here once more, written by hand from what the programme says of each role, so that a slip in
`rights.toml` or `transitions.toml` is seen. Every action is then really asked for: refused ones leave no trace in any
table, only in the log.
"""

import logging
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from dashboard.documents import coverage_workbook
from dashboard.records.backdrops import backdrops
from dashboard.records.core import actors
from dashboard.records.core.actors import NOBODY, ROLES, Actor, load_rights, local_actor, may, read_rights
from dashboard.records.core.errors import Missing, Refused
from dashboard.records.core.models import Base
from dashboard.records.core.store import Store
from dashboard.records.dossier import Cabinet, attachments, comments
from dashboard.records.meetings import agreements, corrections, decisions, groups, meetings, snapshots
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.opening import open_store
from dashboard.records.people import accounts, sharing
from dashboard.records.proposals import amend, proposals
from dashboard.records.rooms import desk
from dashboard.records.tracking import coverage, focas, qsip
from tests.record.databases import Clock
from tests.record.drawn import ALL_THE_SAME, ME, PERIOD, PICOTA, agree, baseline, draw, group, held, walk

HERE, THERE = "22", "01"
SIGNED_IN = {"reader", "coordinator", "regional", "secretariat", "leadership", "administrator"}
EVERYONE = (SIGNED_IN, SIGNED_IN)
DRAFTERS = ({"coordinator", "leadership"}, {"leadership"})
SECRETARIAT = ({"secretariat"}, {"secretariat"})
LEADERS = ({"leadership"}, {"leadership"})
OF_A_ROOM = (set(), set())  # from a phone alone: tests/record/test_rooms.py
ADMINISTRATORS = ({"administrator"}, {"administrator"})

OF_A_DEPARTMENT = {"coordinator", "regional"}
WRITERS = {"coordinator", "regional", "secretariat", "leadership"}
OF_THE_HOUSE = (SIGNED_IN - {"reader"}, {"secretariat", "leadership", "administrator"})

# action: (roles that may in their own department, roles that may in another one)
TABLE = {
    "proposal.read": EVERYONE,
    "proposal.create": DRAFTERS,
    "history.read": EVERYONE,
    "comment.read": OF_THE_HOUSE,
    "comment.write": (WRITERS, WRITERS - OF_A_DEPARTMENT),
    "attachment.read": OF_THE_HOUSE,
    "attachment.add": (WRITERS, WRITERS - OF_A_DEPARTMENT),
    "attachment.withdraw": ({"coordinator", "secretariat", "leadership"}, {"secretariat", "leadership"}),
    "group.read": (SIGNED_IN - {"reader"}, {"secretariat", "leadership", "administrator"}),
    "group.change": SECRETARIAT,
    "meeting.read": EVERYONE,
    "meeting.change": SECRETARIAT,
    "meeting.decide": SECRETARIAT,
    "meeting.correct": SECRETARIAT,
    "agreement.follow": ({"coordinator", "secretariat"}, {"secretariat"}),
    "room.run": SECRETARIAT,
    **dict.fromkeys(("room.see", "room.judge", "room.weigh", "room.draw", "room.vote"), OF_A_ROOM),
    "focas.read": EVERYONE,
    "focas.enter": DRAFTERS,
    "qsip.read": EVERYONE,
    "qsip.enter": DRAFTERS,
    "coverage.read": EVERYONE,
    "coverage.export": (SIGNED_IN - {"reader"}, SIGNED_IN - {"reader"}),
    "coverage.share": ({"leadership", "administrator"}, {"leadership", "administrator"}),
    "data.change": ({"leadership", "administrator"}, {"leadership", "administrator"}),
    "data.share": ({"leadership", "administrator"}, {"leadership", "administrator"}),
    "backdrop.read": EVERYONE,
    "backdrop.change": ({"leadership", "administrator"}, {"leadership", "administrator"}),
    "account.read": ADMINISTRATORS,
    "account.change": ADMINISTRATORS,
    "account.own_address": EVERYONE,
    "account.own_password": EVERYONE,
    "step.edit": DRAFTERS,
    "step.propose": DRAFTERS,
    "step.review": ({"regional"}, set()),
    "step.return": ({"regional", "secretariat"}, {"secretariat"}),
    "step.amend": SECRETARIAT,
    "step.validate": SECRETARIAT,
    "step.sign": DRAFTERS,
    "step.apply_focas": DRAFTERS,
    "step.apply_qsip": DRAFTERS,
    "step.approve_plan": DRAFTERS,
    "step.finish_plan": LEADERS,
    "step.withdraw": DRAFTERS,
    "step.reopen": LEADERS,
    "step.correct": LEADERS,
}


def actor(role, department):
    if role == "visitor":
        return NOBODY
    of_one = role in ("coordinator", "regional")
    return Actor(f"id-{role}", f"Persona {role}", role, department if of_one else None)


def test_the_table_here_names_every_action_there_is():
    assert set(TABLE) == set(load_rights())


@pytest.mark.parametrize("role", [*ROLES, "visitor", "local"])
@pytest.mark.parametrize("action", TABLE)
def test_a_role_may_what_the_table_says_in_its_own_and_in_another_department(action, role):
    own, other = TABLE[action]
    who = local_actor() if role == "local" else actor(role, HERE)
    assert may(who, action, HERE) == (role == "local" or role in own)
    assert may(who, action, THERE) == (role == "local" or role in other)


def test_a_coordinator_without_a_department_may_nothing_that_is_of_one():
    lost = Actor("x", "x", "coordinator", None)
    assert not any(
        may(lost, action, department) for action in ("proposal.create", "step.edit") for department in (HERE, None)
    )


def test_an_unknown_role_may_nothing():
    assert not any(may(Actor("x", "x", "king"), action, HERE) for action in TABLE)


def test_a_table_with_roles_that_cannot_stand_there_is_refused_whole():
    with pytest.raises(ValueError) as error:
        read_rights({"a.b": {"own": ["leadership"], "any": ["king"], "some": []}})
    assert len(error.value.faults) == 3


# ---- every action, really asked for


class Undone(Exception):
    """Carries what was done out of a transaction that is not kept."""


class UndoingStore(Store):
    """A store on which everything can be done, and nothing is kept."""

    def _write_once(self, work):
        done = []

        def undone(session):
            done.append(work(session))
            session.flush()
            raise Undone

        try:
            super()._write_once(undone)
        except Undone:
            return done[0]


class Scene:
    """A database in which every action can be done: a proposal in each state, a meeting, members, accounts."""

    def __init__(self, store, folder):
        self.store, self.at = store, {}
        group(store)
        for n, state in enumerate(("plan_implemented", *BEFORE.values())):
            drawn = draw(store, name=f"Caso {n}", ubigeos=(f"22090{n + 1}",), critical_area="Anemia")
            self.at[state] = walk(store, drawn, state)
        self.closed = agree(store, self.at["reviewed"].id, number=9, on=date(2013, 3, 2))
        self.room = held(store, self.at["reviewed"].id, number=11, on=date(2013, 8, 2), complete=False)
        self.agreement = agreements.keep_agreement(store, ME, self.room.id, {"text": "Remitir el plan"})
        baseline(store, self.at["commitment_signed"])
        stage = {"cycle": 1, "stage": 1, "done_on": date(2013, 6, 1)}
        # a stage can be done before QSIP is recorded as applied
        qsip.enter(store, ME, self.at["focas_applied"].id, stage)
        gone = draw(store, name="Retirada", ubigeos=("221001",))
        self.at["withdrawn"] = proposals.step(store, ME, gone.id, 1, "withdraw", note="n")
        self.drawn = draw(store)
        self.meeting = held(store, "lamas", number=10, on=date(2013, 9, 1))
        snapshots.take(store, ME, self.meeting.id, "lamas")
        values = {"login": "ana", "name": "Ana", "role": "reader"}
        self.account = accounts.create_account(store, ME, values, PASSWORD)
        page = {"scope": "coverage", "label": "Prensa", "expires_on": date(2014, 12, 1)}
        self.cabinet = Cabinet(folder)
        part = self.cabinet.part()
        part.write_bytes(b"%PDF-1.7")
        self.file = attachments.add(store, ME, self.cabinet, "lamas", "Carta.pdf", part)
        _, self.share = sharing.share(store, ME, page)


BEFORE = {
    "validate": "reviewed",
    "sign": "validated",
    "apply_focas": "commitment_signed",
    "apply_qsip": "focas_applied",
    "approve_plan": "qsip_applied",
    "finish_plan": "plan_approved",
}
PASSWORD = "una clave bien larga"
BACKDROP = {"name": "N", "form": "wms", "address": "https://a.pe/wms", "layers": "l", "attribution": "A"}


def calls(scene, store, words):
    """Return, by action, a call that does it in department 22 for whoever asks."""
    day = date(2014, 5, 30)
    score = {"government": "2207", "round": "end", "area": "revenue", "points": 60, "measured_on": day}
    member = {"department": HERE, "period": PERIOD, "sector": "civil", "name": "X", "institution": "Y"}
    account = {"login": "luis", "name": "Luis", "role": "reader"}
    cluster, meeting = scene.at["plan_implemented"], scene.meeting.id
    lamas = proposals.get(scene.store, ME, "lamas")

    def step(name, proposal):
        needs = {"note": "porque sí", "document": "Oficio 1"}
        return lambda who: proposals.step(store, who, proposal.id, proposal.version, name, **needs)

    return {
        "proposal.read": lambda who: (
            proposals.get(store, who, "lamas"),
            proposals.listing(store, who, department=HERE),
        ),
        "proposal.create": lambda who: proposals.create(store, who, {"name": "N", "ubigeos": PICOTA, "phase": 1}),
        "history.read": lambda who: proposals.history(store, who, "lamas"),
        "comment.read": lambda who: comments.comments(store, who, "lamas"),
        "comment.write": lambda who: comments.say(store, who, "lamas", {"text": "x"}),
        "attachment.read": lambda who: (
            attachments.get(store, who, scene.file.id),
            attachments.attachments(store, who, "lamas"),
        ),
        "attachment.add": lambda who: attachments.may_add(store, who, "lamas"),
        "attachment.withdraw": lambda who: attachments.withdraw(store, who, scene.file.id, 1),
        "backdrop.read": lambda who: backdrops.backdrops(store, who),
        "backdrop.change": lambda who: backdrops.add(store, who, BACKDROP),
        "group.read": lambda who: groups.members(store, who, HERE, PERIOD),
        "group.change": lambda who: groups.keep_member(store, who, member),
        "meeting.read": lambda who: (
            meetings.get_meeting(store, who, meeting),
            meeting_record(store, who, meeting),
        ),
        "meeting.change": lambda who: snapshots.take(store, who, meeting, "lamas"),
        "meeting.decide": lambda who: decisions.decide(
            store, who, meeting, "lamas", "agreed", waivers=ALL_THE_SAME, in_favour=6
        ),
        "meeting.correct": lambda who: corrections.correct_act(
            store,
            who,
            scene.closed.id,
            {
                "kind": "addendum",
                "place": "closing",
                "should_say": "Se adjunta",
            },
        ),  # fmt: skip
        "agreement.follow": lambda who: agreements.follow_agreement(
            store, who, scene.agreement.id, scene.agreement.version, {"state": "done"}
        ),
        "room.run": lambda who: desk.open_room(store, who, meeting),
        "step.amend": lambda who: amend(
            store, who, scene.room.id, scene.at["reviewed"].id, scene.at["reviewed"].version, {"name": "Otro"}, "n"
        ),
        "focas.read": lambda who: focas.scores(store, who),
        "focas.enter": lambda who: focas.enter(store, who, score),
        "qsip.read": lambda who: qsip.stages(store, who, cluster.id),
        "qsip.enter": lambda who: qsip.enter(store, who, cluster.id, {"cycle": 1, "stage": 2, "done_on": day}),
        "coverage.read": lambda who: coverage.coverage(store, who, HERE),
        "coverage.export": lambda who: coverage_workbook(store, who, coverage.coverage(scene.store, ME, HERE), words),
        "coverage.share": lambda who: sharing.end_share(store, who, scene.share.id, 1),
        "data.change": lambda who: actors.allow(who, "data.change"),
        "data.share": lambda who: sharing.shares(store, who, sharing.LIVE),
        "account.read": lambda who: accounts.accounts(store, who),
        "account.change": lambda who: accounts.create_account(store, who, account, PASSWORD),
        "account.own_address": lambda who: accounts.set_address(store, replace(who, id=scene.account.id), "a@b.pe"),
        "account.own_password": lambda who: accounts.set_password(
            store, replace(who, id=scene.account.id), scene.account.id, "otra clave bien larga", PASSWORD
        ),
        "step.edit": lambda who: proposals.edit(store, who, "lamas", lamas.version, {"note": "n"}),
        "step.propose": step("propose", scene.drawn),
        "step.review": step("review", lamas),
        "step.return": step("return", lamas),
        "step.withdraw": step("withdraw", lamas),
        "step.correct": step("correct", cluster),
        "step.reopen": step("reopen", scene.at["withdrawn"]),
        **{f"step.{name}": step(name, scene.at[state]) for name, state in BEFORE.items()},
    }


@pytest.fixture(scope="module")
def scene(databases, dataset, tmp_path_factory):
    store = open_store(databases.url(), dataset, now=Clock())
    yield Scene(store, tmp_path_factory.mktemp("cabinet"))
    store.close()


@pytest.fixture(scope="module")
def undoing(scene):
    store = scene.store
    return UndoingStore(store.engine, store.dataset, now=store.now)


def everything(store):
    """Return all rows of all tables."""
    with store.engine.connect() as connection:
        return {t.name: sorted(map(repr, connection.execute(select(t)))) for t in Base.metadata.sorted_tables}


@pytest.mark.parametrize("action", [action for action, roles in TABLE.items() if roles is not OF_A_ROOM])
def test_what_is_asked_is_done_or_refused_without_a_trace(scene, undoing, words, caplog, action):
    do, before = calls(scene, undoing, words)[action], everything(scene.store)
    for role in (*ROLES, "visitor"):
        for department, allowed in zip((HERE, THERE), TABLE[action], strict=True):
            caplog.clear()
            if role in allowed:
                do(actor(role, department))
                assert "refused" not in caplog.text
                continue
            with caplog.at_level(logging.WARNING, "dashboard.records"), pytest.raises(Refused):
                do(actor(role, department))
            assert "refused" in caplog.text
    assert everything(scene.store) == before


def test_in_local_mode_everything_is_allowed(scene, undoing, words):
    for do in calls(scene, undoing, words).values():
        do(ME)  # raises where something is refused


FORGED = ["no-such", "", "a" * 5000, "lamas\x00", "lamas' OR '1'='1", "../lamas", None, 7, ["lamas"]]


@pytest.mark.parametrize("id", FORGED, ids=range(len(FORGED)))
def test_a_forged_id_finds_nothing_and_tells_a_visitor_nothing(scene, id):
    with pytest.raises(Missing):
        proposals.get(scene.store, ME, id)
    with pytest.raises(Refused):  # the same answer as for an id that exists
        proposals.get(scene.store, NOBODY, id)
