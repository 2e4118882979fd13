"""A damaged data set is refused, and every fault in it is told at once."""

import csv
import json

import pytest

from geodata.model.dataset import DatasetError, load


def rows(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewrite(folder, name, change):
    """Replace the rows of a table by what `change` returns for them."""
    changed = change(rows(folder, name))
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, changed[0].keys())
        writer.writeheader()
        writer.writerows(changed)


def put(folder, file, index, **values):
    """Overwrite values in one row of a table."""

    def change(table):
        table[index].update(values)
        return table

    rewrite(folder, file, change)


def faults(folder):
    with pytest.raises(DatasetError) as caught:
        load(folder)
    return caught.value.faults


def shape(folder, change):
    path = folder / "limits.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"] = change(collection["features"])
    path.write_text(json.dumps(collection), encoding="utf-8")


DAMAGES = {
    "a district is dropped": (
        lambda f: rewrite(f, "districts.csv", lambda t: t[1:]),
        ["Amazonas has 83 districts, 84 expected", "010101"],
    ),
    "a province is dropped": (
        lambda f: rewrite(f, "provinces.csv", lambda t: t[:-1]),
        ["Ucayali has 3 provinces, 4 expected", "province_code is unknown"],
    ),
    "a figure names no district": (
        lambda f: put(f, "indicators.csv", 10, ubigeo="999999"),
        ["indicators.csv: ubigeo is unknown in districts (row 12: 999999)"],
    ),
    "a code loses its zero": (
        lambda f: put(f, "hazard_events.csv", 0, ubigeo="10101"),
        ["hazard_events.csv: ubigeo is badly written (row 2: 10101)"],
    ),
    "a figure is repeated": (
        lambda f: rewrite(f, "indicators.csv", lambda t: [*t, t[0]]),
        ["indicators.csv: repeated key"],
    ),
    "a percentage is above 100": (
        lambda f: put(f, "indicators.csv", 0, value="140"),
        ["value is out of the indicator's range (row 2: adolescent_mothers_12_19 010101 140.0)"],
    ),
    "a figure is a word": (
        lambda f: put(f, "indicators.csv", 3, value="s/d"),
        ["indicators.csv: value is not a number of its kind (row 5: s/d)"],
    ),
    "a count has a fraction": (
        lambda f: put(f, "hazard_events.csv", 1, events="1.5"),
        ["hazard_events.csv: events is not a number of its kind (row 3: 1.5)"],
    ),
    "a count is below zero": (
        lambda f: put(f, "hazard_events.csv", 2, affected="-4"),
        ["hazard_events.csv: affected is out of range (row 4: -4)"],
    ),
    "a border is given both ways": (
        lambda f: rewrite(
            f,
            "neighbours.csv",
            lambda t: [
                *t,
                {"district": t[0]["neighbour"], "neighbour": t[0]["district"], "border_km": "99"},
            ],
        ),
        ["neighbours.csv: a border is given both ways"],
    ),
    "a district borders itself": (
        lambda f: put(f, "neighbours.csv", 5, neighbour="010101"),
        ["neighbours.csv: a district borders itself"],
    ),
    "an indicator is not in the catalogue": (
        lambda f: put(f, "indicators.csv", 20, indicator="happiness"),
        ["indicators.csv: indicator is unknown in indicator_catalog", "happiness 2017 has figures"],
    ),
    "a sector is misspelt": (
        lambda f: put(f, "indicator_catalog.csv", 0, sector="educación"),
        ["indicator_catalog.csv: sector is not in the list (row 2: educación)"],
    ),
    "a case ends before it begins": (
        lambda f: put(f, "conflicts.csv", 0, last_reported="2001-01"),
        ["conflicts.csv: a case ends before it begins (row 2: agua-blanca-vacancia-2007)"],
    ),
    "a case has no place": (
        lambda f: rewrite(f, "conflict_places.csv", lambda t: t[1:]),
        ["conflicts.csv: a case has no place (row 2: agua-blanca-vacancia-2007)"],
    ),
    "a place is unknown": (
        lambda f: put(f, "conflict_places.csv", 1, place_code="9901"),
        ["place_code is unknown in provinces (row 3: 9901)"],
    ),
    "a month does not exist": (
        lambda f: put(f, "conflicts.csv", 3, first_reported="2010-13"),
        ["conflicts.csv: first_reported is badly written (row 5: 2010-13)"],
    ),
    "a name is missing": (
        lambda f: put(f, "districts.csv", 4, name=""),
        ["districts.csv: name is missing (row 6: blank)"],
    ),
    "the rows of a proposal disagree": (
        lambda f: put(f, "proposals.csv", 0, services="health"),
        ["proposals.csv: the rows of a proposal disagree"],
    ),
    "a service is unknown": (
        lambda f: put(f, "proposals.csv", 3, services="salud"),
        ["proposals.csv: services is not in the list (row 5: salud)"],
    ),
    "a member is unknown": (
        lambda f: put(f, "mancomunidades.csv", 4, members="170101 999999"),
        ["mancomunidades.csv: members is unknown in districts (row 6: 999999)"],
    ),
    "a province of the wrong department": (
        lambda f: put(f, "districts.csv", 100, province_code="0101"),
        ["districts.csv: ubigeo does not begin with its province_code"],
    ),
    "a file is gone": (
        lambda f: (f / "quotas.csv").unlink(),
        ["quotas.csv: cannot be read"],
    ),
    "a column is gone": (
        lambda f: rewrite(
            f,
            "state_density.csv",
            lambda t: [{k: v for k, v in r.items() if k != "index"} for r in t],
        ),
        ["state_density.csv: columns missing: index"],
    ),
    "a shape is gone": (
        lambda f: shape(f, lambda features: features[1:]),
        ["limits.geojson: 010101 has no shape"],
    ),
    "a geometry is null": (
        lambda f: shape(f, lambda features: [{**features[0], "geometry": None}, *features[1:]]),
        ["limits.geojson: 010101 has no geometry"],
    ),
    "a shape crosses itself": (
        lambda f: shape(
            f,
            lambda features: [
                {
                    **features[0],
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
                    },
                },
                *features[1:],
            ],
        ),
        ["limits.geojson: 010101 is not valid"],
    ),
    "a shape is a line": (
        lambda f: shape(
            f,
            lambda features: [
                {
                    **features[0],
                    "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
                },
                *features[1:],
            ],
        ),
        ["limits.geojson: 010101 is a LineString, not a polygon"],
    ),
    "the limits are no file of limits": (
        lambda f: (f / "limits.geojson").write_text("{}"),
        ["limits: cannot be read"],
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_data_set_is_refused_and_the_damage_named(folder, damage):
    harm, expected = DAMAGES[damage]
    harm(folder)
    report = "\n".join(faults(folder))
    for text in expected:
        assert text in report


def test_all_faults_are_told_at_once(folder):
    together = [
        "a figure names no district",
        "a code loses its zero",
        "a percentage is above 100",
        "a figure is a word",
        "a count is below zero",
        "a sector is misspelt",
        "a case ends before it begins",
        "a name is missing",
        "a service is unknown",
        "a file is gone",
        "a column is gone",
        "a geometry is null",
        "a border is given both ways",
    ]
    for damage in together:
        DAMAGES[damage][0](folder)
    report = "\n".join(faults(folder))
    for damage in together:
        for text in DAMAGES[damage][1]:
            assert text in report, damage


def test_many_faults_of_a_kind_are_one_sentence_with_their_number(folder):
    rewrite(folder, "hazard_events.csv", lambda t: [{**r, "events": "x"} for r in t])
    found = [fault for fault in faults(folder) if "events" in fault]
    assert len(found) == 1 and "and 2166 more" in found[0]


def test_a_descriptor_that_says_too_little_is_refused(folder):
    path = folder / "dataset.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    del about["expected"]
    about["resources"] = [r for r in about["resources"] if r["name"] != "quotas"]
    about["resources"][0]["source"] = ""
    path.write_text(json.dumps(about), encoding="utf-8")
    assert faults(folder) == (
        "dataset.json: expected is missing",
        "dataset.json: resource quotas is missing",
        "dataset.json: departments lacks source",
    )


def test_a_folder_without_a_descriptor_or_with_one_of_another_kind_is_refused(tmp_path):
    assert len(faults(tmp_path)) == 1
    (tmp_path / "dataset.json").write_text("[]")
    assert len(faults(tmp_path)) == 1


def test_the_counts_expected_come_with_the_data_not_with_the_code(folder):
    path = folder / "dataset.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    about["expected"][0]["districts"] = 85
    path.write_text(json.dumps(about), encoding="utf-8")
    assert faults(folder) == ("districts.csv: Amazonas has 84 districts, 85 expected",)
