// Names and roles that Dash's own components leave out or give in English only.
import * as Words from "./words.js";

const prefix = "named.";

function nameParts(id) {
  const words = Words.words();
  return { name: words[prefix + id], first: words[`${prefix}${id}.first`], last: words[`${prefix}${id}.last`] };
}

// A list of options whose options hold inputs: the inputs already say what they are.
function plainRoles(list) {
  list.setAttribute("role", list.classList.contains("dash-radioitems") ? "radiogroup" : "group");
  list.querySelectorAll('[role="option"]').forEach((option) => {
    option.removeAttribute("role");
    option.removeAttribute("aria-selected");
  });
}

function setName(node, name) {
  if (name && node.getAttribute("aria-label") !== name) node.setAttribute("aria-label", name);
}

function nameSlider(slider, { name, first, last }) {
  const ends = first ? [first, last] : [name, name];
  slider.querySelectorAll('[role="slider"]').forEach((thumb, i) => setName(thumb, ends[i]));
  slider.querySelectorAll("input").forEach((input, i) => setName(input, ends[i]));
}

// Dash gives the Tab key an input that readers cannot see, which hands the focus on to the button.
// The button can take it itself; the input is put out of use.
function straightToButton(input) {
  const button = input.nextElementSibling;
  input.disabled = true;
  if (button && button.tabIndex !== 0) button.tabIndex = 0;
}

// What a list is called: its label and what is chosen, where Dash says the choice alone.
function nameButton(button) {
  const label = document.querySelector(`label[for="${CSS.escape(button.id)}"]`);
  if (!label) return;
  label.id = label.id || `${button.id}-label`;
  const wanted = `${label.id} ${button.id}-value`;
  if (button.getAttribute("aria-labelledby") !== wanted) button.setAttribute("aria-labelledby", wanted);
}

function nameOpenList(dialog) {
  const button = document.querySelector(`[aria-controls="${CSS.escape(dialog.id)}"]`);
  const label = button && (document.querySelector(`label[for="${CSS.escape(button.id)}"]`) || button);
  if (label) setName(dialog, label.textContent.trim());
}

function mend() {
  document.querySelectorAll(".dash-dropdown-focus-target:not(:disabled)").forEach(straightToButton);
  document.querySelectorAll("button.dash-dropdown[id]").forEach(nameButton);
  document.querySelectorAll(".dash-dropdown-content[role='dialog']").forEach(nameOpenList);
  document.querySelectorAll(".dash-options-list[role='listbox']").forEach((list) => {
    plainRoles(list);
    const dialog = list.closest(".dash-dropdown-content");
    setName(list, dialog ? dialog.getAttribute("aria-label") : nameParts(list.id).name);
  });
  document.querySelectorAll(".dash-options-list-option:is([role='option'], [aria-selected])").forEach((option) => {
    option.removeAttribute("role");
    option.removeAttribute("aria-selected");
  });
  document.querySelectorAll(".dash-slider-container[id]").forEach((slider) => nameSlider(slider, nameParts(slider.id)));
}

let waiting = false;
const soon = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mend();
  });
};

document.addEventListener("DOMContentLoaded", () => {
  // what plotly and maps draw holds no controls
  const concerns = ({ target }) => !(target instanceof SVGElement) && !target.closest(".js-plotly-plot, .map-leaf");
  new MutationObserver((changes) => changes.some(concerns) && soon())
    .observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-selected", "role"] });
  soon();
});
