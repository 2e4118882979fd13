"""A running server picks a new edition up, and neither an answer nor a page mixes two."""

import json
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import flask
import pandas as pd
import pytest

from dashboard import app
from dashboard.pages.map import judging
from dashboard.web import editions, publish, request
from dashboard.web.editions import Editions
from dashboard.web.request import EDITION_IN_USE, PAGE_EDITION
from geodata.editions import build
from geodata.editions.store import SHIPPED, Edition, EditionStore
from geodata.model.dataset import DEFAULT, load
from geodata.readers.contract import EditionChanges
from geodata.reports.report import Report
from geodata.shared import disk

SCHOOLS = "illiteracy_15plus"  # an indicator of 2017 with a figure in every district


@pytest.fixture(scope="module")
def made(tmp_path_factory, dataset):
    """A store with two editions: in the first every district has the figure 10, in the second 20."""
    store = EditionStore(tmp_path_factory.mktemp("editions") / "store")
    ids = []
    with store.locked():
        for value in (10, 20):
            rows = pd.DataFrame({"indicator": SCHOOLS, "year": 2017, "ubigeo": dataset.ubigeos, "value": float(value)})
            with store.aside() as folder:
                build.build(DEFAULT, folder, EditionChanges(upserts={"indicators": rows}))
                ids.append(load(folder).edition)
                about = Edition(ids[-1], SHIPPED, "2026-01-01", "indicators", "a.csv", "0" * 64, "Ana")
                store.keep(folder, about, Report("a.csv", "indicators"))
            store.switch(ids[-1], "import", "Ana")
    return store, ids


@pytest.fixture(scope="module")
def loaded():
    """What was read from the disk so far, by edition and length of its figures (a test damages some)."""
    return {}


@pytest.fixture
def store(made, loaded, tmp_path, monkeypatch):
    """A copy of that store, the shipped data in use; each edition is read from the disk once."""
    read = EditionStore.load

    def once(self, name=None):
        id_ = self.current_id() if name is None else name
        key = id_, (self.folder_of(id_) / "indicators.csv").stat().st_size
        if key not in loaded:
            loaded[key] = read(self, id_)
        return loaded[key]

    monkeypatch.setattr(EditionStore, "load", once)
    copied = EditionStore(shutil.copytree(made[0].folder, tmp_path / "store"))
    switch(copied, SHIPPED)
    return copied


@pytest.fixture
def ids(made):
    return made[1]


def switch(store, id_):
    with store.locked():
        store.switch(id_, "use", "Ana")


def figures(dataset):
    return set(dataset.value(SCHOOLS, 2017))


@pytest.fixture
def served(store, monkeypatch):
    """Make the application serve from that store."""
    monkeypatch.setenv("CONGLOMERADOS_STORE", str(store.folder))
    editions.served.cache_clear()
    yield store
    editions.served.cache_clear()


@pytest.fixture
def small(served):
    """A server whose one answer reads the data three times, as callbacks and layouts do."""
    server = flask.Flask("small")

    @server.get("/")
    def answer():
        read = [request.dataset() for _ in range(3)]
        key = request.cache_key("a", 1)
        return {"edition": read[0].edition, "figures": [sorted(figures(d)) for d in read], "key": key}

    @server.get("/static")
    def other():
        return "nothing of the data"

    server.after_request(request.tell_edition)
    return server


# ---- picking up


def test_a_switch_is_noticed_at_the_next_request(small, served, ids):
    client = small.test_client()
    shipped = load().edition
    assert client.get("/").json["edition"] == shipped
    for wanted in (*ids, SHIPPED):
        switch(served, wanted)
        answer = client.get("/")
        now = shipped if wanted == SHIPPED else wanted
        assert answer.json["edition"] == answer.headers[EDITION_IN_USE] == now


def test_every_worker_notices_by_itself(store, ids):
    workers = [Editions(store) for _ in range(3)]
    assert len({worker.in_use().edition for worker in workers}) == 1
    switch(store, ids[0])
    assert [worker.in_use().edition for worker in workers] == [ids[0]] * 3


def test_an_edition_is_loaded_once_however_often_it_is_asked_for(store, ids, monkeypatch):
    worker, asked, read = Editions(store), [], store.load
    monkeypatch.setattr(store, "load", lambda id_: asked.append(id_) or read(id_))
    for turn in (0, 1, 0, 0, 1):
        switch(store, ids[turn])
        assert worker.in_use().edition == worker.in_use().edition == ids[turn]
    assert sorted(asked) == sorted(ids)


def test_an_edition_that_cannot_be_loaded_leaves_the_former_in_use(store, ids, caplog):
    worker = Editions(store)
    switch(store, ids[0])
    assert worker.in_use().edition == ids[0]
    (store.folder_of(ids[1]) / "indicators.csv").write_text("nothing", "utf-8")
    switch(store, ids[1])
    assert worker.in_use().edition == worker.in_use().edition == ids[0]
    told = [record for record in caplog.records if ids[1] in record.message]
    assert len(told) == 1, "told once, not at every request"


@pytest.mark.parametrize("pointer", ["", "0123456789", "../../etc", "\x00", "é" * 50])
def test_a_pointer_to_nowhere_leaves_the_former_in_use(store, pointer):
    worker = Editions(store)
    before = worker.in_use().edition
    disk.write_whole(store.folder / "current", pointer.encode())
    assert worker.in_use().edition == before


def test_others_are_answered_from_the_former_edition_while_one_thread_loads(store, ids, monkeypatch):
    worker = Editions(store)
    before = worker.in_use().edition
    loading, go_on = threading.Event(), threading.Event()
    real = store.load

    def slow(id_):
        loading.set()
        go_on.wait(20)
        return real(id_)

    monkeypatch.setattr(store, "load", slow)
    switch(store, ids[0])
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(worker.in_use)
        loading.wait(20)
        assert worker.in_use().edition == before
        go_on.set()
        assert first.result().edition == ids[0]
    assert worker.in_use().edition == ids[0]


def test_the_folder_that_a_setting_names_wins(served, ids, monkeypatch):
    switch(served, ids[0])
    monkeypatch.setenv("CONGLOMERADOS_DATA", str(served.folder_of(ids[1])))
    editions.served.cache_clear()
    assert request.dataset().edition == ids[1]
    switch(served, SHIPPED)
    assert request.dataset().edition == ids[1]


# ---- no mixture


def test_no_answer_mixes_two_editions_while_they_switch(small, served, ids):
    wanted, ends, mixed, seen = {ids[0]: [10], ids[1]: [20]}, threading.Event(), [], set()
    switch(served, ids[0])

    def ask():
        client = small.test_client()
        while not ends.is_set():
            told = client.get("/").json
            seen.add(told["edition"])
            if told["figures"] != [wanted[told["edition"]]] * 3 or not told["key"].startswith(told["edition"]):
                mixed.append(told)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(40):
        switch(served, ids[turn % 2])
    client = small.test_client()
    for id_ in ids:  # both have surely been asked for
        switch(served, id_)
        assert client.get("/").json["edition"] in ids
    ends.set()
    for thread in threads:
        thread.join()
    assert not mixed and seen <= set(ids)


def test_a_page_is_answered_from_its_own_edition_and_told_of_the_newer(small, served, ids):
    switch(served, ids[0])
    client = small.test_client()
    client.get("/")
    switch(served, ids[1])
    answer = client.get("/", headers={PAGE_EDITION: ids[0]})
    assert answer.json["edition"] == ids[0] and answer.json["figures"] == [[10]] * 3
    assert answer.headers[EDITION_IN_USE] == ids[1]


def test_a_worker_that_started_later_answers_an_older_page_too(small, served, ids):
    switch(served, ids[0])
    switch(served, ids[1])
    answer = small.test_client().get("/", headers={PAGE_EDITION: ids[0]})
    assert answer.json["edition"] == ids[0]


@pytest.mark.parametrize("sent", ["", "0123456789", "default", "../..", "x" * 5000])
def test_a_page_on_no_edition_at_hand_is_answered_from_the_one_in_use(small, served, ids, sent):
    switch(served, ids[1])
    assert small.test_client().get("/", headers={PAGE_EDITION: sent}).json["edition"] == ids[1]


def test_an_answer_without_data_says_nothing_of_editions(small):
    assert EDITION_IN_USE not in small.test_client().get("/static").headers


# ---- the application


@pytest.fixture(scope="module")
def application():
    """The whole application, made once, and not as the first in its process: it answers as the first does."""
    app.create_app()
    made = app.create_app().server
    yield made
    editions.served.cache_clear()


@pytest.fixture
def client(application, served):
    return application.test_client()


def published(html):
    return re.findall(r'id="published-\w+" href="([^"]+)"', html)


def judged(client, edition, ubigeo="010101"):
    body = {"drawing": {"ubigeos": [ubigeo]}, "parts": [judging.RULES]}
    return client.post(f"/{judging.ADDRESS}", json=body, headers={PAGE_EDITION: edition})


def test_the_application_serves_each_page_whole_from_one_edition(client, served, ids):
    switch(served, ids[0])
    older = client.get("/").text
    switch(served, ids[1])
    newer = client.get("/").text
    assert f'data-edition="{ids[0]}"' in older and f'data-edition="{ids[1]}"' in newer
    for page, edition in ((older, ids[0]), (newer, ids[1])):
        facts = [json.loads(client.get(path).data) for path in published(page) if "facts" in path]
        assert [f["edition"] for f in facts] == [edition], "files of the former edition stay served"


def test_an_open_page_is_judged_on_its_own_edition_until_it_is_loaded_anew(client, served, ids):
    switch(served, ids[0])
    before = judged(client, ids[0])
    assert before.status_code == 200 and before.headers[EDITION_IN_USE] == ids[0]
    switch(served, ids[1])
    still, anew = judged(client, ids[0]), judged(client, ids[1])
    assert still.text == before.text != anew.text
    assert still.headers[EDITION_IN_USE] == anew.headers[EDITION_IN_USE] == ids[1]


def test_a_worker_that_never_published_an_edition_finds_its_files(client, served, ids):
    switch(served, ids[0])
    page = client.get("/").text
    switch(served, ids[1])
    editions.served.cache_clear()  # as in another process
    shelf = publish.Shelf(lambda: editions.served().recent(), editions.RECENT)
    for path in published(page):
        if "/surroundings." in path:
            continue  # of no edition
        assert shelf.find(path.rpartition("/")[2]) is not None


def test_an_unknown_file_is_not_found_and_publishes_nothing_twice(served, monkeypatch):
    calls = []
    monkeypatch.setattr(publish, "publish", lambda dataset: calls.append(dataset.edition) or {})
    shelf = publish.Shelf(lambda: editions.served().recent(), editions.RECENT)
    for name in ("facts.0123456789abcdef.json", "facts.fedcba9876543210.json", "../x", "facts.json", "x" * 999):
        assert shelf.find(name) is None
    assert len(calls) == len(set(calls)) <= editions.RECENT


# ---- what was judged earlier


def test_what_was_judged_on_another_edition_is_told_with_what_changed(small, served, ids):
    switch(served, ids[1])
    with small.test_request_context("/"):
        assert request.judged_on(ids[1]) is None
        said = request.judged_on(ids[0])
        assert ids[0] in said and ids[1] in said
        changed = request.changes_since(ids[0])
        assert changed[0].fields["other"] == len(request.dataset().ubigeos)
        assert request.changes_since(ids[1]) == ()


@pytest.mark.parametrize("sent", [None, 5, "", "<script>", "0" * 11, ["x"]])
def test_what_names_no_edition_is_passed_over(small, sent):
    with small.test_request_context("/"):
        assert request.judged_on(sent) is None
        assert request.changes_since(sent) is None
