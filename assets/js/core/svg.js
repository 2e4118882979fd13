// Plain drawings: nodes of SVG, round ticks, and paths over many points at once.
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

// Some round numbers that span a range.
export function ticks(low, high, most) {
  const rough = Math.max(high - low, 1e-9) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const found = [];
  for (let t = Math.ceil(low / step); t * step <= high + 1e-9; t++) found.push(Number((t * step).toPrecision(12)));
  return found;
}

const SHAPES = {
  circle: (r) => (x, y) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  diamond: (r) => (x, y) => `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`,
  square: (r) => (x, y) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
};

export const marks = (shape, r, points) => points.map(([x, y]) => SHAPES[shape](r)(Math.round(x * 10) / 10, Math.round(y * 10) / 10)).join("");
