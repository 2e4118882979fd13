// The drawings as this browser keeps them, for several tabs at once. Every drawing has a stamp that each change makes
// anew, and how far it has seen the changes of every tab: so a tab can tell what another one changed, what it changed itself, and what
// both did. Reading, comparing and writing are one step without a pause; should two tabs write in the same instant all
// the same, the stamps tell it to the one that was overwritten, and it still has its own.
import * as Notices from "../core/notices.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Drafts from "../model/drafts.js";

export const NAME = "drafts";
const MOST_TABS = 30;
const TAB = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
const known = new Map(); // id -> {stamp, seen, print}: what this tab and the store last agreed on
const mine = new Set(); // stamps that this tab made
let serial = 0;

const print = ({ name, ubigeos, services, note, phase, replaces, version, locked, edition }) =>
  JSON.stringify([name, ubigeos, services, note, phase, replaces, version, locked, edition]);

/** @param {Kept} kept @returns {Candidate} */
function bare({ stamp, seen, ...candidate }) {
  return candidate;
}

const agree = (c) => known.set(c.id, { stamp: c.stamp || "", seen: c.seen || {}, print: print(c) });

// What a change has seen: of every tab that changed the drawing, how far. It follows a stamp that it has seen.
function seenWith({ stamp, seen }) {
  const [tab, n] = stamp.split(".");
  const { [tab]: _, ...others } = seen;
  return Object.fromEntries(Object.entries({ ...others, [tab]: Number(n) || 0 }).slice(-MOST_TABS));
}

function follows(theirs, stamp) {
  const [tab, n] = stamp.split(".");
  return !stamp || ((theirs.seen || {})[tab] || 0) >= Number(n);
}

// ---- opening and writing

export function open() {
  Store.salvage(NAME, (kept) => kept && Drafts.isSound(kept));
  const drafts = Drafts.sound(Store.recall(NAME));
  drafts.candidates.forEach(agree);
  return { ...drafts, candidates: drafts.candidates.map(bare) };
}

function stamped(candidate) {
  const [before, now] = [known.get(candidate.id), print(candidate)];
  if (before && before.print === now) return { ...candidate, stamp: before.stamp, seen: before.seen };
  return { ...candidate, stamp: `${TAB}.${++serial}`, seen: before ? seenWith(before) : {} };
}

// Write what this tab has; whoever calls has met the store just before.
function write(drafts) {
  const candidates = drafts.candidates.map(stamped);
  const isKept = Store.keep(NAME, { ...drafts, candidates });
  candidates.forEach(({ stamp }) => mine.add(stamp));
  if (isKept) candidates.forEach(agree);
  return isKept;
}

// The steps are worth less than the drawings: they make room for them.
export function keep(drafts, history) {
  if (!write(drafts)) {
    Store.keep("history", undefined);
    return write(drafts);
  }
  return Store.keep("history", { ...history, of: Drafts.signature(drafts) });
}

// ---- meeting what another tab kept

// What becomes of each drawing: {taken, copies, gone, added} by id.
function compare(drafts, stored) {
  const found = { taken: new Map(), copies: new Map(), gone: new Set(), added: [] };
  for (const theirs of stored) {
    const own = drafts.candidates.find(({ id }) => id === theirs.id);
    const before = known.get(theirs.id);
    const isOther = before && theirs.stamp !== before.stamp && !mine.has(theirs.stamp);
    if (!own) {
      if (!before || isOther) found.added.push(theirs);
    } else if (!before) agree(theirs);
    else if (isOther && print(theirs) !== print(own)) {
      const changedHere = print(own) !== before.print;
      if (changedHere || !follows(theirs, before.stamp)) found.copies.set(own.id, own);
      found.taken.set(theirs.id, theirs);
    } else if (isOther) agree(theirs);
  }
  const there = new Set(stored.map(({ id }) => id));
  drafts.candidates.forEach((own) => {
    const before = known.get(own.id);
    if (before && before.stamp && !there.has(own.id) && print(own) === before.print && own.id !== drafts.active) found.gone.add(own.id);
  });
  return found;
}

// Bring drafts and their steps in line with what another tab kept; nothing of either is lost. Returns {drafts,
// history, told}: sentences about what changed under this tab's hands.
export function meet(drafts, history) {
  const kept = Store.recall(NAME);
  if (!kept || !Drafts.isSound(kept)) return { drafts, history, told: [], both: [] };
  const found = compare(drafts, Drafts.sound(kept).candidates);
  const { taken, copies, gone, added } = found;
  if (!taken.size && !gone.size && !added.length) return { drafts, history, told: [], both: [] };
  const ids = new Map(); // of a drawing that both changed -> that of this tab's own from now on
  let made = drafts;
  const both = [];
  copies.forEach((own, id) => {
    const copy = { ...own, id: Drafts.freshId(made), name: Drafts.copyName(made, own.name) };
    ids.set(id, copy);
    made = { ...made, candidates: [...made.candidates, copy], serial: Number(copy.id.slice(1)) };
    both.push({ id, theirs: taken.get(id).name, own: copy.name });
  });
  const changed = (state) => {
    const candidates = state.candidates.filter(({ id }) => !gone.has(id)).flatMap((c) => {
      const copy = ids.get(c.id);
      const others = taken.has(c.id) ? [bare(taken.get(c.id))] : [];
      return copy ? [...others, { ...c, id: copy.id, name: copy.name }] : others.length ? others : [c];
    });
    const more = added.filter(({ id }) => !candidates.some((c) => c.id === id)).map(bare);
    const active = ids.has(state.active) ? ids.get(state.active).id : state.active;
    return { ...state, candidates: [...candidates, ...more], active };
  };
  const told = [...[...taken].filter(([id]) => !ids.has(id)).map(([, { name }]) => ["taken_elsewhere", { name }]), ...added.map(({ name }) => ["made_elsewhere", { name }]),
    ...drafts.candidates.filter(({ id }) => gone.has(id)).map(({ name }) => ["removed_elsewhere", { name }])];
  taken.forEach(agree);
  added.forEach(agree);
  gone.forEach((id) => known.delete(id));
  const steps = (list) => list.map(changed);
  return {
    drafts: { ...changed(drafts), serial: made.serial }, told, both,
    history: { ...history, past: steps(history.past), future: steps(history.future) },
  };
}

// Both versions are in the list now; what is which stays said until it was read.
export function tellBoth(both) {
  if (!both.length) return;
  const lines = both.map((each) => say("tabs.both", each));
  Notices.list("tabs", say("tabs.changed"), [["tabs.understood", () => Notices.settle("tabs")]], lines);
}
