// Charts by year: those over which a period is brushed, whose slider below is the way by keyboard, and those of a sheet.
import * as Charts from "../core/charts.js";
import * as Dom from "../core/dom.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as YearsFigure from "../model/years_figure.js";

export async function draw(slider, counts, period) {
  const box = await Dom.place(`${slider}-years`);
  if (!box) return;
  const { name, years } = counts;
  const label = say("chart.years", { name, first: years[0], last: years.at(-1), from: period[0], to: period[1] });
  const choose = (chosen) => {
    draw(slider, counts, chosen); // at once, and whatever was brushed is taken off again
    window.dash_clientside.set_props(slider, { value: chosen });
  };
  Charts.draw(box, label, () => YearsFigure.years(counts, period, token), {
    brush: (across) => choose(YearsFigure.brushed(years, across)),
    pick: (year) => year !== null && choose([year, year]),
  });
}

/** Draw what a district has of many years, in the places of its sheet. @param {HTMLElement} sheet */
export function series(sheet) {
  sheet.querySelectorAll("[data-series]").forEach((box) => {
    const counts = JSON.parse(box.dataset.series);
    Charts.draw(box, box.dataset.label, () => YearsFigure.series(counts, token));
  });
}
