"""The acta says what the meeting saw and decided, the same in a document and on a page, and runs nobody's code."""

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document

from dashboard.clusters.measures.measures import MEASURES
from dashboard.clusters.model import codes
from dashboard.clusters.writing.wording import sentence
from dashboard.documents.acta import blocks
from dashboard.documents.acta_files import acta_docx, acta_pdf
from dashboard.documents.acta_page import STYLE, acta_html, pieces
from dashboard.documents.blocks import Heading, Paragraph, Signatures, Table
from dashboard.documents.summons import letter, summons_docx
from dashboard.documents.widths import EDGES_CM, TEXT_CM, widths_cm
from dashboard.records.core.actors import Actor
from dashboard.records.core.codec import build
from dashboard.records.meetings import agreements, corrections, decisions, groups, meetings, snapshots
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from tests.record.databases import Clock
from tests.record.drawn import ALL_THE_SAME, ME, PERIOD, agree, held

EVIL = "<script>alert('x')</script> \"Ñ\" & =1+1"


@pytest.fixture(scope="module")
def record(sqlite_databases, dataset):
    store = open_store(sqlite_databases.url(), dataset, now=Clock())
    proposals.edit(store, ME, "mariscal-caceres", 1, {"name": EVIL})
    meeting = held(store, "lamas", "mariscal-caceres")
    change = {
        "weights": {"gap": 4, "proximity": 1},
        "next_agenda": ["Revisar Rioja", EVIL],
        "note": "Primera línea\nSegunda",
    }
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, change)
    for id in meeting.proposals:
        snapshots.take(store, ME, meeting.id, id)
    snapshots.take_comparison(store, ME, meeting.id, meeting.proposals)
    why = {meeting.present[0]: EVIL}
    decisions.decide(
        store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, in_favour=5, against=1, dissent=why
    )
    decisions.decide(store, ME, meeting.id, "mariscal-caceres", "deferred", in_favour=2, abstained=4)
    meetings.close_meeting(store, ME, meeting.id, meeting.version)
    yield meeting_record(store, ME, meeting.id)
    store.close()


class Words_(HTMLParser):
    """Collects the words of a page and the names of its elements."""

    def __init__(self):
        super().__init__()
        self.words, self.tags = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        given = dict(attributes)
        assert tag != "link" or given == {"rel": "icon", "href": "data:,"}  # else a browser asks for one
        given.pop("href" if tag == "link" else None, None)
        assert not any(name.startswith("on") or name in ("style", "href", "src") for name in given)

    def handle_data(self, data):
        self.words.append(data)


def read_html(page):
    reader = Words_()
    reader.feed(page)
    return " ".join(reader.words), reader.tags


def read_docx(content):
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_page_and_document_say_all_that_belongs_to_an_acta(record, dataset, both_words):
    page, _ = read_html(acta_html(record, dataset, both_words))
    document = read_docx(acta_docx(record, dataset, both_words))
    wanted = [
        *(member.name for member in record.present),
        "Lamas",
        EVIL,
        "Tabalosos",
        codes.encode(["220501", "220505", "220510"]),
        codes.encode(["220603", "220604", "220605"]),
        dataset.edition,
        "Revisar Rioja",
        both_words.say("records.outcome.deferred"),
        both_words.say("measure.population.name"),
        both_words.say("criterion.proximity.name"),
        both_words.say("export.limits_sketch"),
        *(p.source for p in dataset.provenance.values()),
    ]
    for text in wanted:
        assert text in page
        assert text in document


def test_the_code_in_the_acta_rebuilds_each_proposal(record, dataset, words):
    page, _ = read_html(acta_html(record, dataset, words))
    found = {codes.decode(code, dataset.territory) for code in re.findall(r"\b\d{4}-\d+\.[A-Z]\b", page)}
    seen = {build(proposals.Proposal, s.content["proposal"]).ubigeos for s in record.snapshots if s.kind == "proposal"}
    assert found == seen


def test_all_decisions_stand_at_a_glance_with_votes_and_codes(record, dataset, words):
    (table,) = [b for b in blocks(record, dataset, words) if isinstance(b, Table) and b.kinds == "tsnnnt"]
    (other,) = (number for id, number in record.numbers.items() if id != "lamas")
    agreed, deferred = (words.say(f"records.outcome.{outcome}") for outcome in ("agreed", "deferred"))
    assert table.rows == (
        ("3 Lamas", agreed, "5", "1", "0", codes.encode(["220501", "220505", "220510"])),
        (
            f"{next(number for id, number in record.numbers.items() if id != 'lamas')} {EVIL}",
            deferred,
            "2",
            "0",
            "4",
            codes.encode(["220603", "220604", "220605"]),
        ),
    )


def test_the_columns_of_a_document_fill_the_page_and_each_has_room(record, dataset, both_words):
    for block in blocks(record, dataset, both_words):
        if isinstance(block, Table):
            widths = widths_cm(block)
            assert sum(widths) == pytest.approx(TEXT_CM) and min(widths) > EDGES_CM


def test_a_table_has_a_kind_for_every_column():
    with pytest.raises(ValueError):
        Table("Caption", ("a", "b"), (("1", "2"),), "t")


def test_a_word_that_no_column_holds_may_be_broken_and_is_whole_all_the_same():
    long = f"ab {'x' * 200} <b>"
    assert len(pieces(long)) == 7 and "".join(pieces(long)) == long and max(map(len, pieces(long))) <= 3 + 30 + 4
    assert pieces("") == [""] and pieces("x" * 30 + " y") == ["x" * 30 + " y"]


def test_a_page_holds_no_script_and_loads_nothing(record, dataset, words):
    page = acta_html(record, dataset, words)
    _, tags = read_html(page)
    assert not {"script", "img", "iframe", "object", "form", "base"} & set(tags)
    assert tags.count("svg") == 2
    assert "<script" not in page and "url(" not in page
    assert f"<style>{STYLE}</style>" in page


def test_the_acta_is_a_pure_function_of_the_record(record, dataset, words):
    assert acta_html(record, dataset, words) == acta_html(record, dataset, words)
    assert blocks(record, dataset, words)[0].text.endswith("San Martín")


def test_figures_come_from_the_snapshot_and_unknown_ones_are_not_zero(record, dataset, words):
    tables = [b for b in blocks(record, dataset, words) if isinstance(b, Table)]
    measures = [t for t in tables if t.caption == words.say("acta.measures_caption")]
    lamas = {row[0]: row[1] for row in measures[0].rows}
    people = record.seen("lamas").content["measures"]["population"]["value"]
    assert lamas[words.say("measure.population.name")] == words.number(people, 0)
    assert words.number(None, 0) == "s/d"
    # whatever order the database keeps a mapping in
    assert [row[0] for row in measures[0].rows] == [words.say(f"measure.{key}.name") for key in MEASURES]


def test_a_meeting_that_is_not_closed_gives_a_draft_that_says_so(sqlite_databases, dataset, words):
    store = open_store(sqlite_databases.url(), dataset, now=Clock())
    meeting = held(store, "lamas")
    page = acta_html(meeting_record(store, ME, meeting.id), dataset, words)
    assert words.say("acta.draft") in page
    assert words.say("acta.not_seen") in page
    acta_docx(meeting_record(store, ME, meeting.id), dataset, words)
    store.close()


def test_the_document_is_well_formed_and_has_each_map_as_picture_and_as_vector(record, dataset, words):
    with ZipFile(BytesIO(acta_docx(record, dataset, words))) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        for name in names:
            if name.endswith((".xml", ".rels", ".svg")):
                ElementTree.fromstring(packed.read(name))
        body = packed.read("word/document.xml").decode()
    assert sum(name.endswith(".svg") for name in names) == 2
    assert body.count("svgBlip ") == 2


def test_the_date_is_written_as_each_language_does(both_words):
    wanted = {"es": "2 de junio de 2014", "en": "2 June 2014"}
    assert both_words.day(date(2014, 6, 2)) == wanted[both_words.language]


def test_the_public_version_names_nobody_and_says_so(store, dataset, both_words):
    made = held(store, "lamas")
    names = [m.name for m in groups.members(store, ME, "22", PERIOD)]
    snapshots.take(store, ME, made.id, "lamas")
    why = {made.present[0]: "No conviene"}
    decisions.decide(store, ME, made.id, "lamas", "deferred", in_favour=1, against=1, dissent=why)
    own, public = meeting_record(store, ME, made.id), meeting_record(store, ME, made.id, public=True)
    for record_, named in ((own, True), (public, False)):
        page, _ = read_html(acta_html(record_, dataset, both_words))
        document = read_docx(acta_docx(record_, dataset, both_words))
        for text in (page, document):
            assert {name in text for name in names} == {named}
            assert ("Oficio 0-2013" in text) == named
            assert (both_words.say("acta.public") in text) != named
            assert "Entidad 0" in text and "No conviene" in text
        signed = [b for b in blocks(record_, dataset, both_words) if isinstance(b, Signatures)]
        assert bool(signed) == named


def test_a_reader_is_given_the_public_version_whatever_is_asked(store):
    made = held(store, "lamas")
    reader = Actor("r", "Lectora", "reader")
    assert all(m.name == m.accreditation == "" for m in meeting_record(store, reader, made.id).members)
    elsewhere = Actor("c", "Coordina", "coordinator", "01")
    assert meeting_record(store, elsewhere, made.id).public
    assert not meeting_record(store, Actor("c", "Coordina", "coordinator", "22"), made.id).public
    closed = agree(store, "lamas", number=2)
    assert "group" not in {s.kind for s in snapshots.snapshots(store, reader, closed.id)}
    assert "group" in {s.kind for s in snapshots.snapshots(store, ME, closed.id)}


def test_what_a_rule_says_of_members_by_name_is_counted_in_public(store, both_words):
    groups.keep_member(store, ME, {"department": "22", "period": PERIOD, "sector": "provincial", "place": "2201",
                                   "name": "Rosa Delgado", "institution": "Municipalidad"})  # fmt: skip
    proposals.edit(store, ME, "lamas", 1, {"name": "Lamas"})
    made = held(store, "lamas")
    public = meeting_record(store, ME, made.id, public=True)
    said = [sentence(both_words.say, v["message"], v["args"]) for v in public.group["composition"]]
    assert any(v["message"].endswith("_counted") for v in public.group["composition"])
    assert not any("Rosa" in text or "{" in text for text in said)


def pdf_text(content):
    """What a PDF says, page by page: as its own fonts write it."""
    packed = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return len(re.findall(rb"/Type /Page\b", content)), len(packed)


def test_one_source_is_written_as_document_page_and_pdf(record, dataset, both_words):
    made = acta_pdf(record, dataset, both_words)
    assert made.startswith(b"%PDF") and made == acta_pdf(record, dataset, both_words)
    pages, streams = pdf_text(made)
    assert pages >= 4 and streams >= pages
    lang = {"es": b"es", "en": b"en"}[both_words.language]
    assert b"/Lang (" + lang in made


@pytest.fixture(scope="module")
def session(databases, dataset):
    """A meeting with hours, guests, agreements, a reading and a correction, after another one."""
    store = open_store(databases.url(), dataset, now=Clock())
    first = agree(store, "lamas", outcome="deferred")
    agreements.keep_agreement(store, ME, held(store, number=3, on=date(2013, 3, 20)).id, {"text": "Pedir el reporte."})
    meeting = held(store, "lamas", number=4, on=date(2013, 6, 14))
    member = groups.members(store, ME, "22", PERIOD)[0]
    kept = {name: getattr(member, name) for name in groups.MemberForm.model_fields}
    groups.keep_member(store, ME, kept | {"office": "Alcalde", "dni": "40123456"}, id=member.id, version=1)
    change = {
        "began_at": "9:30", "ended_at": "13:05", "presides": member.id, "secretary": "Luz Paz",
        "secretary_office": "Coordinadora", "next_agenda": ["Avances"], "previous_act": "approved",
        "development": {meeting.agenda[0]: "Se presentó con su mapa."},
        "guests": [{"name": "Rosa Ruiz", "institution": "UNICEF", "office": "Oficial", "dni": "12345678"}],
    }  # fmt: skip
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, change)
    agreements.keep_agreement(
        store, ME, meeting.id, {"text": "Remitir el plan.", "responsible": "Luz Paz", "due_on": "2013-07-01"}
    )
    snapshots.take(store, ME, meeting.id, "lamas")
    decisions.decide(store, ME, meeting.id, "lamas", "agreed", in_favour=6, waivers=ALL_THE_SAME)
    meetings.close_meeting(store, ME, meeting.id, meeting.version)
    wrong = {"kind": "erratum", "place": "opening", "says": "Moyobamba", "should_say": "Lamas"}
    corrections.correct_act(store, ME, meeting.id, wrong)
    yield store, meeting.id, first
    store.close()


def test_the_pages_to_sign_are_in_the_formulas_of_an_act_and_the_annexes_after_them(session, dataset, words):
    store, id, first = session
    made = blocks(meeting_record(store, ME, id), dataset, words)
    ends = next(n for n, block in enumerate(made) if isinstance(block, Signatures))
    body = [" ".join(filter(None, (b.lead, b.text))) for b in made[:ends] if isinstance(b, Paragraph)]
    text = "\n".join(body)
    assert "Siendo las 09:30 horas del día 14 de junio de 2013, en Moyobamba" in text
    assert "en sesión extraordinaria, bajo la presidencia de Miembro 00, Alcalde, Entidad 0" in text
    assert "ACUERDO N.° 1. Remitir el plan. Responde: Luz Paz. Plazo: 1 de julio de 2013." in text
    assert any(line.startswith("ACUERDO N.° 2. Sobre la propuesta 3 Lamas") for line in body)
    assert "Rosa Ruiz, Oficial, UNICEF, DNI 12345678" in text
    assert f"Se dio lectura al acta {first.act}" in text and "Se presentó con su mapa." in text
    assert body[-1].startswith("No habiendo más asuntos que tratar, siendo las 13:05 horas")
    assert made[ends].signers[0].lines == ("Miembro 00", "Alcalde", "Entidad 0", "DNI 40123456", "Preside")
    assert made[ends].signers[1].lines == ("Luz Paz", "Coordinadora", "Secretaría")
    assert len(made[ends].signers) == 7
    headings = [b.text for b in made[ends:] if isinstance(b, Heading)]
    assert headings[0].startswith("FE DE ERRATAS N.° 1")
    annexes = [h for h in headings if h.startswith("Anexo")]
    assert [h.split(".")[0] for h in annexes] == [f"Anexo {n}" for n in range(1, len(annexes) + 1)]
    assert not any(isinstance(b, Table) for b in made[:ends])


def test_the_public_acta_of_a_session_names_nobody(session, dataset, both_words):
    store, id, _ = session
    public = read_html(acta_html(meeting_record(store, ME, id, public=True), dataset, both_words))[0]
    for secret in ("Miembro 0", "Luz Paz", "Rosa Ruiz", "12345678", "40123456", "Alcalde"):
        assert secret not in public
    assert "UNICEF" in public and "Remitir el plan" in public


def test_each_member_is_called_by_a_letter_with_the_agenda(session, dataset, words):
    store, id, _ = session
    record = meeting_record(store, ME, id)
    one, *_ = record.members
    text = "\n".join(b.text for b in letter(record, one, dataset, words) if isinstance(b, Paragraph))
    assert "Señor(a)\nMiembro 00\nAlcalde\nEntidad 0" in text and "14 de junio de 2013" in text
    document = read_docx(summons_docx(record, dataset, words))
    assert all(m.name in document for m in record.members)
    alone = read_docx(summons_docx(record, dataset, words, one.id))
    assert [m.name in alone for m in record.members] == [True] + [False] * (len(record.members) - 1)
    assert record.meeting.agenda[0] in alone
