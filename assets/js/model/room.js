// What a phone shows of a room: which screen, what is answered, what a round takes over from the one before.
import * as Outbox from "./outbox.js";

/** Which screen a phone is on. `ended`: the room has told that it is no more, or that it has none by this code.
 * @param {{ code: string, token: string | null, state: RoomState | null, ended: "" | "closed" | "unknown" }} phone
 * @returns {"code" | "who" | "asked" | "removed" | "closed" | "in"} */
export function stage({ code, token, state, ended }) {
  if (!code || ended === "unknown") return "code";
  if (ended === "closed" || (state && state.room.state === "closed")) return "closed";
  if (!token || !state?.me) return "who";
  return state.me.state;
}

/** What one may do: an observer looks on, whoever is invited judges and weighs, an accredited member who is present votes too.
 * @param {RoomState} state */
export const may = ({ me }) => ({ answer: Boolean(me) && me?.role !== "observer", vote: Boolean(me?.may_vote) });

/** What a phone knows after it was told something: who is outside is told less, and what was told before stays.
 * @param {RoomState | null} before @param {Partial<RoomState> & Pick<RoomState, "n" | "meeting" | "room">} told @returns {RoomState} */
export function learned(before, told) {
  const same = before && before.meeting.id === told.meeting.id ? before : null;
  const nothing = { me: null, who: [], criteria: [], weighable: [], proposals: [], mine: [] };
  return { ...nothing, ...same, me: null, mine: [], ...told };
}

/** @param {number} round @param {string} proposal */
const judgementOf = (round, proposal) => ({ round, kind: /** @type {const} */ ("judgement"), subject: proposal });

/** What the member says of a proposal in a round: a score or null ("no sé") by criterion, and a note.
 * @param {Outbox} box @param {number} round @param {string} proposal @returns {RoomJudgement} */
export function judgement(box, round, proposal) {
  const found = Outbox.current(box, judgementOf(round, proposal));
  return { values: {}, note: "", ...(found ? found.content : {}) };
}

/** An answer that says of a proposal what was said, but for what is new. @param {Outbox} box @param {number} round
 * @param {string} proposal @param {Partial<RoomJudgement>} more */
export function judging(box, round, proposal, more) {
  const { values, note } = judgement(box, round, proposal);
  const content = { values: { ...values, ...more.values }, note: more.note ?? note };
  return { ...judgementOf(round, proposal), content };
}

/** How many of the criteria are answered for a proposal, "no sé" among them.
 * @param {Outbox} box @param {RoomState} state @param {string} proposal */
export function answeredOf(box, state, proposal) {
  const { values } = judgement(box, state.room.round, proposal);
  return state.criteria.filter(({ key }) => key in values).length;
}

/** How many proposals are judged whole. @param {Outbox} box @param {RoomState} state */
export const judgedWhole = (box, state) => state.proposals.filter(({ id }) => answeredOf(box, state, id) === state.criteria.length).length;

/** The answers of the round before that the member has not given anew: they may be taken over as they were.
 * @param {Outbox} box @param {RoomState} state @returns {Pick<Answer, "round" | "kind" | "subject" | "content">[]} */
export function fromBefore(box, state) {
  const { round } = state.room;
  const given = [...state.proposals.map(({ id }) => judgementOf(round, id)), { round, kind: /** @type {const} */ ("weights"), subject: "" }];
  return given.filter((about) => !Outbox.current(box, about)).flatMap((about) => {
    const before = Outbox.current(box, { ...about, round: round - 1 });
    return before ? [{ ...about, content: before.content }] : [];
  });
}

/** Letters of a code as it is typed: what is no letter of one is left out. @param {string} typed @param {number} most */
export const codeOf = (typed, most) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, most);

/** Districts of a drawing with one more, or without it. @param {Ubigeo[]} ubigeos @param {Ubigeo} u @param {number} most */
export function toggled(ubigeos, u, most) {
  if (ubigeos.includes(u)) return ubigeos.filter((other) => other !== u);
  return ubigeos.length < most ? [...ubigeos, u].sort() : ubigeos;
}
