// The register: parts come from the server and are drawn here; what a person presses or writes goes back by one store.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import * as Net from "../core/net.js";
import { plain, say } from "../core/words.js";
import { attach } from "../forms/attaching.js";
import * as Readers from "../forms/readers.js";
import * as Unsaved from "../forms/unsaved.js";
import * as GroupMap from "../map/group_map.js";
import { ready } from "../map/published.js";

const WAIT_MS = 250; // after the last letter of a search
let screen = null; // of the page in sight: its element, the store that asks, and what each question carries
let timer = null;

// ---- asking

function ask(from, more) {
  if (screen.body.getAttribute("aria-busy") === "true" && !from.dataset.live) return; // once is enough
  const request = { ...from.dataset };
  screen.body.setAttribute("aria-busy", "true");
  screen.from = from;
  dash.set_props(screen.asked, { data: { ...screen.state, ...request, ...more, at: Date.now() } });
}

// What was wrong is told beside the button that was pressed, else at the top.
function tell(children) {
  const own = screen.from && screen.from.isConnected && screen.from.querySelector("[data-outcome]");
  const place = own || screen.body.querySelector("[data-said]");
  if (!place) return;
  Dom.render(place, children);
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function unanswered() {
  screen.body.removeAttribute("aria-busy");
  tell([html("P", { role: "alert", className: "error" }, say("forms.silent"))]);
}

Net.unanswered(() => screen && screen.body.isConnected && screen.asked, unanswered);

const send = (form, more) => ask(form, { values: { ...Readers.everything(form), ...more } });

// ---- what is pressed

function pressed(event) {
  const { target } = event;
  const find = (selector) => target.closest(selector);
  if (find("[data-print]")) return void setTimeout(() => window.print(), 0);
  const chip = find("[data-drop]");
  if (chip) return drop(chip);
  const head = find("[data-sort]");
  if (head) return byColumn(head);
  const state = find("[data-state]");
  if (state) return byState(state);
  const asks = find("button[data-do], a[data-do]");
  if (!asks || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  event.preventDefault();
  const filters = asks.dataset.do === "list" && screen.body.querySelector("form[data-live][data-do=list]");
  return filters ? send(filters, { pagina: asks.dataset.page }) : ask(asks);
}

// What is pressed is asked for with all the filters, and by them from then on.
function filtered(name, value) {
  const form = screen.body.querySelector("form[data-do=list]");
  form.elements[name].value = value(form.elements[name].value);
  send(form);
}

const byColumn = ({ dataset }) => filtered("orden", () => dataset.sort);

function byState({ dataset: { state } }) {
  filtered("estado", (before) => {
    const chosen = before.split(".").filter(Boolean);
    return (chosen.includes(state) ? chosen.filter((s) => s !== state) : [...chosen, state]).join(".");
  });
}

function submitted(event) {
  event.preventDefault();
  clearTimeout(timer);
  send(event.target);
}

function changed(event) {
  const { target } = event;
  if (target.matches("[data-attach]")) return void attached(target);
  if (target.matches("[data-compare]")) target.parentNode.querySelector("a").href = target.value;
  const picker = target.closest("[data-picker]");
  if (picker) return showChosen(picker);
  const form = target.closest("form");
  if (form && target.name === "department") return ofDepartment(form);
  if (form && form.dataset.live && target.type !== "search") return send(form);
  return undefined;
}

// A document that was attached can be chosen in every step; in the one where it was attached it is.
async function attached(input) {
  const made = await attach(input);
  if (!made) return;
  const own = input.closest("form");
  screen.body.querySelectorAll("select[name=attachment]").forEach((list) => {
    list.add(new Option(made.name, made.id, false, list.form === own));
    if (list.form === own) Unsaved.note(own);
  });
  ask(input, {});
}

function typed(event) {
  const { target } = event;
  if (target.matches("[data-search]")) return search(target);
  if (target.type !== "search" || !target.form || !target.form.dataset.live) return undefined;
  clearTimeout(timer);
  timer = setTimeout(() => send(target.form), WAIT_MS);
  return undefined;
}

// Enter in the line that searches districts ticks the one found, and sends nothing.
function keyed(event) {
  if (event.key !== "Enter" || !event.target.matches("[data-search]")) return;
  event.preventDefault();
  const boxes = [...event.target.closest("[data-picker]").querySelectorAll("[data-district]:not([hidden])")].filter((l) => !l.closest("[hidden]"));
  if (boxes.length === 1 || (boxes.length && event.target.value)) boxes[0].querySelector("input").click();
  event.target.select();
}

// ---- choosing districts

const boxesOf = (picker) => [...picker.querySelectorAll("[data-district]")];
const ticked = (picker) => boxesOf(picker).filter((label) => label.querySelector("input").checked);

function showChosen(picker) {
  const chosen = ticked(picker);
  const chips = chosen.map((label) => {
    const { district } = label.dataset;
    return html("Button", { type: "button", className: "chip", "data-drop": label.querySelector("input").value, "aria-label": say("chip_title", { name: district }) },
      [district, html("Span", { className: "chip-cross", "aria-hidden": "true" }, "×")]);
  });
  Dom.render(picker.querySelector("[data-chips]"), chips);
  const n = chosen.length;
  picker.querySelector("[data-count]").textContent = say("districts", { n });
}

function drop(chip) {
  const picker = chip.closest("[data-picker]");
  const at = [...chip.parentNode.children].indexOf(chip);
  boxesOf(picker).map((label) => label.querySelector("input")).find((box) => box.value === chip.dataset.drop).checked = false;
  showChosen(picker);
  Unsaved.note(picker.closest("form"));
  const left = picker.querySelectorAll("[data-drop]");
  (left[Math.min(at, left.length - 1)] || picker.querySelector("[data-search]")).focus();
}

function search(input) {
  const picker = input.closest("[data-picker]");
  const words = plain(input.value).split(/\s+/);
  const fits = ({ dataset }) => words.every((word) => plain(`${dataset.district} ${dataset.place}`).includes(word));
  boxesOf(picker).forEach((label) => (label.hidden = !fits(label)));
  showGroups(picker);
}

// Provinces of the department chosen that have a district in sight.
function showGroups(picker) {
  const place = picker.form.elements.department;
  const groups = [...picker.querySelectorAll("[data-of]")];
  groups.forEach((group) => {
    group.hidden = (place && group.dataset.of !== place.value) || !group.querySelector("[data-district]:not([hidden])");
  });
  picker.querySelector(".empty").hidden = groups.some((group) => !group.hidden);
}

// A proposal is of one department: what was ticked elsewhere is let go.
function ofDepartment(form) {
  const picker = form.querySelector("[data-picker]");
  picker.querySelectorAll("[data-of]").forEach((group) => {
    if (group.dataset.of !== form.elements.department.value) group.querySelectorAll("input").forEach((box) => (box.checked = false));
  });
  showGroups(picker);
  showChosen(picker);
}

// ---- what is typed and not saved

const drawPickers = (part) => part.querySelectorAll("[data-picker]").forEach((picker) => [showGroups, showChosen].forEach((show) => show(picker)));

// Forms that were just drawn get back what was typed in them; one that is not drawn is opened, if it was begun.
function settle(body) {
  body.querySelectorAll("form[data-kept]:not([data-settled])").forEach((form) => {
    form.dataset.settled = "yes";
    Unsaved.settle(form);
  });
  const opener = [...body.querySelectorAll("[data-opens]")].find(({ dataset }) => Unsaved.isTyped(dataset.opens));
  if (opener && !screen.opened) {
    screen.opened = true;
    ask(opener);
  }
}

// Districts of a code come into the form; what else was written in it stays.
function carry(body, values, { from, but }) {
  const form = body.querySelector("form[data-kept]");
  const rest = Object.entries(values).filter(([name]) => !but.includes(name));
  Readers.applyNames(form, Object.fromEntries(rest));
  Unsaved.note(form);
  if (form.dataset.record !== from.split("|").at(-1)) Unsaved.forgetAs(from);
}

// ---- maps

// Drawn anew where the page gets another width, so that a person's own view of one outlives all else.
let wide = 0;
async function drawMaps(body) {
  wide = body.clientWidth;
  if (!body.querySelector(".group-map")) return;
  await ready();
  GroupMap.drawAll(body, { keys: true });
}

// ---- what the server answered

function listen(body) {
  body.addEventListener("click", pressed);
  body.addEventListener("submit", submitted);
  body.addEventListener("change", changed);
  body.addEventListener("input", typed);
  body.addEventListener("keydown", keyed);
  new ResizeObserver(() => body.clientWidth !== wide && drawMaps(body)).observe(body);
  body.addEventListener("applied", ({ target }) => drawPickers(target));
}

// Whoever pressed something that is drawn anew stays where they were.
function again(body) {
  const held = document.activeElement;
  const name = held && body.contains(held) ? held.dataset.again : null;
  return () => name && !held.isConnected && (body.querySelector(`[data-again="${name}"]`) || body).focus();
}

function lead(id) {
  const part = document.getElementById(id);
  const place = part && (part.querySelector("[data-first]") || part.querySelector("[tabindex='-1'], button:not([disabled]), input") || part);
  if (!place) return;
  if (place === part && !part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  const { top } = part.getBoundingClientRect();
  if (top < screen.body.parentNode.getBoundingClientRect().top || top > window.innerHeight / 2) part.scrollIntoView({ block: "start" });
}

dash.register = {
  show(answer, bodyId, askedId) {
    const body = document.getElementById(bodyId);
    if (!answer || !body) return dash.no_update;
    (answer.settled || []).forEach(Unsaved.forgetAs);
    if (answer.go) return void window.location.assign(answer.go);
    const isNew = bodyId in answer.shown; // a whole screen, as a visit finds it
    if (isNew) {
      if (!screen || screen.body !== body) listen(body);
      screen = { body, asked: askedId, state: {}, from: null };
      body.classList.remove("editing");
    }
    const back = again(body);
    const { hash } = window.location; // before the address is written anew
    body.querySelectorAll("[data-outcome]").forEach((place) => Dom.render(place, []));
    Object.entries(answer.shown).forEach(([id, children]) => Dom.render(document.getElementById(id), children));
    if (answer.state) screen.state = answer.state;
    if (typeof answer.editing === "boolean") body.classList.toggle("editing", answer.editing);
    // one thing at a time: a step would throw away what is being written
    body.querySelectorAll(".ways, .step").forEach((part) => (part.inert = body.classList.contains("editing")));
    if (typeof answer.address === "string") {
      window.history.replaceState(window.history.state, "", window.location.pathname + answer.address + hash);
    }
    drawPickers(body);
    drawMaps(body);
    body.removeAttribute("aria-busy");
    const carried = answer.carry && Unsaved.valuesOf(answer.carry.from);
    settle(body);
    if (carried) carry(body, carried, answer.carry);
    if (answer.outcome) tell(answer.outcome);
    else if (isNew && hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView({ block: "center" });
    else if (!isNew && answer.focus) lead(answer.focus);
    else back();
    return "shown";
  },
};
