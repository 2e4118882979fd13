// How much in each year, as plotly draws it: a bar a year, hatched where the year is not complete.
import { say } from "../core/words.js";
import { number } from "./numbers.js";

const FEW = 8; // years, each of which is named

/** @typedef {(name: string) => string} Colours of the style sheets, by name */
/** @typedef {{ years: number[], counts: (number | null)[], complete: boolean[], decimals?: number }} Yearly */

/** @param {Yearly} of @param {Colours} colour */
function bars({ years: all, counts, complete, decimals = 0 }, colour) {
  return {
    type: "bar", name: "years", x: all, y: counts, customdata: all, width: 0.86,
    marker: {
      color: colour("muted"),
      pattern: {
        shape: complete.map((whole) => (whole ? "" : "/")), size: 5, solidity: 0.35, fgcolor: colour("muted"), bgcolor: colour("paper"),
        fillmode: "overlay",
      },
      line: { width: 1, color: colour("muted") },
    },
    hoverinfo: "text",
    hovertext: all.map((year, n) => `${year}: ${number(counts[n], decimals)}${complete[n] ? "" : `<br>${say("chart.incomplete")}`}`),
  };
}

/** @param {Yearly} of */
const topOf = ({ counts }) => Math.max(...counts.map((count) => count ?? 0));

/** @param {number[]} all */
const across = (all) => ({
  range: [all[0] - 0.5, all[all.length - 1] + 0.5], showgrid: false, tickformat: "d", separatethousands: false, automargin: false,
  ...(all.length < FEW ? { tickvals: all } : { nticks: 9 }),
});

// Two or three lines to read heights by, at a round number and its multiples.
/** @param {number} top */
function lines(top) {
  const power = 10 ** Math.floor(Math.log10(top / 2));
  const step = [5, 2, 1].map((n) => n * power).find((n) => n <= top / 2) || top;
  return Array.from({ length: Math.floor(top / step + 1e-9) }, (_, n) => (n + 1) * step);
}

/** Bars over which a period is brushed; those outside it are faint.
 * @param {Yearly} of @param {Period} period @param {Colours} colour */
export function years(of, period, colour) {
  const chosen = of.years.flatMap((year, n) => (year < period[0] || year > period[1] ? [] : [n]));
  const top = Math.max(topOf(of), 1);
  return {
    data: [{ ...bars(of, colour), selectedpoints: chosen, selected: { marker: { opacity: 1 } }, unselected: { marker: { opacity: 0.3 } } }],
    layout: {
      // no room at either side: a bar stands over its stop of the slider
      margin: { l: 0, r: 0, t: 4, b: 16 }, dragmode: "select", selectdirection: "h", selections: [], hovermode: "x",
      newselection: { line: { color: colour("accent"), width: 1, dash: "solid" } },
      xaxis: across(of.years),
      yaxis: { range: [0, top * 1.08], tickvals: lines(top), ticklabelposition: "inside top", automargin: false },
    },
  };
}

/** Bars that are only read. What is not known has none.
 * @param {Yearly} of @param {Colours} colour */
export function series(of, colour) {
  const top = topOf(of) || 1;
  return {
    data: [bars(of, colour)],
    layout: {
      margin: { l: 8, r: 4, t: 8, b: 18 }, hovermode: "x",
      xaxis: across(of.years), yaxis: { range: [0, top * 1.08], tickvals: [0, ...lines(top)] },
    },
  };
}

/** The years under a brush: those of the bars in which it began and ended.
 * @param {number[]} all @param {number[]} ends from and to, in any order @returns {Period} */
export function brushed(all, ends) {
  const inside = ends.map((at) => Math.min(Math.max(Math.round(at), all[0]), all[all.length - 1]));
  return [Math.min(...inside), Math.max(...inside)];
}
