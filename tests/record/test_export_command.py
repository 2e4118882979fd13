"""Districts and proposals as files from a terminal: of the record that the settings name."""

import geopandas as gpd
import pytest

from dashboard import export, texts
from dashboard.web import editions


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("CONGLOMERADOS_RECORDS", str(tmp_path / "r.sqlite"))
    monkeypatch.setenv("CONGLOMERADOS_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    editions.served.cache_clear()
    yield
    editions.served.cache_clear()


def test_files_are_written_in_the_formats_and_language_asked_for(tmp_path, capsys):
    folder = tmp_path / "out"
    assert export.main(["--lang", "en", "districts", "--format", "csv,gpkg", "--output", str(folder)]) == 0
    zipped, package = sorted(folder.iterdir(), key=lambda p: p.suffix, reverse=True)
    assert (zipped.suffix, package.suffix) == (".zip", ".gpkg") and str(package) in capsys.readouterr().out
    read = gpd.read_file(package, layer="districts")
    assert len(read) == 238 and "3 Lamas" in set(read["proposals_under_way"])
    assert export.main(["proposals", "--format", "geojson", "--output", str(folder)]) == 0
    (proposals,) = folder.glob("*.geojson")
    assert len(gpd.read_file(proposals)) == 7


@pytest.mark.parametrize(
    "arguments, key",
    [(["x"], "cli.bad_export"), (["districts", "--format", "shp"], "cli.bad_format"), ([], "cli.usage"),
     (["districts", "--nope"], "cli.usage")],
)  # fmt: skip
def test_what_is_not_understood_is_told_and_nothing_is_written(arguments, key, tmp_path, capsys):
    assert export.main([*arguments]) == 2
    assert capsys.readouterr().err.startswith(texts.say("es", key, known="?", text="?", detail="?").split("?")[0])
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_that_is_told(tmp_path, capsys):
    (tmp_path / "taken").write_text("x")
    assert export.main(["districts", "--format", "geojson", "--output", str(tmp_path / "taken")]) == 1
    assert "taken" in capsys.readouterr().err
