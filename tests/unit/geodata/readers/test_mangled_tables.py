"""A mangled table gives a sentence, faults or a sound result: never a stack trace, never a figure made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.readers.conflicts import conflicts
from geodata.readers.contract import UnreadableFile
from geodata.readers.hazards import hazards
from geodata.readers.indicators import indicators
from geodata.readers.links import links
from geodata.reports.report import Report

FIGURES = ["ubigeo;departamento;provincia;distrito;año;poblacion", *(
    f"0101{n:02d};AMAZONAS;CHACHAPOYAS;;2020;{n},{100 + n}.5" for n in range(1, 9)
)]  # fmt: skip
EVENTS = ["codigo sinpad;fecha;ubigeo;fenómeno;afectados;damnificados;viviendas destruidas", *(
    f"{n};{n + 10}/05/2018;0101{n:02d};SISMOS;{n};0;1" for n in range(1, 9)
)]  # fmt: skip
CASES = ["Caso;Tipo;Estado;ubigeo;Departamento;Inicio;lon;lat", *(
    f"Caso {n};laboral;activo;0101{n:02d};AMAZONAS;0{n}/2018;-77.8;-6.2" for n in range(1, 9)
)]  # fmt: skip
LINKS = ["desde;hasta;medio;km;horas;temporada;en disputa;fuente", *(
    f"0101{n:02d};0101{n + 1:02d};carretera;{90 + n}.5;{n};seca;no;MTC" for n in range(1, 9)
)]  # fmt: skip
ANSWERS = {"source": "prueba", "confidence": "low", "covers": "some", "coding": "inei", "day_first:fecha": "day"}
BITS = [
    "", ";", "\n", '"', ",", "0", "-", "NA", "=1+1", "é", "\ufeff", "999999", "1e9", "010101", "/", "\t", "\x00",
    "ñ" * 30,
]  # fmt: skip
SUBJECTS = {
    "indicators": (indicators, FIGURES),
    "hazards": (hazards, EVENTS),
    "conflicts": (conflicts, CASES),
    "links": (links, LINKS),
}

mangling = st.lists(
    st.tuples(
        st.sampled_from(["insert", "cut", "swap", "repeat", "drop"]), st.integers(0, 10_000), st.integers(0, 40),
        st.sampled_from(BITS),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def mangle(lines, damages):
    text = "\n".join(lines)
    for kind, at, length, bit in damages:
        at %= max(len(text), 1)
        if kind == "insert":
            text = text[:at] + bit + text[at:]
        elif kind == "cut":
            text = text[:at] + text[at + length :]
        elif kind == "swap":
            text = text[:at] + bit + text[at + len(bit) :]
        else:
            rows = text.split("\n")
            place = at % len(rows)
            rows[place : place + 1] = [rows[place]] * (2 if kind == "repeat" else 0)
            text = "\n".join(rows)
    return text


def outcome(reader, path, base):
    """Return the changes, or None where the file was refused."""
    answers = {**ANSWERS, "columns": "poblacion=population"} if reader is indicators else ANSWERS
    try:
        understanding = reader.understand(path, base, answers)
        report = Report(path.name, understanding.subject)
        changes = reader.read(path, understanding, base, report)
    except UnreadableFile as error:
        assert error.message.startswith("tables.unreadable.")
        return None
    return None if report.faults else changes


def sound(changes, base):
    """Assert that what is to be put in fits the schema, by the codes and bounds that it names."""
    tables = {**changes.upserts, **changes.replaced}
    ubigeos = set(base.ubigeos)
    if "indicators" in tables:
        rows = tables["indicators"]
        assert set(rows["ubigeo"]) <= ubigeos and not rows.duplicated(["indicator", "year", "ubigeo"]).any()
        assert rows["value"].ge(0).all() and rows["value"].lt(float("inf")).all()
        assert set(rows["indicator"]) <= set(tables["indicator_catalog"]["indicator"])
    if "hazards" in tables:
        rows = tables["hazards"]
        assert set(rows["ubigeo"]) <= ubigeos and not rows.duplicated(["ubigeo", "year", "hazard"]).any()
        assert rows["events"].ge(1).all() and rows[["affected", "homeless", "houses_destroyed"]].ge(0).all().all()
    if "conflicts" in tables:
        cases, places = tables["conflicts"], tables["conflict_places"]
        assert cases["case_id"].is_unique and set(cases["case_id"]) <= set(places["case_id"])
        assert not places.duplicated().any()
        territory = base.territory
        assert set(places["place_code"]) <= {*territory.districts, *territory.provinces, *territory.departments}

    if "links" in tables:
        rows = tables["links"]
        assert {*rows["district"], *rows["other"]} <= ubigeos and (rows["district"] < rows["other"]).all()
        assert not rows.duplicated(["district", "other", "way", "name"]).any() and rows["source"].ne("").all()
        known = rows[["km", "hours"]].stack().dropna()
        assert known.between(0.1, 5000).all() and rows["way"].isin(["river", "road", "air"]).all()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_table_is_read_before_it_is_mangled(subject, table, dataset):
    reader, lines = SUBJECTS[subject]
    changes = outcome(reader, table("\n".join(lines)), dataset)
    before = len(dataset.links) if subject == "links" else 0  # which goes on whole
    rows = {**changes.upserts, **changes.replaced}[subject] if changes is not None else ()
    assert len(rows) == 8 + before
    sound(changes, dataset)


@pytest.mark.parametrize("subject", SUBJECTS)
@settings(max_examples=60)
@given(damages=mangling, encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_a_mangled_table_is_refused_or_sound(subject, damages, encoding, dataset, tmp_path_factory):
    reader, lines = SUBJECTS[subject]
    path = tmp_path_factory.mktemp("mangled") / "t.csv"
    path.write_bytes(mangle(lines, damages).encode(encoding, errors="replace"))
    changes = outcome(reader, path, dataset)
    if changes is not None:
        sound(changes, dataset)


cells_of = st.sampled_from([*BITS, "ubigeo", "año", "poblacion", "Caso", "fecha", "sismo", "Lamas", "1", "2020"])


@given(st.lists(st.lists(cells_of, min_size=2, max_size=4), max_size=8))
@settings(max_examples=60)
def test_any_table_is_understood_or_refused_by_every_reader(dataset, tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_text("\n".join(";".join(row) for row in cells), "utf-8", newline="")
    for reader, _ in SUBJECTS.values():
        changes = outcome(reader, path, dataset)
        if changes is not None:
            sound(changes, dataset)
