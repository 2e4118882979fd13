// Values by district of whatever fills the map, and the events of a period.
import { facts, indexOf } from "../core/facts.js";
import { language, say } from "../core/words.js";
import * as Numbers from "./numbers.js";

const PERIODIC = ["emergencies_per_10000", "conflict_cases"];
/** @param {string} key */
const isPeriodic = (key) => PERIODIC.includes(key);

/** @param {number} year @param {Period} period */
const within = (year, [first, last]) => year >= first && year <= last;

// [district index, kind index, year, events, people affected]
/** @param {Period} period @param {string} [kind] */
function hazardRows(period, kind) {
  const { kinds, rows } = facts.hazards;
  const wanted = kind ? kinds.indexOf(kind) : -1;
  return rows.filter((r) => within(r[2], period) && (wanted < 0 || r[1] === wanted));
}

// Where a year of the period is not complete, no report is no zero: it is unknown.
/** @param {Period} period @param {string} [kind] @returns {(number | null)[]} */
function emergencies(period, kind) {
  const { complete } = facts.hazards;
  const none = period.every((year) => within(year, complete)) ? 0 : null;
  /** @type {(number | null)[]} */
  const counts = facts.ubigeos.map(() => none);
  for (const [i, , , events] of hazardRows(period, kind)) counts[i] = (counts[i] ?? 0) + events;
  return counts;
}

// A case belongs to a period that its reported months touch; one with no date to none but "all".
/** @param {Incident} incident @param {Period} period */
export function caseWithin(incident, period) {
  const first = incident.first || incident.last;
  const last = incident.last || incident.first;
  return first !== null && last !== null && first <= period[1] && last >= period[0];
}

/** @param {Period} period */
export function conflicts(period) {
  return facts.conflicts.filter((c) => caseWithin(c, period));
}

/** @param {Period} period */
function casesByDistrict(period) {
  const cases = new Map(facts.ubigeos.map((u) => [u, new Set()]));
  for (const c of conflicts(period)) if (c.level === "district") cases.get(c.place)?.add(c.id);
  return facts.ubigeos.map((u) => cases.get(u)?.size ?? 0);
}

// Rounded to the decimals of the series, as those that come from the server are.
/** @param {View} view @returns {(number | null)[]} */
export function values(view) {
  if (view.fill === "emergencies_per_10000") {
    const { population, series } = facts;
    return emergencies(view.hazardPeriod, view.hazard).map((n, i) => (n !== null && population[i]
      ? Numbers.rounded((n * 10000) / population[i], series[view.fill].decimals) : null));
  }
  if (view.fill === "conflict_cases") return casesByDistrict(view.conflictPeriod);
  return facts.series[view.fill].values;
}

/** @param {View} view @returns {Series} */
export function about(view) {
  const fixed = facts.series[view.fill];
  if (!isPeriodic(view.fill)) return fixed;
  const period = view.fill === "conflict_cases" ? view.conflictPeriod : view.hazardPeriod;
  return { ...fixed, year: period[0] === period[1] ? `${period[0]}` : period.join("\u2013") };
}

/** @param {string} key @returns {string} */
export function label(key) {
  const series = facts.series[key];
  return series[language()] || say(`series.${key}`);
}

// As it follows the number `n`, where one is given.
/** @param {Series} series @param {string | number} [n] */
export const unit = (series, n) => (series.words ? series.words[language()] : say(`unit.${series.unit}`, { n }));

// What nobody tells of the samples behind a figure: of `n` indicators the size is not known. Nothing where it is.
/** @param {Series} series @param {number} n */
export function samples(series, n) {
  if (!n) return [];
  return [series.words ? say("sample_unknown") : say("samples_unknown", { n })];
}

// What is to be known of an indicator: on what its gap score rests, where that is not the value of the year, and how it
// goes with the others.
/** @param {Series} series @returns {string[]} */
export function remarks(series) {
  const rests = series.rests ? [say(`rests.${series.rests.way}`, series.rests)] : [];
  return [...rests, ...(series.remarks ? series.remarks[language()] : [])];
}

// What counts in the gap score in place of the value of a district, where it reads otherwise. Nothing else.
/** @param {Series} series @param {number} i */
export function counted(series, i) {
  const value = series.counted ? series.counted[i] : null;
  if (!series.rests || value === null || value === series.values[i]) return [];
  const written = Numbers.number(value, series.decimals);
  return [say(`rests.counted.${series.rests.way}`, { ...series.rests, value: `${written} ${unit(series, written)}` })];
}

// Standing in its department from the highest value, as `layers.series.standing`: [place, how many have a value].
/** @param {View} view @param {Ubigeo} u */
export function rank(view, u) {
  const all = values(view);
  const value = all[indexOf(u)];
  if (value === null || value === undefined) return null;
  const rivals = all.filter((_, j) => facts.ubigeos[j].slice(0, 2) === u.slice(0, 2));
  return Numbers.placeAmong(value, rivals, facts.series[view.fill].decimals);
}
