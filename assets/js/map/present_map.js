// Maps for the back of the room: the districts of a proposal large and named, its separate parts apart, and what lies
// around. Drawn from the limits that the page has; nothing is sent for them.
import { nextFrame } from "../core/dom.js";
import { facts, limits, place, shapes } from "../core/facts.js";
import * as Svg from "../core/svg.js";
import { later } from "../core/later.js";
import * as Geometry from "../model/geometry.js";
import { number } from "../model/numbers.js";
import * as SmallMaps from "./small_maps.js";

const STEPS_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const SCALE_SHARE = 0.36; // of the width of a map, at most
const ROOM = 0.86; // how much of the frame the districts may take
const INSIDE_STEPS = 14;
const AROUND = { angles: 16, radii: [1.2, 2, 3, 4.2, 6] };
// what a name pays: on another name, on another district, for each corner outside its own (as for so many when it
// stands beside), for what it covers of its own, and by the distance
const COST = { name: 50, district: 45, corner: 12, beside: 5, cover: 60, far: 0.35 };
const LINE_HEIGHT = 1.12;
const LONG = 13; // letters of a name that is written on two lines

const make = (...told) => Svg.node(...told);
/** @param {number[][][]} rings @param {number[]} place */
const holds = (rings, [x, y]) => Geometry.holds(rings, x, y);

/** @param {number[]} box */
const middle = ([west, south, east, north]) => {
  const { mercator, inverse } = Geometry;
  return { lon: (west + east) / 2, lat: inverse((mercator(south) + mercator(north)) / 2) };
};

// ---- from degrees to pixels

function projection(box, width, height) {
  const { mercator } = Geometry;
  const [west, south, east, north] = [box[0], mercator(box[1]), box[2], mercator(box[3])];
  const { round } = Math;
  return (/** @type {number[]} */ [lon, lat]) => [
    round(((lon - west) / (east - west)) * width * 10) / 10,
    round(((north - mercator(lat)) / (north - south)) * height * 10) / 10,
  ];
}

const near = (box) => limits.features.filter(({ id, geometry }) => {
  const own = geometry && shapes.boxes.get(id);
  return own && own[0] < box[2] && box[0] < own[2] && own[1] < box[3] && box[1] < own[3];
});

const pathOf = (rings) => rings.map((ring) => `M${ring.map((p) => p.join(" ")).join("L")}Z`).join("");

// The border of a group of districts, as one path.
function borderOf(ubigeos, project) {
  const { lon, lat } = Geometry.outline(ubigeos);
  let path = "";
  lon.forEach((x, i) => {
    if (x === null) return;
    path += `${i === 0 || lon[i - 1] === null ? "M" : "L"}${project([x, lat[i]]).join(" ")}`;
  });
  return path;
}

// ---- names

const pen = later(() => document.createElement("canvas").getContext("2d"));

// A long name is broken where its halves are most alike.
function linesOf(name) {
  const words = name.split(" ");
  if (name.length <= LONG || words.length < 2) return [name];
  const breaks = words.slice(1).map((_, i) => [words.slice(0, i + 1).join(" "), words.slice(i + 1).join(" ")]);
  const longest = (pair) => Math.max(...pair.map((text) => text.length));
  return breaks.reduce((best, pair) => (longest(pair) < longest(best) ? pair : best));
}

function sizeOf(lines, size, weight) {
  pen().font = `${weight} ${size}px system-ui, sans-serif`;
  return [Math.max(...lines.map((text) => pen().measureText(text).width)) + 6, lines.length * size * LINE_HEIGHT];
}

/** @param {number[]} middle @param {number[]} size */
const rectAt = ([x, y], [w, h]) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
/** @param {number[]} rect left, top, right, bottom */
const corners = ([l, t, r, b]) => [[l, t], [r, t], [l, b], [r, b], [(l + r) / 2, t], [(l + r) / 2, b], [l, (t + b) / 2], [r, (t + b) / 2]];
const overlap = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
/** @param {number[]} rect @param {number[]} size */
const within = ([l, t, r, b], [w, h]) => l >= 2 && t >= 2 && r <= w - 2 && b <= h - 2;

function boxOf(points) {
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function* spotsInside(rings, frame) {
  const box = boxOf(rings.flat());
  const [l, t, r, b] = [Math.max(box[0], 0), Math.max(box[1], 0), Math.min(box[2], frame[0]), Math.min(box[3], frame[1])];
  for (let i = 1; i < INSIDE_STEPS; i++) {
    for (let j = 1; j < INSIDE_STEPS; j++) {
      const spot = [l + ((r - l) * i) / INSIDE_STEPS, t + ((b - t) * j) / INSIDE_STEPS];
      if (holds(rings, spot)) yield spot;
    }
  }
}

/** @param {number[]} at @param {number[]} size */
function* spotsAround([x, y], [w, h]) {
  for (const radius of AROUND.radii) {
    for (let i = 0; i < AROUND.angles; i++) {
      const angle = (2 * Math.PI * i) / AROUND.angles;
      yield [x + (w / 2 + radius * h) * Math.cos(angle), y + radius * h * Math.sin(angle)];
    }
  }
}

// Where a name stands best: inside its own district, else beside it, on no other name and on no other district of
// the proposal where that can be.
function placed(district, size, taken, others, frame) {
  const cost = (spot) => {
    const rect = rectAt(spot, size);
    if (!within(rect, frame)) return Infinity;
    const inside = holds(district.rings, spot);
    const outside = inside ? corners(rect).filter((corner) => !holds(district.rings, corner)).length : COST.beside;
    const onOthers = others.filter((other) => corners(rect).some((corner) => holds(other.rings, corner))).length;
    const onItself = !inside && corners(rect).some((corner) => holds(district.rings, corner)) ? 1 : 0;
    const covers = inside ? Math.min(1, (size[0] * size[1]) / district.area) ** 2 : 0;
    const onNames = taken.reduce((sum, other) => sum + overlap(rect, other), 0);
    const far = Math.hypot(spot[0] - district.anchor[0], spot[1] - district.anchor[1]);
    return onNames * COST.name + (onOthers + onItself) * COST.district + outside * COST.corner + covers * COST.cover + far * COST.far;
  };
  let best = { spot: district.anchor, cost: Infinity };
  for (const spot of [district.anchor, ...spotsInside(district.rings, frame), ...spotsAround(district.anchor, size)]) {
    const own = cost(spot);
    if (own < best.cost) best = { spot, cost: own };
  }
  return best.spot;
}

function written(lines, [x, y], size, kind) {
  const text = make("text", { class: `name ${kind}`, x, y, "font-size": size, "text-anchor": "middle" });
  const top = y - ((lines.length - 1) * size * LINE_HEIGHT) / 2 + size * 0.35;
  lines.forEach((line, i) => text.append(make("tspan", { x, y: top + i * size * LINE_HEIGHT }, line)));
  return text;
}

// ---- what a map is made of

function districtsIn(map, box, project) {
  const provinces = new Set(map.parts.flat().map((u) => u.slice(0, 4)));
  const kindOf = (u) => {
    if (map.main.includes(u)) return "own";
    if (map.parts.some((part) => part.includes(u))) return "cut";
    return map.joins.includes(u) ? "join" : provinces.has(u.slice(0, 4)) ? "province" : "outside";
  };
  return near(box).map(({ id, geometry }) => {
    const rings = Geometry.ringsOf(geometry).map((ring) => ring.map(project));
    const anchor = project(facts.anchors[facts.index.get(id)]);
    return { u: id, kind: kindOf(id), rings, anchor, area: areaOf(rings) };
  });
}

// Square pixels inside a district's largest ring.
function areaOf(rings) {
  const twice = rings.map((ring) => ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0));
  return Math.max(...twice.map((value) => Math.abs(value) / 2), 1);
}

// The nearest places of two parts that do not touch.
function gap(one, other) {
  let best = null;
  for (const p of one) {
    for (const q of other) {
      const away = (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2;
      if (!best || away < best.away) best = { away, p, q };
    }
  }
  return best;
}

// From each further part to the nearest of those before it: a broken line with a cross.
function gaps(map, districts) {
  const points = map.parts.map((part) => districts.filter((d) => part.includes(d.u)).flatMap((d) => d.rings.flat()));
  return points.slice(1).flatMap((own, i) => {
    const found = points.slice(0, i + 1).map((before) => gap(own, before)).filter(Boolean);
    return found.length ? [found.reduce((best, one) => (one.away < best.away ? one : best))] : [];
  });
}

function cross({ p, q }, size) {
  const [x, y, r] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, size * 0.32];
  const group = make("g", { class: "gap" });
  group.append(
    make("path", { class: "gap-line", d: `M${p.join(" ")}L${q.join(" ")}` }),
    make("circle", { cx: x, cy: y, r: r * 1.9 }),
    make("path", { class: "gap-cross", d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}` }),
  );
  return { group, rect: rectAt([x, y], [r * 4, r * 4]) };
}

function hatch(id) {
  const pattern = make("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(make("rect", { class: "hatch-ground", width: 9, height: 9 }), make("rect", { class: "hatch-line", width: 3, height: 9 }));
  const defs = make("defs", {});
  defs.append(pattern);
  return defs;
}

function borders(districts, project, digits) {
  const groups = new Map();
  districts.forEach(({ u }) => groups.set(u.slice(0, digits), [...(groups.get(u.slice(0, digits)) || []), u]));
  return [...groups.values()].map((group) => borderOf(group, project)).join("");
}

function names(map, districts, frame, size, taken) {
  const own = districts.filter((d) => d.kind === "own" || d.kind === "cut").sort((a, b) => a.area - b.area);
  const joining = districts.filter((d) => d.kind === "join");
  const named = (wanted, fontSize) => wanted.flatMap((district) => {
    const lines = linesOf(place.district(district.u));
    const room = sizeOf(lines, fontSize, 700);
    const spot = placed(district, room, taken, own.filter((d) => d !== district), frame);
    taken.push(rectAt(spot, room));
    const leads = holds(district.rings, spot) ? [] : leader(rectAt(spot, room), district.anchor);
    return [...leads, written(lines, spot, fontSize, district.kind)];
  });
  const made = named(own, size);
  // small maps name their own only: the last row reads no more
  return map.together ? made : [...made, ...named(joining, size * 0.9), ...lesser(districts, frame, size * 0.66, taken)];
}

// A line from a name beside its district into it.
/** @param {number[]} rect @param {number[]} at */
function leader([l, t, r, b], [x, y]) {
  const from = [Math.min(Math.max(x, l), r), Math.min(Math.max(y, t), b)];
  return [
    make("path", { class: "leader", d: `M${from.join(" ")}L${x} ${y}` }),
    make("circle", { class: "leader-end", cx: x, cy: y, r: 4 }),
  ];
}

// Names around, smaller, where there is room for them inside their district.
function lesser(districts, frame, size, taken) {
  return districts.filter((d) => d.kind === "province" || d.kind === "outside").flatMap((district) => {
    const lines = linesOf(place.district(district.u));
    const room = sizeOf(lines, size, 500);
    const fits = (spot) => {
      const rect = rectAt(spot, room);
      return within(rect, frame) && !taken.some((other) => overlap(rect, other)) && corners(rect).every((corner) => holds(district.rings, corner));
    };
    const spot = [district.anchor, ...spotsInside(district.rings, frame)].find(fits);
    if (!spot) return [];
    taken.push(rectAt(spot, room));
    return [written(lines, spot, size, district.kind)];
  });
}

// ---- one map

const read = (room) => ({
  room,
  parts: room.dataset.parts.split("|").filter(Boolean).map((part) => part.split(".")),
  main: room.dataset.main.split("."),
  joins: room.dataset.joins.split(".").filter(Boolean),
  together: room.dataset.together,
});

const extent = (map) => Geometry.bounds(map.parts.flat());
const frameOf = ({ room }) => [room.clientWidth, room.clientHeight];

const scaleOf = (maps) => {
  const [widths, heights] = [maps.map((m) => frameOf(m)[0]), maps.map((m) => frameOf(m)[1])];
  return SmallMaps.commonScale(maps.map(extent), ROOM * Math.min(...widths), ROOM * Math.min(...heights));
};

function draw(map, perKm) {
  const frame = frameOf(map);
  const [width, height] = frame;
  const size = parseFloat(window.getComputedStyle(map.room).fontSize);
  const box = SmallMaps.frameBox(middle(extent(map)), perKm, width, height);
  const project = projection(box, width, height);
  const districts = districtsIn(map, box, project);
  scaleBar(map.room, perKm);
  const pattern = `hatch-${map.parts.flat()[0]}-${map.together}`;
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": map.room.dataset.label });
  const crosses = gaps(map, districts).map((one) => cross(one, map.together ? size * 0.7 : size));
  const taken = [...taboo(map), ...crosses.map((one) => one.rect)];
  svg.append(
    hatch(pattern),
    ...districts.map((d) => make("path", { class: `district ${d.kind}`, d: pathOf(d.rings), ...(d.kind === "cut" ? { fill: `url(#${pattern})` } : {}) })),
    make("path", { class: "border province-border", d: borders(districts, project, 4) }),
    make("path", { class: "border department-border", d: borders(districts, project, 2) }),
    make("path", { class: "border join-border", d: map.joins.map((u) => borderOf([u], project)).join("") }),
    ...map.parts.map((part) => make("path", { class: "border part-casing", d: borderOf(part, project) })),
    ...map.parts.map((part) => make("path", { class: `border part-border ${map.main.includes(part[0]) ? "own" : "cut"}`, d: borderOf(part, project) })),
    ...crosses.map((one) => one.group),
    ...names(map, districts, frame, size, taken),
  );
  map.room.replaceChildren(svg);
}

// The corners where the badge and the scale stand.
function taboo(map) {
  const own = map.room.getBoundingClientRect();
  return [...map.room.parentElement.querySelectorAll(".present-badge, .present-scale-bar")].map((over) => {
    const at = over.getBoundingClientRect();
    return [at.left - own.left, at.top - own.top, at.right - own.left, at.bottom - own.top];
  });
}

function scaleBar(room, perKm) {
  const bar = room.parentElement.querySelector(".present-scale-bar");
  const most = SCALE_SHARE * room.clientWidth;
  const km = STEPS_KM.filter((step) => step * perKm <= most).at(-1) || STEPS_KM[0];
  bar.textContent = `${number(km)} km`;
  bar.style.width = `${km * perKm}px`;
}

const inSight = ({ room }) => !room.closest("[hidden]");
let turn = 0;

// Maps that are together have one scale. Those in sight come first; the others one a frame, so that a key is heard
// at once, unless all are wanted at once for paper.
export async function drawAll(root, atOnce) {
  const mine = ++turn;
  const maps = [...root.querySelectorAll(".present-map")].map(read).filter((map) => map.parts.length && frameOf(map)[0] > 0);
  const scales = new Map();
  for (const map of maps.sort((a, b) => Number(inSight(b)) - Number(inSight(a)))) {
    const key = map.together || map;
    if (!scales.has(key)) scales.set(key, scaleOf(maps.filter((other) => (other.together || other) === key)));
    if (!atOnce && !inSight(map)) await nextFrame();
    if (mine !== turn) return;
    draw(map, scales.get(key));
  }
}
