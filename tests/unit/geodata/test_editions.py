"""A store keeps every edition whole, switches in one step and never loses the one in use."""

import json
import shutil
import subprocess
import sys
import threading

import pytest
from small import CODES, Figures, QuickStore, write_small

from geodata.editions import imports
from geodata.editions.store import (
    EDITION_FILE,
    SHIPPED,
    Busy,
    DamagedEdition,
    EditionStore,
    StoreError,
    UnknownEdition,
    place,
)
from geodata.model.dataset import DatasetError, load
from geodata.shared import disk


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return write_small(tmp_path_factory.mktemp("small") / "shipped")


@pytest.fixture
def store(tmp_path, shipped, monkeypatch):
    monkeypatch.setattr(imports, "reader_of", lambda subject: Figures)
    return QuickStore(tmp_path / "store", shipped)


@pytest.fixture
def bring(store, tmp_path):
    """Import rows of (ubigeo, year, value) and return the outcome."""

    def bring(*rows):
        file = tmp_path / "figures.csv"
        file.write_text("\n".join(",".join(map(str, row)) for row in rows), "utf-8")
        return imports.run(store, "indicators", file, who="Ana")

    return bring


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_data_that_ship_are_in_use_before_anything_is_imported(store):
    assert store.current_id() == SHIPPED
    assert store.load().edition == load(store.shipped).edition
    assert store.ids() == [] and store.history() == []
    assert not store.folder.exists(), "looking must not write"


def test_the_store_is_beside_the_project_unless_a_setting_names_another():
    assert place({}).name == "var"
    assert str(place({"CONGLOMERADOS_STORE": "/srv/editions"})) == "/srv/editions"


def test_an_edition_is_the_data_set_in_its_folder_and_named_by_its_content(store, bring):
    made = bring((CODES[0], 2017, 50)).edition
    assert store.current_id() == made == load(store.folder_of(made)).edition == store.load().edition
    assert store.load().value("schools", 2017)[CODES[0]] == 50


def test_the_edition_before_is_kept_and_can_be_chosen_again(store, bring):
    shipped = content(store.shipped)
    first = bring((CODES[0], 2017, 50)).edition
    kept = content(store.folder_of(first))
    second = bring((CODES[0], 2017, 60)).edition
    assert content(store.folder_of(first)) == kept and content(store.shipped) == shipped
    assert store.use(first) == first
    assert store.load().value("schools", 2017)[CODES[0]] == 50
    assert store.use(SHIPPED) == SHIPPED
    assert store.load().value("schools", 2017)[CODES[0]] == 10
    assert [entry.edition for entry in store.history()] == [first, second, first, SHIPPED]
    assert store.edition(second).parent == first


def test_an_edition_says_what_made_it(store, bring):
    made = store.edition(bring((CODES[0], 2017, 50)).edition)
    assert (made.parent, made.subject, made.file, made.who) == (SHIPPED, "indicators", "figures.csv", "Ana")
    assert made.summary["matched_code"] == 1
    assert len(made.sha256) == 64
    assert store.report(made.id).rows_read == 1


def test_choosing_the_edition_in_use_leaves_no_trace(store, bring):
    made = bring((CODES[0], 2017, 50)).edition
    store.use(made)
    assert len(store.history()) == 1


def test_an_edition_is_found_by_the_beginning_of_its_name(store, bring):
    made = bring((CODES[0], 2017, 50)).edition
    assert store.resolve(made[:4]) == made


def test_an_edition_that_is_not_there_is_refused(store, bring):
    made = bring((CODES[0], 2017, 50)).edition
    for name in ("", made[:3], "0123456789", "..", "../store", "default/..", "a" * 10):
        with pytest.raises(UnknownEdition):
            store.use(name)
        assert not store.holds(name)
    assert store.current_id() == made


def test_a_damaged_edition_is_not_put_in_use(store, bring):
    first = bring((CODES[0], 2017, 50)).edition
    second = bring((CODES[0], 2017, 60)).edition
    (store.folder_of(first) / "indicators.csv").write_text("nothing", "utf-8")
    with pytest.raises(DatasetError):
        store.use(first)
    assert store.current_id() == second


def without_its_fifth_line(file):
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:4] + lines[5:]), "utf-8")


def test_an_edition_whose_files_were_altered_is_not_put_in_use_although_it_loads(store, bring):
    first = bring((CODES[0], 2017, 50)).edition
    second = bring((CODES[0], 2017, 60)).edition
    without_its_fifth_line(store.folder_of(first) / "indicators.csv")
    assert load(store.folder_of(first)).edition != first
    with pytest.raises(DamagedEdition) as told:
        store.use(first)
    assert told.value.message == "store.altered" and told.value.fields["edition"] == first
    assert store.current_id() == second
    assert bring((CODES[0], 2017, 50)).edition == first == load(store.folder_of(first)).edition


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b"{}", b"null", b"\xff\xfe", b'{"id": 5}'])
def test_an_edition_whose_record_cannot_be_read_is_not_put_in_use(store, bring, record):
    first = bring((CODES[0], 2017, 50)).edition
    second = bring((CODES[0], 2017, 60)).edition
    (store.folder_of(first) / EDITION_FILE).write_bytes(record)
    with pytest.raises(DamagedEdition) as told:
        store.edition(first)
    assert told.value.message == "store.record_damaged" and told.value.fields["edition"] == first
    with pytest.raises(DamagedEdition):
        store.use(first)
    assert store.current_id() == second


def test_a_damaged_pointer_is_told_and_choosing_again_mends_it(store, bring):
    made = bring((CODES[0], 2017, 50)).edition
    (store.folder / "current").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedEdition) as told:
        store.load()
    assert told.value.message == "store.pointer_damaged"
    assert store.use(made) == made == store.current_id()
    assert store.history()[-1].before == ""


def test_a_damaged_edition_is_made_whole_by_importing_it_again(store, bring):
    first = bring((CODES[0], 2017, 50)).edition
    bring((CODES[0], 2017, 60))
    (store.folder_of(first) / "indicators.csv").write_text("nothing", "utf-8")
    assert bring((CODES[0], 2017, 50)).edition == first
    assert load(store.folder_of(first)).edition == first


def test_a_line_of_the_history_that_a_kill_has_torn_is_passed_over(store, bring):
    first = bring((CODES[0], 2017, 50)).edition
    with open(store.folder / "history.jsonl", "a") as file:
        file.write('{"when": "2026')
    second = bring((CODES[0], 2017, 60)).edition
    assert [entry.edition for entry in store.history()] == [first, second]


def test_a_second_import_is_told_that_one_is_under_way(store, bring):
    with store.locked(), pytest.raises(Busy) as told:
        bring((CODES[0], 2017, 50))
    assert told.value.message == "store.busy" and told.value.fields["pid"].isdigit()
    assert bring((CODES[0], 2017, 50)).status == imports.NEW


def test_a_lock_ends_with_the_process_that_held_it(store, bring):
    hold = "import sys, time; from geodata.editions.store import EditionStore; from pathlib import Path\n"
    hold += "with EditionStore(Path(sys.argv[1])).locked(): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", hold, store.folder], stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(Busy) as told:
        bring((CODES[0], 2017, 50))
    assert told.value.fields["pid"] == str(holder.pid)
    holder.kill()
    holder.wait()
    assert bring((CODES[0], 2017, 50)).status == imports.NEW


def test_what_a_killed_import_left_is_swept_by_the_next(store, bring):
    bring((CODES[0], 2017, 50))
    left = store.folder / "editions" / ".new-left"
    shutil.copytree(store.shipped, left)
    assert left.name not in store.ids()
    bring((CODES[0], 2017, 60))
    assert not list(left.parent.glob(".new-*"))


def test_a_person_who_looked_at_another_edition_must_look_again(store, bring, tmp_path):
    file = tmp_path / "late.csv"
    file.write_text(f"{CODES[1]},2017,70", "utf-8")
    seen = imports.preview(store, "indicators", file)
    moved = bring((CODES[0], 2017, 50)).edition
    with pytest.raises(StoreError) as told:
        imports.run(store, "indicators", file, base=seen.base)
    assert told.value.message == "store.base_moved"
    assert store.current_id() == moved


def test_readers_never_see_a_mixture_while_editions_change(store, bring):
    """Each edition has one figure everywhere: a reader who sees two has a mixture."""
    ids = [bring(*((code, 2017, value) for code in CODES)).edition for value in (10, 20, 30)]
    ends, looked, seen, mixed = threading.Event(), threading.Event(), set(), []

    def look():
        own = EditionStore(store.folder, store.shipped)  # reads the disk every time
        while not ends.is_set():
            values = set(own.load().value("schools", 2017))
            seen.update(values)
            looked.set()
            if len(values) != 1:
                mixed.append(values)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(8):
        looked.clear()
        with store.locked():
            store.switch(ids[turn % 3], "use", "Ana")
        looked.wait()
    ends.set()
    for reader in readers:
        reader.join()
    assert not mixed and seen == {10, 20, 30}


def test_recently_used_editions_come_newest_first_and_only_those_still_there(store, bring):
    ids = [bring((CODES[0], 2017, value)).edition for value in (50, 60, 70)]
    assert store.recently_used(3) == [ids[2], ids[1], ids[0]]
    shutil.rmtree(store.folder_of(ids[1]))
    assert store.recently_used(9) == [ids[2], ids[0], SHIPPED]


def test_a_file_is_replaced_whole(tmp_path):
    file = tmp_path / "current"
    for text in (b"one", b"another"):
        disk.write_whole(file, text)
        assert file.read_bytes() == text
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_the_report_can_be_read_back(store, bring):
    done = bring((CODES[0], 2017, 50))
    back = store.report(done.edition)
    assert [event.message for event in back.events] == [event.message for event in done.report.events]
    json.dumps(back.to_json())
