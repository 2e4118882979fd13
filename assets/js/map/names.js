// Names on a map: ranks of size and case, placed without collisions. What a map is about is named where it costs least:
// inside its own district, else beside it with a line to it.
import * as Svg from "../core/svg.js";
import { later } from "../core/later.js";
import * as Drawing from "./drawing.js";
import * as Plane from "./plane.js";

// size (pixels), weight, and what letters are wider by (of the size) in each rank
const RANKS = { department: [12, 700, 0.14], province: [11, 600, 0], district: [10, 500, 0], chosen: [11, 700, 0], joining: [10, 600, 0], tag: [12, 700, 0], river: [10, 500, 0.06], country: [12, 400, 0.1], sea: [12, 400, 0.1] };
const ONE_LINE = new Set(["department", "tag", "river"]);
const LINE = 1.15;
const LONG = 11; // letters of a name that may be written on two lines
const AIR = 0.2; // around a name, of its size
const INSIDE_STEPS = 14;
const AROUND = { angles: 16, radii: [1.2, 2, 3, 4.2, 6] }; // of the height of a name
// what a name pays: for each pixel on what stands already, on another district of its group, for each corner outside its
// own (as for so many when it stands beside), for what it covers of its own, and by the distance in letters
const COST = { taken: 50, apart: 45, corner: 14, beside: 4, cover: 60, far: 6 };
const LEADER_END = 0.2; // of the size

const pen = later(() => document.createElement("canvas").getContext("2d"));
const widths = new Map();
const sizeOf = ({ size, rank }) => size || RANKS[rank][0];

function widthOf(text, rank) {
  const key = `${rank}/${text}`;
  if (!widths.has(key)) {
    const [size, weight, apart] = RANKS[rank];
    pen().font = `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
    widths.set(key, pen().measureText(text).width / size + text.length * apart);
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

function shapesOf(label) {
  const { text, rank } = label;
  const size = sizeOf(label);
  const ways = ONE_LINE.has(rank) ? [[text]] : [[text], halves(text)];
  return ways.filter((lines, i) => !i || lines.length > 1).map((lines) => ({
    lines, width: (Math.max(...lines.map((line) => widthOf(line, rank))) + 2 * AIR) * size, height: (lines.length * LINE + AIR) * size,
  }));
}

// What a name takes that is turned by some degrees.
function turned(shape, degrees) {
  if (!degrees) return shape;
  const [c, s] = [Math.abs(Math.cos((degrees * Math.PI) / 180)), Math.abs(Math.sin((degrees * Math.PI) / 180))];
  return { ...shape, width: shape.width * c + shape.height * s, height: shape.width * s + shape.height * c };
}

/** @param {number[]} middle @param {{ width: number, height: number }} shape */
const rectAt = ([x, y], { width, height }) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const overlap = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
/** @param {number[]} rect */
const corners = ([l, t, r, b]) => [[l, t], [r, t], [l, b], [r, b], [(l + r) / 2, t], [(l + r) / 2, b], [l, (t + b) / 2], [r, (t + b) / 2]];
/** @param {number[]} rect */
const inside = ([l, t, r, b], { width, height }) => l >= 0 && t >= 0 && r <= width && b <= height;
/** @param {number[]} rect */
const partly = ([l, t, r, b], { width, height }) => r >= 0 && b >= 0 && l <= width && t <= height;

const inFrame = ([x, y], screen) => inside([x, y, x, y], screen);

// Places inside a district that are in sight, as pixels.
function spotsInside(u, screen) {
  const [[left, top], [right, bottom]] = [screen.plane([0, 0]), screen.plane([screen.width, screen.height])];
  const box = Plane.edges(u);
  const [l, t, r, b] = [Math.max(box[0], left), Math.max(box[1], top), Math.min(box[2], right), Math.min(box[3], bottom)];
  const found = [];
  for (let i = 1; i < INSIDE_STEPS; i++) {
    for (let j = 1; j < INSIDE_STEPS; j++) {
      const spot = [l + ((r - l) * i) / INSIDE_STEPS, t + ((b - t) * j) / INSIDE_STEPS];
      if (l < r && t < b && Plane.holds(u, spot)) found.push([(spot[0] - left) * screen.scale, (spot[1] - top) * screen.scale]);
    }
  }
  return found;
}

/** @param {number[]} middle @param {{ width: number, height: number }} shape */
function* around([x, y], { width, height }) {
  for (const radius of AROUND.radii) {
    for (let i = 0; i < AROUND.angles; i++) {
      const angle = (2 * Math.PI * i) / AROUND.angles;
      yield [x + (width / 2 + radius * height) * Math.cos(angle), y + radius * height * Math.sin(angle)];
    }
  }
}

// Where the name of a district costs least; what it covers that stands already is told.
function cheapest({ u, apart = [], size, rank }, shapes, anchor, screen, taken) {
  const area = Plane.sizeOf(u) * screen.scale ** 2;
  const others = apart.filter((other) => other !== u);
  const letters = sizeOf({ size, rank });
  const within = spotsInside(u, screen);
  const holds = (district, point) => Plane.holds(district, screen.plane(point));
  let best = null;
  for (const shape of shapes) {
    for (const pixel of inFrame(anchor, screen) ? [anchor, ...within, ...around(anchor, shape)] : within) {
      const rect = rectAt(pixel, shape);
      if (!inside(rect, screen)) continue;
      const covered = taken.reduce((sum, other) => sum + overlap(rect, other), 0);
      let cost = covered * COST.taken + (Math.hypot(pixel[0] - anchor[0], pixel[1] - anchor[1]) / letters) * COST.far;
      if (best && cost >= best.cost) continue;
      const held = holds(u, pixel);
      const ends = corners(rect);
      const out = ends.filter((corner) => !holds(u, corner)).length;
      cost += held ? out * COST.corner + Math.min(1, (shape.width * shape.height) / area) ** 2 * COST.cover
        : COST.beside * COST.corner + (out < ends.length ? COST.apart : 0);
      if (best && cost >= best.cost) continue;
      cost += others.filter((other) => ends.some((corner) => holds(other, corner))).length * COST.apart;
      if (!best || cost < best.cost) best = { shape, pixel, from: held ? pixel : anchor, rect, cost, covered };
    }
  }
  return best;
}

// Where a whole name lies inside its district and on nothing else.
function whole({ u }, shapes, anchor, screen, taken) {
  const [left, top, right, bottom] = Plane.edges(u).map((edge) => edge * screen.scale);
  for (const shape of shapes) {
    if (shape.width > right - left || shape.height > bottom - top) continue;
    for (const pixel of [anchor, ...spotsInside(u, screen)]) {
      const rect = rectAt(pixel, shape);
      if (inside(rect, screen) && !taken.some((other) => meets(rect, other)) && corners(rect).every((corner) => Plane.holds(u, screen.plane(corner)))) {
        return { shape, pixel, from: pixel, rect };
      }
    }
  }
  return null;
}

// On the first of its places that is free.
function free(label, shapes, pixels, screen, taken) {
  for (const shape of shapes.filter(({ width }) => width <= (label.within ?? Infinity))) {
    for (const [i, pixel] of pixels.entries()) {
      const turn = label.turns ? label.turns[i] : 0;
      const rect = rectAt(pixel, turned(shape, turn));
      const stands = inside(rect, screen) && !taken.some((other) => meets(rect, other));
      if (stands && (!label.on || corners(rect).every((corner) => label.on(screen.plane(corner))))) return { shape, pixel, from: pixel, rect, turn };
    }
  }
  return null;
}

function spotFor(label, pixels, screen, taken) {
  if (!pixels[0]) return null;
  const shapes = shapesOf(label);
  const found = label.whole ? whole(label, shapes, pixels[0], screen, taken)
    : label.leads ? cheapest(label, shapes, pixels[0], screen, taken) : free(label, shapes, pixels, screen, taken);
  if (found && (label.stays || !found.covered)) return found;
  const beside = label.stays && inFrame(pixels[0], screen) ? free({ ...label, within: Infinity }, shapes, [...around(pixels[0], shapes[0])], screen, taken) : null;
  if (beside) return { ...beside, from: pixels[0] };
  if (!label.stays || !partly(rectAt(pixels[0], shapes[0]), screen)) return null;
  const { width, height } = shapes[0];
  const pixel = [Math.min(Math.max(pixels[0][0], width / 2), screen.width - width / 2), Math.min(Math.max(pixels[0][1], height / 2), screen.height - height / 2)];
  return { shape: shapes[0], pixel, from: pixel, rect: rectAt(pixel, shapes[0]) };
}

function written(label, { shape, pixel, from, rect, turn = 0 }) {
  const size = sizeOf(label);
  const [, weight, apart] = RANKS[label.rank];
  const node = Svg.node("g", { class: `name name-${label.rank}` });
  const [dx, dy] = [pixel[0] - from[0], pixel[1] - from[1]];
  if (dx || dy) {
    const end = [Math.min(Math.max(from[0], rect[0]), rect[2]) - pixel[0], Math.min(Math.max(from[1], rect[1]), rect[3]) - pixel[1]];
    const d = `M${end.join(" ")}L${-dx} ${-dy}`;
    node.append(
      Svg.node("path", { class: "leader casing", d }), Svg.node("path", { class: "leader", d }),
      Svg.node("circle", { class: "leader-end", cx: -dx, cy: -dy, r: LEADER_END * size }),
    );
  }
  const top = -((shape.lines.length - 1) * size * LINE) / 2;
  const text = Svg.node("text", {
    fill: label.colour, "text-anchor": "middle", "font-size": size, "font-weight": weight, ...(apart ? { "letter-spacing": apart * size } : {}),
    ...(turn ? { transform: `rotate(${Math.round(turn)})` } : {}),
  });
  shape.lines.forEach((line, i) => text.append(Svg.node("tspan", { x: 0, y: top + i * size * LINE, dy: "0.34em" }, line)));
  node.append(text);
  node.dataset.text = label.text;
  return { node, dx, dy };
}

/** Write the names that find room on the layers of a map.
 * wanted: { layer, rank, text, colour, spots (places, the best first), weight } of each; size: pixels of its letters, where
 * not as its rank; turns: by how many degrees it is turned on each of its places; within: pixels that it may be wide on its place; on: whether it may lie on a point of the plane; of the name of a district (u): leads: it stands where it
 * costs least, with a line to it from outside, and off those apart, of its group; whole: inside it or nowhere; stays: it
 * stands even on others.
 * @param {any} map @param {any[]} wanted @param {any} screen @param {number[][]} taken boxes of pixels that are not free */
export function write(map, wanted, screen, taken) {
  const made = new Map([...map.layers].filter(([, layer]) => layer.names).map(([name]) => [name, []]));
  for (const label of wanted.sort((a, b) => b.weight - a.weight)) {
    const found = spotFor(label, label.spots.filter(Boolean).map((spot) => screen.pixel(spot)), screen, taken);
    if (!found) continue;
    taken.push(found.rect);
    made.get(label.layer).push({ ...written(label, found), at: screen.plane(found.from) });
  }
  for (const [name, labels] of made) if (labels.length || map.layers.get(name).marks.length) Drawing.put(map, name, labels);
}
