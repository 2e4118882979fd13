// The judgement of the candidate in hand, asked of the server beside Dash: rules and measures at once, its place among all
// once a person pauses. What is answered is painted as it comes.
import { isReady } from "../core/facts.js";
import * as Net from "../core/net.js";
import { page } from "../core/page.js";
import * as Server from "../core/server.js";
import * as Acting from "../map/acting.js";
import * as Current from "../map/current.js";
import * as Drafts from "../model/drafts.js";
import * as Proposals from "../model/proposals.js";
import * as Panel from "./panel.js";
import * as Standing from "./standing.js";

const WHAT = "judgement";
const [RULES, PLACE] = ["rules", "place"];
const [BOX, STANDING, EDITION, JUDGEMENT, ACTION] = ["map-verdicts", "map-standing", "map-edition", "map-judgement", "shell-action"];
const PAUSE_MS = 350;

const nothing = () => ({ [RULES]: "", [PLACE]: "" });
// What each part hangs on, in letters: as it is wanted now, as it is being asked, as it is shown.
let [wanted, asking, shown] = [nothing(), nothing(), nothing()];
let weights = {};
let box = null; // in which it is shown
let pause;

// ---- what is asked

// Where nothing is drawn the years change nothing.
const years = ({ ubigeos }, { conflictPeriod, hazardPeriod }) => (ubigeos.length ? { conflictPeriod, hazardPeriod } : {});

const drawn = ({ id, ubigeos, services, phase, replaces }) => ({
  ubigeos, services, phase, replaces: Drafts.isProposal(id) ? id.slice(Drafts.PROPOSAL.length) : replaces || null, record: Proposals.print(),
});

function wish(inHand, view) {
  const own = { ...drawn(inHand), ...years(inHand, view) };
  // an edition other than the page's is told, with what changed since
  const edition = inHand.edition && inHand.edition !== page.edition ? inHand.edition : "";
  const whole = { drawing: { ...own, locked: inHand.locked || [], weights, anchors: view.anchors }, edition };
  return { [RULES]: JSON.stringify({ drawing: own }), [PLACE]: inHand.ubigeos.length || edition ? JSON.stringify(whole) : "" };
}

// Whether only the years are others.
function isMoved(one, other) {
  const apart = (text) => JSON.stringify({ ...JSON.parse(text || "{}").drawing, conflictPeriod: 0, hazardPeriod: 0 });
  return Boolean(one && other) && apart(one) === apart(other);
}

// ---- asking

const isOpen = (part) => wanted[part] !== shown[part];
const isToAsk = (part) => isOpen(part) && wanted[part] !== asking[part];

// An answer is shown where it is still what is wanted.
async function ask(parts) {
  const own = { ...wanted };
  parts.forEach((part) => (asking[part] = own[part]));
  try {
    const answer = await Server.ask(WHAT, { ...JSON.parse(own[parts.at(-1)]), parts });
    for (const part of parts.filter((each) => answer && own[each] === wanted[each])) {
      SHOW[part](answer);
      shown[part] = own[part];
    }
  } catch (_) {
    Net.whenBack(WHAT, askAll);
  } finally {
    parts.filter((part) => asking[part] === own[part]).forEach((part) => (asking[part] = ""));
  }
}

function askAll() {
  const parts = [RULES, PLACE].filter(isToAsk);
  if (parts.length) ask(parts);
}

const SHOW = {
  [RULES](answer) {
    Panel.fill(answer);
    if (box && !box.dataset.told) setTimeout(() => window.dash_clientside.set_props(JUDGEMENT, { data: Date.now() }), 0);
    if (box) box.dataset.told = "yes";
  },
  [PLACE]: (answer) => place(answer[STANDING], answer[EDITION]),
};

function place(ranked, notice) {
  Standing.notice(document.getElementById(EDITION), notice, ACTION);
  Standing.fill(document.getElementById(STANDING), ranked, ACTION);
}

// A screen that was left and opened again has nothing of it yet.
function stand() {
  const now = document.getElementById(BOX);
  if (now !== box) [wanted, asking, shown] = [nothing(), nothing(), nothing()];
  box = now;
  return Boolean(box);
}

/** Judge the candidate of some drafts by rules and measures; resolves once it is shown or cannot be had. */
export async function judge(drafts, view) {
  const inHand = drafts && view && stand() ? Drafts.shown(drafts) : null;
  if (!inHand) return;
  const next = wish(inHand, view)[RULES];
  if (next === wanted[RULES]) return;
  const moved = isMoved(next, wanted[RULES]);
  wanted[RULES] = next;
  if (!isOpen(RULES)) return void Panel.current();
  Panel.awaiting();
  // years are dragged over: what they change comes with the place, in one answer
  if (!moved && isToAsk(RULES)) await ask([RULES]);
}

/** Judge the candidate in hand, and place it after a pause. */
export function follow(drafts, view, weighed) {
  weights = weighed || {};
  judge(drafts, view);
  const inHand = drafts && view && box && isReady() ? Drafts.shown(drafts) : null;
  if (!inHand) return;
  wanted[PLACE] = wish(inHand, view)[PLACE];
  if (!wanted[PLACE]) {
    shown[PLACE] = "";
    place([], []);
  }
  document.getElementById(STANDING).classList.toggle("waiting", isOpen(PLACE));
  clearTimeout(pause);
  pause = setTimeout(askAll, PAUSE_MS);
}

// What clicks will make of the drawing is known before Dash hears of them.
Acting.askFirst(() => {
  const { drafts, view } = Current.last;
  const steps = { past: [], future: [] };
  return judge(drafts && Acting.untaken().reduce((made, u) => Drafts.reduce(made, steps, { type: "toggle", u }).drafts, drafts), view);
});
