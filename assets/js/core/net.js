// Whether the server answers. One handling for every screen: a notice that stands while it does not, trying again,
// a navigation that says it failed, and whoever waits is told at once.
import * as Screens from "./screens.js";
import { request } from "./server.js";
import * as Status from "./status.js";
import { language, say } from "./words.js";

const NAME = "server";
const SLOW_MS = 10000; // after which a question that is not answered is looked into
const AGAIN_MS = 4000;
const GONE = [502, 503, 504];
const REFUSED = [400, 403, 404, 429]; // with a sentence that says why
const ALIVE = "/assets/css/style.css";
const CONTENT = '"_pages_content"';

// What only reads, and is asked again when the server is back: the last question of each.
const READS = [
  "map-judgement", "map-standing-answer", "map-cut", "map-sheet-body", "compare-answer", "compare-firm-answer",
  "compare-cut", "propose-found", "propose-cut", "plan-cut",
];
const unread = new Map(); // output -> inputs

const asked = new Map(); // questions that are not answered yet: token -> body
const UNANSWERED = "amazonia:unanswered"; // on window, with the body of a question that got no answer, or a wrong one
let since = null; // when the server was last found silent
let timer = null;
let leaving = false;
let wanted = null; // the screen that could not be opened

const isQuestion = (url) => /_dash-update-component/.test(url);
const clock = () => new Date().toLocaleTimeString(language() === "es" ? "es-PE" : "en", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "America/Lima" });

function draw() {
  const parts = [say("server.gone", { since }), " ", Status.way(say("server.again"), look)];
  if (wanted) parts.splice(1, 0, ` ${say("server.not_opened")}`);
  Status.stand(NAME, parts);
}

function lost(body) {
  if (leaving) return;
  if (body && body.includes(CONTENT)) notOpened();
  keepToRead(body);
  announce(body);
  if (since) return void (wanted && draw());
  since = clock();
  document.documentElement.classList.add("server-gone");
  draw();
  timer = setTimeout(look, AGAIN_MS);
}

const announce = (body) => window.dispatchEvent(new CustomEvent(UNANSWERED, { detail: `${body || ""}` }));

const readOf = (body) => READS.find((id) => body.includes(`${id}.`) && `${JSON.parse(body).output}`.includes(`${id}.`));

function keepToRead(body) {
  const output = body && readOf(body);
  if (output) unread.set(output, JSON.parse(body).inputs);
}

function readAgain() {
  const questions = [...unread.values()];
  unread.clear();
  questions.flat().filter(({ id }) => window.dash_component_api.getLayout(id))
    .forEach(({ id, property, value }) => window.dash_clientside.set_props(id, { [property]: value }));
}

// The address goes back to the screen that is still in sight.
function notOpened() {
  wanted = window.location.pathname + window.location.search;
  Screens.stay();
}

async function answers() {
  try {
    const answer = await request(ALIVE, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(AGAIN_MS) });
    return !GONE.includes(answer.status);
  } catch (_) {
    return false;
  }
}

// The server answers, but can save nothing: a full disk, a standby.
function tellSaving(answer) {
  if (answer.headers.get("X-Record-Saves") === "no") Status.stand("saving", say("server.saves_nothing"));
  else if (answer.ok && answer.headers.has("X-Record")) Status.settle("saving");
}

// The server will not do it, and says why. Dash reads the body of such an answer twice and fails; "nothing to change"
// it understands.
async function refused(answer) {
  const told = await answer.json().catch(() => ({}));
  Status.tell(told.said || say("server.refused"), "error");
  return new Response(null, { status: 204 });
}

async function look() {
  clearTimeout(timer);
  if (!(await answers())) {
    timer = setTimeout(look, AGAIN_MS);
    return;
  }
  found();
}

function found() {
  if (!since) return;
  since = null;
  clearTimeout(timer);
  document.documentElement.classList.remove("server-gone");
  Status.settle(NAME);
  if (wanted) {
    const node = Status.stand(NAME, [say("server.back"), " ", Status.way(say("server.open"), wanted)]);
    node.addEventListener("click", () => Status.settle(NAME));
    wanted = null;
  } else Status.tell(say("server.back"));
  readAgain();
}

// A question that waits long: is it the answer that takes its time, or the server that is gone?
async function lookInto(token) {
  if (!asked.has(token)) return;
  const body = asked.get(token);
  if (await answers()) return void (asked.has(token) && setTimeout(() => lookInto(token), SLOW_MS));
  if (asked.has(token)) lost(body);
}

export const pass = (ask) => async (what, options) => {
  if (!isQuestion(`${what.url || what}`)) return ask(what, options);
  const token = {};
  const body = `${(options || {}).body || ""}`;
  asked.set(token, body);
  unread.delete(readOf(body)); // asked anew, and perhaps of something else
  const slow = setTimeout(() => lookInto(token), SLOW_MS);
  try {
    const answer = await ask(what, options);
    tellSaving(answer);
    if (GONE.includes(answer.status)) lost(body);
    else found();
    if (!answer.ok && !GONE.includes(answer.status)) announce(body);
    return REFUSED.includes(answer.status) ? refused(answer) : answer;
  } catch (error) {
    if (error.name !== "AbortError") lost(body);
    throw error;
  } finally {
    clearTimeout(slow);
    asked.delete(token);
  }
};

window.addEventListener("pagehide", () => (leaving = true));
window.addEventListener("pageshow", () => (leaving = false));
