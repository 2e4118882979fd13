// The legend of the fill: one row a class with its range and how many districts it holds.
import { html } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Classes from "../model/classes.js";
import * as Numbers from "../model/numbers.js";
import { number } from "../model/numbers.js";
import * as Series from "../model/series.js";

// The first class begins with its least value, each other just above the one below; counts at the next whole
// number. A class of one value that can be shown is told as that value.
export function range(low, high, series, first) {
  const { decimals } = series;
  const next = first ? low : Numbers.rounded(low + 10 ** -decimals, decimals);
  if (next >= high) return number(high, decimals);
  const from = first || series.whole ? next : low;
  return say(from === next ? "range_from" : "range_above", { low: number(from, decimals), high: number(high, decimals) });
}

function row(style, className, text, count) {
  return html("Li", {}, [
    html("Span", { className: `swatch ${className}`, style }, ""),
    html("Span", { className: "legend-range" }, text),
    html("Span", { className: "legend-count" }, `${count}`),
  ]);
}

// What the reader must know before reading a periodic fill.
function caution(view) {
  if (view.fill === "conflict_cases") {
    const broad = new Set(Series.conflicts(view.conflictPeriod).filter((c) => c.level !== "district").map((c) => c.id));
    return say("caution_conflicts", { n: broad.size });
  }
  if (view.fill !== "emergencies_per_10000") return "";
  const [first, last] = facts.hazards.complete;
  const whole = view.hazardPeriod[0] >= first && view.hazardPeriod[1] <= last;
  return whole ? "" : say("caution_hazards", { first, last });
}

const LONG = 90;

// Of many sources the first, and on opening all of them.
function source(text) {
  const parts = text.split("; ");
  if (text.length <= LONG || parts.length < 2) return html("P", { className: "legend-source" }, `${say("source")}: ${text}`);
  return html("Details", { className: "legend-source" }, [
    html("Summary", {}, `${say("source")}: ${parts[0]} ${say("and_more", { n: parts.length - 1 })}`),
    html("Ul", {}, parts.map((part) => html("Li", {}, part))),
  ]);
}

export function classes(view, bounds) {
  const series = Series.about(view);
  if (!bounds) return html("P", { className: "muted" }, say("cutting"));
  const values = Series.values(view);
  const colours = Classes.classColours(view.count, bounds.length);
  const counts = bounds.map(() => 0);
  let unknown = 0;
  let least = Infinity;
  for (const v of values) {
    const n = Classes.classOf(v, bounds);
    if (n < 0) unknown += 1;
    else counts[n] += 1;
    if (v !== null && v < least) least = v;
  }
  const rows = bounds.map((high, n) =>
    row({ backgroundColor: colours[n] }, "", range(n ? bounds[n - 1] : least, high, series, n === 0), counts[n]));
  rows.push(row({}, "swatch-no-data", say("no_data"), unknown));
  return [
    html("P", { className: "legend-title" }, [Series.label(view.fill), html("Span", { className: "muted" }, ` · ${Series.unit(series)} · ${series.year}`)]),
    html("Ul", { className: "legend-classes" }, rows),
    ...[caution(view), ...Series.samples(series, Math.max(0, ...(series.unsampled || [])))].filter(Boolean).map((text) => html("P", { className: "caution" }, text)),
    source(series.source),
  ];
}
