"""What people send is refused or harmless: quotes, code, marks that turn writing, lengths, forged and repeated."""

import contextlib
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.records.admin import audit
from dashboard.records.core.actors import local_actor
from dashboard.records.core.errors import BadInput, Fault, Missing, RecordsError
from dashboard.records.core.validation import MOST_NAME, MOST_NOTE, Form, Name
from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.records.people import visits
from dashboard.records.proposals import proposals
from dashboard.records.proposals.steps import load_steps
from dashboard.records.tracking import coverage, focas, qsip
from tests.record.drawn import ALL_THE_SAME, ME, PICOTA, draw, held

HARMLESS = [
    "Robert'); DROP TABLE proposal;--",
    "\"comillas\" y 'simples' y `otras`",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} ${7*7} %s %(x)s {name}",
    '=HYPERLINK("http://x","y")',
    "Ñahuimpuquio, Huáncano · Awajún 日本 🌳",
    "../../etc/passwd",
]
REFUSED = [
    "RLO \u202e oculto",
    "LRM \u200e",
    "isolate \u2066 x",
    "nul \x00",
    "bell \x07",
    "línea\nnueva",
    "\ud800",
    "\ue000",
]


class Named(Form):
    name: Name


def clean(name):
    return Named.read({"name": name}).name


@pytest.mark.parametrize("name", HARMLESS)
def test_a_name_is_kept_and_given_back_as_it_was_written(store, name):
    drawn = draw(store, name=name, note=name)
    assert proposals.get(store, ME, drawn.id).name == name
    assert proposals.history(store, ME, drawn.id)[0].after["note"] == name
    assert len(proposals.listing(store, ME)) == 8


@pytest.mark.parametrize("name", [*REFUSED, "x" * 10_000, "", "   ", None, 7, ["a"]], ids=range(len(REFUSED) + 6))
def test_a_name_that_cannot_be_kept_is_refused_and_leaves_nothing(sqlite_store, name):
    with pytest.raises(BadInput):
        draw(sqlite_store, name=name)
    assert len(proposals.listing(sqlite_store, ME)) == 7
    assert audit.audit(sqlite_store).faults == ()


def test_what_a_word_processor_leaves_behind_is_taken_out():
    assert clean(" \ufeffLa\u00admas\u200b ") == "Lamas"
    assert clean("Cun\u0303umbuqui") == "Cuñumbuqui"


@given(st.text(max_size=300))
def test_whatever_is_sent_is_clean_or_a_fault(text):
    try:
        kept = clean(text)
    except BadInput as error:
        assert error.faults
        return
    assert 0 < len(kept) <= MOST_NAME and kept == kept.strip()
    assert clean(kept) == kept  # cleaning once is enough
    assert not any(c in kept for c in "\x00\n\u202e\u200e")
    kept.encode("utf-8")


@pytest.mark.parametrize(
    "content",
    [
        {"ubigeos": []}, {"ubigeos": "220701"}, {"ubigeos": ["999999"]}, {"ubigeos": ["220701", "010101"]},
        {"ubigeos": [None]}, {"ubigeos": ["２２０７０１"]}, {"ubigeos": ["220701"] * 101}, {"ubigeos": None},
        {"services": ["war"]}, {"services": "health"}, {"phase": 0}, {"phase": 21}, {"phase": "uno"}, {"phase": True},
        {"judgements": {"political_will": 6}}, {"judgements": {"gap": 3}}, {"judgements": [1]},
        {"note": "x" * (MOST_NOTE + 1)}, {"state": "validated"}, {"id": "x"}, {"version": 9}, {"department": "01"},
        {"source": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_content_that_does_not_fit_is_refused(sqlite_store, content):
    with pytest.raises(BadInput) as error:
        draw(sqlite_store, **content)
    assert error.value.faults
    with pytest.raises(BadInput):
        proposals.edit(sqlite_store, ME, "lamas", 1, content)
    assert proposals.get(sqlite_store, ME, "lamas").version == 1


def test_all_faults_are_told_at_once(store):
    with pytest.raises(BadInput) as error:
        proposals.create(store, ME, {"name": "", "ubigeos": ["1"], "phase": -1, "services": ["x"], "king": 1})
    assert len(error.value.faults) == 5


def test_districts_cannot_be_moved_to_another_department_by_an_edit(store):
    with pytest.raises(BadInput) as error:
        proposals.edit(store, ME, "lamas", 1, {"ubigeos": ["010101"]})
    assert [f.message for f in error.value.faults] == ["records.fault.other_department"]


@pytest.mark.parametrize("version", [0, -1, 2, 99, "1", None, True, 1.0, 2**70])
def test_a_forged_version_is_refused(sqlite_store, version):
    with pytest.raises(BadInput):
        proposals.edit(sqlite_store, ME, "lamas", version, {"name": "X"})
    assert proposals.get(sqlite_store, ME, "lamas").name == "Lamas"


@pytest.mark.parametrize("step", ["edit", "destroy", "", None, 7, "same", ["propose"]])
def test_a_step_that_is_none_is_refused(sqlite_store, step):
    with pytest.raises(BadInput):
        proposals.step(sqlite_store, ME, "lamas", 1, step)


@pytest.mark.parametrize("entry", [0, -1, 2**70, "1", None, True])
def test_a_forged_entry_is_not_found(store, entry):
    with pytest.raises(Missing):
        proposals.as_of(store, ME, "lamas", entry)


def test_an_entry_of_another_record_is_not_found(store):
    other = proposals.history(store, ME, "tambopata")[0]
    with pytest.raises(Missing):
        proposals.as_of(store, ME, "lamas", other.id)


# ---- requests sent twice


def test_a_request_sent_twice_is_done_once_and_answered_the_same(store):
    first = draw(store)
    content = {"name": "Doble", "ubigeos": PICOTA, "phase": 2}
    made = [proposals.create(store, ME, content, key="k-1") for _ in range(3)]
    assert made[0] == made[1] == made[2]
    edited = [proposals.edit(store, ME, first.id, 1, {"name": "Una vez"}, key="k-2") for _ in range(3)]
    assert {e.version for e in edited} == {2}
    proposals.edit(store, ME, first.id, 2, {"name": "Después"})
    # the answer of the first time, though the record has moved on
    assert proposals.edit(store, ME, first.id, 1, {"name": "Una vez"}, key="k-2") == edited[0]
    stepped = [proposals.step(store, ME, first.id, 3, "propose", key="k-3") for _ in range(2)]
    assert stepped[0] == stepped[1]
    assert len(proposals.listing(store, ME)) == 9
    assert [e.version for e in proposals.history(store, ME, first.id)] == [1, 2, 3, 4]


def test_a_key_used_for_another_request_is_refused(store):
    proposals.edit(store, ME, "lamas", 1, {"name": "A"}, key="k")
    for attempt in (
        lambda: proposals.edit(store, ME, "lamas", 2, {"name": "B"}, key="k"),
        lambda: proposals.edit(store, ME, "tambopata", 1, {"name": "A"}, key="k"),
        lambda: proposals.create(store, ME, {"name": "A", "ubigeos": PICOTA, "phase": 1}, key="k"),
    ):
        with pytest.raises(BadInput) as error:
            attempt()
        assert [f.message for f in error.value.faults] == ["records.fault.key_used"]


def test_keys_of_two_people_do_not_meet(store):
    someone = local_actor("Otra")
    someone = type(someone)("other", "Otra", "leadership")
    proposals.edit(store, ME, "lamas", 1, {"name": "A"}, key="k")
    assert proposals.edit(store, someone, "lamas", 2, {"name": "B"}, key="k").version == 3


@pytest.mark.parametrize("key", ["", "x" * 101, "\x00", 7])
def test_a_key_that_cannot_be_kept_is_refused(sqlite_store, key):
    with pytest.raises(BadInput):
        proposals.edit(sqlite_store, ME, "lamas", 1, {"name": "A"}, key=key)


def test_meetings_snapshots_and_members_sent_twice_are_kept_once(store):
    day = date(2013, 3, 15)
    planned = [meetings.plan_meeting(store, ME, "22", 3, day, key="m") for _ in range(2)]
    assert planned[0] == planned[1]
    values = {"department": "22", "period": "2013-2014", "sector": "civil", "name": "X", "institution": "Y"}
    made = [groups.keep_member(store, ME, values, key="g") for _ in range(2)]
    assert made[0] == made[1] and len(groups.members(store, ME, "22", "2013-2014")) == 1
    meeting = held(store, "lamas")
    taken = [snapshots.take(store, ME, meeting.id, "lamas", key="s") for _ in range(2)]
    assert taken[0] == taken[1] and len(snapshots.snapshots(store, ME, meeting.id)) == 1
    vote = {"waivers": ALL_THE_SAME, "in_favour": 1, "key": "d"}
    voted = [decisions.decide(store, ME, meeting.id, "lamas", "agreed", **vote) for _ in range(2)]
    assert voted[0] == voted[1]


# ---- nothing that is sent raises anything but what is told


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
fields = st.dictionaries(st.sampled_from([*proposals.CONTENT, "x"]), junk, max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=junk | fields, id=junk, version=junk, key=st.none() | st.text(max_size=5), note=junk, on=junk)
def test_junk_is_refused_by_name_and_leaves_nothing(store, content, id, version, key, note, on):
    attempts = [
        lambda: proposals.create(store, ME, content, key=key),
        lambda: proposals.edit(store, ME, id, version, content, note=note, key=key),
        lambda: proposals.edit(store, ME, "lamas", version if version != 1 else 0, content, note=note, key=key),
        lambda: proposals.step(store, ME, id, version, "propose", note=note, document=note, on=on),
        lambda: proposals.step(store, ME, "lamas", 1, "propose", note=note, document=note, on=on),
        lambda: meetings.change_meeting(store, ME, id, version, content),
        lambda: groups.keep_member(store, ME, content),
    ]
    for attempt in attempts:
        with pytest.raises(RecordsError):
            attempt()
    assert proposals.get(store, ME, "lamas").version == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=junk)
def test_junk_asked_for_is_not_found_or_refused_by_name(store, sent):
    for ask in (
        lambda: proposals.listing(store, ME, department=sent),
        lambda: proposals.listing(store, ME, phase=sent),
        lambda: proposals.listing(store, ME, states=sent),
        lambda: proposals.lacking(store, ME, "lamas", sent),
        lambda: proposals.history(store, ME, sent),
        lambda: meetings.meetings(store, ME, sent),
        lambda: decisions.decisions(store, ME, sent),
        lambda: snapshots.snapshots(store, ME, sent),
        lambda: groups.members(store, ME, sent, sent),
        lambda: groups.members(store, ME, "22", sent),
        lambda: qsip.stages(store, ME, sent),
        lambda: focas.scores(store, ME, [sent]),
        lambda: coverage.coverage(store, ME, sent),
        lambda: visits.actor_of(store, sent),
    ):
        with contextlib.suppress(RecordsError):
            found = ask()
            assert not found or sent in (None, [], {}) or isinstance(sent, int)


def test_every_fault_and_error_of_the_code_has_a_sentence(language):
    code = "".join(p.read_text("utf-8") for p in Path(proposals.__file__).parents[1].rglob("*.py"))
    reasons = set(re.findall(r"fault\(\s*\"([a-z_]+)\"", code))
    reasons |= set(re.findall(r"records\.fault\.([a-z_]+)\"", code))
    errors = set(re.findall(r"(?:RecordsError|Refused)\(\s*\"([a-z_]+)\"", code))
    assert len(reasons) > 40 and len(errors) > 8
    wanted = {f"records.fault.{reason}" for reason in reasons}
    wanted |= {f"records.error.{error}" for error in errors | {"refused", "conflict", "bad_input", "not_now"}}
    wanted |= {f"records.step.{step.name}" for step in load_steps()}
    assert wanted <= set(texts.texts(language))


def test_a_fault_is_said_with_the_names_of_states_and_steps(both_words):
    fault = Fault("records.fault.wrong_state", {"state": "focas_applied", "step": "sign"})
    said = both_words.fault(fault)
    assert "focas_applied" not in said and both_words.say("records.step.sign") in said
