// The map as a PNG: what is on screen, with title, legend, sources and the notice on its limits.
import { facts } from "../core/facts.js";
import * as File_ from "../core/file.js";
import { today } from "../core/paper.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as Classes from "../model/classes.js";
import * as Series from "../model/series.js";
import * as Current from "./current.js";
import * as Legend from "./legend.js";

const SVG = "http://www.w3.org/2000/svg";
const SCALE = 2;
const BAND = { head: 46, foot: 66, legend: 210 };

const node = (name, attributes, text) => {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
};

const words = (x, y, text, more) => node("text", { x, y, "font-family": "sans-serif", "font-size": 12, fill: token("ink"), ...more }, text);

// Style sheets do not travel with a copied picture: write what they say onto each node.
const CARRIED = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-size", "font-family", "font-weight", "letter-spacing", "text-anchor", "vector-effect"];

function carryStyles(from, to) {
  const [sources, targets] = [from, to].map((svg) => svg.querySelectorAll("text, .leader, .leader-end"));
  sources.forEach((source, i) => {
    const style = window.getComputedStyle(source);
    CARRIED.forEach((key) => targets[i].style.setProperty(key, style.getPropertyValue(key)));
  });
}

/** The sheet of a map as it stands, at a place of another drawing. */
function copyOf(map, x, y) {
  const copy = map.svg.cloneNode(true);
  carryStyles(map.svg, copy);
  copy.removeAttribute("style");
  Object.entries({ x, y, overflow: "hidden" }).forEach(([key, value]) => copy.setAttribute(key, value));
  return copy;
}

function wrapped(text, length) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && (lines.at(-1) + word).length > length) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}

function legend(view, bounds) {
  const series = Series.about(view);
  const group = node("g", { transform: `translate(14,${BAND.head + 14})` });
  const head = wrapped(`${Series.unit(series)} · ${series.year}`, 30);
  head.forEach((line, i) => group.append(words(0, i * 15, line)));
  const colours = Classes.classColours(view.count, bounds.length);
  const least = Math.min(...Series.values(view).filter((v) => v !== null));
  let y = Math.max(2, head.length) * 15 + 2;
  bounds.forEach((high, n) => {
    group.append(node("rect", { x: 0, y, width: 24, height: 15, fill: colours[n], stroke: token("muted") }));
    const text = Legend.range(n ? bounds[n - 1] : least, high, series, n === 0);
    group.append(words(32, y + 12, text));
    y += 20;
  });
  group.append(node("rect", { x: 0, y, width: 24, height: 15, fill: "url(#no-data)", stroke: token("muted") }), words(32, y + 12, say("no_data")));
  return overlayLegend(group, y + 34);
}

// The legends of the overlays that are on, as they stand beside their switches.
function overlayLegend(group, top) {
  let y = top;
  document.querySelectorAll("#map-overlays label:has(input:checked)").forEach((label) => {
    const title = label.querySelector(".overlay-label").firstChild.textContent;
    group.append(words(0, y, title, { "font-weight": "bold" }));
    y += 6;
    label.querySelectorAll(".legend-row:not([hidden])").forEach((row) => {
      const image = /** @type {HTMLImageElement} */ (row.querySelector("img"));
      group.append(node("image", { x: 0, y, href: image.src, width: image.naturalWidth || 20, height: 20 }));
      wrapped(row.textContent, 24).forEach((line, i) => group.append(words(46, y + 13 + i * 13, line, { "font-size": 11 })));
      y += 6 + 13 * wrapped(row.textContent, 24).length + 3;
    });
    y += 14;
  });
  return group;
}

export function compose(view, bounds) {
  const map = Current.engine();
  const size = map.screen();
  const [width, height] = [size.width + BAND.legend, size.height + BAND.head + BAND.foot];
  const series = Series.about(view);
  const svg = node("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(node("rect", { width, height, fill: token("paper") }));
  svg.append(document.getElementById("no-data").closest("defs").cloneNode(true));
  svg.append(node("rect", { x: BAND.legend, y: BAND.head, width: size.width, height: size.height, fill: token("map-beside") }));
  svg.append(copyOf(map, BAND.legend, BAND.head));
  svg.append(words(14, 28, `${Series.label(view.fill)} — ${where(view)}`, { "font-size": 18, "font-weight": "bold" }));
  svg.append(words(width - 14, 28, today(), { "text-anchor": "end" }));
  svg.append(legend(view, bounds));
  const foot = height - BAND.foot;
  const told = wrapped(notice(), Math.floor((width - 28) / 6.4));
  told.forEach((line, i) => svg.append(words(14, foot + 18 + i * 14, line, { "font-style": "italic" })));
  const source = wrapped(`${say("source")}: ${series.source} (${series.year})`, Math.floor((width - 28) / 5.6));
  const below = foot + 20 + told.length * 14;
  source.forEach((line, i) => svg.append(words(14, below + i * 13, line, { "font-size": 10.5 })));
  svg.append(scaleBar(map, width, foot));
  return { svg, width, height };
}

const where = (view) => (view.department ? facts.departments[view.department].name : say("all_departments"));
const notice = () => document.getElementById("map-caption").textContent;

// The scale as it stands on the map, and north.
function scaleBar(map, width, y) {
  const group = node("g", {});
  const bar = map.node.querySelector(".leaflet-control-scale-line");
  const wide = bar.offsetWidth;
  const right = width - 44;
  group.append(node("path", { d: `M${right - wide} ${y - 12}v6h${wide}v-6`, fill: "none", stroke: token("ink"), "stroke-width": 2 }));
  group.append(words(right - wide / 2, y - 14, bar.textContent, { "text-anchor": "middle", "font-size": 11 }));
  group.append(node("path", { d: `M${width - 22} ${y - 26}l6 18h-12z`, fill: token("ink") }), words(width - 22, y - 30, "N", { "text-anchor": "middle", "font-weight": "bold" }));
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
  File_.save(File_.nameOf(`${where(view)} ${Series.label(view.fill)}`, say("file.picture"), "png"), blob);
}
