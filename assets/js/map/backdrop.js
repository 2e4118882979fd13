// A map of another server below the land, by Leaflet's own layers of tiles: off until a reader chooses one, and nothing
// of it is asked for before. Pages let images of those servers in that were offered when they were sent; one that was
// added later is let in by the page sent anew, whose address shows the same.
import { say } from "../core/words.js";

const TOLD = "map-backdrop-told";
const ON = "has-backdrop";
const SHARED = { referrerPolicy: "strict-origin", keepBuffer: 1, updateWhenZooming: false };

/** @type {Backdrop[]} */
let known = [];
/** Learn which are offered. @param {Backdrop[]} offered */
export const know = (offered) => (known = offered || []);

// ---- pages that were sent before it was offered

const refused = new Set();
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective !== "img-src") return;
  refused.add(blockedURI);
  const shown = current && known.find(({ id }) => id === current.id);
  if (shown && blockedURI.startsWith(shown.origin)) renew(shown.origin);
});

/** Whether this page lets no image of a server in. @param {string} origin */
export const isRefused = (origin) => [...refused].some((address) => address.startsWith(origin));

const RENEWED = "conglomerados.renewed";
/** Have the page sent anew, once for each server. @param {string} origin @returns {boolean} whether it is on its way */
export function renew(origin) {
  try {
    const before = JSON.parse(window.sessionStorage.getItem(RENEWED) || "[]");
    if (before.includes(origin)) return false;
    window.sessionStorage.setItem(RENEWED, JSON.stringify([...before, origin]));
  } catch (_) {
    return false; // nothing would keep it from coming anew again and again
  }
  window.location.reload();
  return true;
}

// ---- below the map

/** @type {{ id: string, came: boolean, failed: boolean, layer: any } | null} */
let current = null;

function made({ form, address, layers, least, most }) {
  const zooms = { minZoom: least, maxNativeZoom: most, maxZoom: 22, ...SHARED };
  return form === "wms"
    ? window.L.tileLayer.wms(address, { layers, format: "image/png", transparent: true, version: "1.1.1", ...zooms })
    : window.L.tileLayer(address, zooms);
}

// Who made it, or that nothing comes of it.
function tell(shown) {
  const node = document.getElementById(TOLD);
  if (!node) return;
  const { came, failed } = current || { came: false, failed: false };
  const text = !shown ? "" : came ? [shown.attribution, failed ? say("backdrops.partly", shown) : ""].filter(Boolean).join(" ") : failed ? say("backdrops.failing", shown) : shown.attribution;
  node.hidden = !text;
  if (node.textContent !== text) node.textContent = text;
}

/** Put a map of another server below ours, or none, which is "". @param {any} map @param {string} id */
export function lay(map, id) {
  const shown = known.find((each) => each.id === id);
  if (map.backdrop === (shown ? shown.id : "")) return;
  map.backdrop = shown ? shown.id : "";
  if (current) current.layer.remove();
  current = shown ? { id: shown.id, came: false, failed: false, layer: made(shown) } : null;
  map.node.classList.remove(ON);
  const own = current;
  const heard = (change) => () => {
    if (own !== current) return;
    Object.assign(own, change);
    map.node.classList.toggle(ON, own.came); // what lies there otherwise stays until something of it is there
    tell(shown);
  };
  if (own) own.layer.on({ tileload: heard({ came: true }), tileerror: heard({ failed: true }), loading: heard({ failed: false }) }).addTo(map.leaflet);
  tell(shown);
}
