// The trade-off of two criteria: every candidate a faint ring, those on the frontier diamonds, better to the
// right and up; a line joins those that none beats on these two.
import * as Svg from "../core/svg.js";
import { say } from "../core/words.js";
import * as Feasible from "../model/feasible.js";
import { number } from "../model/numbers.js";

const MARGIN = { left: 54, right: 14, top: 10, bottom: 40 };
const REACH_PX = 16;

// Better always to the right or up: a criterion of which less is better runs backwards.
function scale(values, item, from, to) {
  const known = values.filter((value) => value !== null);
  let [low, high] = [Math.min(...known), Math.max(...known)];
  const pad = low === high ? 1 : (high - low) * 0.05;
  const [a, b] = [low - pad, high + pad];
  const share = (value) => (item.better === "higher" ? (value - a) / (b - a) : (b - value) / (b - a));
  return { at: (value) => from + share(value) * (to - from), ticks: low === high ? [low] : Svg.ticks(low, high, 5) };
}

const axisName = (item) => say(item.better === "higher" ? "propose.axis_more" : "propose.axis_less", {
  name: say(`propose.short.${item.key}`), unit: say(`propose.unit.${item.key}`),
});

function axes(svg, { width, height }, x, y, items) {
  const { node } = Svg;
  const [bottom, right] = [height - MARGIN.bottom, width - MARGIN.right];
  const group = node("g", { class: "axes" });
  x.ticks.forEach((tick) => {
    const at = x.at(tick);
    group.append(node("line", { x1: at, x2: at, y1: MARGIN.top, y2: bottom }));
    group.append(node("text", { x: at, y: bottom + 14, "text-anchor": "middle" }, number(tick, decimalsOf(x.ticks))));
  });
  y.ticks.forEach((tick) => {
    const at = y.at(tick);
    group.append(node("line", { x1: MARGIN.left, x2: right, y1: at, y2: at }));
    group.append(node("text", { x: MARGIN.left - 5, y: at + 4, "text-anchor": "end" }, number(tick, decimalsOf(y.ticks))));
  });
  const middle = (MARGIN.top + bottom) / 2;
  group.append(node("text", { x: right, y: height - 6, "text-anchor": "end", class: "axis-name" }, `${axisName(items[0])} →`));
  group.append(node("text", { x: 0, y: 0, "text-anchor": "middle", class: "axis-name", transform: `translate(12 ${middle}) rotate(-90)` }, `${axisName(items[1])} →`));
  svg.append(group);
}

const decimalsOf = (ticks) => (ticks.length > 1 && ticks[1] - ticks[0] < 1 ? 1 : 0);

// The steps between those that none beats on both.
function steps(points) {
  return points.map(([x, y], n) => (n ? `V${y}H${x}` : `M${x} ${y}`)).join("");
}

// Returns {point(row|null), pick(row|null)}; `act` is told what the reader points at and picks.
export function draw(box, { pool, rows, criteria, x: xKey, y: yKey, act }) {
  const items = [xKey, yKey].map((key) => criteria.find((c) => c.key === key));
  const [vx, vy] = [pool.values[xKey], pool.values[yKey]];
  const known = rows.filter((row) => vx[row] !== null && vy[row] !== null);
  const front = Feasible.frontier(pool, criteria, rows, xKey, yKey);
  const label = say("propose.scatter", { x: items[0].name, y: items[1].name, n: known.length, front: front.length });
  const { svg, width, height } = Svg.canvas(box, label);
  if (!known.length) return { point: () => undefined, pick: () => undefined };
  const x = scale(vx, items[0], MARGIN.left, width - MARGIN.right);
  const y = scale(vy, items[1], height - MARGIN.bottom, MARGIN.top);
  axes(svg, { width, height }, x, y, items);
  const spot = (row) => [x.at(vx[row]), y.at(vy[row])];
  const [inFront, others] = [known.filter((row) => pool.onFrontier.has(row)), known.filter((row) => !pool.onFrontier.has(row))];
  svg.append(Svg.node("path", { class: "others", d: Svg.marks("circle", 3, others.map(spot)) }));
  svg.append(Svg.node("path", { class: "best-line", d: steps(front.map(spot)) }));
  svg.append(Svg.node("path", { class: "on-frontier", d: Svg.marks("diamond", 4.5, inFront.map(spot)) }));
  const picked = Svg.node("path", { class: "picked-mark", d: "" });
  const pointed = Svg.node("path", { class: "pointed-mark", d: "" });
  svg.append(picked, pointed);
  listen(svg, known, spot, act);
  const mark = (path, shape, size) => (row) =>
    path.setAttribute("d", row === null || !known.includes(row) ? "" : Svg.marks(shape, size, [spot(row)]));
  return { point: mark(pointed, "circle", 8), pick: mark(picked, "square", 8) };
}

function listen(svg, rows, spot, act) {
  const spots = rows.map((row) => [row, ...spot(row)]);
  const near = (event) => {
    const box = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let [found, least] = [null, REACH_PX];
    for (const [row, sx, sy] of spots) {
      const away = Math.hypot(sx - px, sy - py);
      if (away < least) [found, least] = [row, away];
    }
    return found;
  };
  svg.addEventListener("pointermove", (event) => act.point(near(event)));
  svg.addEventListener("pointerleave", () => act.point(null));
  svg.addEventListener("click", (event) => {
    const row = near(event);
    if (row !== null) act.pick(row);
  });
}
