// The layers that users brought: asked for when one is switched on, points gathered into few marks, lines and areas as paths.
import { nextFrame } from "../core/dom.js";
import { language, say } from "../core/words.js";
import * as Svg from "../core/svg.js";
import { token } from "../core/tokens.js";
import * as Aggregation from "../model/aggregation.js";
import { number } from "../model/numbers.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Layers from "./layers.js";
import * as Plane from "./plane.js";
import * as Published from "./published.js";

const PER_DEGREE = 1e5; // steps of what is published (layers/own_layers.py)
const CELL_PX = 64;
const MOST_MARKS = 450; // in sight: the cells grow where there would be more
const FEW = 250; // in sight, each drawn by itself
const SIZE = 10; // of one point
const MARGIN_PX = 20;
const REST_MS = 120;
const NEAR_PX = 5; // between the pointer and a line that is told of
const MOST_LOOKS = 3; // that are told of what is gathered
const MOST_TOLD = 2; // lines or areas of a layer that lie over each other
const TINT = 0.22; // of an area
const SHAPED = { "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round", "fill-rule": "evenodd" };

const known = new Map(); // by file: what is drawn
const wanted = new WeakMap(); // by map: the parts of the layers that are on, by name

/** Make the place of a layer on a map. */
function begin(map, part, key) {
  if (part.shape === "points") return Drawing.marks(map, part.layer, key);
  const holder = Svg.node("g", { "data-layer": part.layer, "data-overlay": key });
  map.land.append(holder);
  map.layers.set(part.layer, { holder, paths: [] });
  // while the map is zoomed lines are without gaps, until it rests
  map.leaflet.on("zoom", () => holder.querySelectorAll("[stroke-dasharray]").forEach((path) => path.removeAttribute("stroke-dasharray")));
}

const on = (map) => wanted.get(map) || wanted.set(map, new Map()).get(map);

/** Draw a layer: at once where it is known, else once it is there. */
function show(map, part) {
  on(map).set(part.layer, part);
  if (known.has(part.file)) return draw(map, part);
  Published.named(part.file).then(async (published) => {
    if (!published) return;
    await nextFrame();
    if (!known.has(part.file)) known.set(part.file, part.shape === "points" ? pointsOf(published) : linesOf(published));
    if (map.node.isConnected && on(map).has(part.layer)) {
      draw(map, part);
      map.settle();
    }
  });
}

const waiting = new WeakMap(); // by map: the layers that are to be drawn anew
/** A layer is drawn anew once the map has come to rest: a wheel turns step by step. */
function settle(map, part) {
  if (!known.has(part.file)) return;
  const timers = waiting.get(map) || waiting.set(map, new Map()).get(map);
  window.clearTimeout(timers.get(part.layer));
  timers.set(part.layer, window.setTimeout(() => map.node.isConnected && on(map).has(part.layer) && draw(map, part), REST_MS));
}

function hide(map, part) {
  on(map).delete(part.layer);
  if (part.shape === "points") Drawing.clear(map, part.layer);
  else map.layers.get(part.layer).holder.replaceChildren();
}

const draw = (map, part) => (part.shape === "points" ? points : lines)(map, part, known.get(part.file));

// ---- what is published, on the plane

function pointsOf({ x, y, looks, labels }) {
  const [lon, lat] = [Aggregation.places(x), Aggregation.places(y)];
  const laid = { x: new Float64Array(lon.length), y: new Float64Array(lon.length), looks: Uint8Array.from(looks), labels };
  for (let i = 0; i < lon.length; i++) [laid.x[i], laid.y[i]] = Plane.at([lon[i] / PER_DEGREE, lat[i] / PER_DEGREE]);
  return laid;
}

function linesOf({ lines: all, looks, labels }) {
  return all.map((steps, i) => {
    const parts = steps.map((own) => {
      const [lon, lat] = [0, 1].map((axis) => Aggregation.places(own.filter((_, n) => n % 2 === axis)));
      return lon.map((x, n) => Plane.at([x / PER_DEGREE, lat[n] / PER_DEGREE]));
    });
    return { parts, box: Aggregation.boxOf(parts.flat()), look: looks[i], label: labels[i] || "" };
  });
}

// ---- drawing

const title = (part) => part.title[language()];
function nameOf(part, n) {
  const { name } = part.looks[n];
  return name === "others" || name === "blank" ? say(`own.${name}`) : name;
}

const source = (part) => `${say("source")}: ${part.source}`;
const alone = (part, label, look) => [[label, nameOf(part, look)].filter(Boolean).join(" · "), `${title(part)} · ${source(part)}`].filter(Boolean);

function together(part, own) {
  const sorted = own.looks.map((n, i) => ({ n, i })).filter(({ n }) => n).sort((a, b) => b.n - a.n);
  const told = sorted.length > 1 || nameOf(part, sorted[0].i) ? sorted.slice(0, MOST_LOOKS).map(({ n, i }) => `${nameOf(part, i)}: ${number(n, 0)}`) : [];
  const rest = sorted.slice(MOST_LOOKS).reduce((sum, { n }) => sum + n, 0);
  return [say("own.together", { layer: title(part), n: number(own.n, 0) }), ...told, ...(rest ? [say("own.more", { n: number(rest, 0) })] : []), source(part)];
}

function points(map, part, all) {
  const screen = map.screen();
  const [[left, top], [right, bottom]] = [screen.plane([-MARGIN_PX, -MARGIN_PX]), screen.plane([screen.width + MARGIN_PX, screen.height + MARGIN_PX])];
  const side = Math.max(CELL_PX, Math.sqrt((screen.width * screen.height) / MOST_MARKS));
  const gathered = Aggregation.gather(all, [left, top, right, bottom], side / screen.scale, part.looks.length, FEW);
  Drawing.put(map, part.layer, gathered.map((own) => ({ ...(own.n > 1 ? cluster(part, own) : point(part, own, all)), at: /** @type {Point} */ ([own.x, own.y]) })));
}

function answering(node, about) {
  node.dataset.about = JSON.stringify(about);
  node.classList.add("answers");
  return node;
}

function point(part, own, all) {
  const look = all.looks[own.first];
  const { symbol, colour } = part.looks[look];
  const node = Drawing.symbol({ symbol, size: SIZE, fill: colour, stroke: token("map-casing"), width: 1, casing: 1, colour });
  return { node: answering(node, { lines: alone(part, all.labels[own.first] || "", look) }) };
}

// As wide as its number has room, in the colour of what most of it is.
function cluster(part, own) {
  const text = number(own.n, 0);
  const size = 12 + 4 * text.length;
  const { colour } = part.looks[Aggregation.foremost(own)];
  const node = Drawing.symbol({ symbol: "circle", size, fill: colour, stroke: token("map-casing"), width: 1.5, casing: 0.5, text, colour: token("paper"), halo: false });
  node.classList.add("gathered");
  return { node: answering(node, { lines: together(part, own) }), room: size / 2 };
}

const tenth = (n) => Math.round(n * 10) / 10;
const written = (points) => `M${points.map((point) => point.map(tenth).join(" ")).join("L")}`;

// One path a look, of what is in sight or near it: a dashed line far beyond the frame would cost seconds to draw.
function lines(map, part, all) {
  const { width, casing } = part.style;
  const screen = map.screen();
  const [[left, top], [right, bottom]] = [screen.plane([-screen.width, -screen.height]), screen.plane([2 * screen.width, 2 * screen.height])];
  const near = all.filter(({ box }) => box[0] <= right && box[2] >= left && box[1] <= bottom && box[3] >= top);
  const d = (ones) => ones.flatMap(({ parts }) => parts.flatMap((points) => Aggregation.inSight(points, [left, top, right, bottom]))).map(written).join("");
  const of = (look) => near.filter((one) => one.look === look);
  const areas = part.shape !== "polygons" ? [] : part.looks.map(({ colour }, look) => Svg.node("path", {
    ...SHAPED, d: of(look).flatMap(({ parts }) => parts).map(written).join(""), fill: colour, "fill-opacity": TINT,
  }));
  const paths = part.looks.map(({ colour, dash }, look) => Svg.node("path", {
    ...SHAPED, d: d(of(look)), fill: "none", stroke: colour, "stroke-width": width, ...(dash === "solid" ? {} : { "stroke-dasharray": dash }),
  }));
  const below = areas.length ? [] : [Svg.node("path", { ...SHAPED, d: d(near), fill: "none", stroke: token("map-casing"), "stroke-width": width + 2 * casing })];
  map.layers.get(part.layer).holder.replaceChildren(...areas, ...below, ...paths);
}

// What to tell of the lines and areas of all layers that are on, where the pointer is.
function linesAt(map, event) {
  const place = Plane.at(map.place(event));
  const reach = NEAR_PX / map.screen().scale;
  return [...on(map).values()].filter((part) => part.shape !== "points" && known.has(part.file)).flatMap((part) => {
    const hit = part.shape === "polygons" ? Aggregation.isInside : Aggregation.isNear;
    const found = known.get(part.file).filter((one) => Aggregation.isInBox(one.box, place, reach) && hit(one.parts, place, reach));
    return found.slice(0, MOST_TOLD).flatMap(({ label, look }) => alone(part, label, look));
  });
}

Layers.also("own", { begin, show, hide, settle });
Hover.beside.push(linesAt);
