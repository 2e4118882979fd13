// Judging: one proposal after another by the criteria that the group judges, each from 1 to 5 in words or "no sé".
import { say } from "../core/words.js";
import * as Room from "../model/room.js";
import { byId, copy, keyed, show, tell, write } from "./parts.js";
import * as Phone from "./phone.js";
import * as Sheet from "./sheet.js";
import { degree } from "./told.js";

const LEVELS = [1, 2, 3, 4, 5];
const { phone } = Phone;

let open = ""; // id of the proposal in sight
let made = ""; // of what state the card was made
let card = null;

const round = () => phone.state.room.round;
const index = () => Math.max(0, phone.state.proposals.findIndex(({ id }) => id === open));
const current = () => phone.state.proposals[index()];

function go(id, focus = false) {
  open = id;
  Phone.draft("judging", id);
  draw();
  if (focus) /** @type {HTMLElement} */ (card.querySelector("h3")).focus();
  byId("main").scrollTop = 0;
}

// ---- the strip of all proposals

function step(id) {
  const node = document.createElement("button");
  Object.assign(node, { type: "button", className: "step" });
  node.append(document.createElement("b"), document.createElement("span"));
  node.addEventListener("click", () => go(id, true));
  return node;
}

function drawSteps() {
  const { proposals, criteria } = phone.state;
  const nodes = keyed(byId("steps"), proposals.map(({ id }) => id), step);
  proposals.forEach(({ id, number, name }, i) => {
    const n = Room.answeredOf(phone.box, phone.state, id);
    const whole = criteria.length > 0 && n === criteria.length;
    write(nodes[i].querySelector("b"), number);
    write(nodes[i].querySelector("span"), whole ? "✓" : n ? `${n}/${criteria.length}` : "");
    nodes[i].classList.toggle("whole", whole);
    nodes[i].setAttribute("aria-label", say("phone.step", { number, name, n, of: criteria.length }));
    id === open ? nodes[i].setAttribute("aria-current", "step") : nodes[i].removeAttribute("aria-current");
  });
  if (nodes[index()]) nodes[index()].scrollIntoView({ block: "nearest", inline: "nearest" });
}

// ---- one proposal

function make() {
  const proposal = current();
  const node = copy("proposal");
  write(node.querySelector("h3"), proposal.name);
  node.querySelector("h3").tabIndex = -1;
  Sheet.disc(node.querySelector(".disc"), proposal.number);
  write(node.querySelector(".about"), Sheet.about(proposal));
  node.querySelector("[data-see]").addEventListener("click", () => Sheet.openSheet(current()));
  node.querySelector(".criteria").append(...phone.state.criteria.map((criterion) => criterionNode(proposal, criterion)));
  const note = /** @type {HTMLTextAreaElement} */ (node.querySelector("textarea"));
  note.id = "note";
  node.querySelector("label.above").setAttribute("for", "note");
  note.addEventListener("input", () => judge(proposal.id, { note: note.value }));
  node.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  node.querySelectorAll("[data-go]").forEach((button) => button.addEventListener("click", () => {
    const { proposals } = phone.state;
    go(proposals[(index() + Number(button.dataset.go) + proposals.length) % proposals.length].id, true);
  }));
  show(node.querySelector(".pager"), phone.state.proposals.length > 1);
  show(node.querySelector("form"), Phone.may().answer);
  return node;
}

const judge = (id, more) => Phone.give(Room.judging(phone.box, round(), id, more));

function criterionNode(proposal, { key, name, question }) {
  const node = copy("criterion");
  node.dataset.criterion = key;
  write(node.querySelector("legend b"), name);
  write(node.querySelector(".question"), question || "");
  const inputs = LEVELS.map((level) => degreeNode(level));
  node.querySelector(".degrees").append(...inputs);
  node.querySelectorAll("input").forEach((input) => {
    /** @type {HTMLInputElement} */ (input).name = `judged-${key}`;
    input.addEventListener("change", () => judge(proposal.id, { values: { [key]: levelOf(input) } }));
  });
  return node;
}

const levelOf = (input) => (input.value === "" ? null : Number(input.value));

function degreeNode(level) {
  const node = copy("degree");
  /** @type {HTMLInputElement} */ (node.querySelector("input")).value = `${level}`;
  write(node.querySelector("b"), `${level}`);
  write(node.querySelector("small"), degree(level));
  return node;
}

// What is answered, as it stands; what is being typed stays.
function fill() {
  const { id } = current();
  const { values, note } = Room.judgement(phone.box, round(), id);
  const before = round() > 1 ? Room.judgement(phone.box, round() - 1, id).values : {};
  for (const node of card.querySelectorAll(".criterion")) {
    const key = node.dataset.criterion;
    node.querySelectorAll("input").forEach((input) => {
      const checked = key in values && values[key] === levelOf(input);
      if (input.checked !== checked) input.checked = checked;
      input.closest("label").classList.toggle("was", key in before && before[key] === levelOf(input));
    });
    tell(node.querySelector(".before"), key in before ? say("phone.before", { degree: degree(before[key]).toLowerCase() }) : "");
  }
  // what is judged whole leads on to the next
  const whole = phone.state.criteria.every((criterion) => criterion.key in values);
  card.querySelector("[data-go='1']").classList.toggle("primary", whole && Room.judgedWhole(phone.box, phone.state) < phone.state.proposals.length);
  const typed = /** @type {HTMLTextAreaElement} */ (card.querySelector("textarea"));
  if (typed !== document.activeElement && typed.value !== note) typed.value = note;
}

/** Show what changed. */
export function draw() {
  const { proposals, criteria } = phone.state;
  if (!proposals.some(({ id }) => id === open)) open = proposals.some(({ id }) => id === phone.drafts.judging) ? phone.drafts.judging : (proposals[0] || { id: "" }).id;
  show(byId("no-proposals"), !proposals.length);
  show(byId("steps"), proposals.length > 1);
  const may = Phone.may().answer;
  show(byId("second"), round() > 1 && may && Room.judgedWhole(phone.box, phone.state) < proposals.length);
  show(byId("keep-before"), round() > 1 && Room.fromBefore(phone.box, phone.state).length > 0);
  tell(byId("all-judged"), may && proposals.length && Room.judgedWhole(phone.box, phone.state) === proposals.length ? say("phone.all_judged") : "");
  if (!proposals.length) {
    [card, made] = [null, ""];
    return byId("judging").replaceChildren();
  }
  const now = JSON.stringify([current(), criteria, round(), may]);
  if (now !== made) {
    [made, card] = [now, make()];
    byId("judging").replaceChildren(card);
  }
  fill();
  drawSteps();
}

/** How far the member is, in a word. */
export const progress = () => (Phone.may().answer ? say("phone.progress", { n: Room.judgedWhole(phone.box, phone.state), of: phone.state.proposals.length }) : "");

byId("keep-before").addEventListener("click", () => Room.fromBefore(phone.box, phone.state).forEach(Phone.give));
