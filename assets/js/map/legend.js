// The legend of the fill: one row a class with its range and how many districts it holds.
import { html } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Classes from "../model/classes.js";
import * as Series from "../model/series.js";

/** The classes of a fill, lowest first, then what has no figure: colour (null for that), range in words, districts. */
export function rows(view, bounds) {
  const series = Series.about(view);
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
  return [
    ...bounds.map((high, n) => ({ colour: colours[n], text: Classes.range(n ? bounds[n - 1] : least, high, series, n === 0), count: counts[n] })),
    { colour: null, text: say("no_data"), count: unknown },
  ];
}

/** One row of a legend as a component. */
export const row = ({ colour, text, count }) => html("Li", {}, [
  html("Span", { className: `swatch ${colour ? "" : "swatch-no-data"}`, style: colour ? { backgroundColor: colour } : {} }, ""),
  html("Span", { className: "legend-range" }, text),
  html("Span", { className: "legend-count" }, `${count}`),
]);

/** What the reader must know before reading a fill, a sentence each. */
export function cautions(view) {
  const series = Series.about(view);
  return [caution(view), ...Series.samples(series, Math.max(0, ...(series.unsampled || [])))].filter(Boolean);
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
  return [
    title(view, series),
    spread(Series.values(view), bounds, Classes.classColours(view.count, bounds.length)),
    html("Ul", { className: "legend-classes" }, rows(view, bounds).map(row)),
    ...cautions(view).map((text) => html("P", { className: "caution" }, text)),
    ...Series.remarks(series).map((text) => html("P", { className: "legend-remark" }, text)),
    source(series.source),
  ];
}

const title = (view, series) => html("P", { className: "legend-title" }, [Series.label(view.fill), html("Span", { className: "muted" }, ` · ${Series.unit(series)} · ${series.year}`)]);

/** The same to be unfolded over a map that has no room beside it: the colours and what they are of, then the rest. */
export function folded(view, bounds) {
  const colours = bounds ? Classes.classColours(view.count, bounds.length) : [];
  const [, ...rest] = [classes(view, bounds)].flat();
  return [
    html("Summary", {}, [
      html("Span", { className: "legend-strip", "aria-hidden": "true" }, colours.map((colour) => html("I", { style: { backgroundColor: colour } }, ""))),
      html("Span", {}, Series.label(view.fill)),
    ]),
    html("P", { className: "muted" }, `${Series.unit(Series.about(view))} · ${Series.about(view).year}`),
    ...rest,
  ];
}

const BINS = 24;

// How the districts are spread, above the classes in whose colours they are: one background, since nobody acts on it.
function spread(values, bounds, colours) {
  const known = values.filter((v) => v !== null && v !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (!(high > low)) return html("Div", {}, "");
  const bins = Array(BINS).fill(0);
  known.forEach((v) => (bins[Math.min(BINS - 1, Math.floor(((v - low) / (high - low)) * BINS))] += 1));
  const most = Math.max(...bins);
  const colourOf = (i) => colours[Classes.classOf(low + ((i + 0.5) / BINS) * (high - low), bounds)];
  const bars = bins.map((n, i) => ({ n, i, colour: colourOf(i) })).filter(({ n }) => n);
  const layer = ({ colour }) => `linear-gradient(${colour}, ${colour})`;
  const size = ({ n }) => `${100 / BINS}% ${Math.max(4, (100 * n) / most)}%`;
  return html("Div", {
    className: "legend-spread", "aria-hidden": "true",
    style: {
      backgroundImage: bars.map(layer).join(), backgroundSize: bars.map(size).join(), backgroundRepeat: "no-repeat",
      backgroundPosition: bars.map(({ i }) => `${(100 * i) / (BINS - 1)}% 100%`).join(),
    },
  }, "");
}
