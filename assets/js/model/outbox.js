// What a member of the group did on a phone, kept there until the laptop has it: an outbox. One answer a slot, the last that
// was given; each carries a key, by which a repeated one is known, and a number of this phone, by which the later wins.
// Nothing here knows a page or a network.

/** What an answer is about. @param {Pick<Answer, "round" | "kind" | "subject">} about */
const slotOf = ({ round, kind, subject }) => `${round}|${kind}|${subject}`;

/** Whether two contents say the same: the order of names in them tells nothing. @param {unknown} one @param {unknown} other */
export const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** @param {any} value @returns {any} */
function sorted(value) {
  if (!value || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

/** @returns {Outbox} */
export const empty = () => ({ version: 1, seq: 0, waiting: [], kept: {}, refused: [] });

/** @param {any} one */
const isAnswer = (one) => Boolean(one) && ["key", "kind", "subject"].every((name) => typeof one[name] === "string")
  && ["seq", "round"].every((name) => Number.isInteger(one[name])) && typeof one.content === "object";

/** Whether what a browser kept can be read. @param {any} box */
export const isSound = (box) => Boolean(box) && box.version === 1 && Number.isInteger(box.seq)
  && Array.isArray(box.waiting) && box.waiting.every(isAnswer)
  && Array.isArray(box.refused) && box.refused.every((/** @type {any} */ one) => one && isAnswer(one.answer) && typeof one.sentence === "string")
  && Boolean(box.kept) && typeof box.kept === "object" && Object.values(box.kept).every(isAnswer);

/** What waits, or else what is kept, of a slot; null where nothing was answered.
 * @param {Outbox} box @param {Pick<Answer, "round" | "kind" | "subject">} about @returns {Answer | null} */
export function current(box, about) {
  const slot = slotOf(about);
  return box.waiting.find((one) => slotOf(one) === slot) || box.kept[slot] || null;
}

/** Whether what was answered last of a slot has not arrived. @param {Outbox} box @param {Pick<Answer, "round" | "kind" | "subject">} about */
export const waits = (box, about) => box.waiting.some((one) => slotOf(one) === slotOf(about));

/** Take an answer in: the last one of its slot goes to the end of what waits. What says the same as before is no answer.
 * @param {Outbox} box @param {Pick<Answer, "round" | "kind" | "subject" | "content">} answer @param {string} key @returns {Outbox} */
export function put(box, { round, kind, subject, content }, key) {
  const about = { round, kind, subject };
  const before = current(box, about);
  if (before && same(before.content, content)) return box;
  const seq = box.seq + 1;
  const waiting = box.waiting.filter((one) => slotOf(one) !== slotOf(about));
  return { ...box, seq, waiting: [...waiting, { key, seq, ...about, content }] };
}

/** What is sent next, the first that was given first. @param {Outbox} box @param {number} most @returns {Answer[]} */
export const batch = (box, most) => box.waiting.slice(0, most);

/** What the laptop says of answers that were sent. Those it says nothing of go on waiting; one that was replaced meanwhile
 * has its successor wait.
 * @param {Outbox} box @param {{ kept?: string[], refused?: { key: string, sentence: string }[] }} said @returns {Outbox} */
export function answered(box, { kept = [], refused = [] }) {
  const arrived = box.waiting.filter((one) => kept.includes(one.key));
  const sentences = new Map(refused.map(({ key, sentence }) => [key, sentence]));
  const turnedAway = box.waiting.filter((one) => sentences.has(one.key));
  const settled = new Set([...arrived, ...turnedAway].map(slotOf));
  return {
    ...box,
    waiting: box.waiting.filter((one) => !kept.includes(one.key) && !sentences.has(one.key)),
    kept: { ...box.kept, ...Object.fromEntries(arrived.map((one) => [slotOf(one), one])) },
    // of a slot the last that was refused, as long as none was kept since
    refused: [
      ...box.refused.filter(({ answer }) => !settled.has(slotOf(answer))),
      ...turnedAway.map((answer) => ({ answer, sentence: sentences.get(answer.key) || "" })),
    ],
  };
}

/** Take over what the laptop has of this phone's answers: a phone that lost its own goes on where it was.
 * @param {Outbox} box @param {(Omit<Answer, "key"> & { key?: string })[]} mine @returns {Outbox} */
export function learn(box, mine) {
  const newer = mine.filter((one) => one.seq > (box.kept[slotOf(one)]?.seq ?? 0)).map((one) => ({ ...one, key: one.key || "" }));
  const seq = Math.max(box.seq, ...mine.map((one) => one.seq));
  if (!newer.length && seq === box.seq) return box;
  return { ...box, seq, kept: { ...box.kept, ...Object.fromEntries(newer.map((one) => [slotOf(one), one])) } };
}

/** Put away what was refused, once it has been read. @param {Outbox} box @param {string} key @returns {Outbox} */
export const putAway = (box, key) => ({ ...box, refused: box.refused.filter(({ answer }) => answer.key !== key) });

/** Without what the laptop has and tells again, for a phone that is full: what waits and what was refused is nowhere else.
 * @param {Outbox} box @returns {Outbox} */
export const lighter = (box) => ({ ...box, kept: {} });

/** Keep what the phone must not lose, and say how: "whole", "lighter" where there was room for no more, "not" where there was
 * none, and what is done is in the open page alone.
 * @param {Outbox} box @param {(box: Outbox) => boolean} write tells whether it was taken @param {() => void} spare lets go of what can be had again
 * @returns {"whole" | "lighter" | "not"} */
export function keep(box, write, spare) {
  if (write(box)) return "whole";
  spare();
  if (write(box)) return "whole";
  return write(lighter(box)) ? "lighter" : "not";
}

const FIRST_MS = 1000;
const LONGEST_MS = 30000;

/** How long to wait before asking again, after so many failures in a row: twice as long each time, and not all phones at
 * once. @param {number} failures @param {number} luck from 0 to 1 */
export const pause = (failures, luck) => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1)) * (0.75 + luck / 2);
