// Whether the server answers. One handling for every screen and every question, a file on its way too: a notice that
// stands while there is no answer, trying again, a navigation that says it failed, and whoever waits is told at once.
import * as Notices from "./notices.js";
import * as Screens from "./screens.js";
import { isQuestion, request } from "./server.js";
import { language, say } from "./words.js";

const NAME = "server";
const SLOW_MS = 10000; // after which a question that is not answered is looked into, again and again
const LONG_MS = 30000; // after which whoever asked is told that an answer takes long, though the server is there
const AGAIN_MS = 4000;
const GONE = [502, 503, 504];
const REFUSED = [400, 403, 404, 429]; // with a sentence that says why
const ALIVE = "/assets/css/style.css";
const CONTENT = '"_pages_content"';

// What only reads, and is asked again when the server is back: the last question of each.
const READS = [
  "map-cut", "map-sheet-body", "compare-answer", "compare-firm-answer",
  "compare-cut", "propose-found", "propose-cut", "plan-cut",
];
const unread = new Map(); // output -> inputs

const back = new Map(); // name -> what is done when the server is back
const asking = []; // [id of the store that asks, what to do without an answer], each
let since = null; // when the server was last found silent
let timer = null;
let leaving = false;
let wanted = null; // the screen that could not be opened

const clock = () => new Date().toLocaleTimeString(language() === "es" ? "es-PE" : "en", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "America/Lima" });

function draw() {
  const parts = [say("server.gone", { since }), " ", Notices.way(say("server.again"), look)];
  if (wanted) parts.splice(1, 0, ` ${say("server.not_opened")}`);
  Notices.stand(NAME, parts);
}

function lost(body) {
  if (leaving) return;
  if (body && body.includes(CONTENT)) notOpened();
  keepToRead(body);
  if (!since) {
    since = clock();
    document.documentElement.classList.add("server-gone");
    draw();
    timer = setTimeout(look, AGAIN_MS);
  } else if (wanted) draw();
  announce(body);
}

function announce(body) {
  asking.filter(([storeOf]) => storeOf() && body.includes(`"${storeOf()}.data"`)).forEach(([, does]) => does());
}

// What to do where a question of Dash gets no answer, a wrong one, or one that takes long. storeOf: the id of the store
// that asked, nothing while that is out of sight.
/** @param {() => string | null | undefined} storeOf @param {() => void} does */
export const unanswered = (storeOf, does) => void asking.push([storeOf, does]);

// Once the server answers again; nothing where it does already. Of each name the last alone is done.
/** @param {string} name @param {() => void} does */
export const whenBack = (name, does) => void (since && back.set(name, does));

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
  if (answer.headers.get("X-Record-Saves") === "no") Notices.stand("saving", say("server.saves_nothing"));
  else if (answer.ok && answer.headers.has("X-Record")) Notices.settle("saving");
}

// The server will not do it, and says why. Dash reads the body of such an answer twice and fails; "nothing to change"
// it understands.
async function refused(answer) {
  const told = await answer.json().catch(() => ({}));
  Notices.tell(told.said || say("server.refused"), "error");
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
  Notices.settle(NAME);
  if (wanted) {
    const node = Notices.stand(NAME, [say("server.back"), " ", Notices.way(say("server.open"), wanted)]);
    node.addEventListener("click", () => Notices.settle(NAME));
    wanted = null;
  } else Notices.tell(say("server.back"));
  readAgain();
  const doing = [...back.values()];
  back.clear();
  doing.forEach((does) => does());
}

// A question that waits long: is it the answer that takes its time, or the server that is gone?
async function lookInto(question) {
  const { timer: looked } = question;
  const alive = await answers();
  if (question.ended || question.timer !== looked) return; // it went on meanwhile
  if (!alive) {
    lost(question.body);
    return void question.giveUp();
  }
  question.waited += SLOW_MS;
  if (question.waited === LONG_MS) announce(question.body);
  wait(question);
}

function wait(question) {
  clearTimeout(question.timer);
  question.timer = setTimeout(() => lookInto(question), SLOW_MS);
}

// A question of a screen is never given up: its answer may still come, and Dash has no words for one that does not.
async function asScreen(ask, what, options, body) {
  const question = { body, waited: 0, timer: 0, ended: false, giveUp: () => undefined };
  unread.delete(readOf(body)); // asked anew, and perhaps of something else
  wait(question);
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
    question.ended = true;
    clearTimeout(question.timer);
  }
}

// A question of our own that is `watched` ends when the server is found gone: whoever asked says what that means.
// What a screen is made of is not: on a slow line it may be on its way for long.
async function asOurs(ask, what, options) {
  const stop = new AbortController();
  const question = { body: "", waited: 0, timer: 0, ended: false, giveUp: () => stop.abort() };
  const { progress } = options;
  const goesOn = (...how) => {
    wait(question); // what is on its way needs no looking into
    progress(...how);
  };
  wait(question);
  try {
    const answer = await ask(what, { ...options, signal: stop.signal, ...(progress ? { progress: goesOn } : {}) });
    if (GONE.includes(answer.status)) lost("");
    return answer;
  } catch (error) {
    if (!stop.signal.aborted && !(await answers())) lost("");
    throw error;
  } finally {
    question.ended = true;
    clearTimeout(question.timer);
  }
}

export const pass = (ask) => (what, options = {}) => {
  const address = `${what.url || what}`;
  if (isQuestion(address)) return asScreen(ask, what, options, `${options.body || ""}`);
  return options.watched ? asOurs(ask, what, options) : ask(what, options);
};

window.addEventListener("pagehide", () => (leaving = true));
window.addEventListener("pageshow", () => (leaving = false));
