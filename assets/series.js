// Values by district of whatever fills the map, and the events of a period.
(function (amazonia) {
  "use strict";

  const PERIODIC = ["emergencies_per_10000", "conflict_cases"];
  const isPeriodic = (key) => PERIODIC.includes(key);

  const within = (year, [first, last]) => year >= first && year <= last;

  // [district index, kind index, year, events, people affected]
  function hazardRows(period, kind) {
    const { kinds, rows } = amazonia.facts.hazards;
    const wanted = kind ? kinds.indexOf(kind) : -1;
    return rows.filter((r) => within(r[2], period) && (wanted < 0 || r[1] === wanted));
  }

  // Where a year of the period is not complete, no report is no zero: it is unknown.
  function emergencies(period, kind) {
    const { complete } = amazonia.facts.hazards;
    const none = period.every((year) => within(year, complete)) ? 0 : null;
    const counts = amazonia.facts.ubigeos.map(() => none);
    for (const [i, , , events] of hazardRows(period, kind)) counts[i] += events;
    return counts;
  }

  // A case belongs to a period that its reported months touch; one with no date to none but "all".
  function caseWithin(incident, period) {
    const first = incident.first || incident.last;
    const last = incident.last || incident.first;
    return first !== null && first <= period[1] && last >= period[0];
  }

  function conflicts(period) {
    return amazonia.facts.conflicts.filter((c) => caseWithin(c, period));
  }

  function casesByDistrict(period) {
    const cases = new Map(amazonia.facts.ubigeos.map((u) => [u, new Set()]));
    for (const c of conflicts(period)) if (c.level === "district") cases.get(c.place).add(c.id);
    return amazonia.facts.ubigeos.map((u) => cases.get(u).size);
  }

  // Rounded to the decimals of the series, as those that come from the server are.
  function values(view) {
    if (view.fill === "emergencies_per_10000") {
      const { population, series } = amazonia.facts;
      return emergencies(view.hazardPeriod, view.hazard).map((n, i) => (n !== null && population[i]
        ? amazonia.figures.rounded((n * 10000) / population[i], series[view.fill].decimals) : null));
    }
    if (view.fill === "conflict_cases") return casesByDistrict(view.conflictPeriod);
    return amazonia.facts.series[view.fill].values;
  }

  function about(view) {
    const fixed = amazonia.facts.series[view.fill];
    if (!isPeriodic(view.fill)) return fixed;
    const period = view.fill === "conflict_cases" ? view.conflictPeriod : view.hazardPeriod;
    return { ...fixed, year: period[0] === period[1] ? `${period[0]}` : period.join("\u2013") };
  }

  function label(key) {
    const series = amazonia.facts.series[key];
    return series[amazonia.language()] || amazonia.say(`series.${key}`);
  }

  // As it follows the number `n`, where one is given.
  const unit = (series, n) => (series.words ? series.words[amazonia.language()] : amazonia.say(`unit.${series.unit}`, { n }));

  // What nobody tells of the samples behind a figure: of `n` indicators the size is not known. Nothing where it is.
  function samples(series, n) {
    if (!n) return [];
    return [series.words ? amazonia.say("sample_unknown") : amazonia.say("samples_unknown", { n })];
  }

  // Standing in its department from the highest value, as `layers.series.standing`: [place, how many have a value].
  function rank(view, u) {
    const { facts, figures } = amazonia;
    const all = values(view);
    const value = all[facts.index.get(u)];
    if (value === null || value === undefined) return null;
    const rivals = all.filter((_, j) => facts.ubigeos[j].slice(0, 2) === u.slice(0, 2));
    return figures.placeAmong(value, rivals, facts.series[view.fill].decimals);
  }

  amazonia.series = {
    isPeriodic, hazardRows, emergencies, conflicts, caseWithin, casesByDistrict, values, about,
    label, unit, samples, rank,
  };
})(window.amazonia = window.amazonia || {});
