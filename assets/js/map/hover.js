// The card beside the pointer and the scale bar.
import { facts, place } from "../core/facts.js";
import { say } from "../core/words.js";
import { number } from "../model/numbers.js";
import * as Series from "../model/series.js";
import * as Current from "./current.js";

const CARD = "map-hover";
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

export function attach(gd) {
  gd.on("plotly_hover", (event) => show(event));
  gd.on("plotly_unhover", hide);
  gd.addEventListener("mouseleave", hide);
}

function hide() {
  document.getElementById(CARD).hidden = true;
}

function show({ points, event }) {
  const point = points[0];
  const u = point.location || (point.customdata && point.customdata.u);
  const lines = point.customdata && point.customdata.cases ? caseLines(point.customdata) : [];
  const card = document.getElementById(CARD);
  card.replaceChildren(...(u ? districtLines(u) : []), ...lines);
  if (!card.childNodes.length) return hide();
  card.hidden = false;
  put(card, event);
}

function put(card, event) {
  const frame = card.parentElement.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const { offsetWidth: w, offsetHeight: h } = card;
  card.style.left = `${x + 16 + w > frame.width ? Math.max(0, x - w - 12) : x + 16}px`;
  card.style.top = `${Math.max(0, Math.min(y + 12, frame.height - h - 4))}px`;
}

function districtLines(u) {
  const view = Current.last.view;
  const i = facts.index.get(u);
  const series = Series.about(view);
  const values = Series.values(view);
  const value = values[i];
  const head = make("div", "hover-name", place.district(u));
  const where = make("div", "hover-where", `${place.province(u)}, ${place.department(u)}`);
  const unknown = value === null || value === undefined;
  const figure = make("div", "hover-value");
  const written = number(value, series.decimals);
  figure.append(make("b", "", unknown ? say("no_data") : written));
  if (!unknown) figure.append(` ${Series.unit(series, written)}`);
  const lines = [head, where, make("div", "hover-label", Series.label(view.fill)), figure];
  const standing = Series.rank(view, u);
  if (standing) {
    lines.push(make("div", "", say("rank", { place: standing[0], of: standing[1], where: place.department(u) })));
  }
  if (series.known) lines.push(make("div", "", say(view.fill === "gap_combined" ? "coverage_sectors" : "coverage", { known: series.known[i], possible: series.possible })));
  if (series.observed && series.observed[i] !== null) {
    const thin = series.observed[i] < facts.thinBelow;
    lines.push(make("div", thin ? "hover-thin" : "", say(thin ? "sample_thin" : "sample", { n: number(series.observed[i], 0) })));
  }
  if (!unknown) lines.push(...Series.samples(series, series.unsampled ? series.unsampled[i] : 0).map((text) => make("div", "hover-sample", text)));
  lines.push(make("div", "hover-source", `${series.source} · ${series.year}`));
  return lines;
}

function caseLines({ place, cases }) {
  const known = facts.conflicts.filter((c) => cases.includes(c.id) && (!place || c.place === place));
  const lines = [];
  if (place) {
    const group = place.length === 4 ? facts.provinces[place] : facts.departments[place];
    lines.push(make("div", "hover-name", group.name));
    lines.push(make("div", "hover-where", say(place.length === 4 ? "only_province" : "only_department")));
  }
  const seen = new Set();
  for (const c of known) {
    if (seen.has(c.id)) continue;
    seen.add(c.id);
    if (seen.size > 6) continue;
    const line = make("div", "hover-case");
    line.append(make("b", "", c.name), ` — ${say(`conflict_type.${c.type}`)}, ${say(`conflict_state.${c.state}`)}, ${when(c)}`);
    lines.push(line);
  }
  if (seen.size > 6) lines.push(make("div", "", say("more_cases", { n: seen.size - 6 })));
  lines.push(make("div", "hover-source", facts.sources.conflicts.source));
  return lines;
}

function when(c) {
  const years = [c.first, c.last].filter(Boolean);
  return years.length ? [...new Set(years)].join("\u2013") + (c.estimated ? ` (${say("estimated")})` : "") : say("undated");
}
