// Where Dash looks for the functions that callbacks name, and what it is told before it starts.
// Plotly wants a world map behind every geo frame and would fetch it; ours shows none.
window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } } };

// Should Dash look for plotly.js before ours has run, it is told of the same file.
Object.defineProperty(window, "_dashPlotlyJSURL", {
  get: () => /** @type {HTMLScriptElement} */ (document.getElementById("plotly-script")).src,
  set: () => undefined,
});

// what screens hang on it is for Dash alone to call
/** @type {any} */
export const dash = (window.dash_clientside = window.dash_clientside || {});
