// In what order the rows of a table stand: by one column, numbers as numbers, text as readers of the language order it,
// and what is unknown last, whichever way round.

const NUMBER = /^-?\d+(\.\d+)?$/;
const UNKNOWN = ["", "–", "-"];

/** @param {string} key @returns {boolean} whether nothing is known there */
const isUnknown = (key) => UNKNOWN.includes(key.trim());

/** @param {string[]} keys of the rows, as they stand @param {boolean} descending @param {string} language @returns {number[]} which row comes where; those alike stay as they stood */
export function ordered(keys, descending, language) {
  const known = keys.map((_, n) => n).filter((n) => !isUnknown(keys[n]));
  const isNumeric = known.every((n) => NUMBER.test(keys[n].trim()));
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  /** @type {(a: number, b: number) => number} */
  const difference = isNumeric ? (a, b) => Number(keys[a]) - Number(keys[b]) : (a, b) => compare(keys[a], keys[b]);
  known.sort((a, b) => (descending ? difference(b, a) : difference(a, b)));
  return [...known, ...keys.map((_, n) => n).filter((n) => isUnknown(keys[n]))];
}
