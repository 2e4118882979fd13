// Put trees of components into the page as plain elements.
//
// Dash keeps a subscription for every component it draws itself, so a table of a thousand cells slows each
// later change of anything. What only has to be read is therefore drawn here, from the same description.
(function (amazonia) {
  "use strict";

  const NAMES = { className: "class", htmlFor: "for", colSpan: "colspan", rowSpan: "rowspan", tabIndex: "tabindex" };
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

  const render = (node, children) => node && node.replaceChildren(...nodes(children));

  amazonia.dom = { render };
})(window.amazonia = window.amazonia || {});
