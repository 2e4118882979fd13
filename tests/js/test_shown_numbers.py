"""Hold that the browser rounds, sorts into classes, places and writes as the server does, for every series."""

import math

from dashboard.pages.kit import cut
from dashboard.web.view import default_view, plain
from geodata.shared import precision
from layers import classes, series
from tests.classing import class_of

# for each view: values, class of each district, places in the departments, and the rows of the legend
READ = """
const [series, classes] = await Promise.all(["model/series", "model/classes"].map(load));
const { facts } = await load("core/facts");
return given.map(({ view, bounds }) => {
  const values = series.values(view);
  const known = values.filter((value) => value !== null);
  return {
    values, bounds: bounds || (bounds = facts.series[view.fill].classes[view.method][view.count]),
    classes: values.map((value) => classes.classOf(value, bounds)),
    places: facts.ubigeos.map((u) => series.rank(view, u)),
    ranges: bounds.map((high, n) =>
      classes.range(n ? bounds[n - 1] : Math.min(...known), high, series.about(view), !n)),
  };
});"""


def views(dataset):
    """Return every fill that is cut beforehand, some natural breaks, and both fills of some periods."""
    view = plain(default_view(dataset))
    fixed = list(series.fixed_series(dataset))
    asked = [
        view | {"fill": key, "method": method, "count": count}
        for key in fixed for method in classes.READY_METHODS for count in (5, 7)
    ]  # fmt: skip
    made = [{"view": one, "bounds": None} for one in asked]
    natural = [view | {"fill": key, "method": "natural", "count": 5} for key in fixed[::4]]
    periods = ([2017, 2022], [2019, 2019], list(dataset.screen_years))
    periodic = [
        view | {"fill": key, "method": m, "count": 5, "hazardPeriod": period, "conflictPeriod": period, "hazard": kind}
        for key in series.PERIODIC for m in classes.METHODS for period in periods for kind in ("", "inundacion")
    ]  # fmt: skip
    return made + [{"view": v, "bounds": cut({"view": v}, dataset)["bounds"]} for v in (*natural, *periodic)]


def test_colours_places_and_legends_are_those_of_the_shown_values(run, dataset):
    asked = views(dataset)
    assert len(asked) > 200
    shown = {}  # of each series, however it is cut
    for one, found in zip(asked, run(READ, asked), strict=True):
        view, named = one["view"], one["view"]["fill"]
        key = named, *view["conflictPeriod"], *view["hazardPeriod"], view["hazard"]
        if key not in shown:
            shown[key] = shown_of(dataset, view)
        values, places = shown[key]
        assert found["values"] == [None if v != v else v for v in values], named
        bounds = found["bounds"]
        assert found["classes"] == class_of(values, bounds).tolist(), (named, view["method"])
        assert [p and tuple(p) for p in found["places"]] == places, named
        # what a reader sees of a value falls in the range that is printed for its colour, and in no other
        printed = [range_of(text) for text in found["ranges"]]
        for value, number in set(zip(found["values"], found["classes"], strict=True)):
            if value is not None:
                inside = [n for n, (low, above, high) in enumerate(printed) if low <= value <= high and value > above]
                assert inside == [number], (named, value, found["ranges"])


def shown_of(dataset, view):
    """Return the values that a view shows, and the place of each district."""
    named = view["fill"]
    if named in series.PERIODIC:
        period = view["conflictPeriod" if named == series.CONFLICT_CASES else "hazardPeriod"]
        decimals = series.PERIODIC[named][1]
        made = series.periodic_values(dataset, named, *period, view["hazard"] or None)
        values = precision.rounded_series(made, decimals)
    else:
        item = series.fixed_series(dataset)[named]
        values, decimals = item.shown, item.decimals
    return values, places_of(values, decimals, dataset)


def places_of(values, decimals, dataset) -> list[tuple[int, int] | None]:
    """Return the place of each district in its department as `series.standing` does, which some are asked of."""
    found = {}
    for code in dataset.territory.departments:
        own = list(dataset.territory.in_department(code))
        places = precision.places(values[own].to_numpy(dtype=float), decimals).tolist()
        known = sum(place > 0 for place in places)
        found |= {u: (place, known) if place else None for u, place in zip(own, places, strict=True)}
    assert all(found[u] == series.standing(values, u, decimals, dataset) for u in [*found][::30])
    return [found[u] for u in dataset.territory.districts]


def range_of(text: str) -> tuple[float, float, float]:
    """Return of a printed range the least value, the value that all in it are above, and the most."""
    ends = [
        float(word.replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
        for word in text.split(" ") if word[-1].isdigit()
    ]  # fmt: skip
    low, high = ends[0], ends[-1]
    return low, low if text.startswith("más de") else -math.inf, high


def test_the_legend_says_whose_a_value_on_a_bound_is(run):
    said = run("""
      const { range } = await load("model/classes");
      const points = { decimals: 0 }, cases = { decimals: 0, whole: true }, rates = { decimals: 1 };
      return [range(12, 38, points, true), range(38, 45, points), range(38, 39, points), range(0, 0, points, true),
              range(0, 3, cases), range(4.5, 1234.5, rates)];
    """)
    assert said == ["de 12 hasta 38", "más de 38 hasta 45", "39", "0", "de 1 hasta 3", "más de 4,5 hasta 1\u202f234,5"]
