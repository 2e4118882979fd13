// Boxes to write in. A field of Dash writes its value back while somebody goes on typing, a moment late, and scrambles
// it; so these are plain elements, drawn in a place that Dash knows of: what is typed goes to its `data-typed`, what
// the screen has to show comes by its `data-shown`, `data-cleared` empties it, and nothing is ever written into a box in which somebody writes,
// unless it now speaks of another record (`data-record`, of the box or of its form).
(function (amazonia, dash) {
  "use strict";

  const idOf = (box) => (box.id.startsWith("{") ? JSON.parse(box.id) : box.id);
  const recordOf = (box) => box.dataset.record ?? (box.closest("[data-form]") || { dataset: {} }).dataset.record ?? "";
  const of = (form) => [...form.querySelectorAll("[data-box]")].filter((box) => box.firstChild);

  function draw(box) {
    const { tag, ...attributes } = JSON.parse(box.dataset.box);
    const node = document.createElement(tag);
    node.id = `${box.id}-line`;
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.value = box.dataset.shown || "";
    node.defaultValue = node.value; // a form that is reset
    box.replaceChildren(node);
    box.dataset.of = recordOf(box);
    if (node.value !== (box.dataset.typed || "")) tell(box);
  }

  // Dash is told of what stands in the box.
  function tell(box) {
    window.dash_clientside.set_props(idOf(box), { "data-typed": box.firstChild.value });
  }

  function write(box, value) {
    if (box.firstChild.value !== `${value ?? ""}`) box.firstChild.value = `${value ?? ""}`;
    tell(box);
  }

  const isWrittenIn = (box) => box.contains(document.activeElement);

  // Bring a box in line with what the screen has to show; those of a kept form are filled all at once.
  function follow(box) {
    if (!box.firstChild || box.closest("[data-reads=boxes]")) return;
    const record = recordOf(box);
    if (isWrittenIn(box) && box.dataset.of === record) return;
    box.dataset.of = record;
    write(box, box.dataset.shown || "");
  }

  // For those who draw in the browser: what a box shows, and of which record.
  function show(box, value, record) {
    if (!box) return;
    Object.assign(box.dataset, { shown: value ?? "", record });
    if (box.firstChild && (box.dataset.of !== record || box.firstChild.value !== box.dataset.shown)) follow(box);
  }

  // Enter, for screens to which it means something; after what was typed.
  document.addEventListener("keydown", ({ key, target, isComposing }) => {
    const box = target.parentElement && target.parentElement.dataset.box && target.parentElement;
    if (key === "Enter" && !isComposing && box && target.matches("input")) window.dash_clientside.set_props(idOf(box), { "data-entered": `${Date.now()}` });
  });

  // A form speaks of another record: all its boxes show that one, and what was typed of it before. Until the server
  // has told which, they are empty and nobody can write in them.
  function turned(form) {
    const { record, values, saved: isSaved } = JSON.parse(form.dataset.filled);
    if (isSaved) amazonia.unsaved.forget(form);
    form.dataset.record = record ?? "";
    of(form).forEach((box) => {
      Object.assign(box.dataset, { of: recordOf(box), shown: values[box.id] ?? "" });
      box.firstChild.disabled = record === null;
      write(box, box.dataset.shown);
    });
    if (record === null) amazonia.unsaved.unsettle(form);
    else amazonia.unsaved.settle(form);
  }

  // The server has what a form holds.
  function saved(form) {
    amazonia.unsaved.forget(form);
    amazonia.unsaved.settle(form);
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
    document.querySelectorAll("[data-box]:empty").forEach(draw);
    document.querySelectorAll("[data-form][data-reads=boxes]:not([data-settled])").forEach((form) => {
      if (!of(form).length) return;
      form.dataset.settled = "yes";
      amazonia.unsaved.settle(form);
    });
    document.querySelectorAll("[data-faulty]:not([data-led])").forEach(lead);
    for (const { type, target, attributeName: name } of records) {
      if (type === "childList") continue;
      if (target.dataset.box && target.firstChild) name === "data-cleared" ? write(target, "") : follow(target);
      else if (name === "data-filled" && target.dataset.filled) turned(target);
      else if (name === "data-saved" && target.dataset.saved) saved(target);
    }
    // a list of choices tells of what was chosen only by what it shows
    const forms = new Set(records.map(({ target }) => target.parentElement && target.parentElement.closest("[data-choice]")).filter(Boolean));
    forms.forEach((choice) => amazonia.unsaved.note(choice.closest("[data-form]")));
  }

  document.addEventListener("input", ({ target }) => {
    const box = target.parentElement && target.parentElement.dataset.box && target.parentElement;
    if (box) tell(box);
  });

  ["click", "submit"].forEach((name) => document.addEventListener(name, ({ target }) => {
    const form = target.closest && target.closest("form, [data-form]");
    if (form) sent = form;
  }, true));

  function begin() {
    new MutationObserver(seen).observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-shown", "data-cleared", "data-filled", "data-saved"],
    });
    amazonia.keeping.probe();
  }

  document.addEventListener("DOMContentLoaded", begin);

  amazonia.boxes = { of, show, write };

  // Another record is chosen: what stands in the form is of the one before, until the server answers.
  dash.boxes = {
    emptied() {
      const [form, ...controls] = [dash.callback_context.outputs_list].flat();
      const now = ({ id }) => window.dash_component_api.getLayout(id).props.value;
      const filled = JSON.stringify({ record: null, values: {}, at: Date.now() });
      return controls.length ? [filled, ...controls.map((each) => (Array.isArray(now(each)) ? [] : null))] : form && filled;
    },
  };
})(window.amazonia = window.amazonia || {}, window.dash_clientside = window.dash_clientside || {});
