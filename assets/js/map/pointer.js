// Clicks and taps on the map, found by place: plotly's own click event needs a hover before it, which a
// redraw forgets, so that a second click on the same spot would go unheard.
import * as Geometry from "../model/geometry.js";
import * as Current from "./current.js";

const CLICKED = "map-clicked";
const STILL_PX = 5;

function districtAt(event) {
  const gd = Current.frame();
  const box = gd.getBoundingClientRect();
  const place = gd._fullLayout.geo._subplot.projection.invert([event.clientX - box.left, event.clientY - box.top]);
  return place && Geometry.districtAt(place);
}

// A press that has moved is a drag, wherever it ends, and two fingers are a pinch: neither is a click.
export function attach(gd, guess) {
  const pressed = new Map();
  const forget = (event) => pressed.delete(event.pointerId);
  const moved = (event) => {
    const press = pressed.get(event.pointerId);
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL_PX) press.still = false;
  };
  gd.addEventListener("pointerdown", (event) => {
    for (const other of pressed.values()) other.still = false;
    pressed.set(event.pointerId, { x: event.clientX, y: event.clientY, still: !event.button && !pressed.size });
  }, true);
  window.addEventListener("pointermove", moved, true);
  window.addEventListener("pointercancel", forget, true);
  window.addEventListener("pointerup", (event) => {
    moved(event);
    const press = pressed.get(event.pointerId);
    forget(event);
    const u = press && press.still && Current.drawn(gd) && districtAt(event);
    if (u) click(u, guess);
  }, true);
}

// Of several values that a component is given before its callback runs, Dash hands on the last alone.
let unanswered = [];
export function taken() {
  const clicks = unanswered;
  unanswered = [];
  return clicks;
}

// Lasso and rectangle are drawn, never clicked.
function click(u, guess) {
  const { tool } = Current.last;
  if (tool !== "click" && tool !== "sheet") return;
  if (tool === "click") {
    guess(u);
    unanswered.push(u);
  }
  window.dash_clientside.set_props(CLICKED, { data: { u, at: Date.now() } });
}
