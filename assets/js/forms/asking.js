// The one way in which a form asks the server and is answered: a request with a key, by which it is kept once however
// often it is sent; an answer with what came of it, said beside the button that was pressed, and the parts of the screen
// as they are afterwards. What is typed stays until the server has it, also where there is no answer, or one that
// somebody else was quicker.
//
// A form is `form[data-form]` with `data-do`; one with `data-live` asks as soon as something is chosen in it, and what is
// chosen in all of those goes along with every request (`beside`). `data-turns` names the part that speaks of what is
// chosen there: nobody writes in it until the server has told of what. Forms whose names begin alike before a colon tell
// what came of them in one place.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import * as Net from "../core/net.js";
import { say } from "../core/words.js";
import * as Fields from "./fields.js";
import * as Unsaved from "./unsaved.js";

const FORMS = "form[data-form]";
const line = (text, className, role) => html("P", { className, role }, text);
let inSight = null;

// A line of text that is shown to be copied; where the browser does not let us, it is selected.
async function copy(button) {
  const text = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy));
  const said = button.parentElement.querySelector("[data-copied]");
  text.select();
  try {
    await window.navigator.clipboard.writeText(text.value);
    said.textContent = say("forms.copied");
  } catch (_) {
    said.textContent = say("forms.copy_by_hand");
  }
}

export class Asking {
  keys = {}; // by form: what it asked last, and the key of that
  drawn = {}; // by part: as it was drawn last
  outcomes = {}; // of the form that was answered last
  waiting = []; // forms that were sent while another was on its way
  turned = new Set(); // parts in which nobody writes until the server has told of what they speak
  busy = null; // the form on its way, and when it was sent

  // root: of the screen. asked: the store by which Dash sends. does: what the screen does as a part was `drawn`, as a
  // form `changed`, what goes `beside` every request, which way on from a `conflict` is taken.
  constructor(root, asked, does = {}) {
    this.root = root;
    this.asked = asked;
    this.does = { drawn(_part) {}, changed(_form) {}, beside: null, conflict: null, ...does };
    root.addEventListener("click", (event) => this.pressed(event));
    root.addEventListener("change", (event) => this.chosen(event));
    root.addEventListener("submit", (event) => this.submitted(event));
    root.addEventListener("unsaved", ({ target }) => this.does.changed(target));
    inSight = this;
  }

  forms = () => [...this.root.querySelectorAll(FORMS)];
  formOf = (name) => this.root.querySelector(`form[data-form="${CSS.escape(name)}"]`);
  partOf = (name) => this.root.querySelector(`[data-part="${CSS.escape(name)}"]`) || document.getElementById(name);
  unsaved = () => (this.root.isConnected ? this.forms().filter(Unsaved.typedOf) : []);
  named = () => this.unsaved().map((form) => form.dataset.title).join(", ");

  // ---- drawing what the server answers

  draw(shown, asker) {
    const focus = document.activeElement && this.root.contains(document.activeElement) ? document.activeElement.id : "";
    Object.entries(shown).forEach(([name, children]) => this.drawPart(name, children, asker));
    this.does.changed(null);
    if (focus && !this.root.contains(document.activeElement)) document.getElementById(focus)?.focus();
  }

  drawPart(name, children, asker) {
    const [text, part] = [JSON.stringify(children), this.partOf(name)];
    // a form that has just been sent is drawn anew though it may look the same to the server
    const asked = asker && part && part.querySelector(`form[data-form="${CSS.escape(asker)}"]`);
    if (!part || (this.drawn[name] === text && !asked)) return;
    this.drawn[name] = text;
    const unfolded = new Set([...part.querySelectorAll("details[open], tr.form-row:not([hidden])")].map((node) => node.id));
    Dom.render(part, children);
    part.querySelectorAll("[data-items]").forEach((list) => Fields.drawItems(list, JSON.parse(list.dataset.values)));
    part.querySelectorAll("details[id]").forEach((node) => unfolded.has(node.id) && (node.open = true));
    part.querySelectorAll("tr.form-row").forEach((row) => unfolded.has(row.id) && this.unfold(row, true));
    part.querySelectorAll(FORMS).forEach((form) => this.settle(form));
    this.does.drawn(part);
  }

  // Put back what was typed since the server was asked; where somebody else changed the same, it will show both.
  settle(form) {
    Fields.drawPlaces(form, (form.querySelector("[data-field=place]") || {}).value);
    const { typed, beneath } = Unsaved.settle(form);
    if (beneath) this.tell(form, [line(say("forms.changed_beneath"), "caution", "status")]);
    const row = typed && form.closest("tr.form-row");
    if (row) this.unfold(row, true);
    if (this.outcomes[form.dataset.form]) this.tell(form, this.outcomes[form.dataset.form]);
  }

  // Where a form tells what came of it: by its button, unless it may be folded away.
  placeOf(name) {
    const [own] = [name, name.split(":")[0]].map((each) => this.root.querySelector(`[data-outcome-for="${CSS.escape(each)}"]`)).filter(Boolean);
    return own || (this.formOf(name) || this.root).querySelector("[data-outcome], [data-outcome-page]");
  }

  tell(form, children) {
    Dom.render(this.placeOf(form.dataset.form), children);
  }

  unfold(row, open) {
    row.hidden = !open;
    this.root.querySelector(`[data-toggle="${CSS.escape(row.id)}"]`)?.setAttribute("aria-expanded", String(open));
  }

  // ---- asking

  // The same request sent twice is kept once: it has the same key for as long as it says the same.
  keyOf(name, request) {
    const print = JSON.stringify(request);
    if ((this.keys[name] || {}).print !== print) {
      const bytes = window.crypto.getRandomValues(new Uint8Array(16));
      this.keys[name] = { print, key: [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("") };
    }
    return this.keys[name].key;
  }

  // What is chosen in the forms that only choose, or what else the screen says.
  beside = () => (this.does.beside ? this.does.beside() : this.chosenBeside());
  chosenBeside = () => Object.assign({}, ...this.forms().filter(({ dataset }) => dataset.live).map((form) => Fields.collect(form)));

  send(form, version) {
    const { form: name, do: does, subject, clean, live } = form.dataset;
    if (live) this.turn(form);
    if (this.busy) return this.waiting.includes(name) ? undefined : void this.waiting.push(name);
    if (clean && this.unsaved().length) return this.tell(form, [line(say("forms.save_first", { names: this.named() }), "error", "alert")]);
    const request = { do: does, form: name, of: this.root.dataset.of, subject, values: Fields.collect(form), beside: this.beside() };
    request.version = version !== undefined ? version : Unsaved.versionOf(form);
    this.ask(name, { ...request, key: this.keyOf(name, request) });
    if (!live) this.tell(form, [line(say("forms.asked"), "waiting", "status")]);
    return undefined;
  }

  // Ask for something that no form does.
  ask(name, request) {
    this.outcomes = {};
    this.busy = { name, at: Date.now() };
    this.root.setAttribute("aria-busy", "true");
    dash.set_props(this.asked, { data: { ...request, at: this.busy.at } });
  }

  // What some parts say is of what was chosen before.
  turn({ dataset }) {
    (dataset.turns || "").split(" ").map((name) => name && this.partOf(name)).filter(Boolean).forEach((part) => {
      part.inert = true;
      this.turned.add(part);
    });
  }

  turnedAll() {
    this.turned.forEach((part) => (part.inert = false));
    this.turned.clear();
  }

  // No answer, or none that can be read: everything stays, and may be sent again.
  silent() {
    const form = this.busy && this.formOf(this.busy.name);
    this.free();
    if (form) this.tell(form, [line(say("forms.silent"), "error", "alert")]);
  }

  free() {
    this.busy = null;
    this.root.removeAttribute("aria-busy");
  }

  receive(answer) {
    const name = answer.form;
    const form = name && this.formOf(name);
    if (this.busy && answer.at === this.busy.at) this.free();
    if (form && answer.saved) {
      Unsaved.forget(form);
      delete this.keys[name];
    }
    if (name) {
      this.outcomes = answer.outcome ? { [name]: answer.outcome } : {};
      Dom.render(this.root.querySelector("[data-outcome-page]"), []);
    }
    const next = this.waiting.shift();
    this.draw(answer.shown, form && form.dataset.live ? "" : name);
    if (!next) this.turnedAll();
    if (name) this.lead(name, answer.outcome);
    if (next && this.formOf(next)) this.send(this.formOf(next));
  }

  // Lead whoever waited to what came of it; to the field at fault, where one is named.
  lead(name, outcome) {
    const place = this.placeOf(name);
    if (!place) return;
    Dom.render(place, outcome);
    if (!outcome) return;
    place.scrollIntoView({ block: "nearest" });
    if (this.root.contains(document.activeElement)) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  // ---- what is pressed and chosen

  pressed({ target }) {
    const button = target.closest("button");
    if (target.closest("[data-drop-typed]")) this.dropped(target.closest("form"));
    if (button && button.dataset.copy) copy(button);
    if (!button || button.disabled || !("conflict" in button.dataset)) return;
    const form = button.closest("form") || this.formOf(button.closest("[data-outcome-for]").dataset.outcomeFor);
    if (this.does.conflict) this.does.conflict(button.dataset.conflict, form);
    else if (button.dataset.conflict === "mine") this.send(form, form.dataset.version ? Number(form.dataset.version) : null);
    else this.drop(form);
  }

  // Their version, or the one that stands, is good: what was typed is let go.
  drop(form) {
    Unsaved.drop(form);
    this.dropped(form);
  }

  dropped(form) {
    delete this.keys[form.dataset.form];
    delete this.outcomes[form.dataset.form];
    this.tell(form, []);
    form.querySelector("button[type=submit]").focus();
  }

  chosen({ target }) {
    const form = target.closest(FORMS);
    if (form && form.dataset.live) this.send(form);
  }

  submitted(event) {
    event.preventDefault();
    const button = event.target.querySelector("button[type=submit]");
    if (button && !button.disabled) this.send(event.target);
  }
}

Net.unanswered(() => inSight && inSight.root.isConnected && inSight.busy && inSight.asked, () => inSight.silent());

// ---- screens that are nothing but such forms and parts

let plain = null;

dash.asking = {
  show(answer, rootId, askedId) {
    const root = document.getElementById(rootId);
    if (!plain || plain.root !== root) plain = new Asking(root, askedId);
    if (answer) plain.receive(answer);
    return "shown";
  },
};
