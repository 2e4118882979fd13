// The map as a PNG: what is on screen, with title, legend, sources and the notice on its limits.
import { facts } from "../core/facts.js";
import * as File_ from "../core/file.js";
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
const CARRIED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "font-size", "font-family", "text-anchor"];

function carryStyles(from, to) {
  const [sources, targets] = [from.querySelectorAll("path, text, rect"), to.querySelectorAll("path, text, rect")];
  sources.forEach((source, i) => {
    const style = window.getComputedStyle(source);
    CARRIED.forEach((key) => targets[i].style.setProperty(key, style.getPropertyValue(key)));
  });
}

function mapCopy(gd) {
  const group = node("g", { transform: `translate(${BAND.legend},${BAND.head})` });
  gd.querySelectorAll(".svg-container > svg.main-svg").forEach((svg) => {
    if (!svg.querySelector(".geolayer, .layer-above")) return;
    const copy = svg.cloneNode(true);
    carryStyles(svg, copy);
    group.append(copy);
  });
  return group;
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
  const gd = Current.frame();
  const [width, height] = [gd.clientWidth + BAND.legend, gd.clientHeight + BAND.head + BAND.foot];
  const series = Series.about(view);
  const svg = node("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(node("rect", { width, height, fill: token("paper") }));
  svg.append(document.getElementById("no-data").closest("defs").cloneNode(true));
  svg.append(mapCopy(gd));
  const where = view.department ? facts.departments[view.department].name : say("all_departments");
  svg.append(words(14, 28, `${Series.label(view.fill)} — ${where}`, { "font-size": 18, "font-weight": "bold" }));
  svg.append(legend(view, bounds));
  const foot = height - BAND.foot;
  const told = wrapped(notice(), Math.floor((width - 28) / 6.4));
  told.forEach((line, i) => svg.append(words(14, foot + 18 + i * 14, line, { "font-style": "italic" })));
  const source = wrapped(`${say("source")}: ${series.source} (${series.year})`, Math.floor((width - 28) / 5.6));
  const below = foot + 20 + told.length * 14;
  source.forEach((line, i) => svg.append(words(14, below + i * 13, line, { "font-size": 10.5 })));
  const bar = document.getElementById("map-scale");
  svg.append(scaleBar(bar, width, foot));
  return { svg, width, height };
}

const notice = () => document.getElementById("map-caption").textContent;

function scaleBar(bar, width, y) {
  const group = node("g", {});
  const wide = bar.offsetWidth;
  group.append(node("path", { d: `M${width - wide - 20} ${y - 6}v6h${wide}v-6`, fill: "none", stroke: token("ink"), "stroke-width": 2 }));
  group.append(words(width - wide / 2 - 20, y - 8, bar.textContent, { "text-anchor": "middle", "font-size": 11 }));
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
  const where = view.department ? facts.departments[view.department].name : say("all_departments");
  File_.save(File_.nameOf(`${where} ${Series.label(view.fill)}`, say("file.picture"), "png"), blob);
}
