// The data screen: a file goes to the server as it is, what a person chose is read off the form at once,
// and while the server works the page asks how far it is.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import * as Net from "../core/net.js";
import { sendFile } from "../core/server.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import { everything } from "../forms/readers.js";
import * as Unsaved from "../forms/unsaved.js";
import { number } from "../model/numbers.js";

// of this tab and person: the file at hand survives a reload
const store = () => `conglomerados.upload.${Store.who()}`;
const ASK_AGAIN_MS = 500;
const VALUE = /^(value:|new$)/;
let screen = null; // of the page in sight: its element and the store that asks
let timer = null;

const kept = () => {
  try {
    return window.sessionStorage.getItem(store());
  } catch (_) {
    return null;
  }
};

function keep(token) {
  try {
    if (token) window.sessionStorage.setItem(store(), token);
    else window.sessionStorage.removeItem(store());
  } catch (_) {
    // without it a reload forgets the file; the work goes on
  }
}

function ask(what, more) {
  const asked = { do: what, token: screen.token, at: Date.now(), ...more };
  screen.did = what;
  screen.root.setAttribute("aria-busy", "true");
  clearTimeout(timer);
  if (what === "check" || what === "again") tell(say("intake.asked"), "status");
  dash.set_props(screen.asked, { data: asked });
}

// No answer, or none that can be read: how far the work got is asked once the server is back.
function silent() {
  screen.isChecked = false; // what was chosen may not have arrived
  tell(say("intake.silent"));
  Net.whenBack("intake", () => screen.root.isConnected && ask("look"));
}

Net.unanswered(() => screen && screen.root.isConnected && screen.asked, silent);

// One sentence in the place of the progress, made of text only.
function tell(sentence, role) {
  const line = html("P", { role: role || "alert", className: role ? "waiting" : "error" }, sentence);
  Dom.render(screen.root.querySelector(".said"), [line]);
}

// ---- what a person chose

function roleOf(cell) {
  const [pick, year] = [cell.querySelector("select"), cell.querySelector("input")];
  return VALUE.test(pick.value) && year.value.trim() ? `${pick.value}:${year.value.trim()}` : pick.value;
}

function answerOf(field) {
  if (!field.dataset.radios) return field.value;
  return (field.querySelector("input:checked") || { value: "" }).value;
}

function form(root) {
  const [roles, answers] = [{}, {}];
  root.querySelectorAll("[data-column]").forEach((cell) => {
    if (roleOf(cell) !== cell.dataset.was) roles[cell.dataset.column] = roleOf(cell);
  });
  const extra = root.querySelector("[data-extra]");
  if (extra && extra.value) roles[extra.value] = root.querySelector("[data-extra-role]").value;
  root.querySelectorAll("[data-answer]").forEach((field) => {
    if (answerOf(field) !== field.dataset.was) answers[field.dataset.answer] = answerOf(field);
  });
  return { subject: root.querySelector("[data-subject]").value, roles, answers };
}

// ---- a file on its way

async function send(file, most) {
  const { name, size } = file;
  if (size > most) return tell(say("intake.larger", { name, mb: number(size / 1048576, 0), most: number(most / 1048576, 0) }));
  const { to } = screen.root.querySelector("[data-file]").dataset;
  const progress = (sent, whole) => tell(say("intake.sending", { name, percent: number((100 * sent) / whole, 0) }), "status");
  progress(0, 1);
  const answer = await sendFile(to, file, "intake.lost", { progress });
  if (answer.status !== 201) return tell(answer.said || say("intake.lost"));
  screen.token = answer.token;
  keep(answer.token);
  return ask("check", { values: null });
}

// ---- what is pressed

function pressed(event) {
  const kind = event.target.closest("[data-kind]");
  if (kind) return showKind(kind);
  const button = event.target.closest("button[data-do]");
  if (!button || button.disabled) return undefined;
  button.disabled = true; // once is enough; the answer draws it anew
  return ask(button.dataset.do, { edition: button.dataset.edition, source: button.dataset.source });
}

function showKind(button) {
  const report = button.closest("section");
  report.querySelectorAll("[data-kind]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
  report.querySelectorAll("[data-of]").forEach((row) => (row.hidden = row.dataset.of !== button.dataset.kind));
}

function changed(event) {
  const { target } = event;
  if (target.matches("[data-file]") && target.files.length) send(target.files[0], Number(target.dataset.most));
  const cell = target.closest("[data-column]");
  if (cell && target.matches("select")) {
    cell.querySelector("input").hidden = !VALUE.test(target.value);
    cell.className = target.value === "ignore" ? "idle" : "used";
  }
}

function submitted(event) {
  event.preventDefault();
  const { target } = event;
  const button = target.querySelector("button[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  if (target.dataset.do !== "check") return void ask(target.dataset.do, { values: everything(target) });
  screen.isChecked = true;
  ask("check", { values: form(screen.root) });
}

// What was answered of a file and not yet checked is kept, file by file.
function settle(token) {
  for (const each of screen.root.querySelectorAll("form[data-do=link]:not([data-settled])")) {
    each.dataset.settled = "yes";
    Unsaved.settle(each);
  }
  const form = screen.root.querySelector("form[data-do=check]:not([data-settled])");
  if (!form) return;
  form.dataset.settled = "yes";
  form.dataset.record = token || "";
  if (screen.isChecked) Unsaved.forgetAs(`intake|${token || ""}`); // the server has them
  screen.isChecked = false;
  Unsaved.settle(form);
}

dash.intake = {
  // The page is there: listen to it, and ask where things stand.
  open(rootId, askedId) {
    const root = document.getElementById(rootId);
    screen = { root, asked: askedId, token: kept() };
    root.addEventListener("click", pressed);
    root.addEventListener("change", changed);
    root.addEventListener("submit", submitted);
    return { do: "open", token: screen.token, at: Date.now() };
  },

  show(answer, ...ids) {
    clearTimeout(timer);
    if (!answer || !screen) return dash.no_update;
    ids.forEach((id) => id in answer.shown && Dom.render(document.getElementById(id), answer.shown[id]));
    screen.token = answer.token;
    keep(answer.token);
    if (answer.working) {
      timer = setTimeout(() => ask("look"), ASK_AGAIN_MS);
      return "working";
    }
    (answer.settled || []).forEach((name) => Unsaved.forgetAs(name)); // the server has it
    settle(answer.token);
    screen.root.removeAttribute("aria-busy");
    screen.root.querySelectorAll("button:disabled").forEach((button) => (button.disabled = false));
    if (screen.did) lead(answer.focus);
    screen.did = null;
    return "shown";
  },
};

// Lead whoever waited to what came of it, not whoever has just opened the page.
function lead(id) {
  const part = id && document.getElementById(id);
  const heading = part && part.querySelector("[data-heading], [role=alert]");
  if (!heading) return;
  if (!heading.hasAttribute("tabindex")) heading.setAttribute("tabindex", "-1");
  heading.focus();
  heading.scrollIntoView({ block: "nearest" });
}
