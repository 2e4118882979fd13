// The state of the screen as an address, and back; what cannot be read is told, never guessed.
import { facts } from "../core/facts.js";
import { page } from "../core/page.js";
import { cut, say } from "../core/words.js";
import * as Drafts from "./drafts.js";
import * as Proposals from "./proposals.js";

// Letters that stand for the check of a code: no I, O or Z, which are misread on paper.
const CHECK = "ABCDEFGHJKLMNPQRSTUVWXY";
const MOST_COMPARED = 4;
const SCORES = { most: 5, least: 1, judged: true }; // of what a group judges by hand

/** @param {string} digits */
function checkLetter(digits) {
  let rest = 0;
  for (const d of digits) rest = (rest * 10 + Number(d)) % CHECK.length;
  return CHECK[rest];
}

/** @param {Ubigeo[]} ubigeos */
export function encode(ubigeos) {
  if (!ubigeos.length) return "";
  const groups = new Map();
  for (const u of [...ubigeos].sort()) groups.set(u.slice(0, 4), (groups.get(u.slice(0, 4)) || "") + u.slice(4));
  const body = [...groups].map(([province, tails]) => `${province}-${tails}`).join("+");
  return `${body}.${checkLetter(body.replace(/\D/g, ""))}`;
}

// A space before a province stands for "+", which addresses turn into a space.
/** @param {string} code */
const tidy = (code) =>
  code.trim().toUpperCase().replace(/\s*([-+.])\s*/g, "$1").replace(/\s+(?=\d{4}-)/g, "+").replace(/\s/g, "");

// Returns the ubigeos, or throws a sentence key with its fields.
/** @param {string} code @returns {Ubigeo[]} */
export function decode(code) {
  // signs of other scripts look or turn in upper case like those of a code
  if (/[^\0-\x7f]/.test(code)) throw ["bad_code", { code }];
  const text = tidy(code);
  if (!text) return [];
  const parts = /^((?:\d{4}-(?:\d{2})+)(?:\+\d{4}-(?:\d{2})+)*)\.([A-HJ-NP-Y])$/.exec(text);
  if (!parts) throw ["bad_code", { code }];
  if (checkLetter(parts[1].replace(/\D/g, "")) !== parts[2]) throw ["bad_code_check", { code }];
  const ubigeos = parts[1].split("+").flatMap((group) => {
    const [province, tails] = group.split("-");
    return (tails.match(/../g) || []).map((tail) => province + tail);
  });
  const unknown = ubigeos.filter((u) => !facts.index.has(u));
  if (unknown.length) throw ["unknown_ubigeo", { ubigeo: unknown.join(", ") }];
  // repeated or out of order: one set has one code
  if (encode([...new Set(ubigeos)]) !== text) throw ["bad_code", { code }];
  return ubigeos;
}

/** @type {Record<string, string>} */
const SERVICES = { h: "health", e: "education", n: "environment" };
/** @param {string[]} services */
const initials = (services) => Object.keys(SERVICES).filter((k) => services.includes(SERVICES[k])).join("");

// What stands between the parts of a candidate and between candidates; all else is escaped once, with the whole query.
/** @param {string | number} part */
const escaped = (part) => String(part).replace(/[%~|]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {Candidate} c */
const packCandidate = (c) => {
  const parts = [c.name, encode(c.ubigeos), initials(c.services), c.phase, replacesText(c)];
  const judged = c.edition && c.edition !== page.edition ? c.edition : "";
  if ((c.locked || []).length || judged) parts.push(encode(c.locked || []));
  if (judged) parts.push(judged);
  return parts.map(escaped).join("~");
};

// The proposal it would replace, with its version where that is not the first.
/** @param {Candidate} candidate */
const replacesText = ({ replaces, version }) => (replaces ? `${replaces}${version && version > 1 ? `.${version}` : ""}` : "");

/** @param {string | undefined} text @returns {{ replaces: string | null, version: number | null }} */
function readReplaces(text) {
  const known = (/** @type {string | undefined} */ id) => id !== undefined && Proposals.find(id) !== undefined;
  const [, id, version] = /^(.+)\.(\d{1,9})$/.exec(text || "") || [];
  if (known(id)) return { replaces: id, version: Number(version) };
  return { replaces: text !== undefined && known(text) ? text : null, version: null };
}

// Districts that stay, damaged on the way, are no reason to lose the candidate.
/** @param {string} code @param {Said[]} problems @returns {Ubigeo[]} */
function lockedOf(code, problems) {
  try {
    return decode(code);
  } catch (problem) {
    problems.push(/** @type {Said} */ (problem));
    return [];
  }
}

const EDITION = /^[0-9a-f]{10}$/;

// `edition`: that of the data with which the address was made, for candidates that name no other.
/** @param {string} text @param {string | null} edition @param {Said[]} problems @returns {Omit<Candidate, "id">} */
function unpackCandidate(text, edition, problems) {
  // a code alone is a candidate without a name
  const whole = text.includes("~") ? text : `~${text}`;
  const [name, code, services, phase, replaces, locked, judged] = whole.split("~").map(decodeURIComponent);
  const ubigeos = decode(code || "");
  return {
    name: cut(name || say("candidate_name", { letter: "" }), Drafts.LIMITS.name),
    ubigeos,
    locked: lockedOf(locked || "", problems).filter((u) => ubigeos.includes(u)),
    edition: [judged, edition].find((known) => EDITION.test(known || "")) || null,
    services: [...(services || "")].map((k) => SERVICES[k]).filter(Boolean),
    phase: [1, 2, 3].includes(Number(phase)) ? Number(phase) : 1,
    ...readReplaces(replaces),
    note: "",
  };
}

// Weights go with whatever follows from them; an empty `w` says that they are those offered at first.
/** @param {URLSearchParams} query @param {Weights | null} weights @param {boolean} always */
function writeWeights(query, weights, always) {
  const changed = Object.entries(weights || {});
  if (changed.length || always) query.set("w", changed.map(([key, w]) => `${key}-${w}`).join("*"));
}

// What is searched for on the screen that proposes.
/** @param {URLSearchParams} query @param {Sought} sought */
function writeSought(query, sought) {
  query.set("p", sought.place);
  query.set("t", sought.sizes.join("-"));
  query.set("sv", initials(sought.services));
  query.set("xy", sought.axes.join("."));
  query.set("s", sought.sort);
  if (sought.locked.length) query.set("l", encode(sought.locked));
  if (sought.picked.length) query.set("q", encode(sought.picked));
}

/** @param {string} text @param {Sought | null} sought */
export function withSought(text, sought) {
  if (!sought) return text;
  const query = new URLSearchParams(text);
  writeSought(query, sought);
  return query.toString();
}

// What is compared stands as places of own candidates in `c`, or as proposals.
/** @param {URLSearchParams} query @param {Candidate[]} own @param {Compared | null} compared @param {Judgements | null} judgements */
function writeComparison(query, own, compared, judgements) {
  if (!compared || !compared.ids.length) return;
  const tokens = compared.ids.map((id) => {
    const at = own.findIndex((c) => c.id === id);
    return at >= 0 ? `${at}` : id;
  });
  query.set("k", tokens.join("."));
  const scores = compared.ids.map((id) => scoresText((judgements || {})[id]));
  if (scores.some(Boolean)) query.set("j", scores.join("."));
}

/** @param {Record<string, Judgement> | undefined} own */
const scoresText = (own) =>
  Object.entries(own || {}).filter(([, { score }]) => score).map(([key, { score }]) => `${key}-${`${score}`.replace(".", "_")}`).join("*");

/** @param {View} view @param {Drafts} drafts @param {Compared | null} compared @param {Weights | null} weights @param {Judgements | null} judgements @param {Sought | null} sought */
export function write(view, drafts, compared, weights, judgements, sought) {
  const query = new URLSearchParams();
  if (view.department) query.set("d", view.department);
  query.set("f", view.fill);
  query.set("m", `${view.method}-${view.count}`);
  query.set("o", view.overlays.join("."));
  query.set("pc", view.conflictPeriod.join("-"));
  query.set("ph", view.hazardPeriod.join("-"));
  if (view.hazard) query.set("hz", view.hazard);
  if (view.backdrop) query.set("b", view.backdrop);
  if (view.anchors === "fixed") query.set("an", view.anchors);
  const own = drafts.candidates;
  if (own.length) {
    query.set("c", own.map(packCandidate).join("|"));
    query.set("e", page.edition);
  }
  const at = own.findIndex((c) => c.id === drafts.active);
  query.set("a", at >= 0 ? `${at}` : drafts.active);
  writeComparison(query, own, compared, judgements);
  writeWeights(query, weights, Boolean(sought));
  if (sought) writeSought(query, sought);
  return query.toString();
}

// What the address asks for: {candidates, places, active, problems}. The view part is read by the
// server, which lays the controls out; candidates need the facts, which are here. `places` tells
// where each candidate of the address stands among those that could be read, null where it could not.
/** @param {string} search */
export function readCandidates(search) {
  const query = new URLSearchParams(search);
  /** @type {Said[]} */
  const problems = [];
  /** @type {Omit<Candidate, "id">[]} */
  const candidates = [];
  /** @type {(number | null)[]} */
  const places = [];
  for (const text of (query.get("c") || "").split("|").filter(Boolean)) {
    try {
      candidates.push(unpackCandidate(text, query.get("e"), problems));
      places.push(candidates.length - 1);
    } catch (problem) {
      places.push(null);
      problems.push(Array.isArray(problem) ? /** @type {Said} */ (problem) : ["bad_code", { code: text.slice(0, 60) }]);
    }
  }
  const asked = query.get("a");
  const active = asked && /^\d+$/.test(asked) ? `${places[Number(asked)] ?? ""}` : asked;
  const { isProposal, PROPOSAL } = Drafts;
  if (isProposal(active) && !Proposals.find(active.slice(PROPOSAL.length))) {
    problems.push(["unknown_proposal", { id: active.slice(PROPOSAL.length).slice(0, 64) }]);
  }
  return { candidates, places, active, problems };
}

// What the address compares: {compared, weights, judgements, problems}, or null where it compares
// nothing. `idOf` tells the candidate of a token of `k`, null when there is none.
/** @param {string} search @param {(token: string) => string | null} idOf @param {Criterion[]} criteria @returns {Asked | null} */
export function readComparison(search, idOf, criteria) {
  const query = new URLSearchParams(search);
  const listed = query.get("k");
  if (!listed) return null;
  /** @type {Said[]} */
  const problems = [];
  const tokens = listed.split(".");
  const found = tokens.map((token) => idOf(token));
  tokens.forEach((token, n) => found[n] || problems.push(["compare_unknown", { token: token.slice(0, 60) }]));
  const weights = readPairs(query.get("w") || "", criteria, { most: criteria[0].most, least: 0, judged: null }, problems);
  /** @type {Judgements} */
  const judgements = {};
  (query.get("j") || "").split(".").forEach((text, n) => {
    const scores = Object.entries(readPairs(text, criteria, SCORES, problems)).map(([key, score]) => [key, { score, note: "" }]);
    const id = found[n];
    if (scores.length && id) judgements[id] = Object.fromEntries(scores);
  });
  const ids = [...new Set(found.filter((id) => id !== null))];
  if (ids.length > MOST_COMPARED) problems.push(["compare_too_many", { most: MOST_COMPARED }]);
  return { compared: { ids: ids.slice(0, MOST_COMPARED), chosen: true }, weights, judgements, problems };
}

// The weights of an address that compares nothing: {weights, problems}, null where it has none.
/** @param {string} search @param {Criterion[]} criteria @returns {{ weights: Weights, problems: Said[] } | null} */
export function readWeights(search, criteria) {
  const query = new URLSearchParams(search);
  const text = query.get("w");
  if (text === null) return null;
  /** @type {Said[]} */
  const problems = [];
  return { weights: readPairs(text, criteria, { most: criteria[0].most, least: 0, judged: null }, problems), problems };
}

// `key-number*key-number` for known criteria and numbers within bounds; the rest is told.
/** @param {string} text @param {Criterion[]} criteria @param {{ most: number, least: number, judged: boolean | null }} bounds @param {Said[]} problems @returns {Record<string, number>} */
function readPairs(text, criteria, { most, least, judged }, problems) {
  /** @type {Record<string, number>} */
  const read = {};
  for (const pair of text.split("*").filter(Boolean)) {
    const [, key, number] = /^([a-z0-9_]+)-(\d+(?:[._]\d+)?)$/.exec(pair) || [];
    const known = criteria.find((c) => c.key === key && (judged === null || c.judged === judged));
    const value = Number(number && number.replace("_", "."));
    if (known && value >= least && value <= most && (!judged || Number.isInteger(2 * value))) read[key] = value;
    else problems.push(["compare_unreadable", { part: pair.slice(0, 60) }]);
  }
  return read;
}
