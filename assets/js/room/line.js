// The way between the phone and the laptop: what waits is sent, what changed is asked for, and where no answer comes it is tried
// again, ever more seldom, at once when the network is back.
import { request } from "../core/server.js";
import { say } from "../core/words.js";
import * as Outbox from "../model/outbox.js";
import * as Phone from "./phone.js";

const API = "/sala/api";
const EVERY_MS = 2500; // between two questions while all is well
const PATIENCE_MS = 10000; // with one question
const MOST = 50; // answers at once
const TOGETHER_MS = 400; // what is done in haste goes together
const SLOW_DOWN = 429;
const LONG_MS = 30000; // where it does not say how long

const { phone } = Phone;

/** @returns {Promise<{ status: number, said: any, wait: number }>} */
async function ask(path, sent) {
  const headers = new Headers(phone.token ? { "X-Room-Token": phone.token } : {});
  if (sent) headers.set("Content-Type", "application/json");
  const options = { method: sent ? "POST" : "GET", headers, cache: /** @type {const} */ ("no-store"), signal: AbortSignal.timeout(PATIENCE_MS), ...(sent ? { body: JSON.stringify(sent) } : {}) };
  const answer = await request(`${API}/${path}`, options);
  if (answer.status >= 500) throw new Error(`${path}: ${answer.status}`);
  const said = await answer.json().catch(() => ({}));
  return { status: answer.status, said, wait: 1000 * Number(answer.headers.get("Retry-After") || 0) };
}

// ---- in turns

let failures = 0;
let timer = 0;
let busy = false;
let again = false;
let pause = 0; // that the laptop asked for

/** Ask as soon as can be. */
function soon(after = 0) {
  if (!phone.code) return;
  if (busy) return void (again = true);
  window.clearTimeout(timer);
  timer = window.setTimeout(turn, after);
}

async function turn() {
  if (!phone.code || phone.ended === "unknown") return;
  [busy, again, pause] = [true, false, 0];
  try {
    await send();
    await look();
    failures = 0;
  } catch (_) {
    failures += 1;
  }
  busy = false;
  phone.away = failures > 0;
  phone.sending = false;
  Phone.changed();
  if (document.hidden && !failures && !again) return; // heard again once it is looked at
  soon(pause || (again && !failures ? 0 : failures ? Outbox.pause(failures, Math.random()) : EVERY_MS));
}

async function send() {
  while (phone.token && phone.box.waiting.length) {
    const left = phone.box.waiting.length;
    phone.sending = true;
    if (!(await sendSome(Outbox.batch(phone.box, MOST))) || phone.box.waiting.length >= left) return;
  }
}

/** Send some answers; tell whether others may follow. @param {Answer[]} answers @returns {Promise<boolean>} */
async function sendSome(answers) {
  const { status, said, wait } = await ask("answers", { answers });
  if (status === 200) {
    Phone.change((box) => Outbox.answered(box, said));
    return true;
  }
  if (status === SLOW_DOWN) pause = wait || LONG_MS;
  if (status !== 400 && status !== 413) return false; // who is out of the room is told so by its state
  // one of them cannot be read: each goes by itself, and that one is told of
  if (answers.length === 1) Phone.change((box) => Outbox.answered(box, { refused: [{ key: answers[0].key, sentence: said.said || say("phone.not_understood") }] }));
  else for (const one of answers) await sendSome([one]);
  return true;
}

async function look() {
  const whom = phone.token ? "" : `code=${encodeURIComponent(phone.code)}&`;
  const { status, said, wait } = await ask(`state?${whom}since=${encodeURIComponent(known)}`, null);
  if (status === 200) {
    known = said.n;
    if (said.meeting) Phone.learn(said);
  } else if (status === SLOW_DOWN && phone.token) pause = wait || LONG_MS;
  else if (status === 401) {
    Phone.seat(null);
    afresh();
  } else Object.assign(phone, phone.state ? { ended: "closed" } : { ended: "unknown", why: said.said || "" });
}

let known = ""; // the mark of what this page was told last

/** Ask for the whole anew. */
export const afresh = () => {
  known = "";
  soon();
};

// ---- what is asked once

/** Ask to come in: a member by id, or { name, role }. @returns {Promise<string>} why not, "" where it was done */
export async function join(who) {
  try {
    const { status, said } = await ask("join", { code: phone.code, device: Phone.device(), who });
    if (status !== 200) return said.said || say("phone.unreachable");
    Phone.seat(said.token);
    afresh();
    return "";
  } catch (_) {
    return say("phone.unreachable");
  }
}

/** Judge a drawing. @param {{ ubigeos: Ubigeo[], services: string[] }} drawing @returns {Promise<any>} null without an answer */
export async function judge(drawing) {
  try {
    const { status, said } = await ask("judge", drawing);
    return status === 200 ? said : null;
  } catch (_) {
    return null;
  }
}

Phone.onAnswer(() => soon(TOGETHER_MS));
/** Hear of the network and of the page: from now on. */
export function begin() {
  window.addEventListener("online", () => soon());
  document.addEventListener("visibilitychange", () => !document.hidden && soon());
  soon();
}
