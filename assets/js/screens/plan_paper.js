// Fit the plan on one printed page, whatever the browser prints it from.
import * as Paper from "../core/paper.js";

const SMALLEST = 0.5;
// shares of the page's height and width that the map takes at most
const MAP_HIGH = 0.42;
const MAP_WIDE = 0.6;

function fit() {
  const root = document.querySelector(".plan-screen");
  if (!root) return;
  const { onPaper, today, PAGE_PX } = Paper;
  root.querySelectorAll(".today").forEach((node) => (node.textContent = today()));
  const room = root.querySelector(".plan-map-room").getBoundingClientRect();
  const { style } = root;
  onPaper(() => {
    for (const name of ["--paper", "--fit"]) style.removeProperty(name);
    let fitting = 1;
    for (let tries = 0; tries < 6; tries++) {
      style.setProperty("--fit", `${fitting}`);
      const wide = root.getBoundingClientRect().width / fitting;
      style.setProperty("--map-height", `${room.height}px`);
      style.setProperty("--map-width", `${room.width}px`);
      style.setProperty("--map-zoom", `${Math.min((wide * MAP_WIDE) / room.width, (PAGE_PX * MAP_HIGH) / fitting / room.height)}`);
      const share = PAGE_PX / root.getBoundingClientRect().height;
      if (share >= 1) break;
      fitting = Math.max(SMALLEST, fitting * share * 0.99);
    }
    style.setProperty("--paper", `${PAGE_PX / fitting}px`);
  });
}

window.addEventListener("beforeprint", fit);
