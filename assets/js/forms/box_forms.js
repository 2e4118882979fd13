// Boxes as they come, change and are pressed in; and the field at fault, to which whoever was refused is led.
import * as Store from "../core/storage.js";
import * as Boxes from "./boxes.js";

// Enter, for screens to which it means something; after what was typed.
document.addEventListener("keydown", ({ key, target, isComposing }) => {
  const box = target.parentElement && target.parentElement.dataset.box && target.parentElement;
  if (key === "Enter" && !isComposing && box && target.matches("input")) window.dash_clientside.set_props(Boxes.idOf(box), { "data-entered": `${Date.now()}` });
});

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
  document.querySelectorAll("[data-faulty]:not([data-led])").forEach(lead);
  records.filter(({ type, target }) => type === "attributes" && target.dataset.box && target.firstChild).forEach(({ target }) => Boxes.follow(target));
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
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-shown"],
  });
  Store.probe();
}

document.addEventListener("DOMContentLoaded", begin);
