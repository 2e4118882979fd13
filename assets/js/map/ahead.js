// What fills the map and what lies over it is on screen a frame after it was chosen: Dash, which works on for several
// frames, hears of the choice afterwards.
import { nextFrame } from "../core/dom.js";
import * as Current from "./current.js";
import * as Scene from "./scene.js";

const FILL = "map-fill";
const OVERLAYS = "map-overlays";

const inputOf = (target) => {
  const label = target.closest("label");
  return /** @type {HTMLInputElement | null} */ (target.matches("input") ? target : label && label.querySelector("input"));
};

// The view that a click on a choice asks for, null where it is none of these.
function asked(input) {
  const { view } = Current.last;
  if (input.closest(`#${OVERLAYS}`)) {
    const others = view.overlays.filter((key) => key !== input.value);
    return { ...view, overlays: others.length < view.overlays.length ? others : [...others, input.value].sort() };
  }
  const list = input.closest(".dash-dropdown-content");
  const isFill = list && document.getElementById(FILL)?.getAttribute("aria-controls") === list.id;
  return isFill && input.value !== view.fill ? Scene.filledBy(input.value, view) : null;
}

document.addEventListener("click", (event) => {
  const input = event.isTrusted && Current.engine() && Current.last.view && inputOf(event.target);
  const next = input && !input.disabled && asked(input);
  if (!next || !Scene.show(next, Current.last.drafts)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  nextFrame().then(() => input.isConnected && input.click());
}, true);
