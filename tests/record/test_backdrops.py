"""Maps of other servers: which addresses are taken, who may offer them, and that the history keeps them."""

import pytest

from dashboard.records.admin import audit
from dashboard.records.backdrops import TILES, WMS, backdrops
from dashboard.records.core.errors import BadInput, Conflict, NotNow
from tests.record.drawn import ME

OSM = {
    "name": "OpenStreetMap", "form": TILES, "address": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": "© OpenStreetMap contributors", "least_zoom": "0", "most_zoom": "19",
}  # fmt: skip
IGN = {
    "name": "IGN",
    "form": WMS,
    "address": "https://a.pe/wms?map=a",
    "layers": "a:b, c",
    "attribution": "IGN",
}


def reasons(store, values):
    with pytest.raises(BadInput) as told:
        backdrops.add(store, ME, values)
    return {fault.message.rpartition(".")[2] for fault in told.value.faults}


def test_what_is_offered_is_listed_by_name_until_it_is_removed_and_its_history_stays(store):
    osm, ign = backdrops.add(store, ME, OSM), backdrops.add(store, ME, IGN)
    assert backdrops.backdrops(store, ME) == (ign, osm)
    assert osm.origin == "https://tile.openstreetmap.org" and (osm.least_zoom, osm.most_zoom) == (0, 19)
    assert ign.origin == "https://a.pe" and ign.layers == "a:b,c"
    with pytest.raises((Conflict, BadInput)):
        backdrops.remove(store, ME, osm.id, 7)
    backdrops.remove(store, ME, osm.id, 1)
    assert backdrops.backdrops(store, ME) == (ign,)
    assert audit.audit(store).faults == () and audit.audit(store).entries >= 3


def test_the_same_request_is_kept_once(store):
    assert backdrops.add(store, ME, OSM, key="k") == backdrops.add(store, ME, OSM, key="k")
    assert len(backdrops.backdrops(store, ME)) == 1


def test_there_is_a_bound(store, monkeypatch):
    monkeypatch.setattr(backdrops, "MOST", 1)
    backdrops.add(store, ME, OSM)
    with pytest.raises(NotNow):
        backdrops.add(store, ME, IGN)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://127.0.0.1:8080/{z}/{x}/{y}.png", "http://127.0.0.1:8080"),
        ("http://localhost/{z}/{x}/{y}", "http://localhost"),
        ("http://192.168.4.20/geo/{z}/{x}/{y}.jpg?v=2", "http://192.168.4.20"),
        ("http://[::1]:81/{z}/{y}/{x}", "http://[::1]:81"),
        ("https://Tiles.Example.PE/a/{z}/{x}/{y}.png", "https://tiles.example.pe"),
    ],
)
def test_plain_http_is_for_this_machine_and_private_networks(store, address, origin):
    assert backdrops.add(store, ME, OSM | {"address": address}).origin == origin


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://tile.example.pe/{z}/{x}/{y}.png", "backdrop_http"),
        ("http://8.8.8.8/{z}/{x}/{y}.png", "backdrop_http"),
        ("http://0.0.0.0/{z}/{x}/{y}.png", "backdrop_http"),
        ("ftp://tile.example.pe/{z}/{x}/{y}.png", "backdrop_http"),
        ("https://ana:clave@tile.example.pe/{z}/{x}/{y}.png", "backdrop_secret"),
        ("https://tile.example.pe/{z}/{x}/{y}.png?apikey=1", "backdrop_secret"),
        ("https://tile.example.pe/{z}/{x}/{y}.png?access_token=1", "backdrop_secret"),
        ("https://{s}.example.pe/{z}/{x}/{y}.png", "backdrop_address"),
        ("https://a.pe;script-src *//{z}/{x}/{y}.png", "backdrop_address"),
        ("https://a.pe, https://b.pe/{z}/{x}/{y}.png", "backdrop_address"),
        ("https://*/{z}/{x}/{y}.png", "backdrop_address"),
        ("https://*.example.pe/{z}/{x}/{y}.png", "backdrop_address"),
        ("https://a.pe:99999/{z}/{x}/{y}.png", "backdrop_address"),
        ("https://a.pe/{z}/{x}/{y}.png#a", "backdrop_address"),
        ("https://'self'/{z}/{x}/{y}.png", "backdrop_address"),
        ("https:///{z}/{x}/{y}.png", "backdrop_address"),
        ("javascript:alert(1)", "backdrop_address"),
        ("", "backdrop_address"),
        (None, "backdrop_address"),
        (7, "not_text"),
        ("https://a.pe/" + "a" * 400, "too_long"),
        ("https://a.pe/{z}/{x}.png", "backdrop_places"),
        ("https://a.pe/{z}/{x}/{y}/{s}.png", "backdrop_places"),
        ("https://a.pe/{z}/{x}/{y}/{.png", "backdrop_places"),
    ],
)
def test_no_other_address_is_taken_and_none_reaches_the_content_policy(store, address, reason):
    assert reason in reasons(store, OSM | {"address": address})
    assert backdrops.backdrops(store, ME) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"layers": ""}, "backdrop_no_layers"),
        ({"layers": "a&request=b"}, "backdrop_layers"),
        ({"address": "https://a.pe/{z}"}, "backdrop_wms_places"),
        ({"attribution": " "}, "empty"),
        ({"form": "wmts"}, "not_one_of"),
        ({"least_zoom": "9", "most_zoom": "8"}, "backdrop_zooms"),
        ({"most_zoom": "23"}, "not_between"),
    ],
)
def test_the_rest_is_judged_too(store, change, reason):
    found = reasons(store, IGN | change)
    assert reason in found or (reason == "not_between" and found)
