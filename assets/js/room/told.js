// What an answer said, in words: for one that did not arrive, or was not accepted.
import { say } from "../core/words.js";
import { copy, write } from "./parts.js";
import * as Phone from "./phone.js";

const { phone } = Phone;

/** @param {string} id */
export const proposal = (id) => (phone.state ? phone.state.proposals.find((one) => one.id === id) : undefined);
const number = (id) => (proposal(id) || { number: "" }).number;

const DEGREES = ["very_low", "low", "middle", "high", "very_high"];
/** A level from 1 to 5 in words; null is "no sé". @param {number | null} level */
export const degree = (level) => (level === null ? say("phone.unknown") : say(`phone.degree.${DEGREES[level - 1]}`));

const nameOf = (key) => (phone.state.criteria.find((one) => one.key === key) || { name: key }).name;

/** @type {Record<Answer["kind"], (answer: Answer) => string>} */
const KINDS = {
  judgement: ({ subject, content }) => say("phone.was_judgement", {
    number: number(subject), values: Object.entries(content.values).map(([key, level]) => `${nameOf(key)}: ${degree(level)}`).join("; ") + (content.note ? ` · ${content.note}` : ""),
  }),
  weights: () => say("phone.was_weights"),
  drawing: ({ content }) => say("phone.was_drawing", { name: content.name }),
  vote: ({ subject, content }) => say("phone.was_vote", { number: number(subject), ballot: say(`phone.ballot.${content.vote}`) }) + (content.reason ? ` · ${content.reason}` : ""),
};

/** An answer as a line of a list. @param {Answer} answer @param {string} why */
export function unsent(answer, why = "") {
  const node = copy("unsent");
  write(node.querySelector("b"), phone.state ? KINDS[answer.kind](answer) : "");
  write(node.querySelector("span"), typeof why === "string" ? why : "");
  return node;
}
