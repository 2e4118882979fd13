// Boxes to write in. A field of Dash writes its value back while somebody goes on typing, a moment late, and scrambles
// it; so these are plain elements, drawn in a place that Dash knows of: what is typed goes to its `data-typed`, what
// the screen has to show comes by its `data-shown`, and nothing is ever written into a box in which somebody writes,
// unless it now speaks of another record (`data-record`, of the box or of its form).
export const idOf = (box) => (box.id.startsWith("{") ? JSON.parse(box.id) : box.id);
const recordOf = (box) => box.dataset.record ?? (box.closest("[data-form]") || { dataset: {} }).dataset.record ?? "";

export function draw(box) {
  const { tag, ...attributes } = JSON.parse(box.dataset.box);
  const node = document.createElement(tag);
  node.id = `${box.id}-line`;
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.value = box.dataset.shown || "";
  node.defaultValue = node.value; // a form that is reset
  box.replaceChildren(node);
  box.dataset.of = recordOf(box);
  if (node.value !== (box.dataset.typed || "")) tell(box);
}

// Dash is told of what stands in the box.
export function tell(box) {
  window.dash_clientside.set_props(idOf(box), { "data-typed": box.firstChild.value });
}

function write(box, value) {
  if (box.firstChild.value !== `${value ?? ""}`) box.firstChild.value = `${value ?? ""}`;
  tell(box);
}

const isWrittenIn = (box) => box.contains(document.activeElement);

// Bring a box in line with what the screen has to show.
export function follow(box) {
  if (!box.firstChild) return;
  const record = recordOf(box);
  if (isWrittenIn(box) && box.dataset.of === record) return;
  box.dataset.of = record;
  write(box, box.dataset.shown || "");
}

// For those who draw in the browser: what a box shows, and of which record.
export function show(box, value, record) {
  if (!box) return;
  Object.assign(box.dataset, { shown: value ?? "", record });
  if (box.firstChild && (box.dataset.of !== record || box.firstChild.value !== box.dataset.shown)) follow(box);
}
