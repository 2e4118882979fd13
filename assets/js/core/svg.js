// Plain drawings: nodes of SVG.
const NS = "http://www.w3.org/2000/svg";

export function node(name, attributes, text) {
  const made = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}

export function canvas(box, label) {
  const { width, height } = box.getBoundingClientRect();
  const [w, h] = [Math.max(Math.floor(width), 160), Math.max(Math.floor(height), 120)];
  const svg = node("svg", { width: w, height: h, viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": label });
  box.replaceChildren(svg);
  return { svg, width: w, height: h };
}
