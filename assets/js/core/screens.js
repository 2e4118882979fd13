// Going from one screen to another: which one is open, the menu of narrow windows, and where the focus goes.
const CONTENT = "_pages_content";
const links = () => [...document.querySelectorAll(".nav .nav-link")];
const button = () => document.querySelector(".menu-button");

// "/" is the map alone; a screen holds the pages below its address too.
function isOpen(path, href) {
  const own = href.split("?")[0];
  return own === "/" ? path === "/" : path === own || path.startsWith(`${own}/`);
}

function mark() {
  for (const link of links()) {
    const open = isOpen(window.location.pathname, link.getAttribute("href"));
    open ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
}

function unfold(open) {
  if (!button()) return;
  document.querySelector(".nav").classList.toggle("open", open);
  button().setAttribute("aria-expanded", `${open}`);
}

// What had the focus went with its screen: the new screen takes it, not the top of the document.
function catchFocus() {
  const held = document.activeElement;
  if (held && held !== document.body && held.getClientRects().length) return;
  // not a heading of it, which may be hidden in the next moment and the focus with it
  const place = document.getElementById("main");
  if (!place) return;
  if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
}

// The address of the screen in sight, to which one comes back when another could not be opened.
let stayed = "";
export const stay = () => {
  window.history.replaceState(window.history.state, "", stayed);
  mark();
};

function watch(content) {
  let path = window.location.pathname;
  stayed = path + window.location.search;
  mark();
  new MutationObserver(() => {
    mark();
    if (path === window.location.pathname) return;
    path = window.location.pathname;
    stayed = path + window.location.search;
    unfold(false);
    catchFocus();
  }).observe(content, { childList: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".menu-button")) unfold(!document.querySelector(".nav").classList.contains("open"));
  else if (!event.target.closest(".nav")) unfold(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !button() || button().getAttribute("aria-expanded") !== "true") return;
  unfold(false);
  button().focus();
});
// Dash lays the frame out after the scripts have run.
new MutationObserver((_, waiting) => {
  const content = document.getElementById(CONTENT);
  if (!content) return;
  waiting.disconnect();
  watch(content);
}).observe(document.documentElement, { childList: true, subtree: true });
