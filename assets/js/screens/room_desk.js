// The desk of a meeting's room: it asks now and then whether anybody came, asked or answered, and shows who.
import { json } from "../core/server.js";

const LOOK_MS = 1500;
let looking = null; // of the page in sight

const markOf = (root) => root.querySelector("[data-room-mark]")?.dataset.roomMark;

/** Keep the desk of a room up to date for as long as it is in sight.
 * @param {{ root: any, draw: (shown: object, asker: string) => void, busy: any }} asking */
export function begin(asking) {
  clearInterval(looking);
  looking = setInterval(() => look(asking), LOOK_MS);
}

async function look(asking) {
  const { root } = asking;
  if (!root.isConnected) return void clearInterval(looking);
  const since = markOf(root);
  if (!since || document.hidden || asking.busy || isInHand(root)) return;
  try {
    const told = await json(`/reuniones/${encodeURIComponent(root.dataset.of)}/sala.json?since=${encodeURIComponent(since)}`);
    // a form that was sent meanwhile is answered with the same parts
    if (told.shown && root.isConnected && !asking.busy && !isInHand(root)) asking.draw(told.shown, "");
  } catch (_) {
    // the next look may be answered; that the server is gone is told for every screen
  }
}

// Whether someone is just pressing or choosing there: what is drawn anew would slip away under the finger.
const isInHand = (root) => Boolean(root.querySelector(".room-desk :active, .room-desk select:focus"));
