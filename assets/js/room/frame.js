// The frame of the phone's page: which screen is in sight, the tabs below, and the quiet line that says what is kept where.
import { request } from "../core/server.js";
import { language, say } from "../core/words.js";
import * as Outbox from "../model/outbox.js";
import * as Draw from "./draw.js";
import * as Join from "./join.js";
import * as Judge from "./judge.js";
import * as Line from "./line.js";
import * as Maps from "./maps.js";
import { all, byId, copy, open, show, tell, write } from "./parts.js";
import * as Phone from "./phone.js";
import { proposal, unsent } from "./told.js";
import * as Vote from "./vote.js";
import * as Weigh from "./weigh.js";

const { phone } = Phone;
/** How far the member is with each, in a word. */
const PROGRESS = { juzgar: Judge.progress, pesar: Weigh.progress, dibujar: Draw.progress, votar: Vote.progress };
const FIRST = "juzgar";
const LOADING = "loading";
const PATIENCE_MS = 10000; // with the page in the other language

let tab = FIRST;
let seen = ""; // the screen that was in sight last
let announced = ""; // the vote that was told of last

const isTab = (name) => name in PROGRESS;
const inSight = (section, stage) => section.dataset.stage === stage && (stage !== "in" || section.dataset.tab === tab);

/** Before the laptop has said anything, of a room that is not kept here, there is nothing to ask.
 * @returns {ReturnType<typeof Phone.stage> | "loading"} */
function stageNow() {
  const stage = Phone.stage();
  return stage === "who" && !phone.state ? LOADING : stage;
}

function draw() {
  const stage = stageNow();
  drawHead(stage);
  all("main > section").forEach((section) => show(section, inSight(section, stage)));
  document.body.dataset.stage = stage;
  write(byId("loading"), say(phone.away ? "phone.unreachable" : "phone.loading"));
  show(document.querySelector(".phone-foot"), stage === "in");
  if (stage !== LOADING) Join.draw(stage);
  if (stage === "in") drawRoom();
  else byId("banner").replaceChildren();
  drawQuiet(stage);
  move(stage);
}

function drawHead(stage) {
  const { meeting, me } = phone.state || { meeting: null, me: null };
  write(byId("meeting"), meeting && stage !== "code" ? meeting.title : say("phone.title"));
  document.title = byId("meeting").textContent;
  const about = () => [me.name, say(`phone.role.${me.role}`), say("phone.round", { n: phone.state.room.round })].filter(Boolean).join(" · ");
  tell(byId("who"), me && stage === "in" ? about() : "");
}

function drawRoom() {
  const { answer, vote } = Phone.may();
  const roles = { answer, observe: !answer, vote, "no-vote": !vote };
  all("[data-role]").forEach((node) => show(node, roles[node.dataset.role]));
  if (!answer && (tab === "pesar" || tab === "dibujar")) window.location.hash = FIRST; // who looks on has neither
  Judge.draw();
  Weigh.draw();
  Draw.draw();
  Vote.draw();
  for (const link of all(".tabs a")) {
    const name = link.getAttribute("href").slice(1);
    name === tab ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    write(link.querySelector("small"), PROGRESS[name]());
  }
  drawBanner();
}

// A vote that opens is told on every screen.
function drawBanner() {
  const { vote } = phone.state.room;
  const asked = vote ? proposal(vote) : undefined;
  const open = asked && tab !== "votar" && Phone.may().vote && !Outbox.current(phone.box, { round: 0, kind: "vote", subject: vote });
  const now = open ? vote : "";
  document.querySelector(".tabs a[href='#votar']").classList.toggle("calls", Boolean(open));
  if (now === announced) return;
  announced = now;
  const node = open ? [copy("banner")] : [];
  node.forEach((each) => write(each.querySelector("p"), say("phone.vote_banner", { number: asked.number, name: asked.name })));
  byId("banner").replaceChildren(...node);
}

// ---- the quiet line

function quiet() {
  const { box, away, held } = phone;
  const n = box.waiting.length;
  if (held === "not" && n) return ["full", "warn"];
  if (away) return [n ? "away_waiting" : "away", "warn"];
  if (n) return [phone.sending ? "sending" : "waiting", ""];
  if (!Phone.may().answer) return ["looking", ""];
  return [box.seq ? "kept" : "fresh", box.seq ? "kept" : ""];
}

function drawQuiet(stage) {
  const n = phone.box.refused.length;
  const [key, kind] = n ? ["refused", "fail"] : quiet();
  write(byId("quiet"), stage === "in" ? say(`phone.quiet.${key}`, { n: n || phone.box.waiting.length }) : "");
  byId("quiet").parentElement.dataset.kind = kind;
  show(byId("show-refused"), n > 0);
  // who is outside has no such line: what is wrong is said above
  tell(byId("alert"), phone.away && ["asked", "removed", "code", "who"].includes(stage) && phone.code ? say("phone.unreachable") : "");
}

byId("show-refused").addEventListener("click", () => {
  byId("refused-list").replaceChildren(...phone.box.refused.map(({ answer, sentence }) => unsent(answer, sentence)));
  open("refused");
});
byId("put-away").addEventListener("click", () => {
  const keys = phone.box.refused.map(({ answer }) => answer.key);
  Phone.change((box) => keys.reduce(Outbox.putAway, box));
  /** @type {HTMLDialogElement} */ (byId("refused")).close();
});

// ---- from screen to screen

// What comes into sight takes the focus with its heading, as a new page would.
function move(stage) {
  const now = stage === "in" ? `in ${tab}` : stage;
  if (now === seen) return;
  const first = !seen || seen === LOADING;
  seen = now;
  const section = all("main > section").find((each) => !each.hidden);
  byId("main").scrollTop = 0;
  const heading = section && /** @type {HTMLElement} */ (section.querySelector("h2:not([hidden])"));
  if (heading && !first) heading.focus({ preventScroll: true });
  if (now === "in dibujar") Draw.open();
  all("dialog[open]").forEach((dialog) => stage !== "in" && /** @type {HTMLDialogElement} */ (dialog).close());
}

function hash() {
  const name = window.location.hash.slice(1);
  if (isTab(name) && name !== tab) {
    tab = name;
    if (phone.state) draw();
  }
}

const speak = (other) => (document.cookie = `lang=${other}; path=/; max-age=${365 * 24 * 3600}; samesite=lax`);

// A page that cannot be had is not left for it.
byId("language").addEventListener("click", async ({ currentTarget }) => {
  speak(/** @type {HTMLElement} */ (currentTarget).dataset.language);
  try {
    await request(window.location.pathname, { cache: "reload", signal: AbortSignal.timeout(PATIENCE_MS) });
    window.location.reload();
  } catch (_) {
    speak(language());
    tell(byId("alert"), say("phone.unreachable"));
  }
});

/** Begin with the room of the address, else with the last one of this phone. */
export function begin() {
  document.documentElement.lang = language();
  hash();
  window.addEventListener("hashchange", hash);
  Phone.on(draw);
  const code = Join.codeOfAddress() || Phone.lastCode();
  Join.enter(code);
  Line.begin();
  // once all that is seen first is there
  window.setTimeout(() => Maps.ready().then((ready) => ready && phone.state && draw()), 0);
}
