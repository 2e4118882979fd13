// The meetings screen: counts that follow what is ticked, points of an agenda, forms that unfold. Asking and being
// answered is `assets/js/forms/asking.js`; what is typed meanwhile, or was before a reload, is put back by it.
import { dash } from "../core/dash.js";
import { say } from "../core/words.js";
import { Asking } from "../forms/asking.js";
import * as Fields from "../forms/fields.js";
import * as Unsaved from "../forms/unsaved.js";
import * as RoomDesk from "./room_desk.js";

let asking = null; // of the page in sight

const note = (form) => Unsaved.note(form);

function bar() {
  const [node, names] = [asking.root.querySelector("[data-unsaved-bar]"), asking.named()];
  node.hidden = !names;
  const text = names ? say("meetings.unsaved", { names }) : "";
  if (node.textContent !== text) node.textContent = text;
}

// Counts that follow what is ticked and typed.
function live(form) {
  const count = form.querySelector("[data-count]");
  if (count) count.textContent = ticked(form, count.dataset.count);
  const sum = form.querySelector("[data-sum]");
  if (!sum) return;
  const votes = [...form.querySelectorAll("[data-kind=whole]")].map((node) => Number(node.value) || 0);
  const [n, most] = [votes.reduce((a, b) => a + b, 0), Number(sum.dataset.sum)];
  sum.textContent = say(n > most ? "meetings.sum_over" : "meetings.sum", { n, most });
  sum.classList.toggle("over", n > most);
}

function ticked(form, field) {
  const boxes = [...form.querySelectorAll(`[data-field="${CSS.escape(field)}"]`)];
  const there = boxes.filter((box) => box.checked);
  const bySector = new Map();
  there.forEach(({ dataset }) => bySector.set(dataset.sector, (bySector.get(dataset.sector) || 0) + 1));
  const sectors = [...bySector].map(([name, n]) => `${name} ${n}`).join(", ");
  const said = say("meetings.ticked", { n: there.length, all: boxes.length });
  return sectors ? `${said}: ${sectors}` : said;
}

// ---- what is pressed and typed

const ON_BUTTON = {
  move: (button, form) => {
    const said = Fields.move(button);
    note(form);
    asking.root.querySelector("[data-said]").textContent = said;
  },
  add: (button, form) => {
    const list = Fields.listOf(form, button.dataset.add);
    Fields.addPoint(list, list.children.length - 1);
    note(form);
  },
  fill: (button, form) => {
    Fields.drawItems(Fields.listOf(form, button.dataset.fill), JSON.parse(button.dataset.values));
    note(form);
  },
  all: (button, form) => {
    form.querySelectorAll(`[data-field="${CSS.escape(button.dataset.all)}"]`).forEach((box) => (box.checked = true));
    note(form);
  },
  everybody: (button, form) => {
    form.querySelectorAll("[data-kind=whole]").forEach((node, i) => (node.value = i ? "0" : button.dataset.everybody));
    note(form);
  },
  toggle: (button) => {
    const row = document.getElementById(button.dataset.toggle);
    asking.unfold(row, row.hidden);
    if (!row.hidden) row.querySelector("input").focus();
  },
  plan: (button) => plan(JSON.parse(button.dataset.plan)),
};

// Unfold the form that plans a meeting, for the one that is lacking.
function plan({ number, year }) {
  const form = asking.root.querySelector("form[data-agendas]");
  form.closest("details").open = true;
  const select = form.querySelector("[data-field=number]");
  select.value = number;
  suit(form);
  note(form);
  const day = form.querySelector("[data-field=held_on]");
  if (!day.value.startsWith(`${year}`)) day.value = "";
  Object.assign(day, { min: `${year}-01-01`, max: `${year}-12-31` });
  form.scrollIntoView({ block: "nearest" });
  day.focus();
}

// The agenda offered follows the number, or the kind where that has one of its own, unless somebody wrote their own.
function suit(form) {
  const agendas = JSON.parse(form.dataset.agendas);
  const list = Fields.listOf(form, "agenda");
  const now = Fields.points(list);
  const own = now.some(Boolean) && !Object.values(agendas).some((agenda) => Fields.same(agenda, now));
  const [kind, number] = ["kind", "number"].map((name) => form.querySelector(`[data-field=${name}]`).value);
  if (!own) Fields.drawItems(list, agendas[kind in agendas ? kind : number]);
}

function pressed(event) {
  const button = event.target.closest("button");
  if (!button || button.disabled || button.type === "submit") return;
  const does = Object.keys(ON_BUTTON).find((name) => name in button.dataset);
  if (does) ON_BUTTON[does](button, button.closest("form"));
}

function changed(event) {
  const form = event.target.closest("form[data-form]");
  if (!form) return;
  const { field } = event.target.dataset;
  if (field === "sector") Fields.drawPlaces(form, form.querySelector("[data-field=place]").value);
  if ((field === "number" || field === "kind") && form.dataset.agendas) suit(form);
}

// Enter in a point goes on to a new one, as on paper.
function keyed(event) {
  if (event.key !== "Enter" || event.isComposing || event.target.dataset.kind !== "item") return;
  event.preventDefault();
  const list = event.target.closest("[data-items]");
  Fields.addPoint(list, [...list.querySelectorAll("textarea")].indexOf(event.target));
  note(list.closest("form"));
}

function begin(root, asked) {
  asking = new Asking(root, asked, {
    changed(form) {
      if (form) live(form);
      bar();
    },
  });
  root.addEventListener("click", pressed);
  root.addEventListener("input", changed);
  root.addEventListener("change", changed);
  root.addEventListener("keydown", keyed);
  RoomDesk.begin(asking);
}

dash.meetings = {
  show(answer, rootId, askedId) {
    const root = document.getElementById(rootId);
    if (!asking || asking.root !== root) begin(root, askedId);
    if (answer) asking.receive(answer);
    return "shown";
  },
};
