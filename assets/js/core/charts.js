// Charts: one way to draw one. plotly is asked for when the first comes into sight; a chart follows the room it has.
import { html, render } from "./dom.js";
import { token } from "./tokens.js";
import { language, say } from "./words.js";

const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, doubleClick: false, showTips: false, scrollZoom: false };
const FEWEST_PX = 60;
const REST_MS = 1000;

/** @typedef {{ data: any[], layout: any }} Figure of plotly's, made for a room: its width and height in px */
/** @typedef {{ point?: (custom: any) => void, pick?: (custom: any) => void, brush?: (across: [number, number]) => void }} Heard */
/** @typedef {{ plot: ChartPlot, make: (room: { width: number, height: number }) => Figure, on: Heard, shapes: any[], near: boolean, drawn: string }} Chart */

/** @type {Map<HTMLElement, Chart>} */
const charts = new Map();

// ---- plotly, once

let asked = null;

function library() {
  asked ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.charts;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      script.remove();
      asked = null; // whoever asks again may find the server back
      reject(new Error(script.src));
    };
    document.head.append(script);
  });
  return asked;
}

// ---- how all of them look

const FONT = () => ({ family: 'system-ui, "DejaVu Sans", sans-serif', size: 12, color: token("ink") });
const AXIS = () => ({
  fixedrange: true, automargin: true, zeroline: false, showline: false, ticks: "", separatethousands: true,
  gridcolor: token("hair"), tickfont: { color: token("muted"), size: 11 }, title: { font: { color: token("ink"), size: 12 }, standoff: 8 },
});

function housed(layout, { width, height }, shapes) {
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const own = (key) => ({ ...AXIS(), ...layout[key], title: { ...AXIS().title, ...(layout[key] || {}).title } });
  return {
    autosize: false, showlegend: false, dragmode: false, hovermode: "closest", margin: { l: 4, r: 4, t: 4, b: 4 },
    paper_bgcolor: "transparent", plot_bgcolor: "transparent",
    separators: language() === "es" ? ",\u202f" : ".\u202f",
    font: FONT(),
    hoverlabel: { bgcolor: token("paper"), bordercolor: token("edge"), font: FONT(), align: "left", namelength: 0 },
    transition: { duration: 0 },
    ...layout,
    ...Object.fromEntries([...new Set(["xaxis", "yaxis", ...axes])].map((key) => [key, own(key)])),
    width, height, shapes: [...(layout.shapes || []), ...shapes],
  };
}

// ---- drawing

function listen(plot, own) {
  const told = (points) => (points && points.length ? points[0].customdata ?? points[0].x : null);
  plot.on("plotly_hover", ({ points }) => own.on.point && own.on.point(told(points)));
  plot.on("plotly_unhover", () => own.on.point && own.on.point(null));
  plot.on("plotly_click", ({ points }) => own.on.pick && own.on.pick(told(points)));
  plot.on("plotly_selected", (found) => own.on.brush && found && found.range && own.on.brush(found.range.x));
}

async function paint(box) {
  const own = charts.get(box);
  if (!own || !own.near) return;
  let plotly;
  try {
    plotly = await library();
  } catch (_) {
    return missing(box);
  }
  const [width, height] = [box.clientWidth, box.clientHeight];
  if (!charts.has(box) || !box.isConnected || width < FEWEST_PX || height < FEWEST_PX) return;
  const first = !own.drawn;
  own.drawn = `${width}x${height}`;
  const { data, layout } = own.make({ width, height });
  plotly.react(own.plot, data, housed(layout, { width, height }, own.shapes), CONFIG);
  if (first) listen(own.plot, own);
  box.classList.remove("is-waiting");
  box.dataset.drawn = "yes";
}

// Where plotly cannot be had, that is said, and can be asked for again.
function missing(box) {
  const own = charts.get(box);
  if (!own) return;
  box.classList.remove("is-waiting");
  const again = html("Button", { type: "button", className: "button" }, say("chart.again"));
  render(box, html("P", { className: "chart-missing", role: "status" }, [`${say("chart.missing")} `, again]));
  box.querySelector("button").addEventListener("click", () => {
    box.replaceChildren(own.plot);
    box.classList.add("is-waiting");
    paint(box);
  });
}

const sight = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach(({ target }) => {
  const own = charts.get(/** @type {HTMLElement} */ (target));
  sight.unobserve(target);
  if (!own) return;
  own.near = true;
  paint(/** @type {HTMLElement} */ (target));
}));

// Tells of a chart that was taken out of the page too: it has no size any more.
const room = new ResizeObserver((changed) => changed.forEach(({ target }) => {
  const box = /** @type {HTMLElement} */ (target);
  const own = charts.get(box);
  if (!own) return;
  if (!box.isConnected) forget(box);
  else if (own.near && own.drawn !== `${box.clientWidth}x${box.clientHeight}`) paint(box);
}));

function forget(box) {
  const own = charts.get(box);
  if (!own) return;
  charts.delete(box);
  sight.unobserve(box);
  room.unobserve(box);
  if (own.drawn) library().then((plotly) => plotly.purge(own.plot), () => undefined);
}

function begin(box) {
  forget(box);
  const plot = /** @type {ChartPlot} */ (/** @type {unknown} */ (document.createElement("div")));
  plot.className = "chart-plot";
  plot.setAttribute("role", "img");
  box.classList.add("chart", "is-waiting");
  box.replaceChildren(plot);
  // a finger on a chart scrolls the page, and a tap comes as a press of a mouse; only what is brushed takes hold of it
  plot.addEventListener("touchstart", (event) => own.on.brush || event.stopPropagation(), { capture: true, passive: true });
  const own = { plot, make: null, on: {}, shapes: [], near: false, drawn: "" };
  charts.set(box, own);
  return own;
}

/** Draw a chart, or what became of it, in a box that has a size of its own, as soon as it is in sight.
 * @param {HTMLElement} box
 * @param {string} label what a reader hears; the figures stand beside it as text or in a table
 * @param {(room: { width: number, height: number }) => Figure} make
 * @param {Heard} [on] what hears of a mark that is pointed at (null: none) or picked, by its `customdata`, and of a brush */
export function draw(box, label, make, on = {}) {
  const known = charts.get(box);
  const own = known && box.contains(known.plot) ? known : begin(box);
  Object.assign(own, { make, on });
  own.plot.setAttribute("aria-label", label);
  if (own.near) return void paint(box);
  sight.observe(box);
  room.observe(box);
}

function near(box, own) {
  sight.unobserve(box);
  own.near = true;
  return paint(box);
}

/** Draw every chart of the page, in sight or not, as far as plotly can be had: for paper. */
export const all = () => Promise.all([...charts].map(([box, own]) => (own.near ? undefined : near(box, own))));

/** Draw a chart that belongs on paper once the page rests, in sight or not: a browser that prints waits for nothing.
 * @param {HTMLElement} box */
export function beforePaper(box) {
  const rest = window.requestIdleCallback || ((then) => setTimeout(then, REST_MS));
  rest(() => {
    const own = charts.get(box);
    if (own && !own.near) near(box, own);
  });
}

/** Take a chart away, and leave its box empty. @param {HTMLElement} box */
export function clear(box) {
  forget(box);
  box.classList.remove("chart", "is-waiting");
  box.replaceChildren();
}

/** Lay shapes of plotly's over a chart, in place of those laid before; nothing else is drawn anew.
 * @param {HTMLElement} box @param {any[]} shapes */
export async function mark(box, shapes) {
  const own = charts.get(box);
  if (!own) return;
  own.shapes = shapes;
  if (!own.drawn) return;
  const plotly = await library();
  const base = own.make({ width: box.clientWidth, height: box.clientHeight }).layout.shapes || [];
  if (charts.get(box) === own) plotly.relayout(own.plot, { shapes: [...base, ...own.shapes] });
}
