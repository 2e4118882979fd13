// What a browser kept of the group's weights and judgements, and what came with the address.
import * as Drafts from "./drafts.js";
import * as Proposals from "./proposals.js";

const isWithin = (value, least, most) => typeof value === "number" && value >= least && value <= most;

// What was kept may be older or damaged: keep what is sound.
function soundWeights(kept, criteria) {
  const known = criteria.filter((c) => kept && isWithin(kept[c.key], 0, c.most));
  return Object.fromEntries(known.map((c) => [c.key, kept[c.key]]));
}

function soundJudgements(kept, criteria) {
  if (!kept || typeof kept !== "object") return {};
  const judged = criteria.filter((c) => c.judged).map((c) => c.key);
  return Object.fromEntries(Object.entries(kept).map(([id, own]) => [id, soundOwn(own || {}, judged)]));
}

function soundOwn(own, judged) {
  const sound = judged.filter((key) => own[key] && typeof own[key] === "object").map((key) => {
    const { score, note } = own[key];
    return [key, { score: isWithin(score, 1, 5) ? Math.round(score) : null, note: `${note || ""}` }];
  });
  return Object.fromEntries(sound);
}

// A link speaks for weights and scores of what it compares; notes are not in it and stay.
export function opened(asked, keptWeights, keptJudgements, criteria) {
  const judgements = soundJudgements(keptJudgements, criteria);
  if (!asked) return { compared: null, weights: soundWeights(keptWeights, criteria), judgements };
  for (const id of asked.compared.ids) judgements[id] = joined(judgements[id] || {}, asked.judgements[id] || {});
  return { compared: asked.compared, weights: asked.weights, judgements };
}

function joined(own, linked) {
  const keys = [...new Set([...Object.keys(own), ...Object.keys(linked)])];
  const entries = keys.map((key) => [key, {
    score: linked[key] ? linked[key].score : null, note: own[key] ? own[key].note : "",
  }]);
  return Object.fromEntries(entries.filter(([, { score, note }]) => score || note));
}

// What the record says of a proposal, by criterion; of anything else nothing.
export function recorded(id) {
  const { isProposal, PROPOSAL } = Drafts;
  const kept = isProposal(id) && Proposals.find(id.slice(PROPOSAL.length));
  return (kept && kept.judgements) || {};
}

// What is judged of a candidate: as it stands in the record, but for what was judged here.
export function of(judgements, id) {
  const kept = Object.entries(recorded(id)).map(([key, score]) => [key, { score, note: "" }]);
  return { ...Object.fromEntries(kept), ...((judgements || {})[id] || {}) };
}
