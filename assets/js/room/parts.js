// Pieces of the phone's page: what stands in the document by its id, copies of its templates, and what is written into them.

export const byId = (id) => document.getElementById(id);
export const all = (selectors, within = document) => [...within.querySelectorAll(selectors)];

/** A copy of what a template of the document holds. @param {string} name @returns {HTMLElement} */
export function copy(name) {
  const template = /** @type {HTMLTemplateElement} */ (byId(`t-${name}`));
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

/** Write a text where it is another: what is said anew is read aloud again. @param {HTMLElement} node */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Show an element or not. @param {HTMLElement} node */
export function show(node, shown) {
  if (node.hidden === Boolean(shown)) node.hidden = !shown;
}

/** Write a sentence where there is one, else leave nothing of its place. @param {HTMLElement} node @param {string} text */
export function tell(node, text) {
  write(node, text);
  show(node, text !== "");
}

/** Keep the parts of a list by their keys: those that are there stay, and the focus in them.
 * @param {HTMLElement} list @param {string[]} keys @param {(key: string) => HTMLElement} make */
export function keyed(list, keys, make) {
  const before = new Map([...list.children].map((node) => [/** @type {HTMLElement} */ (node).dataset.key, node]));
  const nodes = keys.map((key) => {
    const node = before.get(key) || make(key);
    /** @type {HTMLElement} */ (node).dataset.key = key;
    return node;
  });
  nodes.forEach((node, i) => list.children[i] !== node && list.insertBefore(node, list.children[i] || null));
  while (list.children.length > nodes.length) list.lastElementChild.remove();
  return /** @type {HTMLElement[]} */ (nodes);
}

/** Open a dialog, with what it is called in the focus. @param {string} id */
export function open(id) {
  const dialog = /** @type {HTMLDialogElement} */ (byId(id));
  dialog.showModal();
  dialog.querySelector("h2").focus();
  return dialog;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-close]");
  if (button) /** @type {HTMLDialogElement} */ (button.closest("dialog")).close();
});
