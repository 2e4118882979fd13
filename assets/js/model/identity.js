// By what a cluster goes on every screen: its number in the record, or a letter of the plan it is in. A number is of
// the record alone, and nothing else looks like one. The server says the same (dashboard/records/proposals/identity.py).
import { facts } from "../core/facts.js";
import * as Drafts from "./drafts.js";
import * as Proposals from "./proposals.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

// The letter of a place in a plan, from 0: a to z, then aa to az, ba and on.
/** @param {number} place */
export function letters(place) {
  let found = "";
  for (let rest = place + 1; rest; rest = Math.floor((rest - 1) / LETTERS.length)) {
    found = LETTERS[(rest - 1) % LETTERS.length] + found;
  }
  return found;
}

/** @param {Proposal} p @returns {Identity} */
export const ofProposal = (p) => ({
  sign: `${p.number}`, name: p.name, id: p.id, state: p.state, standing: Boolean(p.look), kind: p.look ? "record" : "apart",
});

// Whatever a candidate's id stands for: a proposal by its number; a drawing has none, whatever it was drawn from.
/** @param {{ id: string, name: string }} candidate @returns {Identity} */
export function ofCandidate({ id, name }) {
  const kept = Drafts.isProposal(id) ? Proposals.find(id.slice(Drafts.PROPOSAL.length)) : undefined;
  return kept ? ofProposal(kept) : { sign: "", name, id: "", state: "", standing: false, kind: "drawing" };
}

// The clusters of a plan, in its order: one with the very districts of a proposal is that proposal, of several the
// first that stands among the others, else the first. A letter is of the place, whatever is in the record.
/** @param {Ubigeo[][]} groups @param {Proposal[]} kept @returns {Identity[]} */
export function ofGroups(groups, kept) {
  const key = (/** @type {Ubigeo[]} */ ubigeos) => [...ubigeos].sort().join();
  /** @type {Map<string, Identity>} */
  const known = new Map();
  for (const p of [...kept.filter((p) => p.look), ...kept.filter((p) => !p.look)]) {
    if (!known.has(key(p.ubigeos))) known.set(key(p.ubigeos), ofProposal(p));
  }
  return groups.map((ubigeos, n) => known.get(key(ubigeos))
    || { sign: letters(n), name: "", id: "", state: "", standing: false, kind: "plan" });
}

// A cluster of a plan as the server tells it, by what it is called: as in the record, else by its province.
/** @param {{ identity: Omit<Identity, "kind">, province: string }} cluster @returns {Identity} */
export function ofCluster({ identity, province }) {
  const kind = !identity.id ? "plan" : identity.standing ? "record" : "apart";
  return { ...identity, name: identity.name || facts.provinces[province].name, kind };
}

// The number that digits make, typed one after another: as long as some number begins so, else anew from the last.
/** @param {string} before @param {string} digit @param {string[]} signs */
export const typed = (before, digit, signs) => (signs.some((sign) => sign.startsWith(before + digit)) ? before + digit : digit);

// Sign and name in one line, for lists: `3 Lamas`.
/** @param {Identity} identity */
export const title = ({ sign, name }) => `${sign} ${name}`.trim();
