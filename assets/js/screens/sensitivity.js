// The screen of sensitivity: its chart. Everything else on it is links and tables.
import * as Charts from "../core/charts.js";
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { token } from "../core/tokens.js";
import * as RangesFigure from "../model/ranges_figure.js";

dash.sensitivity = {
  async ranges(of, id) {
    const box = await Dom.place(id);
    if (!box || !of) return dash.no_update;
    Charts.draw(box, box.dataset.label, () => RangesFigure.ranges(of, token));
    Charts.beforePaper(box);
    return `${of.names.length}`;
  },
};
