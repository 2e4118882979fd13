// Keys that work anywhere outside a text field.
const inText = (node) => node.closest("input[type=text], input[type=search], textarea, [contenteditable=true]");

const press = (id) => {
  const button = /** @type {HTMLButtonElement} */ (document.getElementById(id));
  if (button && !button.disabled) button.click();
};

// Not by its button: that is still greyed for a moment after the edit before.
const edit = (type) => {
  if (document.getElementById(`map-do-${type}`) || document.getElementById("propose-root")) window.dash_clientside.set_props("shell-action", { data: { type, at: Date.now() } });
};

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || inText(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) edit("undo");
  else if (key === "y" || (key === "z" && event.shiftKey)) edit("redo");
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") press("map-sheet-close");
});
