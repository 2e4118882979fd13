// Keep the slides of a room's answers as the room is: a light question whether something has changed, and then the
// slides that did. What follows from the answers takes the server longer to say: it is asked for once it is in sight.
import { render } from "../core/dom.js";
import { json } from "../core/server.js";

const ASK_MS = 500;
const FOLLOWS = ["r.weights", "r.follows", "r.believed"];

// marks: of the slides of answers, and of what follows, as they are shown; asking: a question is on its way
const watched = { root: null, marks: { since: "", follows: "" }, asking: false, timer: null, fit: null };

const here = () => watched.root && watched.root.isConnected;
const inSight = () => FOLLOWS.includes(watched.root.dataset.at);

// fit: what to do with a slide that is another
export function watch(root, fit) {
  clearInterval(watched.timer);
  Object.assign(watched, { root, fit, marks: { since: "", follows: "" }, asking: false });
  if (root.dataset.room) watched.timer = setInterval(ask, ASK_MS);
}

async function ask() {
  if (!here()) {
    clearInterval(watched.timer);
    return;
  }
  if (watched.asking || document.hidden) return;
  watched.asking = true;
  try {
    await refresh();
  } catch (_) {
    // the presentation itself says that the server does not answer
  }
  watched.asking = false;
}

async function refresh() {
  const { root, marks } = watched;
  const follows = inSight();
  const query = new URLSearchParams(follows ? marks : { since: marks.since });
  const { mark, slides } = await json(`${root.dataset.room}?${query}`, { cache: "no-store", watched: true });
  if (root !== watched.root) return;
  Object.entries(slides).forEach(([key, body]) => show(key, body));
  marks.since = mark;
  if (follows) marks.follows = mark;
}

function show(key, body) {
  const slide = [...watched.root.querySelectorAll(".present-slide")].find((one) => one.dataset.key === key);
  if (!slide) return;
  render(slide, body);
  watched.fit(slide);
}
