// The card of what is pointed at: three lines beside the district, never over it; what they rest on behind "more".
// Under a finger it is a sheet at the foot of the map that closes.
import { facts, place, shapes } from "../core/facts.js";
import { joined, say } from "../core/words.js";
import * as Geometry from "../model/geometry.js";
import { number } from "../model/numbers.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";
import * as Drawing from "./drawing.js";
import * as Engine from "./engine.js";

const LOW = 360; // pixels of a frame that has no room for tools beside the card
const GAP = 10; // pixels between a district and its card
const HEADING_MS = 180; // a pointer on its way to the card is not stopped by what lies between
const MOST_CASES = 6;
const FINGERTIP = 12; // pixels beside a mark that a tap may land

const make = (tag, className, ...children) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
};

/** A card that belongs to a map and goes where it goes. @param {any} map @param {string} id */
export function cardOf(map, id) {
  const made = make("div", "hover-card");
  made.id = id;
  made.hidden = true;
  window.L.DomEvent.disableClickPropagation(made);
  window.L.DomEvent.disableScrollPropagation(made);
  map.node.append(made);
  return made;
}

/** Let a map tell of what is pointed at. card: the element of its card; view: what it shows now; above: what else is told
 * of a district; brief: the map is small, and what a figure rests on is told elsewhere.
 * @param {any} map @param {{ card: HTMLElement, view: () => View, above?: (u: Ubigeo) => Node[], brief?: boolean }} telling */
export function attach(map, telling) {
  const { node } = map;
  const { card } = telling;
  Object.assign(map, { telling });
  let waiting = 0;
  let before = [0, 0];
  // whether the pointer comes nearer to the card than it was
  const nears = ({ clientX, clientY }) => {
    const box = card.getBoundingClientRect();
    return distance(box, { clientX, clientY }) < distance(box, { clientX: before[0], clientY: before[1] }) - 0.5;
  };
  const point = (event) => {
    const asked = askedAt(map, event);
    if (!asked) return hide(map);
    if (asked.key !== card.dataset.of || card.hidden) show(map, asked, event);
  };
  node.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return;
    if (card.contains(/** @type {Node} */ (event.target))) return window.clearTimeout(waiting);
    window.clearTimeout(waiting);
    if (card.hidden || !nears(event)) point(event);
    else waiting = window.setTimeout(() => point(event), HEADING_MS);
    before = [event.clientX, event.clientY];
  });
  const away = () => (waiting = window.setTimeout(() => !card.matches(":hover") && hide(map), HEADING_MS));
  node.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && away());
  card.addEventListener("pointerenter", () => window.clearTimeout(waiting));
  card.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && hide(map));
  node.addEventListener("pointerdown", (event) => {
    if (card.contains(/** @type {Node} */ (event.target))) return;
    window.clearTimeout(waiting);
    hide(map);
  });
  node.addEventListener("keydown", ({ key }) => key === "Escape" && hide(map));
  node.addEventListener("blur", () => !card.contains(document.activeElement) && !card.matches(":hover") && hide(map));
  // a tap on a mark tells of it
  map.leaflet.on("click", ({ originalEvent }) => {
    const asked = tapped(map, originalEvent);
    if (asked) show(map, asked, originalEvent);
  });
}

/** Do something with the district that is clicked, tapped, or under the cross of the keyboard; byTouch: a finger cannot
 * point before; marked: a mark that it landed on is told of.
 * @param {any} map @param {(u: Ubigeo | null, byTouch?: boolean, marked?: boolean) => void} act */
export function choose(map, act) {
  const { node, leaflet } = map;
  const inTheMiddle = () => {
    const { width, height, place: at } = map.screen();
    return Geometry.districtAt(at([width / 2, height / 2]));
  };
  const told = () => Engine.isByKeys(map) && tell(map, inTheMiddle());
  leaflet.on("click", ({ latlng, originalEvent }) => act(
    Geometry.districtAt([latlng.lng, latlng.lat]), originalEvent.pointerType === "touch", Boolean(tapped(map, originalEvent))));
  // arrows move the map under the cross
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act(inTheMiddle());
  });
  node.addEventListener("focus", told);
  map.onSettled(told);
}

const MARK = ".answers[data-about]";
const told = (mark) => ({ ...JSON.parse(mark.dataset.about), key: mark.dataset.about, box: mark.getBoundingClientRect() });

function markAt({ target }) {
  const mark = target.closest && target.closest(MARK);
  return mark ? told(mark) : null;
}

// The mark under a finger, or the nearest within its tip.
function tapped(map, event) {
  if (event.pointerType !== "touch") return null;
  const near = [...map.svg.querySelectorAll(MARK)].map((mark) => ({ mark, away: distance(mark.getBoundingClientRect(), event) }))
    .filter(({ away }) => away <= FINGERTIP).sort((a, b) => a.away - b.away);
  return markAt(event) || (near.length ? told(near[0].mark) : null);
}

/** @param {DOMRect} box @param {{ clientX: number, clientY: number }} spot */
const distance = (box, { clientX: x, clientY: y }) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));

/** What else lies under the pointer, in lines: from modules that only some pages have.
 * @type {((map: any, event: PointerEvent) => string[])[]} */
export const beside = [];

function askedAt(map, event) {
  const mark = markAt(event);
  if (mark) return mark;
  const lines = beside.flatMap((tell) => tell(map, event));
  const u = Geometry.districtAt(map.place(event));
  if (lines.length) return { u, lines, key: `${u} ${lines.join()}` };
  return u ? { u, key: u } : null;
}

const hide = (map) => (map.telling.card.hidden = true);

/** Tell of a district without a pointer: in words too, for who hears the screen. @param {any} map @param {Ubigeo | null} u */
export function tell(map, u) {
  if (!u || !map.telling) return;
  map.telling.card.setAttribute("aria-live", "polite");
  show(map, { u, key: u }, null);
}

function show(map, asked, event) {
  const { card: node, view, above, brief } = map.telling;
  const lines = [...(asked.u ? districtLines(asked.u, view(), above, brief) : []), ...(asked.p ? proposalLines(asked.p) : []), ...(asked.cases ? caseLines(asked) : []), ...(asked.lines ? toldLines(asked) : [])];
  if (!lines.length) return hide(map);
  if (event) node.setAttribute("aria-live", "off");
  node.dataset.of = asked.key;
  const close = make("button", "fold hover-close", "×");
  close.setAttribute("aria-label", say("hover.close"));
  close.addEventListener("click", () => hide(map));
  node.replaceChildren(...lines, close);
  node.hidden = false;
  put(map, node, asked, event);
}

// The box of what is told of, in pixels of the frame.
function boxOf(map, asked, frame) {
  if (asked.box) {
    const { left, top, right, bottom } = asked.box;
    return [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top];
  }
  const own = shapes.boxes.get(asked.u);
  if (!own) return null;
  const { pixel } = map.screen();
  const [[left, bottom], [right, top]] = [pixel([own[0], own[1]]), pixel([own[2], own[3]])];
  return [left, top, right, bottom];
}

// To the right of the district, else to its left, above or below it; where it fills the frame, in the corner that is
// farthest from the pointer.
function put(map, node, asked, event) {
  const frame = node.parentElement.getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: h } = node;
  const pointer = event ? [event.clientX - frame.left, event.clientY - frame.top] : [frame.width / 2, frame.height / 2];
  const [l, t, r, b] = boxOf(map, asked, frame) || [...pointer, ...pointer];
  const along = (at, size, room) => Math.max(4, Math.min(at - size / 2, room - size - 4));
  const y = along(pointer[1], h, frame.height);
  const x = along(pointer[0], w, frame.width);
  const ways = [[r + GAP, y], [l - GAP - w, y], [x, t - GAP - h], [x, b + GAP]];
  /** @param {number[]} corner */
  const within = ([left, top]) => left >= 4 && top >= 4 && left + w <= frame.width - 4 && top + h <= frame.height - 4;
  const over = Drawing.over(map);
  /** @param {number[]} corner */
  const free = ([left, top]) => !over.some((box) => left < box[2] && left + w > box[0] && top < box[3] && top + h > box[1]);
  // never under the pointer, which would then be on the card: in a low frame at its very edge
  const [above, below] = frame.height < LOW ? [4, 4] : [56, 40];
  const corner = [pointer[0] > frame.width / 2 ? 8 : frame.width - w - 8, pointer[1] > frame.height / 2 ? above : frame.height - h - below];
  const inside = ways.filter(within);
  const [left, top] = inside.find(free) || [corner].find(free) || inside[0] || corner;
  node.style.left = `${left}px`;
  node.style.top = `${top}px`;
}

const more = (...lines) => make("details", "hover-more", make("summary", "", say("hover.more")), ...lines);

function districtLines(u, view, above, brief) {
  const first = make("div", "hover-name", place.district(u), make("span", "hover-where", ` ${place.province(u)}, ${place.department(u)}`));
  const others = above ? above(u) : [];
  return view ? [first, ...others, ...figureLines(u, view, brief)] : [first, ...others];
}

function figureLines(u, view, brief) {
  const i = facts.index.get(u);
  const series = Series.about(view);
  const value = Series.values(view)[i];
  const unknown = value === null || value === undefined;
  const written = number(value, series.decimals);
  const standing = !brief && Series.rank(view, u);
  const figure = make("div", "hover-value", make("b", "", unknown ? say("no_data") : written), unknown ? "" : ` ${Series.unit(series, written)}`,
    standing ? make("span", "hover-rank", ` · ${say("rank", { place: standing[0], of: standing[1], where: place.department(u) })}`) : "");
  const rests = [];
  if (series.known) rests.push(make("div", "", say(view.fill === "gap_combined" ? "coverage_sectors" : "coverage", { known: series.known[i], possible: series.possible })));
  let thin = false;
  if (series.observed && series.observed[i] !== null) {
    thin = series.observed[i] < facts.thinBelow;
    rests.push(make("div", thin ? "hover-thin" : "", say(thin ? "sample_thin" : "sample", { n: number(series.observed[i], 0) })));
  }
  if (!unknown) rests.push(...Series.samples(series, series.unsampled ? series.unsampled[i] : 0).map((text) => make("div", "hover-sample", text)));
  rests.push(...Series.counted(series, i).map((text) => make("div", "hover-sample", text)));
  const label = make("div", "hover-label", `${Series.label(view.fill)} · ${series.year}`, thin ? make("span", "hover-thin", ` · ${say("hover.thin")}`) : "");
  return brief ? [figure, label] : [figure, label, more(...rests, make("div", "hover-source", `${say("source")}: ${series.source}`))];
}

function proposalLines(id) {
  const found = Proposals.find(id);
  if (!found) return [];
  return [
    make("div", "hover-name", `${found.number} ${found.name}`),
    make("div", "hover-where", say("hover.proposal", { state: say(`state.${found.state}`), phase: found.phase })),
    make("div", "", joined(found.ubigeos.map(place.district))),
  ];
}

// Where a mark stands: a wide place by its name, in a district below what is told of it.
function placeLines({ place: where, u }, ofProvince, ofDepartment) {
  if (!where) return u ? [make("hr", "")] : [];
  const group = where.length === 4 ? facts.provinces[where] : facts.departments[where];
  return [make("div", "hover-name", group.name), make("div", "hover-where", say(where.length === 4 ? ofProvince : ofDepartment))];
}

// What the data set itself says of the rows of a mark.
const toldLines = (asked) => [
  ...placeLines(asked, "told_province", "told_department"), ...asked.lines.slice(0, MOST_CASES).map((line) => make("div", "hover-case", line)),
  ...(asked.lines.length > MOST_CASES ? [make("div", "", say("more_lines", { n: asked.lines.length - MOST_CASES }))] : []),
];

function caseLines({ place: where, cases, u }) {
  const known = facts.conflicts.filter((c) => cases.includes(c.id) && (!where || c.place === where));
  const lines = placeLines({ place: where, u }, "only_province", "only_department");
  const seen = new Map(known.map((c) => [c.id, c]));
  for (const c of [...seen.values()].slice(0, MOST_CASES)) {
    lines.push(make("div", "hover-case", make("b", "", c.name), ` — ${say(`conflict_type.${c.type}`)}, ${say(`conflict_state.${c.state}`)}, ${when(c)}`));
  }
  if (seen.size > MOST_CASES) lines.push(make("div", "", say("more_cases", { n: seen.size - MOST_CASES })));
  lines.push(more(make("div", "hover-source", `${say("source")}: ${facts.sources.conflicts.source}`)));
  return lines;
}

function when(c) {
  const years = [c.first, c.last].filter(Boolean);
  return years.length ? [...new Set(years)].join("\u2013") + (c.estimated ? ` (${say("estimated")})` : "") : say("undated");
}
