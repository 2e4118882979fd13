// What this phone keeps, by room: there is no account here by whom it could be kept.

const PREFIX = "conglomerados.sala";
const keyOf = (name) => `${PREFIX}.${name}`;

/** What was kept under a name; null where nothing was, where it cannot be read or where the browser keeps nothing. */
export function read(name) {
  try {
    return JSON.parse(window.localStorage.getItem(keyOf(name)));
  } catch (_) {
    return null;
  }
}

/** Keep something; tell whether the browser took it. */
export function write(name, value) {
  try {
    window.localStorage.setItem(keyOf(name), JSON.stringify(value));
    return true;
  } catch (_) {
    return false;
  }
}

export function drop(name) {
  try {
    window.localStorage.removeItem(keyOf(name));
  } catch (_) {
    // where nothing is kept nothing need go
  }
}

/** Another page of this phone kept something else under a name. */
export function elsewhere(does) {
  window.addEventListener("storage", ({ key }) => key && key.startsWith(`${PREFIX}.`) && does(key.slice(PREFIX.length + 1)));
}

const BYTES = 16;
/** A text that nobody has made before. Plain http has no `randomUUID`. */
export const random = () => [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
