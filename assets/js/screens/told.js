// What a rule asks, what a measure is and where it comes from: the same for every candidate, so no answer brings it along. It
// is asked for once somebody points at what it tells of, or goes on by the keyboard where there is some.
import { page } from "../core/page.js";
import { told } from "../map/published.js";

const UNTOLD = "[data-told]:not([title])";

async function tell() {
  const texts = document.querySelector(UNTOLD) && (await told());
  if (!texts) return;
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(UNTOLD))) node.title = texts[page.language][node.dataset.told] || "";
}

document.addEventListener("pointerover", ({ target }) => target.closest(UNTOLD) && tell());
document.addEventListener("focusin", tell);
