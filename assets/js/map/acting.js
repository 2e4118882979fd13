// Clicks, keys and enclosures on the map: which district is meant, and what is to be done with it.
import { nextFrame } from "../core/dom.js";
import { token } from "../core/tokens.js";
import * as Current from "./current.js";
import * as Drawing from "./drawing.js";
import * as Hover from "./hover.js";
import * as Lasso from "./lasso.js";
import * as Plane from "./plane.js";

const CLICKED = "map-clicked";
const ENCLOSED = "enclosed.lines";
const ENCLOSES = ["lasso", "rectangle"];

export function attach(map, guess) {
  Drawing.lines(map, ENCLOSED, { colour: token("accent"), width: 2, dash: "4,3" });
  map.enclose = (us) => Drawing.draw(map, ENCLOSED, us.length ? Plane.border(us) : "");
  // what looks is told of a mark by its card, not by the sheet of the district below it
  Hover.choose(map, (u, _, marked) => u && !(marked && Current.last.tool === "sheet") && act(u, guess));
  take(Current.last.tool);
}

/** Take up a tool: those that enclose keep the map still while they draw. */
export function take(tool) {
  const map = Current.engine();
  if (!map) return;
  map.node.dataset.tool = tool;
  Lasso.end(map);
  if (ENCLOSES.includes(tool)) Lasso.begin(map, tool, countsBy);
}

const countsBy = () => {
  const chosen = /** @type {HTMLInputElement} */ (document.querySelector("#map-counts-by input:checked"));
  return chosen ? chosen.value : "area";
};

// Of several values that a component is given before its callback runs, Dash hands on the last alone.
let unanswered = [];
export function taken() {
  const clicks = unanswered;
  unanswered = [];
  return clicks;
}
/** Clicks that nobody has taken yet, in their order. */
export const untaken = () => [...unanswered];

// Dash works on for a tenth of a second: what was done is on screen before it begins, and so is what was asked of the
// server at once, unless that takes long. Whatever is done next finds it told.
const MOST_MS = 120;
/** @type {() => Promise<unknown>} */
let asks = () => Promise.resolve();
/** What is asked as soon as a district is clicked; Dash hears of the click when that has come. @param {() => Promise<unknown>} does */
export const askFirst = (does) => (asks = does);
let untold = null;
function tell() {
  if (untold) window.dash_clientside.set_props(CLICKED, { data: untold });
  untold = null;
}
const shortly = () => new Promise((resolve) => setTimeout(resolve, MOST_MS));
const isOfMap = (event) => event.type !== "keydown" && Current.engine()?.node.contains(event.target);
["pointerdown", "click", "keydown"].forEach((name) => document.addEventListener(name, (event) => isOfMap(event) || tell(), true));

// The map is there before the screen that hears of it: the last click is told as soon as it does.
let heard = false;
let waiting = null;
export function hear() {
  heard = true;
  if (waiting) window.dash_clientside.set_props(CLICKED, { data: waiting });
  waiting = null;
}

// Lasso and rectangle are drawn, never clicked.
function act(u, guess) {
  const { tool } = Current.last;
  if (tool !== "click" && tool !== "sheet") return;
  const told = { u, at: Date.now() };
  if (tool === "click") {
    guess(u);
    unanswered.push(u);
  }
  if (!heard) {
    waiting = told;
    return;
  }
  untold = told;
  const first = tool === "click" ? Promise.race([asks(), shortly()]) : Promise.resolve();
  // of several in a row the last one tells
  Promise.all([nextFrame(), first]).then(() => untold === told && tell());
}
