// The place of the candidate in hand among all feasible ones: strips of bars, and what would better it.
import * as Dom from "../core/dom.js";

const span = (className, text) => {
  const node = document.createElement("span");
  node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

// Small bars; the candidate's own has a pointer and its value over it, and a border.
function bars(box) {
  const counts = box.dataset.bars.split(".").map(Number);
  const at = box.dataset.at === "" ? -1 : Number(box.dataset.at);
  const top = Math.max(...counts, 1);
  const row = span("strip-bars");
  counts.forEach((count, i) => {
    const slot = span(i === at ? "strip-slot own" : "strip-slot");
    const bar = span("strip-bar");
    bar.style.height = count ? `${Math.max(8, (100 * count) / top)}%` : "0";
    slot.append(bar);
    row.append(slot);
  });
  if (at >= 0) {
    const mark = span("strip-mark", `▼ ${box.dataset.own}`);
    mark.style.left = `${(100 * (at + 0.5)) / counts.length}%`;
    mark.classList.toggle("to-left", at > counts.length * 0.7);
    row.append(mark);
  }
  box.prepend(row);
}

// That a candidate was judged on other data: told until it is changed or the reader has taken note.
export function notice(box, parts, action) {
  Dom.render(box, parts);
  const button = box.querySelector("[data-accept]");
  if (button) button.addEventListener("click", () => window.dash_clientside.set_props(action, { data: { type: "accept", at: Date.now() } }));
}

export function fill(box, parts, action) {
  const hadFocus = box.contains(document.activeElement);
  const wasOpen = box.querySelector(".by-criterion[open]");
  Dom.render(box, parts);
  box.classList.remove("waiting");
  box.querySelectorAll("[data-bars]").forEach(bars);
  if (wasOpen && box.querySelector(".by-criterion")) box.querySelector(".by-criterion").open = true;
  // who tried a change by keyboard goes on from here
  if (hadFocus && box.querySelector("summary")) box.querySelector("summary").focus({ preventScroll: true });
  if (!box.dataset.hooked) {
    box.dataset.hooked = "yes";
    box.addEventListener("click", (event) => {
      const tried = event.target.closest("[data-of]");
      if (tried) tryOut(tried.dataset, action);
    });
  }
}

const codes = (text) => text.split("-").filter(Boolean);

function tryOut({ add, take, of }, action) {
  const data = { type: "exchange", add: codes(add), take: codes(take), of, at: Date.now() };
  window.dash_clientside.set_props(action, { data });
}
