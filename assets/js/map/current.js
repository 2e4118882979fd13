// The map on the page as it is now: its frame, and what it shows.
export const GRAPH = "map-graph";

/** @returns {PlotlyFrame} */
export const frame = () => /** @type {PlotlyFrame} */ (document.querySelector(`#${GRAPH} .js-plotly-plot`));
// true once plotly has a projection to ask: it makes the frame some time before
export const drawn = (gd) => Boolean(gd && gd._fullLayout && gd._fullLayout.geo && gd._fullLayout.geo._subplot && gd._fullLayout.geo._subplot.projection);

export const last = { tool: "sheet", cut: null, view: null, drafts: null, overlays: new Map(), scale: null, size: null, department: null };
