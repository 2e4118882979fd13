// What Dash asks for before it lays a page out, without a way to the server: the layout came with the document, and what
// depends on what is published like a script. Each once: whatever is asked again is asked of the server.
const LAYOUT = "_dash-layout";
const WIRING = "_dash-dependencies";
const asked = new Set();

const layout = () => new Response(document.getElementById("first-layout").textContent, { headers: { "Content-Type": "application/json" } });
const wiring = () => /** @type {HTMLLinkElement} */ (document.getElementById("dash-wiring")).href;

// known: what a page with a map is laid out with, fetched beside the scripts; its screens need not wait for it then.
/** @param {() => Promise<void>} known */
export const passWith = (known) => (ask) => async (what, options) => {
  const address = `${what.url || what}`;
  const name = [LAYOUT, WIRING].find((end) => address.endsWith(end) && !asked.has(end));
  if (!name) return ask(what, options);
  asked.add(name);
  if (name === WIRING) return ask(wiring());
  if (document.getElementById("published-facts").getAttribute("rel") === "preload") await known().catch(() => undefined);
  return layout();
};

// As soon as the frame is laid out, what stood in its place goes. It stays in the document: a map may be drawn in it.
new MutationObserver((_, waiting) => {
  if (!document.querySelector(".shell")) return;
  waiting.disconnect();
  const skeleton = document.getElementById("skeleton");
  skeleton.hidden = true;
  skeleton.removeAttribute("aria-busy");
}).observe(document.getElementById("react-entry-point"), { childList: true, subtree: true });
