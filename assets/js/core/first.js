// What Dash asks for before it lays a page out, without a way to the server: the layout came with the document, and what
// depends on what is published like a script. Each once: whatever is asked again is asked of the server.
const LAYOUT = "_dash-layout";
const WIRING = "_dash-dependencies";
const asked = new Set();

const laidOut = () => new Response(document.getElementById("first-layout").textContent, { headers: { "Content-Type": "application/json" } });
const wiring = () => /** @type {HTMLLinkElement} */ (document.getElementById("dash-wiring")).href;

export const pass = (ask) => (what, options) => {
  const address = `${what.url || what}`;
  const name = [LAYOUT, WIRING].find((end) => address.endsWith(end) && !asked.has(end));
  if (!name) return ask(what, options);
  asked.add(name);
  return name === LAYOUT ? Promise.resolve(laidOut()) : ask(wiring());
};

// As soon as the frame is laid out, what stood in its place goes. It stays in the document: a map may be drawn in it.
new MutationObserver((_, waiting) => {
  if (!document.querySelector(".shell")) return;
  waiting.disconnect();
  document.getElementById("skeleton").hidden = true;
}).observe(document.getElementById("react-entry-point"), { childList: true, subtree: true });
