// What a browser kept of the group's weights and judgements, and what came with the address.
import * as Drafts from "./drafts.js";
import * as Proposals from "./proposals.js";

/** @param {unknown} value @param {number} least @param {number} most @returns {value is number} */
const isWithin = (value, least, most) => typeof value === "number" && value >= least && value <= most;

// What was kept may be older or damaged: keep what is sound.
/** @param {Weights | null} kept @param {Criterion[]} criteria @returns {Weights} */
function soundWeights(kept, criteria) {
  if (!kept) return {};
  const known = criteria.filter((c) => isWithin(kept[c.key], 0, c.most));
  return Object.fromEntries(known.map((c) => [c.key, kept[c.key]]));
}

/** @param {Record<string, any> | null} kept @param {Criterion[]} criteria @returns {Judgements} */
function soundJudgements(kept, criteria) {
  if (!kept || typeof kept !== "object") return {};
  const judged = criteria.filter((c) => c.judged).map((c) => c.key);
  return Object.fromEntries(Object.entries(kept).map(([id, own]) => [id, soundOwn(own || {}, judged)]));
}

/** @param {Record<string, any>} own @param {string[]} judged @returns {Record<string, Judgement>} */
function soundOwn(own, judged) {
  const sound = judged.filter((key) => own[key] && typeof own[key] === "object").map((key) => {
    const { score, note } = own[key];
    return [key, { score: isWithin(score, 1, 5) ? Math.round(2 * score) / 2 : null, note: `${note || ""}` }];
  });
  return Object.fromEntries(sound);
}

// A link speaks for weights and scores of what it compares; notes are not in it and stay.
/** @param {Asked | null} asked @param {Weights | null} keptWeights @param {Record<string, any> | null} keptJudgements @param {Criterion[]} criteria */
export function opened(asked, keptWeights, keptJudgements, criteria) {
  const judgements = soundJudgements(keptJudgements, criteria);
  if (!asked) return { compared: null, weights: soundWeights(keptWeights, criteria), judgements };
  for (const id of asked.compared.ids) judgements[id] = joined(judgements[id] || {}, asked.judgements[id] || {});
  return { compared: asked.compared, weights: asked.weights, judgements };
}

/** @param {Record<string, Judgement>} own @param {Record<string, Judgement>} linked @returns {Record<string, Judgement>} */
function joined(own, linked) {
  const keys = [...new Set([...Object.keys(own), ...Object.keys(linked)])];
  const score = (/** @type {string} */ key) => (linked[key] ? linked[key].score : null);
  const note = (/** @type {string} */ key) => (own[key] ? own[key].note : "");
  return Object.fromEntries(keys.filter((key) => score(key) || note(key)).map((key) => [key, { score: score(key), note: note(key) }]));
}

// What the record says of a proposal, by criterion; of anything else nothing.
/** @param {string} id @returns {Record<string, number>} */
export function recorded(id) {
  const { isProposal, PROPOSAL } = Drafts;
  const kept = isProposal(id) && Proposals.find(id.slice(PROPOSAL.length));
  return (kept && kept.judgements) || {};
}

// Whether these scores of a candidate are what counts.
/** @param {Judgements | null} judgements @param {string} id @param {Record<string, number>} scores */
export function counts(judgements, id, scores) {
  const own = of(judgements, id);
  return Object.entries(scores).every(([key, score]) => own[key] && own[key].score === score);
}

// Judgements in which a candidate has these scores; its notes stay.
/** @param {Judgements | null} judgements @param {string} id @param {Record<string, number>} scores @returns {Judgements} */
export function using(judgements, id, scores) {
  const own = { ...((judgements || {})[id] || {}) };
  for (const [key, score] of Object.entries(scores)) own[key] = { score, note: (own[key] || { note: "" }).note };
  return { ...judgements, [id]: own };
}

// What is judged of a candidate: as it stands in the record, but for what was judged here.
/** @param {Judgements | null} judgements @param {string} id @returns {Record<string, Judgement>} */
export function of(judgements, id) {
  const kept = Object.entries(recorded(id)).map(([key, score]) => [key, { score, note: "" }]);
  return { ...Object.fromEntries(kept), ...((judgements || {})[id] || {}) };
}
