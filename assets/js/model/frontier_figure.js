// The trade-off of two criteria as plotly draws it: every candidate a faint ring, those on the frontier diamonds, better
// to the right and up; a line joins those that none beats on these two.
import { say } from "../core/words.js";
import * as Feasible from "./feasible.js";

const PAD = 0.05;

/** @typedef {(name: string) => string} Colours of the style sheets, by name */
/** @typedef {{ pool: Pool, rows: number[], criteria: Criterion[], x: string, y: string, nameOf: (row: number) => string, colour: Colours }} Traded */

/** The rows of which both are known, and of these those that none beats on both.
 * @param {Traded} of @returns {{ known: number[], front: number[] }} */
export function found({ pool, rows, criteria, x, y }) {
  const known = rows.filter((row) => pool.values[x][row] !== null && pool.values[y][row] !== null);
  return { known, front: Feasible.frontier(pool, criteria, rows, x, y) };
}

// Better always to the right or up: a criterion of which less is better runs backwards.
/** @param {number[]} values @param {Criterion} item */
function axis(values, item) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = low === high ? 1 : (high - low) * PAD;
  const range = [low - pad, high + pad];
  const name = say(item.better === "higher" ? "propose.axis_more" : "propose.axis_less", {
    name: say(`propose.short.${item.key}`), unit: say(`propose.unit.${item.key}`),
  });
  return {
    range: item.better === "higher" ? range : range.reverse(), title: { text: `${name} →` }, nticks: 6,
    ...(low === high ? { tickvals: [low] } : {}),
  };
}

// Names in lines that a narrow chart has room for.
/** @param {string} names */
const inLines = (names) => names.replace(/(.{28,}?), /g, "$1,<br>");

/** @param {Traded} of */
export function frontier(of) {
  const { pool, criteria, x, y, colour } = of;
  const { known, front } = found(of);
  const [vx, vy] = [x, y].map((key) => /** @type {number[]} */ (pool.values[key]));
  const [ix, iy] = [x, y].map((key) => /** @type {Criterion} */ (criteria.find((c) => c.key === key)));
  /** @param {number[]} own */
  const places = (own) => ({ x: own.map((row) => vx[row]), y: own.map((row) => vy[row]) });
  /** @param {Criterion} item @param {string} at */
  const told = (item, at) => `${say(`propose.short.${item.key}`)}: %{${at}:,.${item.decimals}f}`;
  /** @param {string} name @param {number[]} own @param {object} marker */
  const marks = (name, own, marker) => ({
    type: "scatter", mode: "markers", name, ...places(own), customdata: own, marker, text: own.map((row) => inLines(of.nameOf(row))),
    hovertemplate: `%{text}<br>${told(ix, "x")}<br>${told(iy, "y")}<extra></extra>`,
  });
  const [best, others] = [known.filter((row) => pool.onFrontier.has(row)), known.filter((row) => !pool.onFrontier.has(row))];
  return {
    data: [
      marks("others", others, { symbol: "circle-open", size: 6, opacity: 0.6, color: colour("edge"), line: { width: 1 } }),
      {
        type: "scatter", mode: "lines", name: "best", ...places(front), hoverinfo: "skip",
        line: { shape: "vh", dash: "5px,3px", width: 1.4, color: colour("accent") },
      },
      marks("frontier", best, { symbol: "diamond", size: 9, opacity: 1, color: colour("accent"), line: { width: 0.8, color: colour("paper") } }),
    ],
    layout: {
      margin: { l: 8, r: 12, t: 8, b: 8 }, hoverdistance: 16,
      xaxis: axis(known.map((row) => vx[row]), ix), yaxis: axis(known.map((row) => vy[row]), iy),
    },
  };
}

/** What lies over it: a square about the one picked, a ring about the one pointed at.
 * @param {Traded} of @param {number | null} picked @param {number | null} pointed */
export function highlights({ pool, rows, x, y, colour }, picked, pointed) {
  /** @param {string} name @param {number | null} row @param {string} type @param {string} color */
  const about = (name, row, type, color) => {
    if (row === null || !rows.includes(row) || pool.values[x][row] === null || pool.values[y][row] === null) return [];
    return [{
      name, type, xsizemode: "pixel", ysizemode: "pixel", xanchor: pool.values[x][row], yanchor: pool.values[y][row],
      x0: -8, x1: 8, y0: -8, y1: 8, line: { width: 2.4, color }, fillcolor: "transparent",
    }];
  };
  return [...about("picked", picked, "rect", colour("ink")), ...about("pointed", pointed, "circle", colour("map-pointed"))];
}
