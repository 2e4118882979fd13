// Plain drawings: nodes of SVG.
const NS = "http://www.w3.org/2000/svg";

export function node(name, attributes, text) {
  const made = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}
