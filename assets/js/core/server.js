// The one way to the server: for what Dash asks, for what our own modules ask, and for files.
import { say } from "./words.js";

// fetch cannot tell how far a file is; this can, and answers alike.
const carried = (address, { method, headers, body, signal, progress }) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open(method, address);
  new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
  request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && progress(loaded, total);
  request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
  request.onerror = () => reject(new TypeError(address));
  request.onabort = () => reject(signal.reason);
  signal.addEventListener("abort", () => request.abort());
  request.send(body);
});

// From now on each of these sees every question and its answer, the last of them first. pass: (ask) -> ask.
export function begin(passes) {
  const asked = window.fetch.bind(window);
  const first = (what, options) => (options && options.progress ? carried(what, options) : asked(what, options));
  window.fetch = passes.reduce((ask, pass) => pass(ask), first);
}

// watched: given up when the server is found gone.
/** @param {string} address @param {RequestInit & { watched?: boolean, progress?: (sent: number, whole: number) => void }} [options] */
export const request = (address, options) => window.fetch(address, options);

// What lies at an address, read as JSON; throws where it cannot be had.
export async function json(address, options) {
  const answer = await request(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// What a screen asks of what it shows: questions of Dash, and our own beside it. The way to the server handles both alike.
const ASKED = "/asked/";
/** @param {string} address */
export const isQuestion = (address) => /\/_dash-update-component/.test(address) || address.includes(ASKED);

// Ask something beside Dash: what is answered, null where it is refused, which whoever reads has been told. Throws where
// no answer comes.
/** @param {string} what @param {unknown} body */
export async function ask(what, body) {
  const answer = await request(`${ASKED}${what}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  if (answer.status >= 500) throw new Error(`${what}: ${answer.status}`);
  return answer.status === 200 ? answer.json() : null;
}

// Send a file; the answer's status and what it says as JSON. Where no answer comes, or none that can be read, it says
// the sentence `lost`: also where the file was changed or moved since it was chosen.
/**
 * @param {string} address @param {File} file @param {string} lost
 * @param {{ headers?: Record<string, string>, progress?: (sent: number, whole: number) => void }} [more]
 */
export async function sendFile(address, file, lost, { headers, ...more } = {}) {
  try {
    const named = { "X-File-Name": encodeURIComponent(file.name), ...headers };
    const answer = await request(address, { method: "POST", body: file, headers: named, watched: true, ...more });
    return Object.assign({ status: answer.status }, await answer.json());
  } catch (_) {
    return { status: 0, said: say(lost) };
  }
}

// What lies at an address, as text and before anything else happens, "" where it cannot be had. For printing alone: a
// browser that is about to print waits for no answer.
/** @param {string} address */
export function atOnce(address) {
  if (document.documentElement.classList.contains("server-gone")) return "";
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  try {
    request.send();
  } catch (_) {
    return "";
  }
  return request.status === 200 ? request.responseText : "";
}
