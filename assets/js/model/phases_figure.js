// Governments by phase as plotly draws them: what was reached solid, what proposals would add outlined, the target a line.

const LETTER_PX = 7.2; // of what is said at the end of a bar, at its widest
const NAME_PX = 70; // beside the bars
const LEAST = 0.3; // of the room, that the bars have at least

/** @typedef {{ name: string, reached: number, total: number, target: number | null, said: string, target_said: string }} TargetBar */

/** @param {TargetBar[]} bars @param {(name: string) => string} colour of the style sheets, by name
 * @param {number} width of the room in px */
export function phases(bars, colour, width) {
  const names = bars.map((bar) => bar.name);
  const aimed = bars.filter((bar) => bar.target !== null);
  /** @param {TargetBar} bar */
  const end = (bar) => Math.max(bar.total, bar.target ?? 0);
  const longest = Math.max(...bars.map(end), 1);
  const room = width - NAME_PX;
  const share = Math.max(LEAST, 1 - (Math.max(...bars.map((bar) => bar.said.length + 2)) * LETTER_PX) / room);
  const ink = colour("ink");
  return {
    data: [
      {
        type: "bar", orientation: "h", name: "total", x: bars.map((bar) => bar.total), y: names, width: 0.44, hoverinfo: "skip",
        marker: { color: colour("paper"), line: { color: ink, width: 1.2 } },
      },
      {
        type: "bar", orientation: "h", name: "reached", x: bars.map((bar) => bar.reached), y: names, width: 0.44, hoverinfo: "skip",
        marker: { color: colour("accent") },
      },
      {
        type: "scatter", mode: "markers", name: "target", x: aimed.map((bar) => bar.target), y: aimed.map((bar) => bar.name),
        marker: { symbol: "line-ns-open", size: 28, opacity: 1, color: ink, line: { width: 4, color: ink } }, hoverinfo: "skip",
      },
      {
        type: "scatter", mode: "text", name: "said", x: bars.map(end), y: names, text: bars.map((bar) => `  ${bar.said}`),
        textposition: "middle right", textfont: { size: 12, color: ink, weight: 600 }, hoverinfo: "skip",
      },
    ],
    layout: {
      margin: { l: 8, r: 0, t: 24, b: 20 }, barmode: "overlay", hovermode: false,
      xaxis: { range: [0, longest / share], nticks: Math.floor(room / 60) },
      yaxis: { autorange: "reversed", showgrid: false, tickfont: { size: 12, color: ink } },
      annotations: aimed.map((bar) => ({
        x: bar.target, y: bar.name, text: bar.target_said, showarrow: false, yshift: 27, font: { size: 11, color: ink },
      })),
    },
  };
}
