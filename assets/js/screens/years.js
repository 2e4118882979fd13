// Charts by year: those over which a period is brushed, whose slider below is the way by keyboard, and those of a sheet.
import * as Charts from "../core/charts.js";
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import * as Store from "../core/storage.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as Current from "../map/current.js";
import * as Engine from "../map/engine.js";
import * as Scene from "../map/scene.js";
import * as YearsFigure from "../model/years_figure.js";

const none = () => dash.no_update;

async function draw(slider, counts, period) {
  const box = await Dom.place(`${slider}-years`);
  if (!box) return;
  const { name, years } = counts;
  const label = say("chart.years", { name, first: years[0], last: years.at(-1), from: period[0], to: period[1] });
  const choose = (chosen) => {
    draw(slider, counts, chosen); // at once, and whatever was brushed is taken off again
    dash.set_props(slider, { value: chosen });
  };
  Charts.draw(box, label, () => YearsFigure.years(counts, period, token), {
    brush: (across) => choose(YearsFigure.brushed(years, across)),
    pick: (year) => year !== null && choose([year, year]),
  });
}

const followed = new WeakSet(); // sliders
const PERIODS = ["conflictPeriod", "hazardPeriod"];

// The map follows a slider while it is moved; Dash hears of the years where it is let go.
function follow(slider, period) {
  const node = document.getElementById(slider);
  if (!node || followed.has(node)) return;
  followed.add(node);
  const years = () => [...node.querySelectorAll("[role=slider]")].map((thumb) => Number(thumb.getAttribute("aria-valuenow"))).sort((a, b) => a - b);
  new MutationObserver(() => {
    const { view, drafts } = Current.last;
    const now = years();
    if (view && now.length === 2 && now.join() !== view[period].join()) Scene.show({ ...view, [period]: now }, drafts);
  }).observe(node, { subtree: true, attributes: true, attributeFilter: ["aria-valuenow"] });
}

/** Draw what a district has of many years, in the places of its sheet. @param {HTMLElement} sheet */
function series(sheet) {
  sheet.querySelectorAll("[data-series]").forEach((box) => {
    const counts = JSON.parse(box.dataset.series);
    Charts.draw(box, box.dataset.label, () => YearsFigure.series(counts, token));
  });
}

dash.years = {
  periods(conflicts, hazards) {
    const words = ([first, last]) => (first === last ? `${first}` : `${first}–${last}`);
    return [words(conflicts), words(hazards)];
  },

  // Closed until it is asked for, or was left open here: only then are its sliders and charts made.
  timeline(clicks, expanded, parts, inside) {
    const open = clicks ? expanded !== "true" : Store.recall("timeline") === "open";
    if (clicks) Store.keep("timeline", open ? "open" : undefined);
    return [open && !inside ? parts : none(), !open, `${open}`];
  },

  // What a slider was moved to; one that has just been made moves nothing.
  period(chosen, before, id) {
    if (JSON.stringify(chosen) !== JSON.stringify(before)) dash.set_props(id, { data: chosen });
    return none();
  },

  async strips(conflicts, hazards, hidden, counts) {
    const periods = [conflicts, hazards];
    if (hidden) return none();
    await Promise.all(Object.keys(counts).map((slider, n) => draw(slider, counts[slider], periods[n])));
    Object.keys(counts).forEach((slider, n) => follow(slider, PERIODS[n]));
    return none();
  },

  // Once Dash has laid the sheet out.
  async sheet(inside) {
    const { id } = dash.callback_context.outputs_list;
    await Dom.nextFrame();
    const body = document.getElementById(id);
    if (inside) series(body);
    // whom the keys brought here goes on inside
    if (inside && Current.engine() && Engine.isByKeys(Current.engine())) body.parentElement.querySelector("button").focus();
    return none();
  },
};
