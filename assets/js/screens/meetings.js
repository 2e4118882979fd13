// The meetings screen: every form asks the server by one store; the answer brings the parts of the screen as they
// are afterwards. What is typed in other forms meanwhile, or was before a reload, is put back into them.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { say } from "../core/words.js";
import * as Fields from "../forms/fields.js";
import * as Unsaved from "../forms/unsaved.js";

let screen = null; // of the page in sight

const forms = () => [...screen.root.querySelectorAll("form[data-form]")];
const formOf = (name) => screen.root.querySelector(`form[data-form="${CSS.escape(name)}"]`);
const isHere = () => screen && screen.root.isConnected;

// ---- what is not saved: `assets/js/forms/unsaved.js` keeps it

const typedOf = (form) => Unsaved.typedOf(form);
const note = (form) => Unsaved.note(form);
const unsaved = () => (isHere() ? forms().filter(typedOf) : []);
const named = () => unsaved().map((form) => form.dataset.title).join(", ");

function bar() {
  const [node, names] = [screen.root.querySelector("[data-unsaved-bar]"), named()];
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

// ---- drawing what the server answers

function draw(shown, asker) {
  const focus = document.activeElement && screen.root.contains(document.activeElement) ? document.activeElement.id : "";
  const unfolded = new Set([...screen.root.querySelectorAll("details[open], tr.form-row:not([hidden])")].map((n) => n.id));
  Object.entries(shown).forEach(([name, children]) => {
    const [text, part] = [JSON.stringify(children), screen.root.querySelector(`[data-part="${name}"]`)];
    // a form that has just been sent is drawn anew though it may look the same to the server
    const asked = asker && part && part.querySelector(`form[data-form="${CSS.escape(asker)}"]`);
    if (!part || (screen.drawn[name] === text && !asked)) return;
    screen.drawn[name] = text;
    Dom.render(part, children);
    part.querySelectorAll("[data-items]").forEach((list) => Fields.drawItems(list, JSON.parse(list.dataset.values)));
    part.querySelectorAll("details[id]").forEach((node) => unfolded.has(node.id) && (node.open = true));
    part.querySelectorAll("tr.form-row").forEach((row) => unfolded.has(row.id) && unfold(row, true));
    part.querySelectorAll("form[data-form]").forEach(settle);
  });
  bar();
  if (focus && !screen.root.contains(document.activeElement)) document.getElementById(focus)?.focus();
}

// Put back what was typed since the server was asked; where somebody else changed the same, it will show both.
function settle(form) {
  Fields.drawPlaces(form, (form.querySelector("[data-field=place]") || {}).value);
  const { typed, beneath } = Unsaved.settle(form);
  if (beneath) tell(form, [line("meetings.changed_beneath", "caution", "status")]);
  const row = typed && form.closest("tr.form-row");
  if (row) unfold(row, true);
  if (screen.outcomes[form.dataset.form]) tell(form, screen.outcomes[form.dataset.form]);
}

const line = (key, className, role) => html("P", { className, role }, say(key));
// Where a form tells what came of it: by its button, unless it may be folded away.
const placeOf = (name) =>
  screen.root.querySelector(`[data-outcome-for="${CSS.escape(name)}"]`) || (formOf(name) || screen.root).querySelector("[data-outcome], [data-outcome-page]");
const tell = (form, children) => Dom.render(placeOf(form.dataset.form), children);

function unfold(row, open) {
  row.hidden = !open;
  screen.root.querySelector(`[data-toggle="${CSS.escape(row.id)}"]`)?.setAttribute("aria-expanded", String(open));
}

// ---- asking

// The same request sent twice is kept once: it has the same key for as long as it says the same.
function keyOf(name, request) {
  const print = JSON.stringify(request);
  if ((screen.keys[name] || {}).print !== print) {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    screen.keys[name] = { print, key: [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("") };
  }
  return screen.keys[name].key;
}

function send(form, version) {
  const { form: name, do: does, subject, clean } = form.dataset;
  if (screen.busy) return screen.waiting.push(name);
  if (clean && unsaved().length) return tell(form, [html("P", { className: "error", role: "alert" }, say("meetings.save_first", { names: named() }))]);
  const request = { do: does, form: name, of: screen.root.dataset.of, subject, values: Fields.collect(form) };
  request.version = version !== undefined ? version : Unsaved.versionOf(form);
  Object.assign(request, { key: keyOf(name, request), at: Date.now() });
  screen.outcomes = {};
  screen.busy = { name, at: request.at };
  screen.root.setAttribute("aria-busy", "true");
  tell(form, [line("meetings.asked", "waiting", "status")]);
  return dash.set_props(screen.asked, { data: request });
}

// No answer, or none that can be read: everything stays, and may be sent again.
function silent() {
  const form = screen.busy && formOf(screen.busy.name);
  free();
  if (form) tell(form, [line("meetings.silent", "error", "alert")]);
}

window.addEventListener("amazonia:unanswered", ({ detail: body }) => {
  if (isHere() && screen.busy && body.includes(`"${screen.asked}.data"`)) silent();
});

function free() {
  screen.busy = null;
  screen.root.removeAttribute("aria-busy");
}

function receive(answer) {
  const name = answer.form;
  const form = name && formOf(name);
  if (screen.busy && answer.at === screen.busy.at) free();
  if (form && answer.saved) {
    Unsaved.forget(form);
    delete screen.keys[name];
  }
  if (name) {
    screen.outcomes = { [name]: answer.outcome };
    Dom.render(screen.root.querySelector("[data-outcome-page]"), []);
  }
  draw(answer.shown, name);
  if (name) lead(name, answer);
  const next = screen.waiting.shift();
  if (next && formOf(next)) send(formOf(next));
}

// Lead whoever waited to what came of it.
function lead(name, answer) {
  const place = placeOf(name);
  Dom.render(place, answer.outcome);
  place.scrollIntoView({ block: "nearest" });
  if (screen.root.contains(document.activeElement)) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// ---- what is pressed and typed

const ON_BUTTON = {
  move: (button, form) => {
    const said = Fields.move(button);
    note(form);
    screen.root.querySelector("[data-said]").textContent = said;
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
  conflict: (button, form) => (button.dataset.conflict === "mine" ? send(form, form.dataset.version ? Number(form.dataset.version) : null) : drop(form)),
  toggle: (button) => {
    const row = document.getElementById(button.dataset.toggle);
    unfold(row, row.hidden);
    if (!row.hidden) row.querySelector("input").focus();
  },
  plan: (button) => plan(JSON.parse(button.dataset.plan)),
};

function drop(form) {
  Unsaved.drop(form);
  dropped(form);
}

function dropped(form) {
  delete screen.keys[form.dataset.form];
  delete screen.outcomes[form.dataset.form];
  tell(form, []);
  form.querySelector("button[type=submit]").focus();
}

// Unfold the form that plans a meeting, for the one that is lacking.
function plan({ number, year }) {
  const form = screen.root.querySelector("form[data-agendas]");
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

// The agenda offered follows the number, unless somebody wrote their own.
function suit(form) {
  const agendas = JSON.parse(form.dataset.agendas);
  const list = Fields.listOf(form, "agenda");
  const now = Fields.points(list);
  const own = now.some(Boolean) && !Object.values(agendas).some((agenda) => Fields.same(agenda, now));
  if (!own) Fields.drawItems(list, agendas[form.querySelector("[data-field=number]").value]);
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
  if (field === "number" && form.dataset.agendas) suit(form);
}

// Enter in a point goes on to a new one, as on paper.
function keyed(event) {
  if (event.key !== "Enter" || event.isComposing || event.target.dataset.kind !== "item") return;
  event.preventDefault();
  const list = event.target.closest("[data-items]");
  Fields.addPoint(list, [...list.querySelectorAll("textarea")].indexOf(event.target));
  note(list.closest("form"));
}

function submitted(event) {
  event.preventDefault();
  if (!event.target.querySelector("button[type=submit]").disabled) send(event.target);
}

function begin(root, asked) {
  screen = { root, asked, keys: {}, drawn: {}, outcomes: {}, waiting: [], busy: null };
  root.addEventListener("click", pressed);
  root.addEventListener("input", changed);
  root.addEventListener("change", changed);
  root.addEventListener("keydown", keyed);
  root.addEventListener("submit", submitted);
  root.addEventListener("unsaved", ({ target }) => {
    live(target);
    bar();
  });
  root.addEventListener("click", ({ target }) => target.closest("[data-drop-typed]") && dropped(target.closest("form")));
}

dash.meetings = {
  show(answer, rootId, askedId) {
    const root = document.getElementById(rootId);
    if (!screen || screen.root !== root) begin(root, askedId);
    if (answer) receive(answer);
    return "shown";
  },
};
