// The one engine of every map: Leaflet moves, zooms and pinches; one sheet of SVG carries what is drawn. The land is laid
// out once and scaled as a whole; marks and names keep their size and are put in their places.
import { nextFrame } from "../core/dom.js";
import * as Svg from "../core/svg.js";
import { TINT, token } from "../core/tokens.js";
import * as Geometry from "../model/geometry.js";
import * as Plane from "./plane.js";

const ZOOMS = { minZoom: 3, maxZoom: 14 };
const MARGIN = 0.04; // of the frame, free on each side of what is fitted
const HATCH = 6; // pixels from line to line
const HATCHED = "rotate(45)";
const EARTH_KM_PER_DEGREE = 111.195;
const SCALE_PX = 120;

// A press gives a map the focus by script, which browsers take for one by keyboard where nothing had it before.
const PRESSED = "is-pressed";
/** Whether a map has the focus of a keyboard. @param {{ node: HTMLElement }} map */
export const isByKeys = ({ node }) => node.matches(`:focus-visible:not(.${PRESSED})`);

const CALLED = ["role", "aria-label", "aria-description"];

/** Let a map that can have the focus be called what its place is. @param {HTMLElement} node @param {HTMLElement} host */
export function call(node, host) {
  for (const name of CALLED.filter((each) => host.hasAttribute(each))) {
    node.setAttribute(name, host.getAttribute(name));
    host.removeAttribute(name);
  }
}

let count = 0;

/** A pattern of lines of a width (pixels), colours as tokens, over a tint of the accent or not. */
function hatch(id, ground, line, width, tint = 0) {
  const pattern = Svg.node("pattern", { id, width: HATCH, height: HATCH, patternUnits: "userSpaceOnUse" });
  pattern.append(
    Svg.node("rect", { width: HATCH, height: HATCH, fill: token(ground) }),
    Svg.node("rect", { width, height: HATCH, fill: token(line) }),
  );
  if (tint) pattern.append(Svg.node("rect", { width: HATCH, height: HATCH, fill: token("accent"), "fill-opacity": tint }));
  return pattern;
}

const group = (parent, name, attributes) => {
  const made = Svg.node("g", { "data-layer": name, ...attributes });
  parent.append(made);
  return made;
};

/** A map in an element. moves: whether a person may move it; keys: by the keyboard too; scale: most pixels of its bar, 0
 * for none; scrolls: it stands in what scrolls or is swiped, which one finger goes on moving, and so does the wheel where
 * the map can have the focus.
 * @param {HTMLElement} host @param {MapOptions} options */
export function begin(host, { moves = true, keys = moves, scale = SCALE_PX, scrolls = false } = {}) {
  const node = document.createElement("div");
  node.className = "map-leaf";
  host.append(node);
  const { lon, lat } = Plane.middle();
  const leaflet = window.L.map(node, {
    ...ZOOMS, center: [lat, lon], zoom: 5, zoomSnap: 0, attributionControl: false, zoomControl: false, doubleClickZoom: false,
    zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false, boxZoom: false, wheelPxPerZoomLevel: 90,
    dragging: moves && !(scrolls && window.matchMedia("(pointer: coarse)").matches), scrollWheelZoom: moves && !(scrolls && keys), touchZoom: moves, keyboard: keys, tapHold: false,
  });
  if (scale) window.L.control.scale({ imperial: false, maxWidth: scale, position: "bottomright" }).addTo(leaflet);
  // the wheel is the map's once someone works on it
  if (scrolls && keys) {
    node.addEventListener("focus", () => leaflet.scrollWheelZoom.enable());
    node.addEventListener("blur", () => leaflet.scrollWheelZoom.disable());
  }
  keys ? call(node, host) : node.removeAttribute("tabindex");
  node.addEventListener("pointerdown", () => node.classList.add(PRESSED), true);
  ["keydown", "blur"].forEach((name) => node.addEventListener(name, () => node.classList.remove(PRESSED)));

  // ---- the sheet
  const state = { scale: 0, x: 0, y: 0 };
  const svg = Svg.node("svg", { class: "map-sheet", "aria-hidden": "true", focusable: "false" });
  const own = ++count;
  const noData = ["map-no-data", "map-no-data-line", 1.6];
  const defs = Svg.node("defs", {});
  const patterns = new Map(); // with how each is turned
  function pattern(node, turned = "") {
    defs.append(node);
    patterns.set(node, turned);
    stay(node, turned);
    return `url(#${node.id})`;
  }
  // the land is scaled, its patterns are not
  const stay = (node, turned) => state.scale && node.setAttribute("patternTransform", `${turned} scale(${1 / state.scale})`);
  svg.append(defs);
  const land = group(svg, "land", { "stroke-linejoin": "round", "stroke-linecap": "butt" });
  const over = group(svg, "over", {});
  const onPaper = group(svg, "scale", { class: "on-paper", display: "none" });
  leaflet.getPane("overlayPane").append(svg);

  const layers = new Map();
  let settling = 0;
  const settled = new Set();
  let moved = true;

  // Where the plane lies now, in the pixels of the layer: told by Leaflet alone.
  function follow() {
    const zoom = leaflet.getZoom();
    const origin = leaflet.project([lat, lon], zoom).subtract(leaflet.getPixelOrigin());
    const before = state.scale;
    Object.assign(state, { scale: 2 ** (zoom - Plane.ZOOM), x: origin.x, y: origin.y });
    land.setAttribute("transform", `matrix(${state.scale} 0 0 ${state.scale} ${state.x} ${state.y})`);
    if (before !== state.scale) patterns.forEach((turned, each) => stay(each, turned));
    for (const layer of layers.values()) if (layer.marks) layer.marks.forEach(stand);
  }

  // The sheet lies over the frame, whatever the drag left under it.
  function lay() {
    const corner = leaflet.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = leaflet.getSize();
    window.L.DomUtil.setPosition(svg, corner);
    svg.setAttribute("width", `${width}`);
    svg.setAttribute("height", `${height}`);
    svg.setAttribute("viewBox", `${corner.x} ${corner.y} ${width} ${height}`);
  }

  // Names and what else makes room for each other follow once what was asked for is on screen.
  function settle() {
    if (settling) return;
    const mine = (settling += 1);
    nextFrame().then(() => {
      if (settling !== mine) return;
      if (node.isConnected) rest();
      else settling = 0;
    });
  }

  function rest() {
    settling = 0;
    lay();
    if (scale && moved) copyScale();
    moved = false;
    settled.forEach((tell) => tell());
  }

  // The scale as it stands, on the sheet: on paper the sheet is as large as the page has room for.
  function copyScale() {
    const bar = node.querySelector(".leaflet-control-scale-line");
    const [wide, { x, y }] = [bar.offsetWidth, leaflet.containerPointToLayerPoint([size().x - 12, size().y - 10])];
    onPaper.replaceChildren(
      Svg.node("rect", { x: x - wide, y: y - 18, width: wide, height: 18, fill: token("paper") }),
      Svg.node("path", { d: `M${x - wide} ${y - 8}v8h${wide}v-8`, fill: "none", stroke: token("ink"), "stroke-width": 2 }),
      Svg.node("text", { x: x - wide / 2, y: y - 4, "text-anchor": "middle", "font-size": 13, fill: token("ink") }, bar.textContent),
    );
  }

  const pixelOf = ([x, y]) => [state.x + x * state.scale, state.y + y * state.scale];
  function stand(mark) {
    const [x, y] = pixelOf(mark.at);
    mark.node.setAttribute("transform", `translate(${Math.round((x + mark.dx) * 10) / 10} ${Math.round((y + mark.dy) * 10) / 10})`);
  }

  leaflet.on("zoom viewreset", follow);
  leaflet.on("moveend zoomend resize", () => {
    moved = true;
    settle();
  });

  // ---- the frame
  let fitted = null; // what is fitted, until a person moves the map
  let known = "";
  const size = () => leaflet.getSize();
  const empty = () => !size().x || !size().y;

  // around: what lies over the edges of the map now, in pixels; what stands on the left only moves what is fitted, as far
  // as the frame is wider than it, and never makes it smaller
  function fit(box, { share = 0, around = () => ({}) } = {}) {
    if (!box) return;
    fitted = { box, share, around };
    measure();
    if (empty()) return;
    const [west, south, east, north] = padded(box, share);
    const { x: width, y: height } = size();
    const { top = 0, bottom = 0, left = 0 } = around();
    const free = height - top - bottom;
    const [dx, dy] = [width * MARGIN, free * MARGIN];
    const [first, last] = [leaflet.project([north, west], 0), leaflet.project([south, east], 0)];
    const spare = width - 2 * dx - ((free - 2 * dy) * (last.x - first.x)) / (last.y - first.y);
    const aside = Math.max(0, Math.min(left, spare));
    leaflet.fitBounds([[south, west], [north, east]], { animate: false, paddingTopLeft: [dx + aside, dy + top], paddingBottomRight: [dx, dy + bottom] });
    begun();
  }

  /** Show a place in the middle at so many pixels a kilometre there. */
  function centre(place, perKm) {
    fitted = { centre: place, perKm };
    measure();
    if (empty()) return;
    const metres = perKm * EARTH_KM_PER_DEGREE; // pixels a degree of the equator's length
    const zoom = Math.log2((metres * Math.cos(Geometry.radians(place.lat)) * 360) / 256);
    leaflet.setView([place.lat, place.lon], zoom, { animate: false });
    begun();
  }

  // The frame may have another size than Leaflet knows.
  function measure() {
    if (node.clientWidth !== size().x || node.clientHeight !== size().y) leaflet.invalidateSize({ pan: false });
  }

  function again() {
    const { x, y } = size();
    if (`${x},${y}` === known && !empty()) return;
    known = `${x},${y}`;
    if (!fitted) return settle();
    fitted.box ? fit(fitted.box, fitted) : centre(fitted.centre, fitted.perKm);
  }

  let first = true;
  function begun() {
    known = `${size().x},${size().y}`;
    follow();
    lay();
    if (!first) return;
    first = false;
    rest();
  }

  const freed = () => (fitted = null);
  leaflet.on("dragstart", freed);
  node.addEventListener("wheel", freed, { passive: true });
  node.addEventListener("touchmove", freed, { passive: true });
  node.addEventListener("keydown", freed);

  const watch = new ResizeObserver(() => {
    if (!node.isConnected) return end();
    measure();
    again();
  });
  watch.observe(node);

  function end() {
    watch.disconnect();
    if (!node.parentNode && !leaflet.getContainer()) return;
    leaflet.remove();
    node.remove();
  }

  function screen() {
    const corner = leaflet.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = size();
    const pixel = (place) => {
      const [x, y] = pixelOf(Plane.at(place));
      return [x - corner.x, y - corner.y];
    };
    const widthOf = (box) => Math.abs(Plane.at([box[2], box[1]])[0] - Plane.at([box[0], box[1]])[0]) * state.scale;
    const place = (point) => {
      const { lng, lat: y } = leaflet.containerPointToLatLng(point);
      return [lng, y];
    };
    const of = (mark) => {
      const [x, y] = pixelOf(mark.at);
      return [x + mark.dx - corner.x, y + mark.dy - corner.y];
    };
    const plane = ([x, y]) => [(x + corner.x - state.x) / state.scale, (y + corner.y - state.y) / state.scale];
    return { width, height, scale: state.scale, pixel, widthOf, place, plane, of };
  }

  return {
    node, leaflet, svg, land, over, layers, stand, fit, centre, screen, settle, end,
    /** Put what has moved in its place now, not with the next frame: paper has none. */
    settleNow: () => settling && rest(),
    no: { data: pattern(hatch(`no-data-${own}`, ...noData), HATCHED), judged: pattern(hatch(`no-data-judged-${own}`, ...noData, TINT), HATCHED) },
    cut: pattern(hatch(`cut-${own}`, "map-cut", "map-cut-line", 2), HATCHED),
    /** Take a pattern to fill districts with: a node of another drawing. */
    pattern: (node) => pattern(Object.assign(node.cloneNode(true), { id: `${node.id}-${own}` })),
    zoomBy: (factor) => { fitted = null; leaflet.setZoom(leaflet.getZoom() + Math.log2(factor), { animate: false }); },
    onSettled: (tell) => settled.add(tell),
    place: (event) => {
      const { lng, lat: y } = leaflet.mouseEventToLatLng(event);
      return [lng, y];
    },
  };
}

// A single small district is shown with its surroundings.
function padded([west, south, east, north], share) {
  if (!share) return [west, south, east, north];
  const pad = Math.max((east - west) * share, (north - south) * share, 0.06);
  return [west - pad, south - pad, east + pad, north + pad];
}
