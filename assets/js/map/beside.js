// What goes with a map that is taken away, as picture or on paper: the same that stands beside it on screen.
import { facts } from "../core/facts.js";
import { say } from "../core/words.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";

/** By overlay that is on what its numbers and tags stand for; nothing where it names what it draws.
 * @returns {{ overlay: string, proposals: Proposal[], tags: { text: string, name: string }[] }[]} */
export const keys = (view) => view.overlays.map((overlay) => {
  const { parts, rows } = facts.overlays[overlay];
  const numbered = parts.some((part) => part.of === "proposals");
  const tags = Object.values(rows || {}).flatMap((group) => (Array.isArray(group) ? group : [])).filter((row) => row.text && row.name);
  return { overlay, proposals: numbered ? Proposals.listed() : [], tags: numbered ? [] : tags };
});

// The ids of proposals whose numbers are in the frame of a map, and the names and tags that are.
function seen(map) {
  const { width, height, of } = map.screen();
  const found = { proposals: new Set(), texts: new Set() };
  for (const mark of [...map.layers.values()].flatMap((layer) => layer.marks || [])) {
    const [x, y] = of(mark);
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const { about, text } = mark.node.dataset;
    if (about) found.proposals.add(JSON.parse(about).p);
    if (text) found.texts.add(text);
  }
  return found;
}

/** The keys of what is in the frame of a map alone. */
export function keysInSight(view, map) {
  const { proposals, texts } = seen(map);
  return keys(view).map((key) => ({
    ...key, proposals: key.proposals.filter((p) => proposals.has(p.id)), tags: key.tags.filter((row) => texts.has(row.text)),
  })).filter((key) => key.proposals.length || key.tags.length);
}

/** The legends of the overlays that are on, as they stand beside their switches.
 * @returns {{ title: string, rows: { image: HTMLImageElement, text: string }[] }[]} */
export const overlays = () => [...document.querySelectorAll("#map-overlays label:has(input:checked)")].map((label) => ({
  title: label.querySelector(".overlay-label").firstChild.textContent,
  rows: [...label.querySelectorAll(".legend-row:not([hidden])")].map((row) => ({ image: /** @type {HTMLImageElement} */ (row.querySelector("img")), text: row.textContent })),
}));

export const where = (view) => (view.department ? facts.departments[view.department].name : say("all_departments"));
export const notice = () => document.getElementById("map-caption").textContent;

/** The source of a fill with its years. */
export function sourceOf(view) {
  const { source, year } = Series.about(view);
  return `${source} (${year})`;
}

/** The scale of a map as its corner has it: how many pixels, and what they are. */
export function scale(map) {
  const bar = map.node.querySelector(".leaflet-control-scale-line");
  return { width: bar.offsetWidth, text: bar.textContent };
}
