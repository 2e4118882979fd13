// Put trees of components into the page as plain elements.
//
// Dash keeps a subscription for every component it draws itself, so a table of a thousand cells slows each
// later change of anything. What only has to be read is therefore drawn here, from the same description.
const NAMES = { className: "class", htmlFor: "for", colSpan: "colspan", rowSpan: "rowspan", tabIndex: "tabindex" };
const PATIENCE_FRAMES = 1800;
const OURS = new Set(["children", "style", "n_clicks"]);

function element({ type, props }) {
  const node = document.createElement(type.toLowerCase());
  for (const [name, value] of Object.entries(props)) {
    if (OURS.has(name) || value === null || value === undefined || value === false) continue;
    node.setAttribute(NAMES[name] || name, value === true ? "" : value);
  }
  Object.assign(node.style, props.style);
  node.append(...nodes(props.children));
  return node;
}

// Text stays text: nothing of it is read as markup.
function nodes(children) {
  if (children === null || children === undefined) return [];
  if (Array.isArray(children)) return children.flatMap(nodes);
  return [typeof children === "object" ? element(children) : `${children}`];
}

// A Dash component as the renderer reads it.
const component = (namespace) => (type, props, children) => ({
  type,
  namespace,
  props: { ...props, ...(children === undefined ? {} : { children }) },
});
export const html = component("dash_html_components");

// Resolves once what was changed is on screen; a hidden page draws no frames, hence the clock.
export const nextFrame = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve, 0));
  setTimeout(resolve, 120);
});

export const render = (node, children) => node && node.replaceChildren(...nodes(children));

// What Dash lays out comes into the page a moment later: wait for the place with an id.
export async function place(id) {
  for (let frame = 0; frame < PATIENCE_FRAMES && !document.getElementById(id); frame++) await nextFrame();
  return document.getElementById(id);
}

// Labels inside a list of choices come later than the rest.
export async function fill(id, children) {
  render(await place(id), children);
}
