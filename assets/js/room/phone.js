// The phone in the room: its code, its token, what the laptop told last, and what its member did. All of it is kept, so that a
// page that is loaded anew, without a network too, goes on where it was.
import * as Outbox from "../model/outbox.js";
import * as Room from "../model/room.js";
import * as Store from "./store.js";

/** @type {{ code: string, token: string | null, state: RoomState | null, ended: "" | "closed" | "unknown", box: Outbox,
 *   drafts: Record<string, any>, held: "whole" | "lighter" | "not", away: boolean, sending: boolean,
 *   why: string }} why: what the laptop says of a code that opens no room */
export const phone = {
  code: "", token: null, state: null, ended: "", box: Outbox.empty(), drafts: {}, held: "whole", away: false, sending: false, why: "",
};

const hearing = [];
const waking = [];
/** Hear of whatever changes. @param {() => void} hear */
export const on = (hear) => void hearing.push(hear);
/** Hear of an answer that wants to be sent. @param {() => void} wake */
export const onAnswer = (wake) => void waking.push(wake);
export const changed = () => hearing.forEach((hear) => hear());

const nameOf = (what) => `${phone.code}.${what}`;

/** Enter the room of a code, with what this phone kept of it. */
export function enter(code) {
  Object.assign(phone, { code, ended: "", away: false });
  const read = (what) => (code ? Store.read(nameOf(what)) : null);
  const { token = null } = read("me") || {};
  const box = read("box");
  Object.assign(phone, { token, state: read("state"), box: Outbox.isSound(box) ? box : Outbox.empty(), drafts: read("drafts") || {} });
  if (code) Store.write("last", code);
  changed();
}

export const lastCode = () => Store.read("last") || "";

/** The text by which the laptop knows this phone again. */
export function device() {
  const known = Store.read("device");
  if (typeof known === "string") return known;
  const made = Store.random();
  Store.write("device", made);
  return Store.read("device") || (phone.drafts.device = phone.drafts.device || made);
}

/** @param {string | null} token */
export function seat(token) {
  Object.assign(phone, { token, ended: "" });
  token ? Store.write(nameOf("me"), { token }) : Store.drop(nameOf("me"));
}

/** Take over what the laptop tells. @param {RoomState} told */
export function learn(told) {
  const { mine, ...state } = Room.learned(phone.state, told);
  phone.state = { ...state, mine: [] };
  phone.ended = "";
  Store.write(nameOf("state"), phone.state);
  change((box) => Outbox.learn(box, mine));
}

// Two pages of one phone write to one box: what is kept is read before it is changed.
function newest() {
  const kept = phone.held === "not" ? null : Store.read(nameOf("box"));
  return Outbox.isSound(kept) && kept.seq >= phone.box.seq ? { ...kept, kept: { ...phone.box.kept, ...kept.kept } } : phone.box;
}

/** Change the box. @param {(box: Outbox) => Outbox} how */
export function change(how) {
  const before = newest();
  phone.box = how(before);
  if (phone.box !== before || phone.held !== "whole") {
    phone.held = Outbox.keep(phone.box, (box) => Store.write(nameOf("box"), box), () => Store.drop(nameOf("state")));
  }
  changed();
}

/** Give an answer. @param {Pick<Answer, "round" | "kind" | "subject" | "content">} answer */
export function give(answer) {
  change((box) => Outbox.put(box, answer, Store.random()));
  waking.forEach((wake) => wake());
}

/** Keep what is being worked on and is no answer yet. @param {string} name */
export function draft(name, value) {
  phone.drafts = { ...phone.drafts, [name]: value };
  Store.write(nameOf("drafts"), phone.drafts);
}

export const stage = () => Room.stage(phone);
export const may = () => (phone.state ? Room.may(phone.state) : { answer: false, vote: false });

Store.elsewhere((name) => {
  if (name === nameOf("me")) enter(phone.code);
  else if (name === nameOf("box")) change((box) => box);
});
