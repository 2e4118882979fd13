// Weighing the criteria: by putting them in order, by hand or by buttons, or by giving points.
import { joined, say } from "../core/words.js";
import { number } from "../model/numbers.js";
import * as Outbox from "../model/outbox.js";
import * as Weighing from "../model/weighing.js";
import { all, byId, copy, keyed, show, tell, write } from "./parts.js";
import * as Phone from "./phone.js";

const { phone } = Phone;
const EDGE = 60; // pixels from the end of what scrolls within which a drag scrolls it
const POINTS = 5; // that a criterion begins with

/** @type {{ way: string, order: string[], points: Weights, touched: boolean }} */
let work = { way: "ranking", order: [], points: {}, touched: false };
let of = ""; // what the work was begun from

const about = () => ({ round: phone.state.room.round, kind: /** @type {const} */ ("weights"), subject: "" });
const keys = () => phone.state.weighable.map(({ key }) => key);
const nameOf = (key) => phone.state.weighable.find((one) => one.key === key).name;
const percent = (part) => number(100 * part, 0);

// From what is being worked on, else from what was answered in this round or before, else as the criteria weigh now.
function begin() {
  const { weighable } = phone.state;
  const { round } = about();
  const given = Outbox.current(phone.box, about()) || Outbox.current(phone.box, { ...about(), round: round - 1 });
  const usual = [...weighable].sort((a, b) => b.weight - a.weight).map(({ key }) => key);
  const draft = phone.drafts[`weights-${round}`];
  const from = draft || (given ? given.content : {});
  const points = draft ? draft.points : from.way === "points" ? from.values : null;
  work = {
    way: from.way || "ranking",
    order: Weighing.wholeOrder(from.order || [], usual),
    points: Object.fromEntries(keys().map((key) => [key, points ? points[key] ?? 0 : POINTS])),
    touched: Boolean(draft),
  };
}

function keep() {
  work.touched = true;
  Phone.draft(`weights-${about().round}`, { way: work.way, order: work.order, points: work.points });
  draw();
}

const content = () => (work.way === "ranking"
  ? { way: "ranking", values: Weighing.places(work.order), order: work.order } : { way: "points", values: work.points });

// ---- by order

function ranked(key) {
  const node = copy("ranked");
  write(node.querySelector("b"), nameOf(key));
  node.querySelectorAll(".move").forEach((button) => {
    const by = Number(button.dataset.move);
    button.setAttribute("aria-label", say(by < 0 ? "phone.up" : "phone.down", { name: nameOf(key) }));
    button.addEventListener("click", () => {
      shift(key, work.order.indexOf(key) + by);
      button.focus();
    });
  });
  node.querySelector(".handle").addEventListener("pointerdown", (event) => drag(key, node, /** @type {PointerEvent} */ (event)));
  return node;
}

function shift(key, place) {
  work.order = Weighing.moved(work.order, key, place);
  keep();
  write(byId("weigh-said"), say("phone.place", { name: nameOf(key), place: work.order.indexOf(key) + 1, of: work.order.length }));
}

// The row follows the finger by taking the places it passes.
function drag(key, node, event) {
  event.preventDefault();
  const handle = node.querySelector(".handle");
  const main = byId("main");
  handle.setPointerCapture(event.pointerId);
  node.classList.add("dragged");
  const move = ({ clientY }) => {
    const frame = main.getBoundingClientRect();
    if (clientY < frame.top + EDGE) main.scrollTop -= 8;
    else if (clientY > frame.bottom - EDGE) main.scrollTop += 8;
    const rows = all("#ranking > li");
    const [now, place] = [rows.indexOf(node), rows.filter((row) => row !== node && clientY > middle(row)).length];
    if (place === now) return;
    // what is passed goes to the other side: one that is moved itself would lose the finger
    place < now ? node.after(...rows.slice(place, now)) : node.before(...rows.slice(now + 1, place + 1));
    work.order = Weighing.moved(work.order, key, place);
    draw();
  };
  const end = () => {
    node.classList.remove("dragged");
    handle.removeEventListener("pointermove", move);
    shift(key, work.order.indexOf(key));
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", end, { once: true });
}

const middle = (row) => {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
};

function drawOrder() {
  const parts = Weighing.ofOrder(work.order);
  const most = Math.max(...Object.values(parts), 0);
  const nodes = keyed(byId("ranking"), work.order, ranked);
  nodes.forEach((node, i) => {
    const part = parts[work.order[i]];
    write(node.querySelector(".place"), `${i + 1}`);
    write(node.querySelector("output"), say("phone.share", { share: percent(part) }));
    /** @type {HTMLElement} */ (node.querySelector(".bar i")).style.width = `${(100 * part) / most}%`;
    const [up, down] = /** @type {NodeListOf<HTMLButtonElement>} */ (node.querySelectorAll(".move"));
    up.setAttribute("aria-disabled", `${i === 0}`);
    down.setAttribute("aria-disabled", `${i === nodes.length - 1}`);
  });
  const shares = work.order.map((key) => say("phone.share", { share: percent(parts[key]) }));
  write(byId("order-explained"), say("phone.order_explained", { n: shares.length, weights: joined(shares) }));
}

// ---- by points

function pointed(key) {
  const node = copy("pointed");
  const input = /** @type {HTMLInputElement} */ (node.querySelector("input"));
  write(node.querySelector("b"), nameOf(key));
  input.id = `points-${key}`;
  node.querySelector("label").setAttribute("for", input.id);
  input.addEventListener("input", () => {
    work.points = { ...work.points, [key]: Number(input.value) };
    keep();
  });
  return node;
}

function drawPoints() {
  const parts = Weighing.ofPoints(work.points);
  keyed(byId("points"), keys(), pointed).forEach((node, i) => {
    const key = keys()[i];
    const input = /** @type {HTMLInputElement} */ (node.querySelector("input"));
    if (Number(input.value) !== work.points[key]) input.value = `${work.points[key]}`;
    const said = say("phone.point_share", { n: work.points[key], share: percent(parts[key] || 0) });
    write(node.querySelector("output"), said);
    input.setAttribute("aria-valuetext", said);
  });
}

// ---- both

/** Show what changed. */
export function draw() {
  const now = JSON.stringify([phone.code, about().round, keys(), !work.touched && Outbox.current(phone.box, about())?.content]);
  if (now !== of) {
    of = now;
    if (!work.touched || !phone.drafts[`weights-${about().round}`]) begin();
  }
  const way = /** @type {HTMLInputElement} */ (document.querySelector(`#weigh-form input[name=way][value=${work.way}]`));
  if (!way.checked) way.checked = true;
  all("[data-way]").forEach((node) => show(node, node.dataset.way === work.way));
  drawOrder();
  drawPoints();
  const given = Outbox.current(phone.box, about());
  tell(byId("weigh-state"), isGiven(given) ? say("phone.weights_kept") : given || work.touched ? say("phone.weights_new") : "");
}

const isGiven = (given) => Boolean(given) && Outbox.same(given.content, content());

/** How far the member is, in a word. */
export function progress() {
  const given = Outbox.current(phone.box, about());
  return !Phone.may().answer ? "" : isGiven(given) ? say("phone.weights_sent") : given || work.touched ? say("phone.weights_changed") : "";
}

byId("weigh-form").addEventListener("change", ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  if (input.name !== "way") return;
  work.way = input.value;
  keep();
});

byId("weigh-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (work.way === "points" && !Object.values(work.points).some(Boolean)) return tell(byId("weigh-state"), say("phone.no_points"));
  const answer = { ...about(), content: content() };
  work.touched = false;
  Phone.draft(`weights-${about().round}`, undefined);
  Phone.give(answer);
});
