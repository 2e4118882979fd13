// Between which places each district is as plotly draws it: a bar from the first to the last, a dot at the usual one.
import { say } from "../core/words.js";

/** @typedef {{ names: string[], first: (number | null)[], usual: (number | null)[], last: (number | null)[], top: number }} Ranges */

const STEPS = [5, 10, 20, 50];
const MOST_TICKS = 7;

/** @param {number} most */
function ticks(most) {
  const step = STEPS.find((each) => most / each <= MOST_TICKS) ?? STEPS[STEPS.length - 1];
  return Array.from({ length: Math.floor(most / step) }, (_, n) => (n + 1) * step);
}

/** @param {Ranges} of by usual place @param {(name: string) => string} colour of the style sheets, by name */
export function ranges({ names, first, usual, last, top }, colour) {
  const rows = names.map((_, n) => n);
  const most = Math.max(...last.map((place) => place ?? 1), top + 1);
  return {
    data: [
      {
        type: "bar", orientation: "h", name: "ranges", y: rows, base: first, width: 0.36, hoverinfo: "text", textposition: "none",
        x: last.map((place, n) => (place ?? 0) - (first[n] ?? 0)), marker: { color: colour("accent-mid") },
        hovertext: names.map((name, n) => say("ranges.hover", { name, usual: usual[n], first: first[n], last: last[n] })),
      },
      {
        type: "scatter", mode: "markers", name: "usual", x: usual, y: rows, hoverinfo: "skip",
        marker: { size: 9, opacity: 1, color: colour("ink"), line: { width: 1.5, color: colour("paper") } },
      },
    ],
    layout: {
      margin: { l: 8, r: 12, t: 22, b: 8 }, hovermode: "closest",
      xaxis: { range: [1 - most * 0.02, most * 1.02], side: "top", tickvals: [1, ...ticks(most)] },
      yaxis: { range: [names.length - 0.5, -0.5], tickvals: rows, ticktext: names, showgrid: false, tickfont: { size: 11, color: colour("ink") } },
      shapes: [{
        type: "line", xref: "x", yref: "paper", x0: top + 0.5, x1: top + 0.5, y0: 0, y1: 1,
        line: { color: colour("ink"), width: 1.2, dash: "dot" },
      }],
    },
  };
}
