// Finding a place, a proposal or anything else in a list by what a person types: without accents, the best match first.
import { facts, isReady } from "../core/facts.js";
import { plain } from "../core/words.js";

// How well what is typed fits an own name and the place it lies in, from 0 (best): the name itself, one of its
// words, its beginning, the beginning of a word, somewhere inside; last what fits by its place alone.
/** @param {string} typed @param {string} name @param {string} whole */
function fit(typed, name, whole) {
  const own = plain(name);
  const words = own.split(/[^\p{L}\p{N}]+/u);
  if (own === typed) return 0;
  if (typed.split(/\s+/).every((word) => words.includes(word))) return 1;
  if (own.startsWith(typed)) return 2;
  if (words.some((word) => word.startsWith(typed))) return 3;
  if (own.includes(typed)) return 4;
  return plain(whole).includes(typed) ? 5 : 6;
}

// Dash looks a list through by label and by `search`: what a keyboard without accents types is added there.
// An option may have a `name` of its own apart from its label; the order they come in is theirs when nothing is typed.
/** @param {{ value: string, label: string, name?: string }[]} options */
export const findable = (options) => options.map((option, order) => ({
  ...option, order, name: option.name || option.label.split(" (")[0], search: plain(option.label),
}));

// The options in the order of their fit; among equals those nearby before others, else as they came.
// nearness: option -> number, less is nearer.
/** @param {Option[]} options @param {string} typed @param {(option: Option) => number} [nearness] */
export function ranked(options, typed, nearness = (_option) => 0) {
  const text = plain(typed || "");
  if (!text) return [...options].sort((a, b) => a.order - b.order);
  return options
    .map((option) => ({ option, fit: fit(text, option.name, option.label), near: nearness(option) }))
    .sort((a, b) => a.fit - b.fit || a.near - b.near || a.option.order - b.option.order)
    .map(({ option }) => option);
}

// How near a district is to a group: a neighbour in its province, a neighbour, in its province, anywhere.
/** @param {Ubigeo[]} ubigeos @returns {(option: { value: string }) => number} */
export function nearnessTo(ubigeos) {
  if (!isReady()) return () => 0;
  const near = new Set(ubigeos.flatMap((u) => [...(facts.neighbours.get(u) || [])]));
  const provinces = new Set(ubigeos.map((u) => u.slice(0, 4)));
  return ({ value }) => {
    const home = provinces.has(value.slice(0, 4));
    if (near.has(value)) return home ? 0 : 1;
    return home ? 2 : 3;
  };
}
