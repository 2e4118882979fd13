// Names on a map: ranks of size and case, placed without collisions, with a line to the place where it is too small.
import * as Svg from "../core/svg.js";
import { later } from "../core/later.js";
import * as Drawing from "./drawing.js";
import * as Plane from "./plane.js";

// size (pixels), weight, and what letters are wider by (of the size) in each rank; map.css writes them so
const RANKS = { department: [12, 700, 0.14], province: [11, 600, 0], district: [10, 500, 0], tag: [12, 700, 0] };
const LINE = 1.15;
const LONG = 11; // letters of a name that may be written on two lines
const AIR = 2; // pixels around a name
const AROUND = { angles: 12, radii: [18, 30, 44, 62, 84] };
const LEADER_END = 2.2;

const pen = later(() => document.createElement("canvas").getContext("2d"));
const widths = new Map();

function widthOf(text, rank) {
  const key = `${rank}/${text}`;
  if (!widths.has(key)) {
    const [size, weight, apart] = RANKS[rank];
    pen().font = `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
    widths.set(key, pen().measureText(text).width + text.length * apart * size);
  }
  return widths.get(key);
}

/** A long name is broken where its halves are most alike. @param {string} name @param {number} long */
function halves(name, long = LONG) {
  const parts = name.split(" ");
  if (name.length <= long || parts.length < 2) return [name];
  const breaks = parts.slice(1).map((_, i) => [parts.slice(0, i + 1).join(" "), parts.slice(i + 1).join(" ")]);
  const longest = (pair) => Math.max(...pair.map((text) => text.length));
  return breaks.reduce((best, pair) => (longest(pair) < longest(best) ? pair : best));
}

function shapesOf({ text, rank }) {
  const [size] = RANKS[rank];
  const ways = rank === "department" || rank === "tag" ? [[text]] : [[text], halves(text)];
  return ways.filter((lines, i) => !i || lines.length > 1).map((lines) => ({
    lines, width: Math.max(...lines.map((line) => widthOf(line, rank))) + 2 * AIR, height: lines.length * size * LINE + AIR,
  }));
}

/** @param {number[]} middle @param {{ width: number, height: number }} shape */
const rectAt = ([x, y], { width, height }) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
/** @param {number[]} rect */
const inside = ([l, t, r, b], { width, height }) => l >= 0 && t >= 0 && r <= width && b <= height;
/** @param {number[]} rect */
const partly = ([l, t, r, b], { width, height }) => r >= 0 && b >= 0 && l <= width && t <= height;

/** @param {number[]} middle @param {{ width: number }} shape */
function* beside([x, y], shape) {
  for (const radius of AROUND.radii) {
    for (let i = 0; i < AROUND.angles; i++) {
      const angle = (2 * Math.PI * i) / AROUND.angles;
      yield [x + (radius + shape.width / 2) * Math.cos(angle), y + radius * Math.sin(angle)];
    }
  }
}

// Where a name stands: on one of its places, else beside the first with a line, else nowhere.
function spotFor(label, pixels, screen, taken) {
  const free = (rect) => !taken.some((other) => meets(rect, other));
  const shapes = shapesOf(label);
  const fitting = shapes.filter((shape) => shape.width <= (label.within ?? Infinity));
  for (const shape of fitting) {
    for (const pixel of pixels) {
      const rect = rectAt(pixel, shape);
      if (partly(rect, screen) && free(rect)) return { shape, pixel, from: pixel, rect };
    }
  }
  if (label.leads && pixels[0] && inside(rectAt(pixels[0], { width: 0, height: 0 }), screen)) {
    const shape = shapes[0];
    for (const pixel of beside(pixels[0], shape)) {
      const rect = rectAt(pixel, shape);
      if (inside(rect, screen) && free(rect)) return { shape, pixel, from: pixels[0], rect };
    }
  }
  if (!label.stays || !pixels[0]) return null;
  const rect = rectAt(pixels[0], shapes[0]);
  return partly(rect, screen) ? { shape: shapes[0], pixel: pixels[0], from: pixels[0], rect } : null;
}

function written(label, { shape, pixel, from, rect }) {
  const [size] = RANKS[label.rank];
  const node = Svg.node("g", { class: `name name-${label.rank}` });
  const [dx, dy] = [pixel[0] - from[0], pixel[1] - from[1]];
  if (dx || dy) {
    const end = [Math.min(Math.max(from[0], rect[0]), rect[2]) - pixel[0], Math.min(Math.max(from[1], rect[1]), rect[3]) - pixel[1]];
    const d = `M${end.join(" ")}L${-dx} ${-dy}`;
    node.append(
      Svg.node("path", { class: "leader casing", d }), Svg.node("path", { class: "leader", d }),
      Svg.node("circle", { class: "leader-end", cx: -dx, cy: -dy, r: LEADER_END }),
    );
  }
  const top = -((shape.lines.length - 1) * size * LINE) / 2;
  const text = Svg.node("text", { fill: label.colour, "text-anchor": "middle" });
  shape.lines.forEach((line, i) => text.append(Svg.node("tspan", { x: 0, y: top + i * size * LINE, dy: "0.34em" }, line)));
  node.append(text);
  node.dataset.text = label.text;
  return { node, dx, dy };
}

/** Write the names that find room on the layers of a map.
 * wanted: { layer, rank, text, colour, spots (places, the best first), weight } of each; within: pixels that it may be
 * wide on its place; leads: it may stand beside its place with a line to it; stays: it stands even on others.
 * @param {any} map @param {any[]} wanted @param {any} screen @param {number[][]} taken boxes of pixels that are not free */
export function write(map, wanted, screen, taken) {
  const made = new Map([...map.layers].filter(([, layer]) => layer.names).map(([name]) => [name, []]));
  for (const label of wanted.sort((a, b) => b.weight - a.weight)) {
    const pixels = label.spots.filter(Boolean).map((spot) => screen.pixel(spot));
    const found = spotFor(label, pixels, screen, taken);
    if (!found) continue;
    taken.push(found.rect);
    const spot = label.spots.filter(Boolean)[pixels.indexOf(found.from)];
    made.get(label.layer).push({ ...written(label, found), at: Plane.at(spot) });
  }
  for (const [name, labels] of made) if (labels.length || map.layers.get(name).marks.length) Drawing.put(map, name, labels);
}
