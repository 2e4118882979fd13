// The colours of the style sheets (assets/css/_tokens.css), for what is drawn by other means.

const known = new Map(); // asking a browser for a style makes it lay the page out

/** @param {string} name of a custom property, without its dashes @returns {string} `#rrggbb`, or `#rrggbbaa` */
export function token(name) {
  if (!known.get(name)) known.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return known.get(name);
}

/** How much of the accent lies over the fill of what is judged. */
export const TINT = 0.3;

const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

/** A colour seen through another of a share: both as `#rrggbb`.
 * @param {string} under @param {string} over @param {number} share of the one above, 0 to 1 */
export function tinted(under, over, share) {
  const above = channels(over);
  const mixed = channels(under).map((n, i) => Math.round(n + (above[i] - n) * share));
  return `#${mixed.map((n) => n.toString(16).padStart(2, "0")).join("")}`;
}
