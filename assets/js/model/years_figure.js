// How many in each year, as plotly draws it: a bar a year, hatched where the year is not complete, faint outside the period.
import { say } from "../core/words.js";

// Two or three lines to read heights by, at a round number and its multiples.
/** @param {number} top */
function lines(top) {
  const power = 10 ** Math.floor(Math.log10(top / 2));
  const step = [5, 2, 1].map((n) => n * power).find((n) => n <= top / 2) || 1;
  return Array.from({ length: Math.floor(top / step) }, (_, n) => (n + 1) * step);
}

/** @param {{ years: number[], counts: number[], complete: boolean[] }} of @param {Period} period
 * @param {(name: string) => string} colour of the style sheets, by name */
export function years({ years: all, counts, complete }, period, colour) {
  const chosen = all.flatMap((year, n) => (year < period[0] || year > period[1] ? [] : [n]));
  const top = Math.max(...counts, 1);
  return {
    data: [{
      type: "bar", name: "years", x: all, y: counts, customdata: all, width: 0.86,
      marker: {
        color: colour("muted"),
        pattern: { shape: complete.map((whole) => (whole ? "" : "/")), size: 5, solidity: 0.35, fgcolor: colour("muted"), bgcolor: colour("paper"), fillmode: "overlay" },
        line: { width: 1, color: colour("muted") },
      },
      selectedpoints: chosen, selected: { marker: { opacity: 1 } }, unselected: { marker: { opacity: 0.3 } },
      text: complete.map((whole) => (whole ? "" : `<br>${say("chart.incomplete")}`)), textposition: "none",
      hoverinfo: "y", hovertemplate: "%{x}: %{y:,}%{text}<extra></extra>",
    }],
    layout: {
      // no room at either side: a bar stands over its stop of the slider
      margin: { l: 0, r: 0, t: 4, b: 16 }, dragmode: "select", selectdirection: "h", selections: [], hovermode: "x",
      newselection: { line: { color: colour("accent"), width: 1, dash: "solid" } },
      xaxis: { range: [all[0] - 0.5, all[all.length - 1] + 0.5], showgrid: false, tickformat: "d", separatethousands: false, nticks: 9, automargin: false },
      yaxis: { range: [0, top * 1.08], tickvals: lines(top), ticklabelposition: "inside top", automargin: false },
    },
  };
}

/** The years under a brush: those of the bars in which it began and ended.
 * @param {number[]} all @param {number[]} across from and to, in any order @returns {Period} */
export function brushed(all, across) {
  const inside = across.map((at) => Math.min(Math.max(Math.round(at), all[0]), all[all.length - 1]));
  return [Math.min(...inside), Math.max(...inside)];
}
