// Plain forms whose controls say by data- attributes which field they hold: read them and write them.
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { say } from "../core/words.js";

const WHOLE = /^-?\d+$/;

// ---- reading and writing

// What is no number is sent as it is: the server says so in the reader's words.
function valueOf({ value, dataset }) {
  const text = value.trim();
  if (dataset.kind === "whole") return WHOLE.test(text) ? Number(text) : text || null;
  if (dataset.kind === "number") return text && Number.isFinite(Number(text)) ? Number(text) : text || null;
  return value;
}

// A point is one line; what was pasted may have several.
const inOneLine = (text) => text.replace(/\s*\n\s*/g, " ");

export function collect(form, isMeant = (_node) => true) {
  const values = JSON.parse(form.dataset.blank || "{}");
  [...form.querySelectorAll("[data-field]")].filter(isMeant).forEach((node) => {
    const { field, kind, entry } = node.dataset;
    if (kind === "check") node.checked && values[field].push(node.value);
    else if (kind === "radio") values[field] = node.checked ? node.value : values[field];
    else if (kind === "item") values[field].push(inOneLine(node.value));
    else if (!entry) values[field] = valueOf(node);
    else if (node.value.trim()) values[field][entry] = valueOf(node);
  });
  return values;
}

export function apply(form, values) {
  form.querySelectorAll("[data-items]").forEach((list) => drawItems(list, values[list.dataset.items] || []));
  form.querySelectorAll("[data-field]:not([data-kind=item])").forEach((node) => {
    const { field, kind, entry } = node.dataset;
    const value = values[field];
    if (node.type === "password") return; // it is kept nowhere
    if (kind === "check") node.checked = (value || []).includes(node.value);
    else if (kind === "radio") node.checked = value === node.value;
    else write(node, entry ? (value || {})[entry] : value);
  });
  drawPlaces(form, values.place);
}

const write = (node, value) => (node.value = value === null || value === undefined ? "" : `${value}`);

// ---- a list of points

export const listOf = (form, name) => form.querySelector(`[data-items="${CSS.escape(name)}"]`);
export const points = (list) => [...list.querySelectorAll("textarea")].map((point) => inOneLine(point.value));

export function drawItems(list, values) {
  const all = values.length ? values : [""];
  const button = (does, sign, n, off) =>
    html("Button", { type: "button", className: "point-button", id: `${list.id}-${does}-${n}`, "data-move": does, disabled: off, "aria-label": say(`meetings.${does}`, { n }) }, sign);
  const row = (value, i) => {
    const [n, name] = [i + 1, list.dataset.items];
    const line = html("Textarea", { className: "line", rows: 1, id: `${list.id}-${n}`, maxlength: 500, dir: "auto", autocomplete: "off", "data-field": name, "data-kind": "item", "aria-label": say("meetings.point", { n }) }, value);
    return html("Li", {}, [line, button("up", "↑", n, i === 0), button("down", "↓", n, n === all.length), button("remove", "×", n, false)]);
  };
  Dom.render(list, all.map(row));
}

// Do what a button of a point says; return where the focus belongs and what to say.
export function move(button) {
  const list = button.closest("[data-items]");
  const [values, at] = [points(list), [...list.children].indexOf(button.closest("li"))];
  const does = button.dataset.move;
  const [value] = values.splice(at, 1);
  const to = at + { up: -1, down: 1, remove: 0 }[does];
  if (does !== "remove") values.splice(to, 0, value);
  drawItems(list, values);
  if (does === "remove") {
    list.querySelectorAll("textarea")[Math.min(at, list.children.length - 1)].focus();
    return say("meetings.removed", { n: values.length });
  }
  const row = list.children[to];
  const again = row.querySelector(`[data-move=${does}]`);
  (again.disabled ? row.querySelector("[data-move]:not(:disabled)") : again).focus();
  return say("meetings.moved", { n: to + 1 });
}

export function addPoint(list, after) {
  const values = points(list);
  values.splice(after + 1, 0, "");
  drawItems(list, values);
  list.querySelectorAll("textarea")[after + 1].focus();
}

// ---- the government that a member comes from, by sector

export function drawPlaces(form, wanted) {
  const [sector, place] = ["sector", "place"].map((name) => form.querySelector(`select[data-field=${name}]`));
  const known = document.querySelector("[data-places]");
  if (!sector || !place || !known) return;
  const choices = JSON.parse(known.dataset.places)[sector.value] || [];
  const now = choices.some(([code]) => code === wanted) ? wanted : choices.length === 1 ? choices[0][0] : "";
  const blank = choices.length === 1 ? [] : [["", say(choices.length ? "meetings.choose_place" : "meetings.no_place")]];
  const option = ([value, name]) => html("Option", { value, selected: value === now }, name);
  Dom.render(place, [...blank, ...choices].map(option));
  place.disabled = !choices.length;
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
