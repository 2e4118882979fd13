// Who is compared, with which weights, and how that scores.
import * as Drafts from "./drafts.js";
import * as Judgements from "./judgements.js";
import * as Proposals from "./proposals.js";
import * as Scores from "./scores.js";

export const LETTERS = ["A", "B", "C", "D"];
export const FEWEST = 2;

// ---- who is compared

// What was chosen and is still there; else the one in hand beside what it would replace, or the next.
/** @param {Drafts} drafts @param {Compared | null} compared @returns {Compared} */
export function resolve(drafts, compared) {
  const { find } = Drafts;
  const active = find(drafts, drafts.active);
  if (compared && compared.chosen) return joinedBy(active, { ...compared, ids: compared.ids.filter((id) => find(drafts, id)) });
  const all = everyId(drafts);
  const first = active ? active.id : all[0];
  const rival = active && active.replaces ? Drafts.PROPOSAL + active.replaces : null;
  const next = all[(all.indexOf(first) + 1) % all.length];
  const second = rival && find(drafts, rival) ? rival : next;
  return { ids: [...new Set([first, second])].filter(Boolean), chosen: false };
}

// Another candidate taken in hand since the choice was made is what the group wants to compare: it comes first.
/** @param {Candidate | null} active @param {Compared} compared @returns {Compared} */
function joinedBy(active, compared) {
  if (!active || !active.ubigeos.length || active.id === compared.inHand) return compared;
  const ids = compared.ids.includes(active.id) ? compared.ids : [active.id, ...compared.ids].slice(0, LETTERS.length);
  return { ...compared, ids, inHand: active.id };
}

/** @param {Drafts} drafts */
function everyId(drafts) {
  const own = drafts.candidates.map((c) => c.id);
  return [...own, ...Proposals.listed().map((p) => Drafts.PROPOSAL + p.id)];
}

/** @param {Drafts} drafts @param {Compared} compared */
export function columnsOf(drafts, compared) {
  return compared.ids.map((id) => Drafts.find(drafts, id)).filter((c) => c !== null).map((c) => ({
    id: c.id, name: c.name, ubigeos: c.ubigeos, services: c.services, phase: c.phase, replaces: c.replaces || null,
  }));
}

// ---- scoring

/** @param {Criterion[]} criteria @param {Weights | null} weights @returns {Weights} */
export const fullWeights = (criteria, weights) =>
  Object.fromEntries(criteria.map((c) => [c.key, (weights || {})[c.key] ?? c.weight]));

/** @param {Judgements | null} judgements @param {string} id @param {string} key */
const scoreOf = (judgements, id, key) => (Judgements.of(judgements, id)[key] || {}).score || null;

// Which judged criteria are not asked for: they weigh nothing, and nobody judged anything by them.
/** @param {Criterion[]} criteria @param {Weights | null} weights @param {Judgements | null} judgements @param {{ id: string }[]} columns */
export function unasked(criteria, weights, judgements, columns) {
  const full = fullWeights(criteria, weights);
  return criteria.filter((c) => c.judged && !full[c.key] && columns.every(({ id }) => scoreOf(judgements, id, c.key) === null)).map((c) => c.key);
}

/** @param {Criterion[]} criteria @param {{ points: Points }} values @param {Judgements | null} judgements @param {{ id: string }[]} columns @returns {Points} */
function pointsWith(criteria, values, judgements, columns) {
  return Object.fromEntries(criteria.map((c) => [
    c.key,
    !c.judged ? values.points[c.key] : columns.map(({ id }) => {
      const given = scoreOf(judgements, id, c.key);
      return given === null ? null : Scores.pointsOf(c, given);
    }),
  ]));
}

/** @param {{ columns: { id: string, ubigeos: Ubigeo[] }[] }} asked @param {{ points: Points }} values @param {Weights | null} weights @param {Judgements | null} judgements @param {Criterion[]} criteria */
export function scored(asked, values, weights, judgements, criteria) {
  const full = fullWeights(criteria, weights);
  const points = pointsWith(criteria, values, judgements, asked.columns);
  const result = Scores.score(points, full, criteria.map((c) => c.key), asked.columns.length, (n) => asked.columns[n].ubigeos.length > 0);
  return {
    ...result, points, weights: full, places: Scores.ranks(result.totals),
    turns: Scores.turns(points, full, result, criteria[0].most),
  };
}
