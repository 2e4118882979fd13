// Fit the comparison on one printed page, whatever the browser prints it from.
// what is left of A4 within margins of 8 mm, less a hair for rounding
export const PAGE_PX = ((297 - 16) / 25.4) * 96 - 8;
const SMALLEST = 0.5;

// The day in Peru, wherever the reader's computer is.
export function today() {
  const locale = document.documentElement.lang === "en" ? "en-GB" : "es-PE";
  return new Date().toLocaleDateString(locale, { dateStyle: "long", timeZone: "America/Lima" });
}

// The rules for paper, put on for a moment so that the page can be measured as it will be printed.
export function onPaper(work) {
  const changed = [];
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSMediaRule) || rule.media.mediaText !== "print") continue;
      rule.media.mediaText = "all";
      changed.push(rule);
    }
  }
  try {
    work();
  } finally {
    changed.forEach((rule) => (rule.media.mediaText = "print"));
  }
}

function rulesOf(sheet) {
  try {
    return sheet.cssRules;
  } catch (_) {
    return []; // a sheet of another origin, such as a browser extension's
  }
}

function fit() {
  const root = document.querySelector(".compare");
  if (!root) return;
  root.querySelectorAll(".today").forEach((node) => (node.textContent = today()));
  const drawn = [".compare-maps-room", ".lanes-room"].map((name) => size(root.querySelector(name)));
  onPaper(() => {
    const paper = root.querySelector(".sheet-of-paper");
    let fitting = 1;
    for (let tries = 0; tries < 5; tries++) {
      scale(root, fitting, drawn);
      const share = PAGE_PX / paper.getBoundingClientRect().height;
      if (share >= 1) break;
      fitting = Math.max(SMALLEST, fitting * share * 0.99);
    }
    scale(root, fitting, drawn);
    // what plotly draws reaches beyond its frame and would open a second page
    root.style.setProperty("--paper", `${PAGE_PX}px`);
  });
}

const size = (node) => [Math.max(node.clientWidth, 1), Math.max(node.clientHeight, 1)];

// What plotly drew for the screen is shrunk to the room it has on paper.
/** @param {HTMLElement} root @param {number} fitting @param {number[][]} drawn size of the maps and of the lanes */
function scale(root, fitting, [maps, lanes]) {
  const { style } = root;
  style.setProperty("--fit", `${fitting}`);
  style.setProperty("--maps-zoom", `${size(root.querySelector(".compare-maps-room"))[0] / maps[0]}`);
  const [width, height] = size(root.querySelector(".lanes-room"));
  style.setProperty("--lanes-x", `${width / lanes[0]}`);
  style.setProperty("--lanes-y", `${height / lanes[1]}`);
}

window.addEventListener("beforeprint", fit);
