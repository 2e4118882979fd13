// The state of the screen as an address, and back; what cannot be read is told, never guessed.
import { facts } from "../core/facts.js";
import { page } from "../core/page.js";
import { say } from "../core/words.js";
import * as Drafts from "./drafts.js";
import * as Proposals from "./proposals.js";

// Letters that stand for the check of a code: no I, O or Z, which are misread on paper.
const CHECK = "ABCDEFGHJKLMNPQRSTUVWXY";
const MOST_COMPARED = 4;

function checkLetter(digits) {
  let rest = 0;
  for (const d of digits) rest = (rest * 10 + Number(d)) % CHECK.length;
  return CHECK[rest];
}

export function encode(ubigeos) {
  if (!ubigeos.length) return "";
  const groups = new Map();
  for (const u of [...ubigeos].sort()) groups.set(u.slice(0, 4), (groups.get(u.slice(0, 4)) || "") + u.slice(4));
  const body = [...groups].map(([province, tails]) => `${province}-${tails}`).join("+");
  return `${body}.${checkLetter(body.replace(/\D/g, ""))}`;
}

// A space before a province stands for "+", which addresses turn into a space.
const tidy = (code) =>
  code.trim().toUpperCase().replace(/\s*([-+.])\s*/g, "$1").replace(/\s+(?=\d{4}-)/g, "+").replace(/\s/g, "");

// Returns the ubigeos, or throws a sentence key with its fields.
export function decode(code) {
  const text = tidy(code);
  if (!text) return [];
  const parts = /^((?:\d{4}-(?:\d{2})+)(?:\+\d{4}-(?:\d{2})+)*)\.([A-Z])$/.exec(text);
  if (!parts) throw ["bad_code", { code }];
  if (checkLetter(parts[1].replace(/\D/g, "")) !== parts[2]) throw ["bad_code_check", { code }];
  const ubigeos = parts[1].split("+").flatMap((group) => {
    const [province, tails] = group.split("-");
    return tails.match(/../g).map((tail) => province + tail);
  });
  const unknown = ubigeos.filter((u) => !facts.index.has(u));
  if (unknown.length) throw ["unknown_ubigeo", { ubigeo: unknown.join(", ") }];
  // repeated or out of order: one set has one code
  if (encode([...new Set(ubigeos)]) !== text) throw ["bad_code", { code }];
  return ubigeos;
}

const SERVICES = { h: "health", e: "education", n: "environment" };
const initials = (services) => Object.keys(SERVICES).filter((k) => services.includes(SERVICES[k])).join("");

// "~" stands between the parts, and encodeURIComponent leaves it as it is
const escaped = (part) => encodeURIComponent(part).replace(/~/g, "%7E");

const packCandidate = (c) => {
  const parts = [c.name, encode(c.ubigeos), initials(c.services), c.phase, replacesText(c)];
  const judged = c.edition && c.edition !== page.edition ? c.edition : "";
  if ((c.locked || []).length || judged) parts.push(encode(c.locked || []));
  if (judged) parts.push(judged);
  return parts.map(escaped).join("~");
};

// The proposal it would replace, with its version where that is not the first.
const replacesText = ({ replaces, version }) => (replaces ? `${replaces}${version > 1 ? `.${version}` : ""}` : "");

function readReplaces(text) {
  const known = (id) => Boolean(id && Proposals.find(id));
  const [, id, version] = /^(.+)\.(\d{1,9})$/.exec(text || "") || [];
  if (known(id)) return { replaces: id, version: Number(version) };
  return { replaces: known(text) ? text : null, version: null };
}

// Districts that stay, damaged on the way, are no reason to lose the candidate.
function lockedOf(code, problems) {
  try {
    return decode(code);
  } catch (problem) {
    problems.push(problem);
    return [];
  }
}

const EDITION = /^[0-9a-f]{10}$/;

// `edition`: that of the data with which the address was made, for candidates that name no other.
function unpackCandidate(text, edition, problems) {
  // a code alone is a candidate without a name
  const whole = text.includes("~") ? text : `~${text}`;
  const [name, code, services, phase, replaces, locked, judged] = whole.split("~").map(decodeURIComponent);
  const ubigeos = decode(code || "");
  return {
    name: (name || say("candidate_name", { letter: "" })).slice(0, Drafts.LIMITS.name),
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
function writeWeights(query, weights, always) {
  const changed = Object.entries(weights || {});
  if (changed.length || always) query.set("w", changed.map(([key, w]) => `${key}-${w}`).join("*"));
}

// What is searched for on the screen that proposes.
function writeSought(query, sought) {
  query.set("p", sought.place);
  query.set("t", sought.sizes.join("-"));
  query.set("sv", initials(sought.services));
  query.set("xy", sought.axes.join("."));
  query.set("s", sought.sort);
  if (sought.locked.length) query.set("l", encode(sought.locked));
  if (sought.picked.length) query.set("q", encode(sought.picked));
}

export function withSought(text, sought) {
  if (!sought) return text;
  const query = new URLSearchParams(text);
  writeSought(query, sought);
  return query.toString();
}

// What is compared stands as places of own candidates in `c`, or as proposals.
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

const scoresText = (own) =>
  Object.entries(own || {}).filter(([, { score }]) => score).map(([key, { score }]) => `${key}-${score}`).join("*");

export function write(view, drafts, compared, weights, judgements, sought) {
  const query = new URLSearchParams();
  if (view.department) query.set("d", view.department);
  query.set("f", view.fill);
  query.set("m", `${view.method}-${view.count}`);
  query.set("o", view.overlays.join("."));
  query.set("pc", view.conflictPeriod.join("-"));
  query.set("ph", view.hazardPeriod.join("-"));
  if (view.hazard) query.set("hz", view.hazard);
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
export function readCandidates(search) {
  const query = new URLSearchParams(search);
  const problems = [];
  const candidates = [];
  const places = [];
  for (const text of (query.get("c") || "").split("|").filter(Boolean)) {
    try {
      candidates.push(unpackCandidate(text, query.get("e"), problems));
      places.push(candidates.length - 1);
    } catch (problem) {
      places.push(null);
      problems.push(Array.isArray(problem) ? problem : ["bad_code", { code: text.slice(0, 60) }]);
    }
  }
  const asked = query.get("a");
  const active = /^\d+$/.test(asked) ? `${places[asked] ?? ""}` : asked;
  const { isProposal, PROPOSAL } = Drafts;
  if (isProposal(active) && !Proposals.find(active.slice(PROPOSAL.length))) {
    problems.push(["unknown_proposal", { id: active.slice(PROPOSAL.length).slice(0, 64) }]);
  }
  return { candidates, places, active, problems };
}

// What the address compares: {compared, weights, judgements, problems}, or null where it compares
// nothing. `idOf` tells the candidate of a token of `k`, null when there is none.
export function readComparison(search, idOf, criteria) {
  const query = new URLSearchParams(search);
  if (!query.get("k")) return null;
  const problems = [];
  const tokens = query.get("k").split(".");
  const found = tokens.map((token) => idOf(token));
  tokens.forEach((token, n) => found[n] || problems.push(["compare_unknown", { token: token.slice(0, 60) }]));
  const read = (text, most, least, judged) => readPairs(text, criteria, { most, least, judged }, problems);
  const weights = read(query.get("w") || "", criteria[0].most, 0, null);
  const judgements = {};
  (query.get("j") || "").split(".").forEach((text, n) => {
    const scores = Object.entries(read(text, 5, 1, true)).map(([key, score]) => [key, { score, note: "" }]);
    if (scores.length && found[n]) judgements[found[n]] = Object.fromEntries(scores);
  });
  const ids = [...new Set(found.filter(Boolean))];
  if (ids.length > MOST_COMPARED) problems.push(["compare_too_many", { most: MOST_COMPARED }]);
  return { compared: { ids: ids.slice(0, MOST_COMPARED), chosen: true }, weights, judgements, problems };
}

// The weights of an address that compares nothing: {weights, problems}, null where it has none.
export function readWeights(search, criteria) {
  const query = new URLSearchParams(search);
  if (!query.has("w")) return null;
  const problems = [];
  return { weights: readPairs(query.get("w"), criteria, { most: criteria[0].most, least: 0, judged: null }, problems), problems };
}

// `key-number*key-number` for known criteria and numbers within bounds; the rest is told.
function readPairs(text, criteria, { most, least, judged }, problems) {
  const read = {};
  for (const pair of text.split("*").filter(Boolean)) {
    const [, key, number] = /^([a-z0-9_]+)-(\d+(?:\.\d+)?)$/.exec(pair) || [];
    const known = criteria.find((c) => c.key === key && (judged === null || c.judged === judged));
    const value = Number(number);
    if (known && value >= least && value <= most && (!judged || Number.isInteger(value))) read[key] = value;
    else problems.push(["compare_unreadable", { part: pair.slice(0, 60) }]);
  }
  return read;
}
