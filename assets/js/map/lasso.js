// Enclosing by hand or by a rectangle: the line follows the pointer, and what it takes is marked and counted meanwhile.
import { facts } from "../core/facts.js";
import * as Svg from "../core/svg.js";
import { say } from "../core/words.js";
import * as Enclosure from "../model/enclosure.js";
import * as Drawing from "./drawing.js";

const SHAPE = "map-shape";
const LEAST_PX = 4; // what is shorter is a slip of the hand
const MOST_NAMES = 4;
const BESIDE = { touch: 44, mouse: 8 }; // pixels from the outline to what is told of it, clear of a finger

const boxOf = (ring) => [0, 1, 2, 3].map((i) => (i < 2 ? Math.min : Math.max)(...ring.map((p) => p[i % 2])));

function told(us) {
  if (!us.length) return say("enclosing.none");
  const names = us.slice(0, MOST_NAMES).map((u) => facts.names[facts.index.get(u)]).join(", ");
  return say(us.length > MOST_NAMES ? "enclosing.more" : "enclosing.these", { n: us.length, names, more: us.length - MOST_NAMES });
}

/** Let a person draw on a map until `end`. */
export function begin(map, tool, countsBy) {
  map.leaflet.dragging.disable();
  const sheet = Svg.node("svg", { class: "map-enclosing", "aria-hidden": "true" });
  const paths = ["casing", "line"].map((name) => Svg.node("path", { class: name }));
  sheet.append(...paths);
  const label = document.createElement("output");
  label.className = "map-enclosed";
  label.hidden = true;
  map.node.append(sheet, label);
  let trail = null;
  let pending = 0;
  let beside = BESIDE.mouse;

  const spot = ({ clientX, clientY }) => {
    const box = map.node.getBoundingClientRect();
    return [Math.min(Math.max(clientX - box.left, 0), box.width), Math.min(Math.max(clientY - box.top, 0), box.height)];
  };
  const ring = () => {
    if (tool === "lasso") return trail;
    const [[x0, y0], [x1, y1]] = [trail[0], trail.at(-1)];
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  };
  // above the outline, else below it, never over what is being enclosed; where neither is free, above what draws
  const placeFor = ({ offsetWidth: w, offsetHeight: h }) => {
    const [frame, [left, top, , bottom]] = [map.node.getBoundingClientRect(), boxOf(ring())];
    const x = Math.max(4, Math.min(left, frame.width - w - 6));
    const over = Drawing.over(map);
    const free = (y) => y >= 4 && y + h <= frame.height - 4 && !over.some((box) => x < box[2] && x + w > box[0] && y < box[3] && y + h > box[1]);
    return [x, [top - h - beside, bottom + beside].find(free) ?? Math.max(4, trail.at(-1)[1] - h - beside)];
  };
  const show = () => {
    pending = 0;
    if (!trail) return;
    const d = `M${ring().map((p) => p.join(" ")).join("L")}Z`;
    paths.forEach((path) => path.setAttribute("d", d));
    const { place } = map.screen();
    const us = Enclosure.within(ring().map(place), countsBy());
    map.enclose(us);
    label.textContent = told(us);
    label.hidden = false;
    const [x, y] = placeFor(label);
    label.style.transform = `translate(${x}px, ${y}px)`;
  };
  const forget = () => {
    trail = null;
    label.hidden = true;
    paths.forEach((path) => path.removeAttribute("d"));
    map.enclose([]);
  };
  const down = (event) => {
    if (event.button || !event.isPrimary) return forget();
    event.preventDefault();
    map.node.setPointerCapture(event.pointerId);
    beside = BESIDE[event.pointerType] || BESIDE.mouse;
    trail = [spot(event)];
  };
  const move = (event) => {
    if (!trail || !event.isPrimary) return;
    trail.push(spot(event));
    pending = pending || requestAnimationFrame(show);
  };
  const up = (event) => {
    if (!trail || !event.isPrimary) return;
    trail.push(spot(event));
    const { place } = map.screen();
    const box = boxOf(trail);
    const drawn = ring().map(place);
    forget();
    if (box[2] - box[0] < LEAST_PX && box[3] - box[1] < LEAST_PX) return;
    const range = tool === "rectangle" ? [drawn[0], drawn[2]] : null;
    window.dash_clientside.set_props(SHAPE, { data: { lasso: range ? null : drawn, range, countsBy: countsBy(), at: Date.now() } });
  };
  const escape = (event) => event.key === "Escape" && forget();
  // a finger that draws moves nothing else, and a second one may still zoom
  const hold = (event) => event.cancelable && event.preventDefault();
  const heard = [["touchmove", hold], ["pointerdown", down], ["pointermove", move], ["pointerup", up], ["pointercancel", forget], ["keydown", escape]];
  heard.forEach(([name, hear]) => map.node.addEventListener(name, hear, { passive: false }));
  map.lasso = () => {
    heard.forEach(([name, hear]) => map.node.removeEventListener(name, hear));
    forget();
    sheet.remove();
    label.remove();
    map.leaflet.dragging.enable();
    map.lasso = null;
  };
}

export const end = (map) => map.lasso && map.lasso();
