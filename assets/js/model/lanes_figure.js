// Points of the compared by criterion, as plotly draws them: one lane a criterion, from 0 to 100.
import * as Comparison from "./comparison.js";
import { number } from "./numbers.js";

// The shape of each candidate, which has a colour too (`--column-1` and on): told apart without it.
export const MARKS = [
  { symbol: "circle", sign: "●" },
  { symbol: "square-open", sign: "□" },
  { symbol: "diamond", sign: "◆" },
  { symbol: "triangle-up-open", sign: "△" },
];
const SPREAD = 0.5; // of a lane, over which marks of one criterion stand beside each other

/** @param {{ name: string }[]} columns @param {Criterion[]} criteria @param {{ used: string[], points: Points }} found
 * @param {(name: string) => string} colour of the style sheets, by name */
export function lanes(columns, criteria, found, colour) {
  const used = criteria.flatMap((item, row) => (found.used.includes(item.key) ? [{ item, row }] : []));
  /** @param {number} n */
  const beside = (n) => (n / (columns.length - 1) - 0.5) * SPREAD;
  const data = columns.map((column, n) => {
    const name = `${Comparison.LETTERS[n]} ${column.name}`;
    const color = colour(`column-${n + 1}`);
    return {
      type: "scatter", mode: "markers", name, cliponaxis: false,
      x: used.map(({ item }) => found.points[item.key][n]), y: used.map(({ row }) => row + beside(n)),
      marker: { symbol: MARKS[n].symbol, color, size: 11, opacity: 1, line: { width: 2, color } },
      hoverinfo: "text", text: used.map(({ item }) => `${name}<br>${item.name}: ${number(found.points[item.key][n], 1)}`),
    };
  });
  const lines = criteria.map((_, row) => ({
    type: "line", xref: "x", yref: "y", x0: 0, x1: 100, y0: row, y1: row, line: { color: colour("hair"), width: 1 }, layer: "below",
  }));
  return {
    data,
    layout: {
      margin: { l: 10, r: 10, t: 0, b: 0 }, shapes: lines,
      xaxis: { range: [0, 100], tickvals: [0, 50, 100], showticklabels: false, gridcolor: colour("line"), automargin: false },
      yaxis: { range: [criteria.length - 0.5, -0.5], visible: false, automargin: false },
    },
  };
}
