// Step through the slides of a presentation. They all came with the page: nothing here needs the server but the
// question whether something has changed.
import { dash } from "../core/dash.js";
import { isReady } from "../core/facts.js";
import { request } from "../core/server.js";
import { say } from "../core/words.js";
import * as GroupMap from "../map/group_map.js";
import { ready } from "../map/published.js";
import * as Identity from "../model/identity.js";
import { watch } from "./present_room.js";

const LOOK_MS = 20_000;
const SWIPE_PX = 60;
const STEP = 1.5; // of a map, nearer or farther
const [FEWEST, MOST] = [2, 4];

// The presentation in sight; one that was left is no longer in the document.
const stage = { root: null, slides: [], at: 0, looking: null, watching: null, typed: "" };

const here = () => Boolean(stage.root && stage.root.isConnected && stage.slides.length);
const part = (selector) => stage.root.querySelector(selector);
const shows = (name) => part(`[data-shows=${name}]`);
const keyOf = (slide) => slide.dataset.key;

const fromAddress = () => {
  const wanted = decodeURIComponent(window.location.hash.slice(1));
  return Math.max(0, stage.slides.findIndex((slide) => keyOf(slide) === wanted));
};

function begin(root) {
  clearInterval(stage.looking);
  if (stage.watching) stage.watching.disconnect();
  Object.assign(stage, { root, slides: [...root.querySelectorAll(".present-slide")] });
  if (!stage.slides.length) return;
  stage.looking = setInterval(look, LOOK_MS);
  root.addEventListener("click", clicked);
  root.addEventListener("touchstart", touched, { passive: true });
  root.addEventListener("touchend", lifted, { passive: true });
  stage.watching = new ResizeObserver(redraw);
  stage.watching.observe(part(".present-slides"));
  go(fromAddress());
  watch(root, fit);
}

async function redraw() {
  await ready();
  if (!here()) return;
  stage.slides.forEach(fit);
  // the keys are the presentation's
  GroupMap.drawAll(stage.root);
}

// Type as large as the slide has room for: steps down where names, rules or agenda are long, never below a third less.
function fit(slide) {
  const inner = slide.querySelector(".present-side") || slide;
  const tooLong = () => inner.scrollHeight > inner.clientHeight + 1;
  for (let size = 100; size >= 70; size -= 5) {
    slide.style.setProperty("--fit", size / 100);
    if (!tooLong()) return;
  }
}

// ---- stepping

function go(to) {
  const at = Math.min(Math.max(to, 0), stage.slides.length - 1);
  if (at !== stage.at) GroupMap.home(stage.slides[stage.at]); // whoever comes back finds it whole
  stage.at = at;
  stage.slides.forEach((slide, n) => { slide.hidden = n !== at; });
  const [slide, next] = [stage.slides[at], stage.slides[at + 1]];
  const title = (of) => of.getAttribute("aria-label");
  const told = { n: at + 1, of: stage.slides.length, title: title(slide) };
  shows("position").textContent = say("present.position", told);
  shows("next").textContent = next ? say("present.next", { title: title(next) }) : say("present.last");
  shows("spoken").textContent = say("present.spoken", told);
  window.history.replaceState(window.history.state, "", `#${encodeURIComponent(keyOf(slide))}`);
  stage.root.dataset.at = keyOf(slide);
  slide.focus({ preventScroll: true });
}

function goTo(matches) {
  const found = stage.slides.findIndex(matches);
  if (found >= 0) go(found);
}

function blank(on) {
  const sheet = part(".present-blank");
  sheet.hidden = !on;
  if (on) shows("spoken").textContent = say("present.blank");
}

function mapAlone() {
  stage.root.classList.toggle("map-alone");
  redraw();
}

const fullscreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

function leave() {
  if (document.fullscreenElement) document.exitFullscreen();
  part(".present-leave").click();
}

// Esc takes back one thing at a time; a dialog closes itself.
function back() {
  if (!part(".present-blank").hidden) blank(false);
  else if (stage.root.classList.contains("map-alone")) mapAlone();
  else leave();
}

// Without the server a new page would be no page.
async function reload() {
  if (await look()) window.location.reload();
}

const DOES = {
  next: () => go(stage.at + 1),
  back: () => go(stage.at - 1),
  first: () => go(0),
  last: () => go(stage.slides.length - 1),
  comparison: () => goTo((slide) => keyOf(slide).startsWith("c")),
  map: mapAlone,
  nearer: () => GroupMap.zoom(stage.slides[stage.at], STEP),
  farther: () => GroupMap.zoom(stage.slides[stage.at], 1 / STEP),
  blank: () => blank(part(".present-blank").hidden),
  full: fullscreen,
  reload,
  leave: back,
  help: () => part(".present-keys").showModal(),
  close: () => part(".present-keys").close(),
  compare,
};

const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last",
  c: "comparison", m: "map", "+": "nearer", "-": "farther", b: "blank", ".": "blank", f: "full", r: "reload", Escape: "leave", "?": "help",
};

function pressed(event) {
  if (!here() || event.ctrlKey || event.altKey || event.metaKey || part(".present-keys").open) return;
  // a button that was reached by Tab is pressed by the space bar as everywhere
  if (event.key === " " && event.target.closest("button, a[href]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const does = KEYS[key];
  const dark = !part(".present-blank").hidden;
  if (dark && (does || /^\d$/.test(key)) && does !== "blank" && does !== "leave") blank(false);
  if (/^\d$/.test(key)) {
    stage.typed = Identity.typed(stage.typed, key, stage.slides.map((slide) => slide.dataset.number));
    goTo((slide) => slide.dataset.number === stage.typed);
  } else if (does) DOES[does]();
  else return;
  if (!/^\d$/.test(key)) stage.typed = "";
  event.preventDefault();
}

function clicked(event) {
  const pick = event.target.closest(".present-pick");
  if (pick) choose(pick);
  const button = event.target.closest("[data-does]");
  if (button && DOES[button.dataset.does]) DOES[button.dataset.does]();
}

let from = null;
// on a map that a finger drags it drags the map
const touched = (event) => { from = event.touches.length === 1 && !event.target.closest(".leaflet-touch-drag") ? event.touches[0] : null; };

function lifted(event) {
  const to = event.changedTouches[0];
  if (!from || !to) return;
  const [dx, dy] = [to.clientX - from.clientX, to.clientY - from.clientY];
  if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) DOES[dx < 0 ? "next" : "back"]();
  from = null;
}

// ---- who is compared

const picked = (group) => [...group.querySelectorAll(".present-pick[aria-pressed=true]")].map((button) => button.dataset.id);

function choose(button) {
  const group = button.closest(".present-chooser");
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  const n = picked(group).length;
  group.querySelector("[data-does=compare]").disabled = n < FEWEST || n > MOST;
}

// Another comparison is another page of the same presentation.
function compare() {
  const query = new URLSearchParams(window.location.search);
  query.delete("c");
  picked(stage.slides[stage.at].querySelector(".present-chooser")).forEach((id) => query.append("c", id));
  window.location.assign(`${window.location.pathname}?${query}#c1.maps`);
  if (window.location.search === `?${query}`) window.location.reload();
}

// ---- whether something has changed

// True where the server answers. What may no longer be seen has changed as well.
export async function look() {
  if (!here()) {
    clearInterval(stage.looking);
    return false;
  }
  const { versions, mark } = stage.root.dataset;
  try {
    const answer = await request(versions, { cache: "no-store", watched: true });
    if (answer.status >= 500) throw new Error(`${answer.status}`);
    const now = answer.ok ? (await answer.json()).mark : null;
    shows("changed").hidden = now === mark;
    shows("offline").hidden = true;
    return true;
  } catch (_) {
    shows("offline").hidden = false;
    return false;
  }
}

document.addEventListener("keydown", pressed);
window.addEventListener("beforeprint", () => here() && isReady() && GroupMap.drawAll(stage.root, { atOnce: true }));

dash.present = {
  begin(rootId) {
    begin(document.getElementById(rootId));
    return dash.no_update;
  },
};
