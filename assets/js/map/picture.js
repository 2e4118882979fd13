// The map as a PNG: what is on screen, with title, keys, scale, north, sources and the notice on its limits.
import * as File_ from "../core/file.js";
import { later } from "../core/later.js";
import { today } from "../core/paper.js";
import * as Svg from "../core/svg.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as Drafts from "../model/drafts.js";
import * as Identity from "../model/identity.js";
import * as Series from "../model/series.js";
import * as Beside from "./beside.js";
import * as Current from "./current.js";
import * as Legend from "./legend.js";
import * as Rivers from "./rivers.js";
import * as Surroundings from "./surroundings.js";

const SVG = "http://www.w3.org/2000/svg";
const SCALE = 2;
const NO_DATA = "no-data-in-legend";
// pixels: the margin, a column of keys and what is between two, the least height, what date, scale and north take
const [EDGE, COLUMN, APART, LEAST_HIGH, DATE, SCALE_WIDE, NORTH_HIGH] = [14, 226, 18, 420, 190, 190, 36];
const DEEPER = 1.2; // than the map, at most

// Style sheets do not travel with a copied picture: write what they say onto each node.
const CARRIED = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-size", "font-family", "font-style", "font-weight", "letter-spacing", "text-anchor", "vector-effect"];

function carryStyles(from, to) {
  const [sources, targets] = [from, to].map((svg) => svg.querySelectorAll("text, .leader, .leader-end"));
  sources.forEach((source, i) => {
    const style = window.getComputedStyle(source);
    CARRIED.forEach((key) => targets[i].style.setProperty(key, style.getPropertyValue(key)));
  });
}

/** The sheet of a map as it stands, at a place of another drawing. */
export function copyOf(map, x, y) {
  const copy = map.svg.cloneNode(true);
  carryStyles(map.svg, copy);
  copy.removeAttribute("style");
  Object.entries({ x, y, overflow: "hidden" }).forEach(([key, value]) => copy.setAttribute(key, value));
  return copy;
}

// ---- words

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const pen = later(() => document.createElement("canvas").getContext("2d"));

/** Break a text into lines of so many pixels; a word that is longer stays whole. */
function wrapped(text, width, size = 12, weight = 400) {
  pen().font = `${weight} ${size}px ${FONT}`;
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && pen().measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const words = (x, y, text, more) => Svg.node("text", { x, y, "font-family": FONT, "font-size": 12, fill: token("ink"), ...more }, text);

/** Lines of a text, one below the other: { node, height }.
 * @param {string} text @param {number} x @param {number} width @param {Record<string, any>} look size and weight, and what else svg has */
function told(text, x, width, look = {}) {
  const { size = 12, weight = 400, ...more } = look;
  const node = Svg.node("g", {});
  const step = Math.round(size * 1.25);
  const lines = wrapped(text, width, size, weight);
  lines.forEach((line, i) => node.append(words(x, size + i * step, line, { "font-size": size, "font-weight": weight, ...more })));
  return { node, height: lines.length * step };
}

// ---- what stands beside the map: blocks of rows, each { node, height }

const MARK = 32; // from the left to the words of a row
const WIDE_MARK = 50;

// a title does not stand at the foot of a column alone
const title = (text) => ({ ...told(text, 0, COLUMN, { weight: 700 }), keep: 24 });
const gap = (height) => ({ node: Svg.node("g", {}), height });

function row(mark, text, from = MARK, count = "") {
  const { node, height } = told(text, from, COLUMN - from - (count ? 34 : 0), { size: 11.5 });
  node.prepend(mark);
  if (count) node.append(words(COLUMN, 12, count, { "font-size": 11.5, "text-anchor": "end" }));
  return { node, height: Math.max(height, 18) + 2 };
}

function classes(view, bounds) {
  const series = Series.about(view);
  const rows = Legend.rows(view, bounds).map(({ colour, text, count }) => row(
    Svg.node("rect", { x: 0, y: 1, width: 24, height: 14, fill: colour || `url(#${NO_DATA})`, stroke: token("muted") }), text, MARK, `${count}`));
  return [[title(`${Series.unit(series)} · ${series.year}`), told(say("paper.classes"), 0, COLUMN, { size: 11, fill: token("muted") }), gap(4), ...rows]];
}

const overlays = () => Beside.overlays().map(({ title: name, rows }) => [title(name), gap(2), ...rows.map(({ image, text }) => row(
  Svg.node("image", { x: 0, y: -2, href: image.src, width: image.naturalWidth || 20, height: 20 }), text, WIDE_MARK))]);

function disc({ sign, kind }, judged) {
  const node = Svg.node("g", {});
  const [fill, ink] = judged ? [token("accent"), token("paper")] : kind === "record" ? [token("map-ink"), token("paper")] : [token("paper"), token("map-ink")];
  node.append(
    Svg.node("circle", { cx: 10, cy: 8, r: 9, fill, stroke: judged ? fill : token("map-ink"), "stroke-width": 1.5 }),
    words(10, 12, sign, { "text-anchor": "middle", "font-weight": 700, "font-size": 11, fill: ink }),
  );
  return node;
}

const numbered = (p, active) => row(disc(Identity.ofProposal(p), Drafts.PROPOSAL + p.id === active),
  `${p.name} · ${say("identity.about", { state: say(`state.${p.state}`), phase: p.phase })}`);
const tagged = ({ text, name }) => row(words(0, 12, text, { "font-weight": 700, "font-size": 11.5 }), name, 40);

const keys = (view, map, active) => Beside.keysInSight(view, map).flatMap(({ proposals, tags }) => [
  ...(proposals.length ? [[title(say("paper.key")), gap(2), ...proposals.map((p) => numbered(p, active))]] : []),
  ...(tags.length ? [[title(say("paper.tags")), gap(2), ...tags.map(tagged)]] : []),
]);

/** Lay blocks out in columns of a height, a new one where a row finds no room: { node, width, height }. */
function columns(blocks, height) {
  const node = Svg.node("g", {});
  let [column, y, deepest] = [0, 0, 0];
  for (const [n, { node: part, height: high, keep = 0 }] of blocks.flatMap((block) => [...block, gap(12)]).entries()) {
    if (n && y + high + keep > height) [column, y] = [column + 1, 0];
    part.setAttribute("transform", `translate(${column * (COLUMN + APART)} ${y})`);
    node.append(part);
    y += high;
    deepest = Math.max(deepest, y);
  }
  return { node, width: (column + 1) * (COLUMN + APART), height: deepest };
}

// A little deeper than the map where that saves a column.
function beside(blocks, height) {
  const laid = columns(blocks, height);
  const deeper = columns(blocks, height * DEEPER);
  return deeper.width < laid.width ? deeper : columns(blocks, height);
}

// ---- the whole

/** The map in sight as a drawing with title, keys, scale and north, notice, sources and date: { svg, width, height }. */
export function compose(view, bounds) {
  const map = Current.engine();
  const size = map.screen();
  const legend = beside([...classes(view, bounds), ...overlays(), ...keys(view, map, Current.last.drafts.active)], Math.max(size.height, LEAST_HIGH));
  const [left, high] = [legend.width + EDGE, Math.max(size.height, legend.height)];
  const width = left + size.width + EDGE;
  const inside = width - 2 * EDGE;
  const head = told(`${Series.label(view.fill)} — ${Beside.where(view)}`, 0, inside - DATE, { size: 18, weight: 700 });
  const foot = [
    told(Beside.notice(), 0, inside - SCALE_WIDE, { "font-style": "italic" }), ...Legend.cautions(view).map((text) => told(text, 0, inside - SCALE_WIDE)),
    told(`${say("source")}: ${Beside.sourceOf(view)}`, 0, inside - SCALE_WIDE, { size: 11 }),
    ...(Rivers.drawn() ? [told(say("rivers.source"), 0, inside - SCALE_WIDE, { size: 11 })] : []),
    ...(Surroundings.drawn() ? [told(say("surroundings.source"), 0, inside - SCALE_WIDE, { size: 11 })] : []),
  ];
  const top = EDGE + head.height + 8;
  const height = top + high + 12 + Math.max(foot.reduce((all, part) => all + part.height, 0), NORTH_HIGH) + EDGE;

  const svg = Svg.node("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  const put = (x, y, ...nodes) => svg.append(...nodes.map((node) => at(node, x, y)));
  svg.append(Svg.node("rect", { width, height, fill: token("paper") }));
  put(EDGE, EDGE, head.node, words(inside, 16, today(), { "text-anchor": "end" }));
  put(EDGE, top, legend.node);
  svg.append(Svg.node("rect", { x: left, y: top, width: size.width, height: size.height, fill: token("map-beside") }));
  svg.append(copyOf(map, left, top));
  svg.append(Svg.node("rect", { x: left, y: top, width: size.width, height: size.height, fill: "none", stroke: token("edge") }));
  let y = top + high + 12;
  for (const part of foot) {
    put(EDGE, y, part.node);
    y += part.height;
  }
  put(width - EDGE, top + high + 12, scaleAndNorth(map));
  noData(svg, map);
  return { svg, width, height };
}

function at(node, x, y) {
  const moved = Svg.node("g", { transform: `translate(${x} ${y})` });
  moved.append(node);
  return moved;
}

// The hatch of the map, for the legend: there at the size of the screen, whatever the map's scale.
function noData(svg, map) {
  const hatch = map.svg.querySelector("pattern").cloneNode(true);
  hatch.setAttribute("id", NO_DATA);
  hatch.setAttribute("patternTransform", "rotate(45)");
  const defs = Svg.node("defs", {});
  defs.append(hatch);
  svg.prepend(defs);
}

// To the left of a corner: north, and the scale as it stands on the map.
function scaleAndNorth(map) {
  const group = Svg.node("g", {});
  const { width, text } = Beside.scale(map);
  group.append(
    Svg.node("path", { d: "M-8 14l6 18h-12z", fill: token("ink") }), words(-8, 10, "N", { "text-anchor": "middle", "font-weight": "bold" }),
    Svg.node("path", { d: `M${-34 - width} 22v8h${width}v-8`, fill: "none", stroke: token("ink"), "stroke-width": 2 }),
    words(-34 - width / 2, 24, text, { "text-anchor": "middle", "font-size": 11 }),
  );
  return group;
}

function rasterise({ svg, width, height }) {
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onerror = () => reject(new Error("picture"));
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * SCALE;
      canvas.height = height * SCALE;
      const context = canvas.getContext("2d");
      context.scale(SCALE, SCALE);
      context.drawImage(image, 0, 0);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("picture"))), "image/png");
    };
    image.src = source;
  });
}

export async function save(view, bounds) {
  const blob = await rasterise(compose(view, bounds || []));
  File_.save(File_.nameOf(`${Beside.where(view)} ${Series.label(view.fill)}`, say("file.picture"), "png"), blob);
}
