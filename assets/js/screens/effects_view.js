// What weights do, beside what they ask for: a table under the weights, and how firm a place is whatever the weights.
import { html } from "../core/dom.js";
import { say } from "../core/words.js";
import * as Effects from "../model/effects.js";
import { number } from "../model/numbers.js";

const DRAWS = 1_000;
const SEED = 1;
const FIRST = 5;
const FAR = 0.1; // between what is asked for and what is done, from where it is pointed out

const percent = (share) => `${number(100 * share)}\u00a0%`;

function line(name, { asked, share, ratio }) {
  const far = Math.abs(share - asked) >= FAR;
  return html("Tr", { className: far ? "far" : "" }, [
    html("Th", { scope: "row" }, name),
    html("Td", {}, number(100 * asked)),
    html("Td", {}, [far ? html("Span", { "aria-hidden": "true" }, "!") : "", html("B", {}, number(100 * share))]),
    html("Td", {}, number(100 * ratio)),
  ]);
}

function verdict(found, nameOf) {
  const worst = [...found].sort((a, b) => Math.abs(b.share - b.asked) - Math.abs(a.share - a.asked))[0];
  if (Math.abs(worst.share - worst.asked) < FAR) return say("effects.close");
  const fields = { name: nameOf(worst.key), asked: percent(worst.asked), share: percent(worst.share) };
  return say(worst.share < 0 ? "effects.against" : "effects.far", fields);
}

/** The table for a pool and its weights; wished: weights that say what is asked for, where those in use were solved for.
 * @param {Pool} pool @param {Weights} weights @param {(key: string) => string} nameOf @param {Weights} wished */
export function table(pool, weights, nameOf, wished) {
  const whole = pool.keys.reduce((sum, key) => sum + wished[key], 0);
  const found = Effects.effects(pool.points, weights, pool.keys).map((each) => ({ ...each, asked: wished[each.key] / whole }));
  if (!found.length) return [html("P", { className: "muted" }, say("effects.alike"))];
  const heads = ["criterion", "asks", "does", "alone"].map((key) => html("Th", { scope: "col" }, say(`effects.${key}`)));
  return [
    html("P", { className: "effects-said" }, verdict(found, nameOf)),
    html("Table", {}, [html("Thead", {}, html("Tr", {}, heads)), html("Tbody", {}, found.map((each) => line(nameOf(each.key), each)))]),
    html("P", { className: "muted" }, say("effects.note", { n: number(pool.rows) })),
  ];
}

/** Weights that do what is asked of them, or null. @param {Pool} pool @param {Weights} weights @param {Criterion[]} criteria */
export const balanced = (pool, weights, criteria) => Effects.balanced(pool.points, weights, pool.keys, criteria[0]);

const firm = new WeakMap();
// Weights do not matter for it: once a pool.
function sharesOf(pool) {
  if (!firm.has(pool)) firm.set(pool, Effects.acceptability(pool.points, pool.keys, pool.rows, { first: FIRST, draws: DRAWS, seed: SEED }));
  return firm.get(pool).shares;
}

/** In how many weightings a row is among the first, and its place among those of its size, as sentences.
 * @param {Pool} pool @param {{ totals: (number | null)[] }} scored @param {number} row */
export function firmness(pool, scored, row) {
  const size = pool.groups[row].length;
  const alike = pool.groups.flatMap((group, other) => (group.length === size ? [other] : []));
  const own = scored.totals[row];
  const sentences = [];
  if (pool.keys.length > 1) sentences.push(say("effects.firm", { first: FIRST, percent: percent(sharesOf(pool)[row]), draws: number(DRAWS) }));
  if (own !== null) {
    const place = 1 + alike.filter((other) => Number(scored.totals[other]) > own + 1e-9).length;
    sentences.push(say("effects.of_size", { size, place, of: number(alike.length) }));
  }
  const people = pool.values.affected && pool.values.affected[row];
  if (typeof people === "number") sentences.push(say("effects.per_district", { n: number(people / size) }));
  return { size, sentences, alone: alike.length === pool.rows };
}
