// Sentences and lists of names in the reader's language.
import { page } from "./page.js";

export const language = () => page.language;
export const words = () => page.words;

/** @param {string} key @param {Record<string, unknown>} [fields] */
export function say(key, fields) {
  const sentence = words()[key];
  return sentence === undefined ? `[${key}]` : filled(sentence, fields);
}

/** @param {string} sentence @param {Record<string, unknown>} [fields] */
export function filled(sentence, fields) {
  // {n} is the field itself, {n:distrito|distritos} the word that agrees with it
  return sentence.replace(/\{(\w+)(?::([^{}|]*)\|([^{}]*))?\}/g, (_, name, one, many) => {
    const value = (fields || {})[name] ?? "";
    return many === undefined ? value : `${value}` === "1" ? one : many;
  });
}

// Names with "y" before the last, "e" where that is how it sounds: `joined` of dashboard.clusters.writing.wording.
/** @param {string[]} names */
export const joined = (names) => new Intl.ListFormat(language() === "en" ? "en-GB" : language(), { type: "conjunction" }).format(names);

// Letters without accents or case, for finding what a person types.
/** @param {string} text */
export const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

// The first letters of a text, none of them cut in half: some are two of what a string counts.
/** @param {string} text @param {number} most */
export const cut = (text, most) => [...text].slice(0, most).join("");
