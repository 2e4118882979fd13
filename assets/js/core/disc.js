// The disc that a cluster goes by, as a component (core/dom.js); its name stands beside it. `judged`: it is in hand.
import { html } from "./dom.js";

/** @param {Identity} identity @param {boolean} judged */
export const disc = ({ sign, kind }, judged = false) =>
  html("Span", { className: `disc disc-${kind}${judged ? " judged" : ""}`, ...(sign ? {} : { "aria-hidden": "true" }) }, sign);

// The line that outlines a state on the map.
/** @param {string | null} look */
export const outline = (look) => html("Span", { className: `disc-line disc-line-${look}`, "aria-hidden": "true" }, "");
