"""Hold how the browser finds places: under the pointer, by what is typed, near a drawing."""


def test_the_place_under_the_pointer_is_the_district_whose_limits_hold_it(run, dataset):
    shapes = dataset.limits.geometry
    spots = {u: [s.representative_point().x, s.representative_point().y] for u, s in shapes.items()}
    wrong, outside = run(
        """
        const { districtAt } = await load("model/geometry");
        return [Object.entries(given).filter(([u, at]) => districtAt(at) !== u), districtAt([-60, -20])];""",
        spots,
    )
    assert wrong == [] and outside is None


def test_neighbours_of_the_same_province_come_before_others(run):
    near = run(
        """
        const { nearnessTo } = await load("model/search");
        const { facts } = await load("core/facts");
        const nearness = nearnessTo(given);
        const options = facts.ubigeos.filter((u) => !given.includes(u)).map((value) => ({ value }));
        const touches = (value) => given.some((u) => facts.neighbours.get(u).has(value));
        return options.sort((a, b) => nearness(a) - nearness(b))
          .map(({ value }) => [value.slice(0, 4), touches(value)]);
        """,
        ["220501", "220505", "220510"],
    )
    kinds = [(province == "2205", touches) for province, touches in near]
    assert kinds == sorted(kinds, key=[(True, True), (False, True), (True, False), (False, False)].index)
    assert {(True, True), (False, True)} <= set(kinds)


def test_the_best_match_comes_first_without_accents(run):
    found = run(
        """
        const { findable, ranked } = await load("model/search");
        const { facts, place } = await load("core/facts");
        const options = findable([
          ...Object.entries(facts.provinces).map(([value, { name }]) => ({ value, label: name })),
          ...facts.ubigeos.map((value) => ({ value, label: place.label(value) })),
        ]);
        return given.map((typed) => ranked(options, typed)[0].name);
        """,
        ["cunumbuqui", "belen", "lamas", "san juan"],
    )
    assert found[:3] == ["Cuñumbuqui", "Belén", "Lamas"] and found[3].startswith("San Juan")
