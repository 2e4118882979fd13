// Round, place and write a figure, as geodata/shared/precision.py does: tests/cases/numbers.json holds both to it.
import { language, say } from "../core/words.js";

const DIGITS = 15;
const TOO_LARGE = 1e15;
export const SAME_WITHIN = 9; // decimals that count when two scores, which nobody rounds, are called equal

/** @param {unknown} value @returns {value is number} */
const isKnown = (value) => typeof value === "number" && Number.isFinite(value);

// Half goes away from zero, judged on the decimal number that is read.
/** @param {number} value @param {number} [decimals] */
export function rounded(value, decimals = 0) {
  if (!isKnown(value) || Math.abs(value) >= TOO_LARGE) return value;
  const [digits, power] = Math.abs(value).toExponential(DIGITS - 1).split("e");
  const size = Number(`${Math.round(Number(`${digits}e${Number(power) + decimals}`))}e${-decimals}`);
  return value < 0 && size ? -size : size;
}

// The highest figure of so many decimals that is not above a value.
/** @param {number} value @param {number} [decimals] */
export function cutDown(value, decimals = 0) {
  if (!isKnown(value) || Math.abs(value) >= TOO_LARGE) return value;
  const [digits, power] = Math.abs(value).toExponential(DIGITS - 1).split("e");
  const size = Number(`${digits}e${Number(power) + decimals}`);
  const whole = Number(`${value < 0 ? Math.ceil(size) : Math.floor(size)}e${-decimals}`);
  return value < 0 && whole ? -whole : whole;
}

// [place from the highest, how many are known]; what is equal as it is shown shares the better place.
/** @param {number} value @param {(number | null)[]} others @param {number} decimals @returns {[number, number]} */
export function placeAmong(value, others, decimals) {
  const known = others.filter(isKnown).map((other) => rounded(other, decimals));
  const own = rounded(value, decimals);
  return [1 + known.filter((other) => other > own).length, known.length];
}

// Places of all, 1 for the highest; an unknown one has none.
/** @param {(number | null)[]} values @param {number} [decimals] @returns {(number | null)[]} */
export function places(values, decimals) {
  const shown = values.map((value) => (isKnown(value) ? rounded(value, decimals) : null));
  const known = shown.filter((value) => value !== null).sort((a, b) => b - a);
  const first = new Map();
  known.forEach((value, n) => first.has(value) || first.set(value, n + 1));
  return shown.map((value) => (value === null ? null : first.get(value)));
}

// Thin-space thousands, a true minus, decimal comma in Spanish; unknown is never written as zero.
/** @param {number | null | undefined} value @param {number} [decimals] */
export function number(value, decimals = 0) {
  if (value === null || value === undefined || Number.isNaN(value)) return say("unknown");
  const shown = rounded(value, decimals);
  const [whole, part] = Math.abs(shown).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  const written = part ? grouped + (language() === "es" ? "," : ".") + part : grouped;
  return shown < 0 ? `\u2212${written}` : written;
}
