"""What stands beside a proposal: who may say and read what, whom it is meant for, and files kept once by content."""

import zipfile

import pytest

from dashboard.records.admin import audit, backup
from dashboard.records.core.errors import BadInput, Conflict, Missing, NotNow, Refused
from dashboard.records.dossier import Cabinet, attachments, comments
from dashboard.records.dossier.cabinet import MOST_BYTES, kind_of
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from dashboard.records.proposals import proposals
from tests.record.databases import Clock
from tests.record.drawn import ME, draw, walk
from tests.record.test_backup import NOW, put_back

PASSWORD = "paiche-y-camu-camu"
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture
def people(store):
    """Accounts by role, of San Martín where they are of a department; `far` coordinates in Amazonas."""
    made = {}
    for role, login, home in (
        ("coordinator", "ana", "22"), ("regional", "rosa", "22"), ("reader", "leo", None),
        ("leadership", "dina", None), ("coordinator", "far", "01"),
    ):  # fmt: skip
        values = {"login": login, "name": login.title(), "role": role, "department": home}
        made[login] = accounts.create_account(store, ME, values, PASSWORD)
    return made


@pytest.fixture
def cabinet(tmp_path):
    return Cabinet(tmp_path / "cabinet")


def put(cabinet, content=PDF):
    part = cabinet.part()
    part.write_bytes(content)
    return part


def attach(store, cabinet, actor=ME, name="Carta 12.pdf", content=PDF, to="lamas"):
    return attachments.add(store, actor, cabinet, to, name, put(cabinet, content))


def office(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return path.read_bytes()


# ---- comments


def test_an_answer_joins_its_thread_and_those_mentioned_may_read_it(store, people):
    ana, rosa = people["ana"].actor, people["rosa"].actor
    first = comments.say(store, ana, "lamas", {"text": "¿Y Cuñumbuqui?\n@ROSA, mire.", "mentions": []})
    assert first.mentions == (rosa.id,)
    answer = comments.say(store, rosa, "lamas", {"text": "Va.", "parent": first.id, "mentions": [ana.id, rosa.id]})
    again = comments.say(store, ana, "lamas", {"text": "Gracias @nadie", "parent": answer.id})
    assert (answer.parent, again.parent, again.thread) == (first.id, first.id, first.id)
    assert answer.mentions == (ana.id,) and again.mentions == ()
    assert [said.comment.id for said in comments.comments(store, rosa, "lamas")] == [first.id, answer.id, again.id]
    assert {a.login for a in comments.colleagues(store, ana, "22")} == {"rosa", "dina"}


def test_only_those_who_may_read_can_be_mentioned_and_nobody_else_is_handed_anything(store, people):
    ana = people["ana"].actor
    for stranger in ("leo", "far"):
        with pytest.raises(BadInput):
            comments.say(store, ana, "lamas", {"text": "x", "mentions": [people[stranger].id]})
        assert comments.say(store, ana, "lamas", {"text": f"@{stranger}"}).mentions == ()
        for ask in (comments.comments, attachments.attachments):
            with pytest.raises(Refused):
                ask(store, people[stranger].actor, "lamas")
        with pytest.raises(Refused):
            comments.say(store, people[stranger].actor, "lamas", {"text": "x"})
    with pytest.raises(BadInput):
        comments.say(store, ana, "lamas", {"text": " ", "parent": "of-another"})


def test_what_was_said_is_kept_once_and_taken_back_by_its_author_alone(store, people):
    ana, rosa = people["ana"].actor, people["rosa"].actor
    made = [comments.say(store, ana, "lamas", {"text": "Una vez"}, key="k") for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Refused):
        comments.withdraw(store, rosa, made[0].id, 1)
    gone = comments.withdraw(store, ana, made[0].id, 1)
    assert gone.withdrawn and gone.text == ""
    with pytest.raises(Conflict):
        comments.withdraw(store, ana, made[0].id, 1)
    assert [said.comment.text for said in comments.comments(store, rosa, "lamas")] == [""]
    assert audit.audit(store).faults == ()


# ---- attachments


def test_a_file_is_what_its_content_is_whatever_it_is_called(tmp_path, cabinet):
    made = {
        "docx": office(tmp_path / "a", "word/document.xml"), "xlsx": office(tmp_path / "b", "xl/workbook.xml"),
        "pdf": PDF, "png": b"\x89PNG\r\n\x1a\n....", "jpg": b"\xff\xd8\xff\xe0....", "webp": b"RIFF....WEBPVP8 ",
        None: b"<html><script>alert(1)</script>",
    }  # fmt: skip
    for kind, content in made.items():
        assert kind_of(put(cabinet, content)) == kind
    refused = (
        b"MZ\x90\x00 a program", b"PK\x03\x04 broken", office(tmp_path / "c", "xl/workbook.xml", "xl/vbaProject.bin"),
        office(tmp_path / "d", "x.txt"), b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    )  # fmt: skip
    assert {kind_of(put(cabinet, content)) for content in refused} == {None}


def test_the_same_content_is_kept_once_and_handed_out_by_right(store, people, cabinet):
    ana = people["ana"].actor
    one, two = attach(store, cabinet, ana), attach(store, cabinet, ana, name="carta.exe")
    assert (one.name, two.name, one.digest == two.digest) == ("Carta 12.pdf", "carta.exe.pdf", True)
    assert list(cabinet.digests()) == [one.digest] and cabinet.path(one.digest).read_bytes() == PDF
    assert attachments.get(store, people["rosa"].actor, one.id) == one
    for stranger in ("leo", "far"):
        with pytest.raises(Refused):
            attachments.get(store, people[stranger].actor, one.id)
        with pytest.raises(Refused):
            attachments.may_add(store, people[stranger].actor, "lamas")
    attachments.withdraw(store, ana, one.id, 1)
    with pytest.raises(Missing):
        attachments.get(store, ana, one.id)
    assert [a.attachment.withdrawn for a in attachments.attachments(store, ana, "lamas")] == [True, False]


def test_what_is_too_large_empty_or_of_no_kind_is_refused_and_kept_nowhere(store, cabinet):
    for content in (b"", PDF + b" " * MOST_BYTES, b"plain words"):
        with pytest.raises(BadInput):
            attach(store, cabinet, content=content)
    assert not list(cabinet.digests()) and attachments.attachments(store, ME, "lamas") == ()


def test_a_step_may_rest_on_a_file_of_its_own_proposal(store, cabinet):
    drawn = walk(store, draw(store, critical_area="Anemia"), "validated")
    letter, other = (attach(store, cabinet, name=name, to=drawn.id) for name in ("Carta 12.pdf", "Otra.pdf"))
    foreign = attach(store, cabinet)
    attachments.withdraw(store, ME, other.id, 1)
    for wrong in (foreign.id, other.id, "none"):
        with pytest.raises(BadInput):
            proposals.step(store, ME, drawn.id, drawn.version, "sign", attachment=wrong)
    with pytest.raises(NotNow):
        proposals.step(store, ME, drawn.id, drawn.version, "sign")
    signed = proposals.step(store, ME, drawn.id, drawn.version, "sign", attachment=letter.id)
    entry = proposals.history(store, ME, signed.id)[-1]
    assert (signed.state, entry.document, entry.attachment) == ("commitment_signed", "Carta 12.pdf", letter.id)


def test_files_go_with_a_backup_and_come_back_from_it(databases, dataset, tmp_path, cabinet):
    url = databases.url()
    store = open_store(url, dataset, now=Clock())
    kept = [
        attach(store, cabinet),
        attach(store, cabinet, content=PDF + b"2"),
        attach(store, cabinet, content=PDF + b"3"),
    ]
    copies = tmp_path / "copies"
    path = backup.backup(url, copies, NOW)
    assert (backup.keep_files(cabinet, copies), backup.keep_files(cabinet, copies)) == (3, 0)
    store.close()
    elsewhere, other = databases.url(fresh=True), Cabinet(tmp_path / "other")
    (copies / backup.ATTACHMENTS / kept[2].digest[:2] / kept[2].digest).write_bytes(b"spoilt")
    put_back(elsewhere, path, dataset, tmp_path)
    again = open_store(elsewhere, dataset, now=Clock())
    assert backup.bring_files(again, path, other) == (kept[2].digest,)
    assert sorted(other.digests()) == sorted(a.digest for a in kept[:2])
    assert backup.bring_files(again, path, cabinet) == ()
    again.close()
