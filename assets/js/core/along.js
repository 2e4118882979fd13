// What draws maps comes along with the first screen that has one, where the page began with a screen that has none.
const CONTENT = '"_pages_content';
const element = () => /** @type {HTMLScriptElement} */ (document.getElementById("leaflet"));
let asked = null;

const isAt = (path) => window.location.pathname === path || (path !== "/" && window.location.pathname.startsWith(`${path}/`));
const isNeeded = () => !window.L && element().dataset.maps.split(" ").some(isAt);

function leaflet() {
  asked ||= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = element().src;
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      asked = null; // whoever asks again may find the server back
      resolve(undefined);
    };
    document.head.append(script);
  });
  return asked;
}

// Dash asks for a screen once the address is that of the screen.
export const pass = (ask) => async (what, options) => {
  const goes = options && `${options.body || ""}`.includes(CONTENT) && isNeeded();
  const [answer] = await Promise.all([ask(what, options), goes ? leaflet() : undefined]);
  return answer;
};
