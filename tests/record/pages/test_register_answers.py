"""What the register answers: who sees and may do what, what is kept, and that nothing is overwritten unseen."""

import json
import re
from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard.clusters.model import codes
from dashboard.pages.record import answers, editing, filters, history, links, one, sentences
from dashboard.pages.record.filters import ORDERS, Wanted
from dashboard.pages.record.ids import Do, Register
from dashboard.records.core.actors import NOBODY, ROLES, Actor, load_rights
from dashboard.records.core.programme import load_programme
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.records.proposals.steps import STATES, STAYS, load_steps
from dashboard.records.tracking.coverage import coverage
from dashboard.records.tracking.register import overview
from dashboard.web.request import RequestContext, words_of
from geodata.model.dataset import default
from tests.record.databases import NOW, Clock, SqliteDatabases
from tests.record.drawn import ALL_THE_SAME, ME, PICOTA, agree, draw, held, walk
from tests.unit.pages.garbage import anything, records


def answered(*asked):
    """What goes back to the browser."""
    return answers.answer(*asked).sent()


def visited(*asked):
    """What a visit finds, as the browser reads it."""
    return answers.opened(*asked).sent()


SAN_MARTIN, LORETO = "22", "16"
OTHER = Actor("other", "Bruno Paz", "leadership")


@pytest.fixture(scope="module")
def databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("register"), dataset)


@pytest.fixture
def store(databases, dataset):
    # later than the first proposals, which were kept by a clock of their own
    opened = open_store(databases.url(), dataset, now=Clock(NOW + timedelta(hours=1)))
    yield opened
    opened.close()


@pytest.fixture
def context(store):
    return RequestContext(store, ME, words_of("es"))


def of_role(store, role, department=None):
    return RequestContext(store, Actor(role, f"Una {role}", role, department), words_of("es"))


def plain(tree):
    """A tree of components as the browser gets it."""
    return json.loads(json.dumps(tree, cls=PlotlyJSONEncoder))


def nodes(tree):
    """Every element of an answer or a tree, in order."""
    if isinstance(tree, list):
        return [node for part in tree for node in nodes(part)]
    if not isinstance(tree, dict):
        return []
    if "props" not in tree:
        return [node for part in tree.values() for node in nodes(part)]
    return [tree, *nodes(tree["props"].get("children"))]


def said(tree) -> str:
    """Every word of an answer or a tree."""
    tree = plain(tree)
    if isinstance(tree, list):
        return " ".join(map(said, tree))
    if isinstance(tree, dict):
        return said(tree["props"].get("children") if "props" in tree else list(tree.values()))
    return "" if tree is None else str(tree)


def found(tree, **wanted):
    """Elements that have these attributes (`data_do` stands for data-do)."""
    wanted = {name.replace("_", "-"): value for name, value in wanted.items()}
    return [n for n in nodes(plain(tree)) if all(n["props"].get(k) == v for k, v in wanted.items())]


def form(tree, do, **more):
    (one,) = [n for n in found(tree, **{"data-do": do}, **more) if n["type"] == "Form"]
    return one


def values(tree):
    """What stands in a form, as the browser would send it."""
    sent = {}
    for node in nodes(tree):
        props, kind = node["props"], node["type"]
        name = props.get("name")
        if not name:
            continue
        if props.get("type") == "checkbox":
            sent.setdefault(name, [])
            if props.get("checked"):
                sent[name].append(props["value"])
        elif kind == "Select":
            options = [n["props"] for n in nodes(node) if n["type"] == "Option"]
            sent[name] = next((o["value"] for o in options if o.get("selected")), options[0]["value"])
        else:
            sent[name] = props.get("children" if kind == "Textarea" else "value", "")
    return sent


def press(tree, do, changes=None, *, id, **more):
    """Send a form with some of its fields changed; return what the browser asks."""
    one = form(tree, do, **more)
    data = {k.removeprefix("data-"): v for k, v in one["props"].items() if k.startswith("data-")}
    return {"subject": id, **data, "values": {**values(one), **(changes or {})}}


def opened_edit(context, id):
    return answered({"do": Do.EDIT, "subject": id}, context)["shown"]


def change(context, id, **content):
    now = proposals.get(context.store, OTHER, id)
    return proposals.edit(context.store, OTHER, id, now.version, content)


# ---- the list


def test_the_list_shows_every_proposal_with_where_it_stands_and_who_changed_it(context):
    walk(context.store, draw(context.store, name="Picota"), "validated")
    shown = visited(None, {}, context)["shown"]
    words = said(shown[Register.FOUND])
    assert words.startswith("8 propuestas o conglomerados")
    for name in ("Lamas", "Condorcanqui", "Moyobamba-Rioja", "Picota"):
        assert name in words
    (row,) = [n for n in nodes(plain(shown[Register.FOUND])) if n["type"] == "Tr" and "Picota" in said(n)]
    for part in ("validado", "16 mar. 2013", "compromiso firmado", "Ana Ríos"):
        assert part in said(row)
    counts = {n["props"]["data-state"]: int(said(n).split()[0]) for n in nodes(plain(shown[Register.STRIP]))
              if "data-state" in n["props"]}  # fmt: skip
    assert counts == {**dict.fromkeys(STATES, 0), "proposed": 7, "validated": 1}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"departamento": "16"}, {"Alto Amazonas"}),
        ({"departamento": "22", "fase": "1"}, {"Lamas", "Mariscal Cáceres", "Moyobamba-Rioja"}),
        ({"fase": "3"}, set()),
        ({"estado": "validated.withdrawn"}, set()),
        ({"buscar": "MARISCAL caceres"}, {"Mariscal Cáceres"}),
        ({"buscar": "cunumbuqui"}, {"Lamas"}),  # by a district, without its tilde
        ({"buscar": "2205-010510.e"}, {"Lamas"}),  # by its code
        ({"buscar": "x" * 10_000}, set()),
    ],
)
def test_a_filter_of_the_address_keeps_what_it_asks_for(context, query, names):
    shown = visited(None, query, context)["shown"][Register.FOUND]
    links_ = [n for n in nodes(plain(shown)) if n["props"].get("className") == "register-name"]
    assert {said(n) for n in links_} == names
    assert ("Quite un filtro" in said(shown)) is not bool(names)


def test_what_an_address_asks_for_that_does_not_exist_is_told_and_everything_is_shown(context):
    answer = visited(None, {"departamento": "99", "estado": "nope", "pagina": "-3", "orden": "<b>"}, context)
    told = said(answer["shown"][Register.BODY])
    assert all(name in told for name in ("departamento=99", "estado=nope", "pagina=-3", "orden=<b>"))
    assert "7 propuestas" in said(answer["shown"][Register.FOUND])
    assert answer["address"] == ""


wanteds = st.builds(
    Wanted,
    department=st.sampled_from(["", "01", "16", "22"]),
    phase=st.sampled_from([None, 1, 2, 3]),
    states=st.lists(st.sampled_from(STATES), unique=True).map(lambda s: tuple(x for x in STATES if x in s)),
    text=st.text(max_size=30).map(lambda t: t.strip()),
    order=st.sampled_from(ORDERS),
    page=st.integers(1, 99),
)


@examples(wanteds)
def test_an_address_is_read_back_as_it_was_written(wanted):
    beside = SimpleNamespace(dataset=default(), programme=load_programme())
    context = RequestContext(beside, ME, words_of("es"))
    query = {name: value[0] for name, value in parse_qs(wanted.address().removeprefix("?")).items()}
    assert filters.read(query, context) == wanted


def test_a_long_list_is_turned_page_by_page(context):
    for n in range(60):
        draw(context.store, name=f"Propuesta {n:02}")
    first = visited(None, {"departamento": "22", "fase": "2"}, context)["shown"][Register.FOUND]
    assert "60 propuestas" in said(first) and "Propuesta 49" in said(first) and "Propuesta 50" not in said(first)
    (link,) = found(first, **{"data-page": "2"})
    query = {k: v[0] for k, v in parse_qs(urlsplit(link["props"]["href"]).query).items()}
    second = visited(None, query, context)["shown"][Register.FOUND]
    assert "Propuesta 50" in said(second) and "Propuesta 49" not in said(second)
    past = answered({"do": Do.LIST, "values": {**query, "pagina": "77"}}, context)["shown"][Register.FOUND]
    assert "Propuesta 59" in said(past)


def test_sorting_by_date_puts_what_is_late_longest_first_and_what_has_no_date_last(context):
    walk(context.store, draw(context.store, name="Sin fecha", phase=2), "proposed")
    lines = filters.chosen(overview(context.store, ME), Wanted(order="due"))
    dates = [line.dated.due if line.dated else date.max for line in lines]
    assert dates == sorted(dates) and dates[0] < dates[-1]
    changed = filters.chosen(lines, Wanted(order="changed"))
    assert changed[0].proposal.name == "Sin fecha"


@pytest.mark.parametrize("column", filters.COLUMNS)
def test_every_column_sorts_the_list_both_ways_with_what_is_unknown_last(context, column):
    walk(context.store, draw(context.store, name="Ñahui", phase=2), "proposed")
    lines, key = overview(context.store, ME), filters.COLUMNS[column]
    for order in (column, f"{filters.TURNED}{column}"):
        wanted = Wanted(order=order)
        keys = [key(line) for line in filters.chosen(lines, wanted)]
        known = [value for value in keys if value is not None]
        assert known == sorted(known, reverse=wanted.descends) and keys[len(known) :] == [None] * (
            len(keys) - len(known)
        )


def test_a_head_asks_for_its_column_then_the_other_way_round_then_as_it_comes(context):
    shown = visited(None, {}, context)["shown"]
    for order, state in (("districts", "ascending"), ("-districts", "descending"), ("place", "none")):
        (button,) = found(shown, **{"data-again": "sort-districts"})
        assert button["props"]["data-sort"] == order
        shown = answered({"do": Do.LIST, "values": {"orden": order}}, context)["shown"]
        (head,) = [each for each in found(shown, scope="col") if said(each) == said(button)]
        assert head["props"]["aria-sort"] == state


def test_the_overview_agrees_with_the_history_and_with_the_coverage(store):
    walk(store, draw(store, name="Picota"), "focas_applied")
    back = walk(store, draw(store, name="Devuelta"), "proposed")
    proposals.step(store, ME, back.id, back.version, "return", note="Falta", on=date(2013, 3, 1))
    gone = draw(store, name="Retirada")
    proposals.step(store, ME, gone.id, gone.version, "withdraw", note="No va", on=date(2013, 3, 2))
    lines = {line.proposal.id: line for line in overview(store, ME)}
    assert set(lines) == {p.id for p in proposals.listing(store, ME)}
    for id, line in lines.items():
        last = proposals.history(store, ME, id)[-1]
        assert (line.changed_at, line.changed_by, line.changed_as) == (last.at, last.actor_name, last.actor_role)
    for standing in coverage(store, ME).standings:
        line = lines[standing.proposal.id]
        assert (line.since, line.next) == (standing.since, standing.next)
    assert lines[back.id].since == date(2013, 3, 1) and lines[back.id].next.state == "proposed"
    assert lines[gone.id].next is None and lines[gone.id].dated is None


# ---- one proposal


def test_one_proposal_is_shown_whole(context):
    shown = visited("lamas", {}, context)["shown"]
    content = said(shown[Register.CONTENT])
    for part in ("Provincia Lamas", "Cuñumbuqui", "Tabalosos", "Educación", "anexo II", "2205-010510.E"):
        assert part in content
    assert "No es contiguo" in said(shown[Register.RULES])
    (image,) = [n for n in nodes(plain(shown[Register.PICTURE])) if n["type"] == "Img"]
    assert image["props"]["src"].startswith("data:image/svg+xml;base64,") and "Lamas" in image["props"]["alt"]
    assert not found(shown, className="see")  # no buttons that only the map answers


def test_its_links_open_the_same_districts_on_the_map_and_in_the_comparison(context):
    shown = visited("lamas", {}, context)["shown"][Register.HEAD]
    lamas, rival = (proposals.get(context.store, ME, id) for id in ("lamas", "mariscal-caceres"))
    on_map, compared = [n["props"]["href"] for n in nodes(plain(shown)) if n["type"] == "A"]
    assert parse_qs(urlsplit(on_map).query) == {"d": ["22"], "a": [f"p:{lamas.id}"]}
    assert parse_qs(urlsplit(compared).query) == {"k": [f"p:{lamas.id}.p:{rival.id}"]}


def test_moments_of_a_proposal_are_compared_as_the_districts_they_had(context):
    lamas, rival = (proposals.get(context.store, ME, id) for id in ("lamas", "mariscal-caceres"))
    asked = parse_qs(urlsplit(links.moments([lamas, rival], ["1. Lamas", "2. Lamas"])).query)
    texts = asked["c"][0].split("|")
    found = [codes.decode(unquote(t.split("~")[1]), context.territory) for t in texts]
    assert found == [lamas.ubigeos, rival.ubigeos]
    assert [unquote(t.split("~")[0]) for t in texts] == ["1. Lamas", "2. Lamas"]
    assert asked["k"] == ["0.1"]


@examples(st.text(min_size=1, max_size=200))
def test_any_name_comes_whole_through_the_address(name):
    kept = proposals.Proposal("x", 1, name, "22", 1, "candidate", frozenset({"health"}), frozenset(PICOTA))
    (text,) = parse_qs(urlsplit(links.moments([kept], [name])).query, keep_blank_values=True)["c"]
    parts = [unquote(part) for part in text.split("~")]
    assert parts[0] == name[: links.MOST_NAME] and parts[2:4] == ["h", "1"]
    assert codes.decode(parts[1], default().territory) == frozenset(PICOTA)
    assert "|" not in text


@pytest.mark.parametrize("id", ["nada", "x" * 5_000, "../../etc", "<script>", "\u202eabc", "' or 1=1 --", "\x00"])
def test_an_id_that_does_not_exist_is_told(context, id):
    shown = visited(id, {}, context)["shown"]
    assert set(shown) == {Register.BODY}
    assert "No existe esa propuesta" in said(shown) and "Ver el registro" in said(shown)
    assert "\u202e" not in said(shown) and "\x00" not in said(shown)


def test_someone_without_an_account_sees_nothing_of_what_there_is(store):
    context = RequestContext(store, NOBODY, words_of("es"))
    for id in (None, "lamas", "nada", "nueva"):
        told = said(visited(id, {}, context)["shown"])
        assert "Inicie sesión" in told and "Consulta" in told
        assert "Lamas" not in told and "No existe" not in told
    for do in Do:
        told = said(answered({"do": do, "subject": "lamas", "step": "withdraw",
                                    "values": {"sure": ["yes"], "code": "2207-010203.J"}}, context))  # fmt: skip
        assert "Lamas" not in told and "Picota" not in told


# ---- its life and steps


def test_the_chain_says_when_each_state_was_reached_or_is_due_and_how_late(context):
    shown = visited("lamas", {}, context)["shown"][Register.LIFE]
    links_ = [n for n in nodes(plain(shown)) if n["type"] == "Li"]
    assert len(links_) == 9
    assert "antes de este registro" in said(links_[0])
    assert "31 dic. 2012" in said(links_[1]) and links_[1]["props"]["aria-current"] == "step"
    assert "era para el 31 mar. 2013 (1 año y 2 meses de atraso)" in said(links_[3])
    assert "Atrasos contados hasta hoy, 2 de junio de 2014." in said(shown)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("home", [True, False])
def test_every_step_from_a_state_is_offered_or_told_whose_it_is(store, role, home):
    """Whatever the table of rights says: nobody is left not knowing whom to ask."""
    context = of_role(store, role, SAN_MARTIN if home else LORETO)
    rights = load_rights()
    made = walk(store, draw(store), "proposed")
    for step in load_steps().open(made.state):
        may = rights[step.right].holds(context.actor, SAN_MARTIN)
        shown = visited(made.id, {}, context)["shown"]
        if step.target == STAYS:
            assert bool(found(shown[Register.CONTENT], **{"data-do": Do.EDIT})) is may
            continue
        forms_ = found(shown[Register.STEPS], **{"data-do": Do.STEP, "data-step": step.name})
        assert bool(forms_) is may
        if not may:
            (row,) = [n for n in nodes(plain(shown[Register.STEPS])) if n["type"] == "Li"
                      and said(n).startswith(context.say(f"records.step.{step.name}") + " ")]  # fmt: skip
            for allowed in (*rights[step.right].own, *rights[step.right].any):
                assert sentences.role(allowed, context) in said(row)
            if rights[step.right].own:
                assert "de San Martín" in said(row)


def test_a_step_is_made_with_its_note_and_the_history_grows(context):
    made = walk(context.store, draw(context.store), "proposed")
    shown = visited(made.id, {}, context)["shown"]
    asked = press(shown, Do.STEP, {"note": "Conforme", "on": "2013-02-01"}, id=made.id, **{"data-step": "review"})
    answer = answered(asked, context)
    assert "Ahora está en «revisada»" in said(answer["shown"][Register.SAID])
    assert proposals.get(context.store, ME, made.id).state == "reviewed"
    first = [n for n in nodes(plain(answer["shown"][Register.HISTORY])) if n["props"].get("className") == "entry"][0]
    assert "Dar por revisada" in said(first) and "Conforme" in said(first) and "1 de febrero de 2013" in said(first)
    # pressed twice, or sent again: kept once
    assert "Ahora está en «revisada»" in said(answered(asked, context))
    assert proposals.get(context.store, ME, made.id).version == made.version + 1


def test_a_step_without_its_note_is_refused_beside_its_button_and_nothing_changes(context):
    made = walk(context.store, draw(context.store), "proposed")
    shown = visited(made.id, {}, context)["shown"]
    answer = answered(press(shown, Do.STEP, {"note": ""}, id=made.id, **{"data-step": "review"}), context)
    assert answer["shown"] == {} and "Escriba una nota" in said(answer["outcome"])
    assert proposals.get(context.store, ME, made.id) == made


def test_what_a_step_lacks_is_told_before_anyone_tries(context):
    made = walk(context.store, draw(context.store, critical_area=""), "reviewed")
    held(context.store, made.id, number=2)
    made = proposals.step(context.store, ME, made.id, made.version, "return", note="Sin área", on=date(2013, 3, 20))
    made = proposals.edit(context.store, ME, made.id, made.version, {"critical_area": "", "services": []})
    for name, note in (("propose", ""), ("review", "Conforme")):
        made = proposals.step(context.store, ME, made.id, made.version, name, note=note, on=date(2013, 4, 1))
    steps = visited(made.id, {}, context)["shown"][Register.STEPS]
    (validate,) = [n for n in nodes(plain(steps)) if n["type"] == "Details" and "Validar" in said(n)]
    for part in ("faltan 3", "Tiene 0 servicios", "Falta el área crítica", "aún no la ha aprobado", "Ir a Reuniones"):
        assert part in said(validate)
    (button,) = [n for n in nodes(validate) if n["type"] == "Button"]
    assert button["props"]["disabled"] is True


def test_governments_without_a_baseline_are_told_by_name(context):
    made = walk(context.store, draw(context.store), "commitment_signed")
    steps = said(visited(made.id, {}, context)["shown"][Register.STEPS])
    assert "gobierno regional de San Martín" in steps and "municipalidad provincial de Picota" in steps


def test_withdrawing_asks_twice(context):
    shown = visited("lamas", {}, context)["shown"]
    asked = press(shown, Do.STEP, {"note": "Se retira"}, id="lamas", **{"data-step": "withdraw"})
    assert "Marque la casilla" in said(answered(asked, context))
    assert proposals.get(context.store, ME, "lamas").state == "proposed"
    asked["values"]["sure"] = ["yes"]
    answer = answered(asked, context)
    assert "«retirada»" in said(answer["shown"][Register.SAID])
    assert "Antes estaba en «propuesta»" in said(answer["shown"][Register.LIFE])


def test_a_step_that_a_role_may_not_make_is_refused_by_the_record_and_says_who_may(store):
    made = walk(store, draw(store), "proposed")
    context = of_role(store, "reader")
    told = said(answered({"do": Do.STEP, "subject": made.id, "step": "review", "version": str(made.version),
                                "values": {"note": "x"}}, context))  # fmt: skip
    assert "Su rol no permite" in told and "Gobierno regional" in told
    assert proposals.get(store, ME, made.id) == made


# ---- changing what it holds


def test_only_what_was_changed_is_saved_with_why(context):
    shown = opened_edit(context, "lamas")
    asked = press(shown, Do.SAVE, {"critical_area": "Anemia", "judge.political_will": "4", "why": "Taller"}, id="lamas")
    answer = answered(asked, context)
    assert "Guardado" in said(answer["shown"][Register.SAID])
    entry = proposals.history(context.store, ME, "lamas")[-1]
    assert (entry.action, entry.note) == ("edit", "Taller")
    changed = {name for name in entry.after if entry.after[name] != entry.before[name]}
    assert changed == {"critical_area", "judgements", "version"}
    assert entry.after["judgements"] == {"political_will": 4.0}


def test_saving_a_form_as_it_was_opened_keeps_nothing(context):
    made = draw(context.store, note="Dos\nlíneas", judgements={"safe_travel": 2})
    answer = answered(press(opened_edit(context, made.id), Do.SAVE, id=made.id), context)
    assert "No hay cambios" in said(answer["outcome"])
    assert proposals.get(context.store, ME, made.id) == made


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "nombre: falta"),
        ({"name": "x" * 10_000}, "tiene 10000 letras"),
        ({"name": "Lamas\u202egnp.exe"}, "caracteres que no se ven"),
        ({"phase": "muchas"}, "no es un número entero"),
        ({"ubigeos": []}, "Elija entre 1 y"),
        ({"ubigeos": ["160101"]}, "mismo departamento"),
        ({"ubigeos": ["999999"]}, "No existen estos distritos"),
        ({"services": ["agua"]}, "no se reconoce agua"),
        ({"judge.safe_travel": "9"}, "no es un número de 1"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_changes(context, changes, told):
    answer = answered(press(opened_edit(context, "lamas"), Do.SAVE, changes, id="lamas"), context)
    assert told in said(answer["outcome"]) and "No se cambió nada" in said(answer["outcome"])
    assert proposals.get(context.store, ME, "lamas").version == 1


HOSTILE = ["<script>alert(1)</script>", "\"quoted\" 'too'", "=1+1", "مشروع", "{name} %s", "a | b ~ c"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strange_name_is_text_everywhere(context, name):
    made = draw(context.store, name=name, note=name, critical_area=name)
    change(context, made.id, name=name + "!")
    shown = visited(made.id, {"antes": str(proposals.history(context.store, ME, made.id)[0].id)}, context)["shown"]
    for part in (Register.HEAD, Register.CONTENT, Register.HISTORY, Register.MOMENTS):
        assert name in said(shown[part])
    assert name in said(visited(None, {}, context)["shown"][Register.FOUND])
    assert not [n for n in nodes(plain(shown)) if "dangerously_allow_html" in n["props"]]


# ---- two people at once


def test_who_saves_second_is_shown_both_and_nothing_is_overwritten(context):
    shown = opened_edit(context, "lamas")
    theirs = change(context, "lamas", name="Lamas norte", services=["health"])
    answer = answered(press(shown, Do.SAVE, {"name": "Lamas sur", "note": "Mía"}, id="lamas"), context)
    told = said(answer["shown"][Register.SAID])
    for part in ("Otra persona guardó", "Bruno Paz", "Lamas norte", "Lamas sur", "Salud", "Educación", "Mía"):
        assert part in told
    assert "en lugar de lo que guardó la otra persona: nombre." in told
    assert "Se suma lo suyo: nota." in told
    assert "Queda lo que guardó la otra persona: servicios." in told
    assert set(answer["shown"]) == {Register.SAID}  # what was written is still in the form
    assert proposals.get(context.store, ME, "lamas") == theirs


def test_ones_own_is_saved_over_the_new_and_the_others_changes_stay(context):
    shown = opened_edit(context, "lamas")
    change(context, "lamas", name="Lamas norte", services=["health"])
    sent = press(shown, Do.SAVE, {"name": "Lamas sur", "note": "Mía", "why": "Porque sí"}, id="lamas")
    conflict = answered(sent, context)["shown"][Register.SAID]
    answer = answered(press(conflict, Do.OVER, id="lamas"), context)
    assert "Guardado" in said(answer["shown"][Register.SAID])
    kept = proposals.get(context.store, ME, "lamas")
    assert (kept.name, kept.note, kept.services, kept.version) == ("Lamas sur", "Mía", frozenset({"health"}), 3)
    assert proposals.history(context.store, ME, "lamas")[-1].note == "Porque sí"


def test_a_third_one_between_is_told_as_well(context):
    shown = opened_edit(context, "lamas")
    change(context, "lamas", name="Segunda")
    conflict = answered(press(shown, Do.SAVE, {"note": "Mía"}, id="lamas"), context)["shown"][Register.SAID]
    change(context, "lamas", name="Tercera")
    again = answered(press(conflict, Do.OVER, id="lamas"), context)
    assert "Tercera" in said(again["shown"][Register.SAID])
    answered(press(again["shown"][Register.SAID], Do.OVER, id="lamas"), context)
    kept = proposals.get(context.store, ME, "lamas")
    assert (kept.name, kept.note, kept.version) == ("Tercera", "Mía", 4)


def test_where_content_no_longer_changes_ones_own_cannot_be_saved_over(context):
    shown = opened_edit(context, "lamas")
    proposals.step(context.store, OTHER, "lamas", 1, "withdraw", note="Fuera")
    told = answered(press(shown, Do.SAVE, {"note": "Mía"}, id="lamas"), context)["shown"][Register.SAID]
    assert "Ahora está en «retirada»" in said(told)
    assert not found(told, **{"data-do": Do.OVER}) and found(told, **{"data-do": Do.LOOK})


def test_a_step_that_somebody_came_before_can_be_made_on_what_is_new(context):
    shown = visited("lamas", {}, context)["shown"]
    asked = press(shown, Do.STEP, {"note": "Conforme"}, id="lamas", **{"data-step": "review"})
    change(context, "lamas", note="Cambió la nota")
    told = answered(asked, context)["shown"][Register.SAID]
    assert "Cambió la nota" in said(told)
    assert proposals.get(context.store, ME, "lamas").state == "proposed"
    answered(press(told, Do.STEP, id="lamas"), context)
    kept = proposals.get(context.store, ME, "lamas")
    assert (kept.state, kept.note) == ("reviewed", "Cambió la nota")
    assert proposals.history(context.store, ME, "lamas")[-1].note == "Conforme"


def test_a_step_that_no_longer_fits_is_told(context):
    shown = visited("lamas", {}, context)["shown"]
    asked = press(shown, Do.STEP, {"note": "Conforme"}, id="lamas", **{"data-step": "review"})
    proposals.step(context.store, OTHER, "lamas", 1, "withdraw", note="Fuera")
    told = answered(asked, context)["shown"][Register.SAID]
    assert "En el estado «retirada» no se puede hacer: Dar por revisada" in said(told)
    assert not found(told, **{"data-do": Do.STEP})


# ---- its history


def test_the_history_tells_newest_first_what_came_and_what_went(context):
    made = draw(context.store)
    change(context, made.id, ubigeos=[*PICOTA[1:], "220705"])
    entries = [n for n in nodes(plain(visited(made.id, {}, context)["shown"][Register.HISTORY]))
               if n["props"].get("className") == "entry"]  # fmt: skip
    names = {u: sentences.district(u, context) for u in (PICOTA[0], "220705")}
    assert f"entra {names['220705']}; sale {names[PICOTA[0]]}" in said(entries[0])
    assert "Bruno Paz" in said(entries[0]) and context.store.dataset.edition in said(entries[0])
    assert "Se registró" in said(entries[1])


def test_a_long_history_is_turned_page_by_page_and_the_address_keeps_the_page(context):
    now = draw(context.store)
    for n in range(59):
        now = proposals.edit(context.store, ME, now.id, now.version, {"note": f"nota {n}"})
    answer = answered({"do": Do.HISTORY, "subject": now.id, "page": "2"}, context)
    assert answer["address"] == "?historial=2"
    words = said(answer["shown"][Register.HISTORY])
    assert "60 entradas" in words and "Se registró" in words and "nota 58" not in words
    assert said(visited(now.id, {"historial": "2"}, context)["shown"][Register.HISTORY]) == words


def test_a_moment_is_shown_as_it_was_beside_now(context):
    made = draw(context.store, name="Antes")
    change(context, made.id, name="Después", ubigeos=PICOTA[:3])
    first = proposals.history(context.store, ME, made.id)[0]
    answer = answered({"do": Do.MOMENTS, "subject": made.id, "before": str(first.id), "after": ""}, context)
    assert answer["address"] == f"?antes={first.id}"
    shown = answer["shown"][Register.MOMENTS]
    assert "Antes" in said(shown) and "Después" in said(shown) and codes.encode(PICOTA) in said(shown)
    assert f"sale {sentences.district(PICOTA[3], context)}" in said(shown)
    assert len([n for n in nodes(plain(shown)) if n["type"] == "Img"]) == 2
    (link,) = [n["props"]["href"] for n in nodes(plain(shown)) if n["type"] == "A"]
    sides = parse_qs(urlsplit(link).query)["c"][0].split("|")
    wanted = [frozenset(PICOTA), frozenset(PICOTA[:3])]
    assert [codes.decode(unquote(s.split("~")[1]), context.territory) for s in sides] == wanted
    query = {"antes": str(first.id)}
    assert said(visited(made.id, query, context)["shown"][Register.MOMENTS]) == said(shown)


def test_an_entry_of_another_proposal_is_no_moment_of_this(context):
    other = proposals.history(context.store, ME, "condorcanqui")[0]
    for entry in (str(other.id), "99999999999999", "-1", "abc"):
        shown = visited("lamas", {"antes": entry}, context)["shown"][Register.MOMENTS]
        assert "Condorcanqui" not in said(shown)
        assert shown == [] or "No existe esa entrada" in said(shown)


def test_two_moments_that_are_alike_say_so(context):
    entry = proposals.history(context.store, ME, "lamas")[0]
    shown = visited("lamas", {"antes": str(entry.id), "despues": str(entry.id)}, context)["shown"]
    assert "no hay diferencias" in said(shown[Register.MOMENTS])


# ---- a new one


def test_a_new_proposal_is_kept_and_opened(context):
    shown = visited("nueva", {}, context)["shown"]
    changes = {"name": "Nueva", "department": "22", "ubigeos": [*PICOTA, "160101"], "services": ["health"]}
    answer = answered(press(shown, Do.CREATE, changes, id=""), context)
    id = answer["go"].split("/")[2].split("?")[0]
    kept = proposals.get(context.store, ME, id)
    assert (kept.name, kept.ubigeos, kept.state) == ("Nueva", frozenset(PICOTA), "candidate")
    assert "Guardada en el registro" in said(visited(id, {"hecho": "si"}, context)["shown"][Register.SAID])


def test_a_code_fills_the_form_for_a_new_proposal(context):
    code = codes.encode(PICOTA)
    answer = answered({"do": Do.READ_CODE, "values": {"code": code.lower()}}, context)
    sent = values(form(answer["shown"][Register.NEW], Do.CREATE))
    assert set(sent["ubigeos"]) == set(PICOTA) and sent["department"] == "22"
    by_address = visited("nueva", {"codigo": code}, context)["shown"][Register.BODY]
    assert set(values(form(by_address, Do.CREATE))["ubigeos"]) == set(PICOTA)


@pytest.mark.parametrize(
    ("code", "told"),
    [("", "Escriba primero"), ("2205-010510.F", "letra final"), ("hola", "no es un código"), ("ñ", "es un código"),
     (codes.encode(["229901"]), "nombra distritos que no existen"), ("9" * 5_000, "no es un código"),
     (codes.encode(["220701", "160101"]), "varios departamentos")],
)  # fmt: skip
def test_a_code_that_does_not_serve_is_told_and_the_form_stays(context, code, told):
    answer = answered({"do": Do.READ_CODE, "values": {"code": code}}, context)
    assert answer["shown"] == {} and told in said(answer["outcome"]) and len(said(answer["outcome"])) < 400


def test_a_coordinator_draws_up_in_their_own_department_only(store):
    context = of_role(store, "coordinator", LORETO)
    assert editing.departments_of(context) == [LORETO]
    shown = visited("nueva", {}, context)["shown"]
    assert {u[:2] for u in _districts(shown)} == {LORETO}
    told = said(answered({"do": Do.READ_CODE, "values": {"code": codes.encode(PICOTA)}}, context)["outcome"])
    assert "otro departamento" in told
    sent = {"do": Do.CREATE, "values": {"name": "x", "phase": "1", "ubigeos": list(PICOTA)}}
    assert "Su rol no permite" in said(answered(sent, context)["outcome"])


def _districts(shown):
    return [n["props"]["value"] for n in nodes(plain(shown)) if n["props"].get("name") == "ubigeos"]


@pytest.mark.parametrize("role", ["reader", "regional", "secretariat", "administrator"])
def test_who_may_not_draw_up_is_told_who_may(store, role):
    context = of_role(store, role, SAN_MARTIN)
    told = said(visited("nueva", {}, context)["shown"])
    assert "Su rol no permite" in told and "Coordinación departamental de San Martín" in told
    assert "Nueva propuesta" not in said(visited(None, {}, context)["shown"])


# ---- anything at all

sound = {
    "do": st.sampled_from(list(Do)),
    "subject": st.sampled_from(["lamas", "nada"]),
    "version": st.sampled_from(["1", "2", 1, "x"]),
    "step": st.sampled_from(["review", "edit", "nope", "withdraw"]),
    "page": st.sampled_from(["1", "0", "999"]),
    "before": st.sampled_from(["1", "999", ""]),
    "key": st.sampled_from(["", "k" * 200]),
    "values": records(
        {
            "name": st.just("x"), "ubigeos": st.just(list(PICOTA)), "phase": st.just("1"), "note": st.just("x"),
            "on": st.just("2013-02-30"), "sure": st.just(["yes"]), "content": st.just('{"name": 3}'),
            "code": st.just("2205-010510.E"), "department": st.just("22"), "buscar": st.just("l"),
            "judge.safe_travel": st.just("3"), "services": st.just(["health"]), "why": st.just("x"),
        }
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def kept_store(databases, dataset):
    opened = open_store(databases.url(), dataset, now=Clock())
    yield opened
    opened.close()


@settings(max_examples=150)
@examples(anything | records(sound))
def test_whatever_is_sent_is_answered(kept_store, sent):
    context = RequestContext(kept_store, Actor("r", "Lectora", "reader"), words_of("en"))
    before = len(proposals.history(kept_store, ME, "lamas")), len(proposals.listing(kept_store, ME))
    answer = answered(sent, context)
    assert isinstance(plain(answer)["shown"], dict)
    assert (len(proposals.history(kept_store, ME, "lamas")), len(proposals.listing(kept_store, ME))) == before


@settings(max_examples=100)
@examples(anything | records(sound))
def test_whatever_someone_with_every_right_sends_is_answered(kept_store, sent):
    assert isinstance(plain(answered(sent, RequestContext(kept_store, ME, words_of("es"))))["shown"], dict)


def test_both_languages_tell_the_whole_screen(store):
    made = walk(store, draw(store), "validated")
    for language in ("es", "en"):
        context = RequestContext(store, ME, words_of(language))
        entry = proposals.history(store, ME, made.id)[0]
        words = said(visited(made.id, {"antes": str(entry.id)}, context)["shown"])
        assert ("Historial" in words) is (language == "es") and ("History" in words) is (language == "en")


def test_districts_that_the_data_in_use_do_not_have_are_told(context):
    strange = replace(proposals.get(context.store, ME, "lamas"), ubigeos=frozenset({"220501", "229999"}))
    assert "229999" in said(one.picture(strange, context)) and "otra edición" in said(one.rules(strange, [], context))
    assert "229999" in said(one.content(strange, [], True, context))


@pytest.mark.parametrize("lost", [["220505"], None])
def test_districts_without_limits_are_left_out_of_the_map(context, dataset, lost):
    limits = dataset.limits.copy()
    limits.loc[lost or [u for u in limits.index if u.startswith("2205")], "geometry"] = None
    bare = replace(context, store=context.store.on(replace(dataset, limits=limits)))
    shown = one.picture(proposals.get(context.store, ME, "lamas"), bare)
    (image,) = [n for n in nodes(plain(shown)) if n["type"] == "Img"]
    drawn = b64decode(image["props"]["src"].split(",")[1]).decode()
    numbers = [text for text in re.findall("<text[^>]*>([^<]*)", drawn) if text.isdigit()]
    assert numbers == (["1", "3"] if lost else [])
    assert " km" in drawn or not lost
    assert ">0 km" not in drawn


def test_looking_is_read_back_from_its_address():
    looking = history.Looking(3, 12, 40)
    assert looking.address() == "?historial=3&antes=12&despues=40"
    assert history.Looking(1, None, 40).address() == ""


# ---- what a group ruled


def everything(tree):
    """All that components say and carry, as one text."""
    return json.dumps(tree, cls=PlotlyJSONEncoder, ensure_ascii=False)


def test_the_ruling_of_a_meeting_stands_on_the_proposal_in_its_history_and_in_the_list(context):
    agree(context.store, "lamas")
    agree(context.store, "mariscal-caceres", number=2, on=date(2013, 7, 1), outcome="rejected")
    shown = visited("lamas", {}, context)["shown"]
    for part in (Register.LIFE, Register.HISTORY):
        told = everything(shown[part])
        for text in ("15 de marzo de 2013", "/reuniones/22-2013-1", context.say("records.outcome.agreed"),
                     context.say("meetings.votes", in_favour=5, against=1, abstained=0),
                     context.say("rule.contiguous.name"),
                     ALL_THE_SAME["contiguous"]):  # fmt: skip
            assert text in told
    assert ALL_THE_SAME["contiguous"] in everything(shown[Register.RULES])
    listed = visited(None, {}, context)["shown"][Register.FOUND]
    told = {"outcome": context.say("records.outcome.rejected"), "day": sentences.short(date(2013, 7, 1), context)}
    assert context.say("register.ruled_short", **told) in everything(listed)


@pytest.mark.parametrize(
    "asked, wanted",
    [("agreed", {"lamas"}), ("rejected", {"mariscal-caceres"}), ("deferred", set()), ("none", {"tambopata"})],
)
def test_the_list_is_filtered_by_what_groups_ruled(context, asked, wanted):
    agree(context.store, "lamas")
    agree(context.store, "mariscal-caceres", number=2, on=date(2013, 7, 1), outcome="rejected")
    given_ = filters.read({"decision": asked}, context)
    assert filters.read(dict(part.split("=") for part in given_.address()[1:].split("&")), context) == given_
    lines = filters.chosen(filters.beside_states(overview(context.store, ME), given_, context), given_)
    found = {line.proposal.id for line in lines}
    assert wanted <= found and ("lamas" in found) == (asked == "agreed")
    unread = filters.read({"decision": "perhaps"}, context)
    assert unread.unread == (("decision", "perhaps"),) and unread.ruling == ""


def test_the_history_is_turned_page_by_page_with_rulings_among_the_entries(context):
    agree(context.store, "lamas")
    version = proposals.get(context.store, ME, "lamas").version
    for n in range(filters.ON_A_PAGE):
        version = proposals.edit(context.store, ME, "lamas", version, {"note": f"n{n}"}).version
    shown = [visited("lamas", {"historial": str(n)}, context)["shown"][Register.HISTORY] for n in (1, 2)]
    assert [everything(page).count("entry ruled") for page in shown] == [0, 1]
