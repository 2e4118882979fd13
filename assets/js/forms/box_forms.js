// Boxes as they come, change and are pressed in; and forms of boxes that speak of one record after another.
import { dash } from "../core/dash.js";
import * as Store from "../core/storage.js";
import * as Boxes from "./boxes.js";
import * as Unsaved from "./unsaved.js";

// Enter, for screens to which it means something; after what was typed.
document.addEventListener("keydown", ({ key, target, isComposing }) => {
  const box = target.parentElement && target.parentElement.dataset.box && target.parentElement;
  if (key === "Enter" && !isComposing && box && target.matches("input")) window.dash_clientside.set_props(Boxes.idOf(box), { "data-entered": `${Date.now()}` });
});

// A form speaks of another record: all its boxes show that one, and what was typed of it before. Until the server
// has told which, they are empty and nobody can write in them.
function turned(form) {
  const { record, values, saved: isSaved } = JSON.parse(form.dataset.filled);
  if (isSaved) Unsaved.forget(form);
  form.dataset.record = record ?? "";
  Boxes.of(form).forEach((box) => {
    Object.assign(box.dataset, { of: Boxes.recordOf(box), shown: values[box.id] ?? "" });
    box.firstChild.disabled = record === null;
    Boxes.write(box, box.dataset.shown);
  });
  if (record === null) Unsaved.unsettle(form);
  else Unsaved.settle(form);
}

// The server has what a form holds.
function saved(form) {
  Unsaved.forget(form);
  Unsaved.settle(form);
}

// A refusal names the fields at fault: the first of them, in the form that was sent, is where to go on.
let sent = null;
function lead(told) {
  told.dataset.led = "yes";
  const form = told.closest("[data-form]") || sent;
  const names = told.dataset.faulty.split(" ").filter(Boolean);
  const field = form && names.map((name) => form.querySelector(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"], [data-name="${CSS.escape(name)}"] button`)).find(Boolean);
  if (field) field.focus();
}

function seen(records) {
  document.querySelectorAll("[data-box]:empty").forEach(Boxes.draw);
  document.querySelectorAll("[data-form][data-reads=boxes]:not([data-settled])").forEach((form) => {
    if (!Boxes.of(form).length) return;
    form.dataset.settled = "yes";
    Unsaved.settle(form);
  });
  document.querySelectorAll("[data-faulty]:not([data-led])").forEach(lead);
  for (const { type, target, attributeName: name } of records) {
    if (type === "childList") continue;
    if (target.dataset.box && target.firstChild) name === "data-cleared" ? Boxes.write(target, "") : Boxes.follow(target);
    else if (name === "data-filled" && target.dataset.filled) turned(target);
    else if (name === "data-saved" && target.dataset.saved) saved(target);
  }
  // a list of choices tells of what was chosen only by what it shows
  const forms = new Set(records.map(({ target }) => target.parentElement && target.parentElement.closest("[data-choice]")).filter(Boolean));
  forms.forEach((choice) => Unsaved.note(choice.closest("[data-form]")));
}

document.addEventListener("input", ({ target }) => {
  const box = target.parentElement && target.parentElement.dataset.box && target.parentElement;
  if (box) Boxes.tell(box);
});

["click", "submit"].forEach((name) => document.addEventListener(name, ({ target }) => {
  const form = target.closest && target.closest("form, [data-form]");
  if (form) sent = form;
}, true));

function begin() {
  new MutationObserver(seen).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-shown", "data-cleared", "data-filled", "data-saved"],
  });
  Store.probe();
}

document.addEventListener("DOMContentLoaded", begin);

// Another record is chosen: what stands in the form is of the one before, until the server answers.
dash.boxes = {
  emptied() {
    const [form, ...controls] = [dash.callback_context.outputs_list].flat();
    const now = ({ id }) => window.dash_component_api.getLayout(id).props.value;
    const filled = JSON.stringify({ record: null, values: {}, at: Date.now() });
    return controls.length ? [filled, ...controls.map((each) => (Array.isArray(now(each)) ? [] : null))] : form && filled;
  },
};
